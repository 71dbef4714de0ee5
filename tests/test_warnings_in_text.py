"""What is suspicious in how a fact file is written."""

import sys
import tomllib

import pytest
import tomli
from hypothesis import given, settings
from hypothesis import strategies as st

from expofacts.facts.warnings_in_text import hidden_characters, newer_toml


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ('a = "\\e"', [(5, r"the escape \e")]),
        ('a = """\n\\\\ \\x41"""', [(11, r"the escape \x")]),
        ("a = '\\e' # \\e {", []),
        ("a = 07:30", [(4, "a time without seconds")]),
        ("a = 2020-01-01 07:30+01:00", [(15, "a time without seconds")]),
        ("a = 2020-01-01T07:30:00.123-07:00", []),
        ("a = 07:30:00.5 # 07:30\nb = '07:30'", []),
        ("a = { b = 1, }", [(11, "a comma behind the last value of an inline table")]),
        ("a = { b = [1, 2,], c = '{,}' }", []),
        ("a = { b = 1 # }\n}", [(4, "an inline table over several lines")]),
        ("a = { b = { c = 1\n,d=2}, e=3}", [(10, "an inline table over several lines")]),
        ("a = [{ b = [\n1, # ,}\n] },\n{}\n]", []),
        (
            "a = {\n b = 1, # }\n }",
            [
                (4, "an inline table over several lines"),
                (12, "a comma behind the last value of an inline table"),
            ],
        ),
        ("a = '''x''''' # {\nb = \"\"\"y\\\"\"\"\"\"\"\nc = { d = '''\n''' }", []),
    ],
)
def test_newer_toml_is_pointed_at(text: str, found: list[tuple[int, str]]) -> None:
    tomli.loads(text)
    assert list(newer_toml(text)) == [(at, f"only TOML 1.1 has {what}") for at, what in found]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("a = '\u202e'", [(5, "U+202E, right-to-left override, cannot be seen")]),
        ('a = "\\u202E"', [(5, "U+202E, right-to-left override, cannot be seen")]),
        ('a = "\\U0000000b"', [(5, "U+000B, a control character, cannot be seen")]),
        ('a = "\\b\\f\\r\\e"', [(5 + 2 * n, f"U+{c}, a control character, cannot be seen")
                              for n, c in enumerate(["0008", "000C", "000D", "001B"])]),
        ('a = "\\t\\n\\\\ \\" \\u4e00 \\\\b"\r\nb = """\r\n\tx"""', []),
        ("a = '\\u202e \\b' # \\b", []),
        ('"\u2066\\u2069" = "\ufeff"', [
            (1, "U+2066, left-to-right isolate, cannot be seen"),
            (2, "U+2069, pop directional isolate, cannot be seen"),
            (13, "U+FEFF, zero width no-break space, cannot be seen"),
        ]),
        ("a = '\u06cc\u200c\u06cc' # \u200d \u00a0", []),
    ],
)  # fmt: skip
def test_hidden_characters_are_pointed_at(text: str, found: list[tuple[int, str]]) -> None:
    tomli.loads(text.replace("\r\n", "\n"))
    assert list(hidden_characters(text)) == found


PIECES = st.sampled_from(
    ["a = ", "b=", '"c" = ', "{", "}", "[", "]", ",", "\n", " ", "# {\n", "# ,\n", "1", '"x"',
     "'{,'", '"\\e"', '"\\\\e"', '"\\x41"', "07:30", "07:30:00", "2020-01-01T07:30Z",
     "2020-01-01T07:30:00-01:00", '"""', "'''", '"', "'", "\\", "[x]\n", "{ y = 1 }"]
)  # fmt: skip


@pytest.mark.skipif(sys.version_info >= (3, 15), reason="tomllib reads TOML 1.1 too")
@settings(max_examples=1500, deadline=None)
@given(st.lists(PIECES, max_size=12).map("".join))
def test_what_the_older_parser_refuses_is_found_and_nothing_else(text: str) -> None:
    try:
        tomli.loads(text)
    except tomli.TOMLDecodeError:
        return
    try:
        tomllib.loads(text)
        old = True
    except tomllib.TOMLDecodeError:
        old = False
    assert (list(newer_toml(text)) == []) == old
