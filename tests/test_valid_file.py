"""Fact files read one by one: as if they were one, and only if nothing is wrong with them."""

import os
import re
import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from expofacts.errors import FactFileError
from expofacts.facts import valid_file
from expofacts.facts.files import packaged, stamps
from expofacts.facts.load import load, parse
from expofacts.facts.valid_file import Refused
from expofacts.index.build import build
from expofacts.index.opening import ask
from tests.indexes import fill
from tests.test_load import INVALID, PIECES, VALID

# What of a record depends on nothing but the facts; its number depends on the files.
RECORD = """
SELECT kind, id, data, published, as_of_first, as_of_last, period_first, period_last,
       source, speaker, speech, indicator, unit, project, mode, status
FROM record ORDER BY kind, n
"""
BY_FACT = "SELECT record.id, {0}.* FROM {0} JOIN record ON record.n = {0}.fact ORDER BY 1, 2"


def of_files(paths: Sequence[str]) -> sqlite3.Connection:
    """Return the index of the fact files; raises Refused."""
    made = sqlite3.connect(":memory:")
    build(made, paths, lambda _: None, 1)
    return made


def of_one(paths: Sequence[str]) -> sqlite3.Connection:
    """Return the index of all that the fact files have, as if it were in one."""
    made = sqlite3.connect(":memory:")
    fill(made, load(paths))
    return made


def content(made: sqlite3.Connection) -> dict[str, list[tuple[object, ...]]]:
    """Return all that an index says, facts by their ids instead of their numbers."""
    made.execute("INSERT INTO search (search) VALUES ('integrity-check')")
    made.execute("CREATE VIRTUAL TABLE temp.terms USING fts5vocab (main, search, instance)")
    rows_of = {name: made.execute(f"SELECT * FROM {name} ORDER BY 1, 2").fetchall()
               for name in ("within", "choice", "field")}  # fmt: skip
    for table in ("words", "claim", "fact_region", "fact_topic"):
        rows = made.execute(BY_FACT.format(table)).fetchall()
        rows_of[table] = [tuple(value for value in row if type(value) is not int) for row in rows]
    rows_of["record"] = made.execute(RECORD).fetchall()
    rows_of["terms"] = made.execute(
        'SELECT term, col, "offset", id FROM temp.terms JOIN record ON n = doc ORDER BY 1, 2, 3, 4'
    ).fetchall()
    return rows_of


# What is valid


SHIPPED = [stamp.path for stamp in stamps([packaged()])]


@pytest.mark.parametrize(
    "paths", [*([str(path)] for path in VALID), SHIPPED, SHIPPED[::-1]],
    ids=[*(path.stem for path in VALID), "shipped", "shipped, the last first"],
)  # fmt: skip
def test_files_make_the_index_that_one_file_would(paths: Sequence[str]) -> None:
    with closing(of_files(paths)) as made, closing(of_one(paths)) as whole:
        assert content(made) == content(whole)


SOURCE = (
    '[[sources]]\nid = "there"\npublisher = "P"\npublished = 2020-01-02\nurl = "https://a.b/c"\n'
)
REGION = '[[regions]]\nid = "inner"\nname = "Inner"\nlevel = "l"\nwithin = ["outer"]\n'
OUTER = '[[regions]]\nid = "outer"\nname = "Outer Land"\nlevel = "l"\n'
FACTS = (
    '[[quotes]]\nid = "q"\nspeaker = "A"\nspeech = "direct"\ntext = "t"\nsource = "there"\n'
    'regions = ["inner"]\n'
    '[[statistics]]\nid = "s"\nindicator = "i"\nname = "I"\nvalue = 1.50\nunit = "km"\n'
    'source = "there"\nas_of = "2019"\n'
    '[[mechanisms]]\nid = "m"\nname = "M"\npartners = ["outer"]\nsource = "there"\n'
)


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 2, 0)])
def test_facts_take_what_they_name_from_files_before_and_after(
    tmp_path: Path, order: tuple[int, ...]
) -> None:
    texts = [SOURCE, FACTS, REGION + OUTER]
    for place, n in enumerate(order):
        (tmp_path / f"{place}.toml").write_text(f"format = 1\n{texts[n]}")
    paths = sorted(str(path) for path in tmp_path.iterdir())
    with closing(of_files(paths)) as made, closing(of_one(paths)) as whole:
        assert content(made) == content(whole)
        days = dict(made.execute("SELECT id, as_of_last FROM record WHERE published NOT NULL"))
        assert days == {"q": "2020-01-02", "s": "2019-12-31", "m": "2020-01-02"}
        about = "SELECT id FROM fact_region JOIN record ON n = fact WHERE region = 'inner'"
        assert sorted(made.execute(about)) == [("m",), ("q",)]
        found = made.execute("SELECT rowid FROM search WHERE search MATCH 'inner'").fetchall()
        assert found == made.execute("SELECT n FROM record WHERE id = 'q'").fetchall()


def test_a_file_that_is_written_while_it_is_read_is_read_again(
    write: Callable[..., str], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write("")
    times = []

    def written(path: str, source: bytes) -> dict[str, Any]:
        times.append(path)
        if len(times) == 1:
            with Path(path).open("a") as file:
                file.write('[[sources]]\nid = "new"\npublisher = "P"\npublished = "2020"\n')
        return parse(path, source)

    monkeypatch.setattr(valid_file, "parse", written)
    rows = ask([path], lambda made: made.execute(RECORD).fetchall())
    assert ("source", "new") in [row[:2] for row in rows]


def test_a_file_that_is_written_to_all_the_time_is_an_error(
    write: Callable[..., str], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write("")

    def written(path: str, source: bytes) -> dict[str, Any]:
        with Path(path).open("a") as file:
            file.write("# more\n")
        return parse(path, source)

    monkeypatch.setattr(valid_file, "parse", written)
    with pytest.raises(FactFileError, match="E101 is written to all the time: try again"):
        ask([path], lambda made: None)


# What is not


@pytest.mark.parametrize("path", INVALID, ids=lambda path: path.stem)
def test_what_is_not_valid_is_refused(path: Path) -> None:
    with pytest.raises(Refused):
        of_files([str(path)])


EVERY_KEY = next(path for path in VALID if path.stem == "every-key").read_bytes()
SECOND = b'format = 1\n[[sources]]\nid = "second"\npublisher = "P"\npublished = 2020\n'


@given(st.lists(st.tuples(st.integers(0, len(EVERY_KEY)), PIECES), max_size=3), st.booleans())
@example([(len(EVERY_KEY), b"\n[format]\n")], False)
@settings(max_examples=60, deadline=None)
def test_what_is_refused_whole_and_nothing_else_is_refused(
    tmp_path_factory: pytest.TempPathFactory, changes: list[tuple[int, bytes]], first: bool
) -> None:
    source = EVERY_KEY
    for at, piece in changes:
        source = source[:at] + piece + source[at:]
    folder = tmp_path_factory.mktemp("changed")
    (folder / "a.toml").write_bytes(source if first else SECOND)
    (folder / "b.toml").write_bytes(SECOND if first else source)
    paths = [str(folder / "a.toml"), str(folder / "b.toml")]
    try:
        whole = of_one(paths)
    except FactFileError:
        with pytest.raises(Refused):
            of_files(paths)
        return
    with closing(whole), closing(of_files(paths)) as made:
        assert content(made) == content(whole)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("quotes.x = 1\n", ""),
        (SOURCE, SOURCE),
        (SOURCE, SOURCE.replace("sources", "regions").replace("publisher", "level")),
        (SOURCE + FACTS + REGION + OUTER, FACTS),
        (SOURCE + FACTS + REGION + OUTER, FACTS.replace("quotes", "mechanisms")),
        (SOURCE + FACTS + OUTER, ""),
        (SOURCE + REGION + OUTER, FACTS.replace("there", "nowhere")),
        (SOURCE.replace("published = 2020-01-02\n", "") + REGION + OUTER, FACTS),
        (SOURCE + REGION, OUTER + 'within = ["inner"]\n' + FACTS),
        (SOURCE + REGION + OUTER, FACTS.replace('source = "there"\n', "")),
        (SOURCE + REGION + OUTER, OUTER.replace("outer", "other") + 'aliases = ["inner"]\n'),
    ],
)
def test_what_is_wrong_between_files_is_refused(tmp_path: Path, one: str, other: str) -> None:
    for texts in ((one, other), (other, one)):
        for name, text in zip("ab", texts, strict=True):
            (tmp_path / f"{name}.toml").write_text(f"format = 1\n{text}")
        paths = [str(tmp_path / f"{name}.toml") for name in "ab"]
        with pytest.raises(FactFileError):
            load(paths)
        with pytest.raises(Refused):
            of_files(paths)


# What is wrong far down in a large file, or in the last of many


FILLER = (
    '[[quotes]]\nid = "filler-x-{}"\nspeaker = "Z"\nspeech = "direct"\ntext = "t"\n'
    'source = "filler-x"\n'
)
SOURCE_OF_FILLER = 'format = 1\n[[sources]]\nid = "filler-x"\npublisher = "Z"\npublished = "2000"\n'


# In these there is no table that a record could be added to, or the first line is what is wrong.
NO_ROOM = {"dotted-keys-at-the-top", "tables-of-wrong-types", "format-missing"}


def below_many(path: Path, folder: Path, facts: int) -> tuple[list[str], str]:
    """Put many facts before the first record of an example; return the files and the problems.

    The source of these facts is in a file of its own, so that the example's sources are as many.
    """
    lines = path.read_bytes().split(b"\n")
    before = next((n for n, line in enumerate(lines) if line.startswith(b"[")), len(lines))
    filler = "".join(map(FILLER.format, range(facts))).encode()
    other, file = folder / "other.toml", folder / path.name
    other.write_text(SOURCE_OF_FILLER)
    file.write_bytes(b"\n".join([*lines[:before], filler[:-1], *lines[before:]]))
    added = filler.count(b"\n")

    def moved(match: re.Match[str]) -> str:
        line = int(match[2])
        return f"{match[1]}{line + added if line > before else line}:"

    expected = path.with_suffix(".expected").read_text(encoding="utf-8")
    expected = re.sub(rf"({re.escape(path.name)}:)(\d+):", moved, expected)
    return [str(file), str(other)], expected


# All of them below 99,998 facts on request, for each takes some seconds.
MANY = 99_998 if "EXPOFACTS_LATE" in os.environ else 50


@pytest.mark.parametrize(
    "path", [path for path in INVALID if path.stem not in NO_ROOM], ids=lambda path: path.stem
)
def test_every_problem_is_named_below_many_facts(tmp_path: Path, path: Path) -> None:
    files, expected = below_many(path, tmp_path, MANY)
    with pytest.raises(FactFileError) as raised:
        ask(files, lambda _: None)
    assert str(raised.value).replace(f"{tmp_path}/", "") == expected.rstrip("\n")


@pytest.mark.parametrize("path", INVALID, ids=lambda path: path.stem)
def test_every_problem_is_named_in_the_last_of_many_files(tmp_path: Path, path: Path) -> None:
    many = 199 if "EXPOFACTS_LATE" in os.environ else 5
    files = [tmp_path / f"{n:03}.toml" for n in range(many)]
    for n, file in enumerate(files):
        file.write_text(SOURCE_OF_FILLER.replace("filler-x", f"filler-{n}"))
    (tmp_path / path.name).write_bytes(path.read_bytes())
    with pytest.raises(FactFileError) as raised:
        ask([*map(str, files), str(tmp_path / path.name)], lambda _: None)
    expected = path.with_suffix(".expected").read_text(encoding="utf-8")
    assert str(raised.value).replace(f"{tmp_path}/", "") == expected.rstrip("\n")
