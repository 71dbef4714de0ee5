"""Nothing in a fact file acts on a terminal, a Markdown page or a spreadsheet: it is shown."""

import csv
import io
import json
import re
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from expofacts.view.citation import STYLES
from expofacts.view.safe_text import clean, clean_line
from tests.conftest import Result

HOSTILE = (
    r"\u001b[31mred\u001b[0m \u001b]0;title\u0007 \u009b2J \u202Eevil\u202C \u2066x\u2069"
    r" \u0000 \u007f \r \u0085 \u2028 [red]markup[/red] [/quote] [sic] :x: :smile: <b> | =1+1"
)
# Written out, as the file means them.
TEXT = json.loads(f'"{HOSTILE}"'.replace(r"\r", r"\u000d"))

FACTS = f"""
format = 1

[[sources]]
id = "source"
publisher = "{HOSTILE}"
title = "{HOSTILE}"
published = 2019-06-18
place = "{HOSTILE}"
text = "source.txt"

[[regions]]
id = "here"
name = "{HOSTILE}"
level = "{HOSTILE}"
aliases = ["{HOSTILE} alias"]

[[quotes]]
id = "quote"
speaker = "{HOSTILE}"
role = "{HOSTILE}"
organization = "{HOSTILE}"
occasion = "{HOSTILE}"
speech = "partial"
context = "{HOSTILE}"
text = "{HOSTILE}"
original = "{HOSTILE}"
regions = ["here"]
stated = ["{HOSTILE} changed"]
note = "{HOSTILE}"

[[statistics]]
id = "statistic"
indicator = "indicator"
name = "{HOSTILE}"
value = 1
unit = "{HOSTILE}"
scope = "{HOSTILE}"
counted_by = "{HOSTILE}"

[[statistics]]
id = "other-statistic"
indicator = "indicator"
name = "{HOSTILE}"
value = 2
unit = "{HOSTILE}"

[[infrastructure]]
id = "infrastructure"
project = "project"
name = "{HOSTILE}"
mode = "{HOSTILE}"
connects = ["here"]
status = "open"
expected = "2020"
expected_status = "open"

[[infrastructure]]
id = "other-infrastructure"
project = "project"
name = "{HOSTILE}"
mode = "{HOSTILE}"
connects = ["here"]
status = "under construction"
as_of = 2020-06-18

[[mechanisms]]
id = "mechanism"
name = "{HOSTILE}"
partners = ["here"]
purpose = "{HOSTILE}"
"""

WORD = "\x1b[31mred\u202e\x9b2J\u2028"

COMMANDS = [
    *(["quotes"], ["stats"], ["infrastructure"], ["mechanisms"]),
    *(["regions"], ["sources"], ["topics"], ["speakers"]),
    *(["show", id_] for id_ in ("quote", "statistic", "infrastructure", "mechanism", "here")),
    ["quotes", "--fields", "text,speaker"],
    *(["search", "alias"], ["search", "red"], ["infrastructure", "--latest"]),
    *(["timeline"], ["timeline", "project"], ["timeline", "indicator"]),
    *(["conflicts", "--agreements"], ["verify", "--all"], ["check"]),
]
# These are for people to look at or to paste, and have no data formats.
PRINTED = [
    ["stats", "--chart"],
    *(
        ["cite", "quote", "statistic", "infrastructure", "mechanism", "source", "--style", style]
        for style in STYLES
    ),
]
EXIT_CODES = {"topics": 1, "conflicts": 1, "verify": 1}  # no topics; contradictions; a changed word


def acting(text: str) -> set[str]:
    """Return the characters of an output that could act on a terminal."""
    return {
        char
        for char in text
        if char != "\n"
        and (unicodedata.category(char) == "Cc" or unicodedata.bidirectional(char) in BIDI)
    } | set(re.findall("[\u2028\u2029]", text))


BIDI = {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}


@pytest.fixture
def hostile(write: Callable[..., str]) -> str:
    # TOML has no escape for NUL that tomli takes, and none for C1 that is not one.
    path = write(FACTS.replace(r"\u0000 ", ""), bare=True)
    said = TEXT.replace("\x00 ", "")
    Path(path).with_name("source.txt").write_text(f"“{said}”, {said} unchanged", "utf-8")
    return path


@pytest.mark.parametrize("width", ["40", "100", "400"])
@pytest.mark.parametrize("command", COMMANDS + PRINTED, ids=" ".join)
def test_tables(
    command: list[str],
    width: str,
    hostile: str,
    run: Callable[..., Result],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("COLUMNS", width)
    result = run(*command, "--facts", hostile)
    assert result.code == EXIT_CODES.get(command[0], 0)
    assert acting(result.out) == set()
    assert acting(result.err) == set()


@pytest.mark.parametrize("format_", ["json", "jsonl", "tsv", "markdown"])
@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_data(command: list[str], format_: str, hostile: str, run: Callable[..., Result]) -> None:
    result = run(*command, "--facts", hostile, "-f", format_)
    assert acting(result.out.replace("\t", "") if format_ == "tsv" else result.out) == set()


@pytest.mark.parametrize("ending", ["json", "jsonl", "md"])
def test_exports(ending: str, hostile: str, tmp_path: Path, run: Callable[..., Result]) -> None:
    path = tmp_path / f"facts.{ending}"
    assert run("export", str(path), "--facts", hostile) == (0, "", "")
    assert acting(path.read_text("utf-8")) == set()


def test_markup_is_shown_as_it_is(
    hostile: str, run: Callable[..., Result], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "900")
    for command in (["quotes"], ["show", "quote"]):
        out = run(*command, "--facts", hostile).out
        assert "[red]markup[/red] [/quote] [sic] :x: :smile: <b> | =1+1" in out
        assert "␛[31mred␛[0m ␛]0;title␇ <U+009B>2J <U+202E>evil<U+202C>" in out


def test_json_and_csv_have_the_text_unchanged(hostile: str, run: Callable[..., Result]) -> None:
    text = TEXT.replace("\x00 ", "")
    (quote,) = json.loads(run("quotes", "--facts", hostile, "-f", "json").out)
    assert quote["text"] == text
    out = run("quotes", "--facts", hostile, "-f", "csv").out
    (row,) = csv.DictReader(io.StringIO(out, newline=""))
    assert row["text"] == text


def test_markdown_has_nothing_that_is_markup(
    write: Callable[..., str], run: Callable[..., Result]
) -> None:
    path = write(
        '[[quotes]]\nid = "q"\nspeaker = "S"\nspeech = "direct"\n'
        'text = "a|b *c* [d](e) <script> `f` :x: \\\\ # &amp; line\\nend"\n'
    )
    out = run("quotes", "--facts", path, "-f", "markdown", "--fields", "id,text").out
    assert out == (
        "| id | text |\n| --- | --- |\n"
        "| q | a\\|b \\*c\\* \\[d\\](e) \\<script\\> \\`f\\` \\:x: \\\\ \\# \\&amp; line<br>end |\n"
    )


def test_messages(write: Callable[..., str], run: Callable[..., Result]) -> None:
    path = write(f'"{HOSTILE.replace(chr(92) + "u0000 ", "")}" = 1\n', bare=True)
    result = run("quotes", "--facts", path)
    assert result.code == 3
    assert acting(result.err) == set()
    assert "␛[31mred" in result.err


@pytest.mark.parametrize(
    "arguments",
    [
        ["quotes", "--region", WORD],
        ["timeline", WORD],
        ["conflicts", "--indicator", WORD],
        ["cite", WORD],
        ["cite", "li-yunze-logistics", "--style", WORD],
        ["verify", WORD],
        ["verify", f"xinhua-2019-06-18={WORD}"],
        ["verify", "--fact", WORD],
        ["check", WORD],
        ["check", "--select", WORD],
        ["export", WORD],
        ["export", f"{WORD}/facts.db"],
    ],
    ids=" ".join,
)
def test_messages_on_what_the_user_gives(arguments: list[str], run: Callable[..., Result]) -> None:
    result = run(*arguments)
    assert result.code in (1, 2, 4)
    assert "red" in (result.out + result.err).lower()
    assert acting(result.out + result.err) == set()


@given(st.text())
def test_clean_text_never_acts_and_plain_text_stays(text: str) -> None:
    assert acting(clean(text)) == set()
    assert acting(clean_line(text)) == set()
    assert "\n" not in clean_line(text)
    if text.isprintable():
        assert clean(text) == text
