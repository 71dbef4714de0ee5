"""docs/format.md is true: its files load, its tables are the model's, its outputs the program's."""

import re
from collections.abc import Callable, Iterable
from itertools import pairwise
from pathlib import Path

import pytest
import tomli

from expofacts.facts.key_markers import DERIVED, FILLED_IN, OF_SOURCE, Key, keys
from expofacts.facts.kinds import Fact, own_keys, tables
from expofacts.facts.load import load
from expofacts.facts.model import TABLES
from tests.conftest import TABLE_OF

PAGE = (Path(__file__).parents[1] / "docs" / "format.md").read_text(encoding="utf-8")

# Every block of the page in its order: the language, and what is in it.
BLOCKS = re.findall(r"^```(\w+)\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
TOML = [block for language, block in BLOCKS if language == "toml"]
WHOLE = [block for block in TOML if block.startswith("format = 1\n")]
SHOWN = [
    (file, output)
    for (language, file), (after, output) in pairwise(BLOCKS)
    if (language, after) == ("toml", "console")
]
REFUSED = [(file, output) for file, output in SHOWN if "problem" in output]

# The sections by table, or by heading where they are not of one.
SECTIONS = dict(
    re.findall(r"^##+ (?:`\[\[)?(.*?)(?:\]\]`)?\n(.*?)(?=^##|\Z)", PAGE, re.MULTILINE | re.DOTALL)
)
# A row of a table of keys: the key, whether it is needed, the rest.
ROW = re.compile(r"^\| `(\w+)` \| (yes|no) \| (.*) \|$", re.MULTILINE)

# The report that the examples are taken from, by paragraphs.
REPORT = [
    " ".join(line.removeprefix("> ") for line in paragraph.splitlines())
    for paragraph in "".join(re.findall(r"^>.*\n", PAGE, re.MULTILINE)).split("\n>\n")
]


def examples() -> str:
    """Return the page's parts of files below each other."""
    return "\n".join(["format = 1", *(block for block in TOML if block not in WHOLE)])


def keys_in(section: str) -> list[tuple[str, bool]]:
    return [(key, needed == "yes") for key, needed, _ in ROW.findall(section)]


def declared(keys: Iterable[Key]) -> list[tuple[str, bool]]:
    """Return the keys that stand in a fact file, each with whether it must."""
    return [
        (key.name, key.needed and FILLED_IN not in key.marks)
        for key in keys
        if not {DERIVED, OF_SOURCE} & {*key.marks}
    ]


def test_the_page_has_what_is_tested_here() -> None:
    assert len(BLOCKS) == PAGE.count("\n```") / 2
    assert len(WHOLE) == len(SHOWN) == 4
    assert len(REFUSED) == 3
    assert set(TABLES) < set(SECTIONS)
    assert len(REPORT) == 5


@pytest.mark.parametrize("file", [file for file in WHOLE if file not in dict(REFUSED)])
def test_whole_files_load(file: str, write: Callable[..., str]) -> None:
    assert load([write(file, bare=True)])["sources"]


def test_the_examples_make_one_file_with_every_table(write: Callable[..., str]) -> None:
    collection = load([write(examples(), bare=True)])
    assert all(collection[table] for table in TABLES)


@pytest.mark.parametrize(("file", "shown"), SHOWN)
def test_outputs_are_what_the_program_says(
    file: str,
    shown: str,
    run: Callable[..., tuple[int, str, str]],
    write: Callable[..., str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    command, _, output = shown.partition("\n")
    *_, name = arguments = command.removeprefix("$ expofacts ").split()
    write(file, name, bare=True)
    monkeypatch.chdir(tmp_path)
    code, out, err = run(*arguments)
    refused = (file, shown) in REFUSED
    assert code == (3 if refused else 0)
    assert (out if refused else err) == ""
    printed = err if refused else out
    assert [line.rstrip() for line in printed.splitlines()] == output.splitlines()


@pytest.mark.parametrize("table", TABLES)
def test_a_table_of_keys_is_the_model(table: str) -> None:
    record = tables()[table]
    own = own_keys(record) if table in TABLE_OF.values() else keys(record)
    assert keys_in(SECTIONS[table]) == declared(own.values())


def test_the_keys_of_every_fact_and_of_the_file_are_the_model() -> None:
    assert keys_in(SECTIONS["Keys of every fact"]) == declared(keys(Fact).values())
    assert keys_in(SECTIONS["The tables"]) == [
        ("format", True),
        *((table, False) for table in TABLES),
    ]


@pytest.mark.parametrize(
    ("table", "key"),
    [("quotes", "speech"), ("statistics", "qualifier"), ("infrastructure", "status")],
)
def test_closed_vocabularies_are_given_whole(table: str, key: str) -> None:
    values = ", ".join(f'`"{value}"`' for value in keys(tables()[table])[key].words)
    assert values in " ".join(SECTIONS[table].split())


def test_the_examples_keep_the_rules_that_the_page_gives() -> None:
    facts = [fact for table in TABLE_OF.values() for fact in tomli.loads(examples())[table]]
    for fact in facts:
        paragraph = REPORT[fact["paragraph"] - 1]
        assert all(phrase in paragraph for phrase in fact["stated"])
        if "speech" in fact:
            quoted = [words.removesuffix(",") for words in re.findall('"(.*?)"', paragraph)]
            assert (fact["text"] in quoted) == (fact["speech"] != "indirect")
            assert ("context" in fact) == (fact["speech"] == "partial")
