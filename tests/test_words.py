"""Figures, dates and promises as people say them."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from expofacts.view import words


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (0, "0"),
        (7, "7"),
        (1300, "1,300"),
        (234_000, "234,000"),
        (999_999, "999,999"),
        (1_000_000, "1 million"),
        (1_050_000, "1.05 million"),
        (1_050_001, "1,050,001"),
        (100_000_000_000, "100 billion"),
        (107_060_000_000, "107.06 billion"),
        (107_061_234_567, "107,061,234,567"),
        (1_740_000_000_000, "1.74 trillion"),
        (5_000_000_000_000_000, "5,000 trillion"),
        (-2_500_000, "-2.5 million"),
        (Decimal("119.85"), "119.85"),
        (Decimal("24.80"), "24.80"),
        (Decimal("1234.5"), "1,234.5"),
        (Decimal("3.42E+9"), "3.42 billion"),
        (Decimal("1500000.00"), "1,500,000.00"),
        (Decimal("1500000.25"), "1,500,000.25"),
        (Decimal("0.0000001"), "0.0000001"),
        (123_456_789_012_345_678_901_234_567_891, "123,456,789,012,345,678,901,234,567,891"),
    ],
)
def test_numbers_read_well_and_keep_every_digit(value: int | Decimal, said: str) -> None:
    assert words.number(value).replace(words.NO_BREAK, " ") == said


@given(st.one_of(st.integers(-(10**30), 10**30), st.decimals(-(10**9), 10**9, places=4)))
def test_a_number_is_never_rounded(value: int | Decimal) -> None:
    said = words.number(value).replace(",", "")
    digits, _, scale = said.partition(words.NO_BREAK)
    factor = {"": 1, "million": 10**6, "billion": 10**9, "trillion": 10**12}[scale]
    numerator, denominator = Decimal(digits).as_integer_ratio()
    assert (numerator * factor, denominator) == (
        Decimal(value).as_integer_ratio()[0] * denominator // Decimal(value).as_integer_ratio()[1],
        denominator,
    )


@pytest.mark.parametrize(
    ("value", "said"),
    [(1, "1st"), (2, "2nd"), (3, "3rd"), (4, "4th"), (6, "6th"), (11, "11th"), (12, "12th"),
     (13, "13th"), (21, "21st"), (102, "102nd"), (111, "111th"), (1003, "1,003rd"),
     (Decimal("1.5"), "1.5")],
)  # fmt: skip
def test_ordinals(value: int | Decimal, said: str) -> None:
    assert words.ordinal(value) == said


@pytest.mark.parametrize(
    ("value", "unit", "qualifier", "said"),
    [
        (100_000_000_000, "USD", "more than", "more than 100 billion USD"),
        (8, "consecutive years", None, "8 consecutive years"),
        (6, "ordinal", None, "6th"),
        (5, "%", "about", "about 5%"),
        (3000, "km", None, "3,000 km"),
        (1300, "enterprises", "at most", "at most 1,300 enterprises"),
    ],
)
def test_a_figure_has_its_qualifier_and_unit(
    value: int, unit: str, qualifier: str | None, said: str
) -> None:
    record = {"value": value, "unit": unit, "qualifier": qualifier}
    assert words.figure(record).replace(words.NO_BREAK, " ") == said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("2019", "2019"),
        ("2019-06", "June 2019"),
        ("2019-06-08", "8 June 2019"),
        ("2018-Q1", "Q1 2018"),
        ("2019-06-15/2019-06-19", "15 June 2019 – 19 June 2019"),
    ],
)
def test_dates(text: str, said: str) -> None:
    assert words.date(text).replace(words.NO_BREAK, " ") == said


@pytest.mark.parametrize(
    ("state", "said"),
    [
        ({"status": "under construction", "expected": "2019", "expected_status": "completed"},
         "under construction, completion expected 2019"),
        ({"status": "completed", "happened": "2019-11-29", "expected": "2020-04",
          "expected_status": "open"},
         "completed 29 November 2019, opening expected April 2020"),
        ({"status": "open", "happened": "2022-06-10"}, "open since 10 June 2022"),
        ({"status": "planned", "expected": "2030"}, "planned, expected 2030"),
        ({"status": "planned", "expected_status": "open"}, "planned, opening promised"),
        ({"status": "cancelled"}, "cancelled"),
    ],
)  # fmt: skip
def test_a_promise_says_what_is_promised_for_when(state: dict[str, str], said: str) -> None:
    record = {"happened": None, "expected": None, "expected_status": None} | state
    assert words.status(record).replace(words.NO_BREAK, " ") == said


def test_only_quoted_words_stand_in_quotation_marks() -> None:
    record = {"text": "words", "context": "They have"}
    assert words.statement({**record, "speech": "direct", "context": None}) == "“words”"
    assert words.statement({**record, "speech": "partial"}) == "They have “words”"
    assert words.statement({**record, "speech": "indirect"}) == "words"
