"""Tables, whole, at the widths that terminals have."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from rich.cells import cell_len

from tests.conftest import Result

TABLES = Path(__file__).parent / "data" / "tables"
FACTS = str(TABLES / "facts.toml")
COMMANDS = {
    "quotes": ["quotes"],
    "stats": ["stats"],
    "infrastructure": ["infrastructure"],
    "mechanisms": ["mechanisms"],
    "regions": ["regions"],
    "sources": ["sources"],
    "show": ["show", "wang-ming-trade"],
}


@pytest.mark.parametrize("expected", sorted(TABLES.glob("*.txt")), ids=lambda path: path.stem)
def test_the_whole_table(
    expected: Path, run: Callable[..., Result], monkeypatch: pytest.MonkeyPatch
) -> None:
    command, width = expected.stem.split("-")
    monkeypatch.setenv("COLUMNS", width)
    result = run(*COMMANDS[command], "--facts", FACTS)
    assert result.out == expected.read_text("utf-8")
    assert max(map(cell_len, result.out.splitlines())) <= int(width)


@pytest.mark.parametrize("width", [*range(20, 130, 7), 200])
@pytest.mark.parametrize("command", COMMANDS)
def test_no_width_drops_a_word(
    command: str, width: int, run: Callable[..., Result], monkeypatch: pytest.MonkeyPatch
) -> None:
    def letters(text: str) -> list[str]:
        return sorted(re.sub(r"[\s─│├└]", "", text))

    monkeypatch.setenv("COLUMNS", "1000")
    # The widest is a table with every header once; a stack repeats them, and a tree has no need
    # of the first.
    whole = letters(run(*COMMANDS[command], "--facts", FACTS).out.removeprefix("Region"))
    monkeypatch.setenv("COLUMNS", str(width))
    narrow = run(*COMMANDS[command], "--facts", FACTS).out
    missing = list(whole)
    for letter in letters(narrow):
        if letter in missing:
            missing.remove(letter)
    assert missing == []


def test_a_narrow_terminal_stacks_each_record(
    run: Callable[..., Result], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    lines = run("infrastructure", "--facts", FACTS).out.splitlines()
    assert lines[:2] == ["Project   River bridge", "          road bridge"]
    assert lines.count("Project   River bridge") == 2


def test_a_pipe_gets_a_table_as_wide_as_what_it_says(process: Callable[..., Result]) -> None:
    out = process("quotes", "--facts", FACTS).out
    assert "“We waited forty years for this bridge. [sic] Now we shall walk over it.”" in out
    assert "\x1b" not in out


def test_a_table_of_chosen_fields_shows_them_as_they_are(
    run: Callable[..., Result], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    out = run("stats", "--facts", FACTS, "--fields", "value,id,regions").out
    assert [line.rstrip() for line in out.splitlines()] == [
        "value    id                regions",
        "─" * 51,
        "2350000  river-trade-2020  norland; estmark",
        "1283.50  bridge-length     brightwater; svetlovodsk",
        "",
        "2 figures from 2 sources",
    ]


def test_the_line_below_says_what_a_limit_left_out(run: Callable[..., Result]) -> None:
    assert run("quotes", "--facts", FACTS, "-n", "2").out.endswith("2 of 3 quotes from 1 source\n")


def test_a_region_without_all_that_is_around_it_is_no_tree(run: Callable[..., Result]) -> None:
    out = run("regions", "--facts", FACTS, "--sort", "name").out
    assert "└" not in out
    assert [line.split()[0] for line in out.splitlines()[2:8]] == [
        "Brightwater", "Estmark", "Norland", "River", "Upper", "Светловодск",
    ]  # fmt: skip


DEEP = """
[[regions]]
id = "a"
name = "Aland"
level = "country"

[[regions]]
id = "b"
name = "Beta of the long name"
level = "state"
within = ["a"]

[[regions]]
id = "c"
name = "Gammaburgh on the river"
level = "city"
within = ["b"]

[[regions]]
id = "d"
name = "Delta"
level = "city"
within = ["b"]
"""


def test_a_name_in_the_tree_is_continued_beside_its_trunk(
    write: Callable[..., str], run: Callable[..., Result], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write(DEEP)
    monkeypatch.setenv("COLUMNS", "38")
    assert [line.rstrip() for line in run("regions", "--facts", path).out.splitlines()[2:8]] == [
        "Aland               country      0  a",
        "└─ Beta of the      state        0  b",
        "   long name",
        "   ├─ Gammaburgh    city         0  c",
        "   │  on the river",
        "   └─ Delta         city         0  d",
    ]


@pytest.mark.parametrize("width", range(18, 60))
def test_no_width_breaks_a_name_in_the_tree(
    width: int, write: Callable[..., str], run: Callable[..., Result],
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setenv("COLUMNS", str(width))
    out = run("regions", "--facts", write(DEEP)).out
    words = " ".join(re.findall('name = "(.*)"', DEEP)).split()
    assert [word for word in re.findall(r"[A-Za-z]+", out) if word in words] == words
    assert max(map(cell_len, out.splitlines())) <= width
    assert set("│├└") & set(out)  # a tree at any width


@pytest.mark.parametrize("columns", ["0", "-80", "wide", "", "9" * 5000, "80.5"])
def test_a_setting_that_is_no_width_is_none(
    columns: str, run: Callable[..., Result], monkeypatch: pytest.MonkeyPatch
) -> None:
    as_wide_as_it_is = run("quotes", "--facts", FACTS)
    monkeypatch.setenv("COLUMNS", columns)
    assert run("quotes", "--facts", FACTS) == as_wide_as_it_is
