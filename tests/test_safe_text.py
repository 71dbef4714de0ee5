"""What is safe to print, and how a value of a record reads."""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from expofacts.view.safe_text import clean, clean_line, value


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x00\x01\x1b\x1f", "␀␁␛␟"),
        ("\t\r", "␉␍"),
        ("\x7f", "␡"),
        ("\x80\x9b\x9f", "<U+0080><U+009B><U+009F>"),
        ("\u061c\u200e\u200f", "<U+061C><U+200E><U+200F>"),
        ("\u2028\u2029", "<U+2028><U+2029>"),
        ("\u202a\u202e\u2066\u2069", "<U+202A><U+202E><U+2066><U+2069>"),
        ("\ufeff", "<U+FEFF>"),
    ],
)
def test_what_would_act_is_shown(text: str, shown: str) -> None:
    assert clean(text) == clean_line(text) == shown
    assert clean(f"a{text}b\n{text}") == f"a{shown}b\n{shown}"


@pytest.mark.parametrize(
    "text",
    ["", "plain", "四川 Сычуань", "e\u0301", "12\u00a0km", "12\u202fkm", "\u3000",
     "👨\u200d👩\u200d👧", "\u200b", "\u00ad", "\u2027", "\u202f", "\u2065", "\u206a", "\xa0"],
)  # fmt: skip
def test_what_does_not_act_stays(text: str) -> None:
    assert clean(text) == text
    assert clean_line(text) == text


def test_lines_stay_lines_only_where_a_text_may_have_several() -> None:
    assert clean("one\ntwo\r\n") == "one\ntwo␍\n"
    assert clean_line("one\ntwo\r\n") == "one␊two␍␊"


@given(st.text())
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    assert clean(clean(text)) == clean(text)
    assert clean_line(clean(text)) == clean_line(text)


@pytest.mark.parametrize(
    ("given_", "text"),
    [
        (None, ""),
        (True, "true"),
        (False, "false"),
        ("", ""),
        ("words; more", "words; more"),
        ([], ""),
        (["one"], "one"),
        (["one", "two"], "one; two"),
        (0, "0"),
        (-1_000_000, "-1000000"),
        (10**29, "1" + "0" * 29),
        (Decimal("24.80"), "24.80"),
        (Decimal("0.0000001"), "0.0000001"),
        (Decimal("1E+3"), "1000"),
    ],
)
def test_a_value_has_all_its_digits_and_nothing_else(given_: Any, text: str) -> None:
    assert value(given_) == text
