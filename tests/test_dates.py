"""Dates that may be parts, and periods, as intervals of days."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from expofacts.facts.dates import date_days, period_days

DAYS = st.dates()
MONTHS = st.builds("{0.year:04}-{0.month:02}".format, DAYS)
YEARS = st.builds("{0.year:04}".format, DAYS)
QUARTERS = st.builds("{}-Q{}".format, YEARS, st.integers(1, 4))
DATES = st.one_of(DAYS.map(str), MONTHS, YEARS)
PERIODS = st.one_of(DATES, QUARTERS)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2021", "2021-01-01", "2021-12-31"),
        ("2021-02", "2021-02-01", "2021-02-28"),
        ("2020-02", "2020-02-01", "2020-02-29"),
        ("1900-02", "1900-02-01", "1900-02-28"),
        ("2000-02-29", "2000-02-29", "2000-02-29"),
        ("2021-01", "2021-01-01", "2021-01-31"),
        ("2021-12-31", "2021-12-31", "2021-12-31"),
        ("0001", "0001-01-01", "0001-12-31"),
        ("9999-12", "9999-12-01", "9999-12-31"),
    ],
)
def test_a_date_is_the_days_from_its_first_to_its_last(text: str, first: str, last: str) -> None:
    assert date_days(text) == (first, last)
    assert period_days(text) == (first, last)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2018-Q1", "2018-01-01", "2018-03-31"),
        ("2018-Q2", "2018-04-01", "2018-06-30"),
        ("2018-Q3", "2018-07-01", "2018-09-30"),
        ("2018-Q4", "2018-10-01", "2018-12-31"),
        ("2018/2018", "2018-01-01", "2018-12-31"),
        ("2018-11/2019-02", "2018-11-01", "2019-02-28"),
        ("2018-Q4/2019-01-15", "2018-10-01", "2019-01-15"),
        ("2018-12-31/2019", "2018-12-31", "2019-12-31"),
        ("2018/2018-06", "2018-01-01", "2018-06-30"),
    ],
)
def test_quarters_and_spans_are_periods(text: str, first: str, last: str) -> None:
    assert period_days(text) == (first, last)


@pytest.mark.parametrize("text", ["2018-Q1", "2018-11/2019-02", "Q", "2018-Q9"])
def test_quarters_and_spans_are_not_dates(text: str) -> None:
    with pytest.raises(ValueError, match=f'"{text}" is not a date'):
        date_days(text)


@pytest.mark.parametrize(
    "text",
    ["", "19", "20190", "2019-6", "2019-06-8", "2019-06-", "201906", "2019-06-18T10:00", " 2019",
     "2019 ", "2019\n", "２０１９", "-2019", "June 2019", "2019-06-18-01"],
)  # fmt: skip
def test_what_is_not_a_date_is_said_to_be_none(text: str) -> None:
    with pytest.raises(ValueError, match="is not a date"):
        date_days(text)
    with pytest.raises(ValueError, match="is not a period"):
        period_days(text)


@pytest.mark.parametrize("text", ["2019-Q0", "2019-Q5", "2019-q1", "2019-Q1-01", "2019/", "/2019",
                                  "/", "2018/2019/2020", "2018 / 2019", "2018-2019"])  # fmt: skip
def test_what_is_not_a_period_is_said_to_be_none(text: str) -> None:
    with pytest.raises(ValueError, match="is not a period"):
        period_days(text)


@pytest.mark.parametrize(
    "text",
    ["0000", "0000-01", "0000-01-01", "2019-00", "2019-13", "2019-06-00", "2019-06-31",
     "2019-02-29", "1900-02-29", "2019-99-99"],
)  # fmt: skip
def test_days_that_no_calendar_has(text: str) -> None:
    with pytest.raises(ValueError, match=f'"{text}" is not in the calendar'):
        date_days(text)
    with pytest.raises(ValueError, match=f'"{text}" is not in the calendar'):
        period_days(f"2000/{text}")


@pytest.mark.parametrize("text", ["2019/2018", "2019-02-02/2019-02-01", "2019-Q2/2019-03"])
def test_a_span_does_not_end_before_it_begins(text: str) -> None:
    with pytest.raises(ValueError, match=f'"{text}" ends before it begins'):
        period_days(text)


@given(DAYS)
def test_a_day_is_itself(day: datetime.date) -> None:
    assert date_days(str(day)) == period_days(str(day)) == (str(day), str(day))


@given(DAYS)
def test_a_part_lies_within_what_it_is_part_of(day: datetime.date) -> None:
    text = str(day)
    wholes = [text[:7], f"{text[:4]}-Q{(day.month + 2) // 3}", text[:4]]
    first, last = text, text
    for whole in wholes:
        begin, end = period_days(whole)
        assert begin <= first <= last <= end
        first, last = begin, end


@given(MONTHS)
def test_a_month_ends_on_the_day_before_the_next_one_begins(month: str) -> None:
    first, last = map(datetime.date.fromisoformat, date_days(month))
    assert first.day == 1
    assert (first.year, first.month) == (last.year, last.month)
    if last < datetime.date.max:
        assert (last + datetime.timedelta(days=1)).day == 1


@given(PERIODS)
def test_a_period_round_trips_through_its_days(period: str) -> None:
    first, last = period_days(period)
    assert first <= last
    assert period_days(f"{first}/{last}") == (first, last)


@given(PERIODS, PERIODS)
def test_a_span_has_both_its_ends_or_is_refused(one: str, other: str) -> None:
    first, last = period_days(one)[0], period_days(other)[1]
    if first <= last:
        assert period_days(f"{one}/{other}") == (first, last)
    else:
        with pytest.raises(ValueError, match="ends before it begins"):
            period_days(f"{one}/{other}")


@given(st.one_of(st.text(), st.from_regex(r"[0-9Q/-]{0,12}")))
def test_any_text_is_days_in_order_or_a_value_error(text: str) -> None:
    for days in (date_days, period_days):
        try:
            first, last = days(text)
        except ValueError:
            continue
        assert datetime.date.fromisoformat(first) <= datetime.date.fromisoformat(last)
