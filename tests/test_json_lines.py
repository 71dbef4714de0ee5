"""Records as lines of JSON: exact, readable, and harmless on a terminal."""

import json
import unicodedata
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from expofacts.json_lines import from_json, to_json

# Everything a fact may hold; TOML has no text with lone surrogates.
TEXT = st.text(st.characters(exclude_categories=["Cs"]))
NUMBER = st.one_of(
    st.integers(-(10**30) + 1, 10**30 - 1),
    st.decimals(-(10**12), 10**12, places=6),
    st.builds(Decimal, st.from_regex(r"-?[0-9]{1,20}\.[0-9]{1,10}", fullmatch=True)),
)
VALUE = st.one_of(st.none(), st.booleans(), NUMBER, TEXT, st.lists(TEXT, max_size=3))
RECORD = st.dictionaries(TEXT, VALUE, max_size=6)

unhurried = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


def exact(record: dict[str, Any]) -> list[tuple[str, str, str]]:
    """Return the record so that 1.5 and 1.50, 1 and true, and another order are not the same."""
    return [(key, type(value).__name__, str(value)) for key, value in record.items()]


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (0, "0"),
        (-17, "-17"),
        (100_000_000_000, "100000000000"),
        (2**63, "9223372036854775808"),  # one more than SQLite's integers hold
        (-(2**64), "-18446744073709551616"),
        (123_456_789_012_345_678_901_234_567_891, "123456789012345678901234567891"),
        (Decimal("24.80"), "24.80"),
        (Decimal("5.0"), "5.0"),
        (Decimal("0.000"), "0.000"),
        (Decimal("-0.10"), "-0.10"),
        (Decimal("12345678901234567890.1234567890"), "12345678901234567890.1234567890"),
        (Decimal("1E-7"), "0.0000001"),
        (Decimal("3.42E+9"), "3420000000"),
    ],
)
def test_a_number_keeps_every_digit_and_gains_no_exponent(
    value: int | Decimal, written: str
) -> None:
    assert to_json({"value": value}) == f'{{"value":{written}}}'
    assert from_json(to_json({"value": value})) == {"value": value}


def test_a_number_does_not_change_how_the_rest_is_written() -> None:
    rest = {"name": 'a "b"\n', "none": None, "yes": True, "regions": ["霍尔果斯", "х"], "n": 7}
    line = to_json(rest)
    assert to_json({**rest, "value": Decimal("1.50")}) == f'{line[:-1]},"value":1.50}}'


def test_text_of_any_script_is_unescaped() -> None:
    text = "霍尔果斯口岸 Хоргос Қазақстан Küste “so” – 😀 [red] :x:"
    assert to_json({"text": text}) == f'{{"text":"{text}"}}'


@pytest.mark.parametrize(
    "code",
    [
        *range(0x20),
        *range(0x7F, 0xA0),  # DEL and C1: 0x9b alone starts an escape sequence
        0x061C,
        *(0x200E, 0x200F),
        *range(0x2028, 0x202F),  # line separators and bidirectional overrides
        *range(0x2066, 0x206A),
        0xFEFF,
    ],
    ids="U+{:04X}".format,
)
@pytest.mark.parametrize("number", [1, Decimal("1.0")], ids=["integer", "decimal"])
def test_a_character_that_acts_on_a_terminal_is_escaped(code: int, number: int | Decimal) -> None:
    record = {"text": f"a{chr(code)}b", "list": [f"{chr(code)}"], "value": number}
    line = to_json(record)
    assert chr(code) not in line
    assert json.loads(line, parse_float=Decimal) == record


@pytest.mark.parametrize("code", [0x20, 0x7E, 0xA0, 0x200D, 0x2027, 0x202F, 0x2065 + 5, 0xFFFD])
def test_no_other_character_is_escaped(code: int) -> None:
    assert to_json({"text": chr(code)}) == f'{{"text":"{chr(code)}"}}'


@given(RECORD)
@unhurried
def test_a_record_comes_back_as_it_was(record: dict[str, Any]) -> None:
    assert exact(from_json(to_json(record))) == exact(record)


@given(RECORD)
@unhurried
def test_a_line_is_one_line_that_any_reader_of_json_takes(record: dict[str, Any]) -> None:
    line = to_json(record)
    assert not any(unicodedata.category(char) in ("Cc", "Zl", "Zp") for char in line)
    assert line.splitlines() == [line]
    assert json.loads(line, parse_float=Decimal) == record
