"""Fact files read in chunks: as if they were read whole, and only if nothing is wrong with them."""

import os
import re
import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing
from itertools import zip_longest
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from expofacts.errors import FactFileError
from expofacts.facts import chunks
from expofacts.facts.chunks import Refused, survey
from expofacts.facts.files import packaged, stamps
from expofacts.facts.load import load
from expofacts.index import cache
from expofacts.index.build import build, fill
from expofacts.index.cache import ask
from tests.test_load import INVALID, PIECES, VALID

# What of a record depends on nothing but the facts; its number depends on the chunks.
RECORD = """
SELECT kind, id, data, published, as_of_first, as_of_last, period_first, period_last,
       source, speaker, speech, indicator, unit, project, mode, status
FROM record ORDER BY kind, n
"""
BY_FACT = "SELECT record.id, {0}.* FROM {0} JOIN record ON record.n = {0}.fact ORDER BY 1, 2"
LISTS = ("within", "text", "choice", "field")

# Valid, but not read in chunks: more than the format before the first header, headers of sources
# written in another way, or a text that has the quotation marks of other texts.
UNUSUAL = {"inline-tables", "keys-in-quotation-marks", "no-facts-but-empty-tables",
           "headers-inside-texts"}  # fmt: skip


def compiled(paths: Sequence[str]) -> sqlite3.Connection:
    """Return the index of the fact files, made from chunks; raises Refused."""
    made = sqlite3.connect(":memory:")
    build(made, paths, range(len(paths)), None, (), lambda _: None)
    return made


def loaded(paths: Sequence[str]) -> sqlite3.Connection:
    """Return the index of the fact files, made from files that are read whole."""
    made = sqlite3.connect(":memory:")
    fill(made, load(paths))
    return made


def content(made: sqlite3.Connection) -> dict[str, list[tuple[object, ...]]]:
    """Return all that an index says, facts by their ids instead of their numbers."""
    made.execute("INSERT INTO search (search) VALUES ('integrity-check')")
    made.execute("CREATE VIRTUAL TABLE temp.terms USING fts5vocab (main, search, instance)")
    rows_of = {name: made.execute(f"SELECT * FROM {name} ORDER BY 1, 2").fetchall()
               for name in LISTS}  # fmt: skip
    for table in ("words", "fact_region", "fact_topic"):
        rows = made.execute(BY_FACT.format(table)).fetchall()
        rows_of[table] = [tuple(value for value in row if type(value) is not int) for row in rows]
    rows_of["record"] = made.execute(RECORD).fetchall()
    rows_of["terms"] = made.execute(
        'SELECT term, col, "offset", id FROM temp.terms JOIN record ON n = doc ORDER BY 1, 2, 3, 4'
    ).fetchall()
    return rows_of


def said(paths: Sequence[str]) -> list[tuple[object, ...]]:
    """Return the records of the fact files, however they are read."""
    return ask(paths, lambda made: made.execute(RECORD).fetchall())


@pytest.fixture
def cut(monkeypatch: pytest.MonkeyPatch) -> Callable[[int], None]:
    """Return a function that sets how many bytes a chunk has; files of any size are cut."""
    monkeypatch.setattr(cache, "_LARGE", 0)
    return lambda size: monkeypatch.setattr(chunks, "SIZE", size)


# What is valid


USUAL = {path.stem: [str(path)] for path in VALID if path.stem not in UNUSUAL}
SHIPPED = [stamp.path for stamp in stamps([packaged()])]


@pytest.mark.parametrize("paths", [*USUAL.values(), SHIPPED], ids=[*USUAL, "shipped"])
def test_chunks_of_any_size_make_the_same_index(
    cut: Callable[[int], None], paths: Sequence[str]
) -> None:
    with closing(loaded(paths)) as made:
        whole = content(made)
    for size in (0, 100, 1_000):
        cut(size)
        with closing(compiled(paths)) as made:
            assert content(made) == whole


@pytest.mark.parametrize("path", VALID, ids=lambda path: path.stem)
def test_what_cannot_be_read_in_chunks_is_read_whole(
    cut: Callable[[int], None], path: Path
) -> None:
    cut(0)
    with closing(loaded([str(path)])) as made:
        assert said([str(path)]) == made.execute(RECORD).fetchall()


def test_the_chunks_of_a_file_are_all_of_it(cut: Callable[[int], None]) -> None:
    cut(500)
    path = Path(packaged(), "facts.toml")
    source = path.read_bytes()
    pieces = survey(0, str(path)).chunks
    assert len(pieces) > 20
    assert [(one.begin, one.end) for one in pieces] == [
        (one.begin, other.begin if other else len(source))
        for one, other in zip_longest(pieces, pieces[1:])
    ]
    assert all(source[one.begin :].startswith(b"[[") for one in pieces[1:])


def test_files_refer_to_each_other_over_chunks(
    cut: Callable[[int], None], write: Callable[..., str]
) -> None:
    cut(0)
    facts = "".join(
        f'\n[[mechanisms]]\nid = "m-{n}"\nname = "M"\npartners = ["r-{n % 3}"]\nsource = "source"\n'
        for n in range(9)
    )
    regions = "".join(
        f'\n[[regions]]\nid = "r-{n}"\nname = "R {n}"\nlevel = "town"\n' for n in range(3)
    )
    paths = [write(f"format = 1\n{facts}", "a.toml", bare=True), write(regions, "b.toml")]
    for order in (paths, paths[::-1]):
        with closing(compiled(order)) as one, closing(loaded(order)) as other:
            assert content(one) == content(other)


def test_a_header_in_a_text_is_no_place_to_cut_at(
    cut: Callable[[int], None], write: Callable[..., str]
) -> None:
    cut(0)
    text = "'''\n[[regions]]\n[[quotes]]\n'''"
    path = write(
        "".join(
            f'\n[[quotes]]\nid = "q-{n}"\nspeaker = "A"\nspeech = "direct"\ntext = {text}\n'
            for n in range(9)
        )
    )
    with closing(compiled([path])) as one, closing(loaded([path])) as other:
        assert content(one) == content(other)


@pytest.mark.parametrize(
    "text",
    [
        "# three quotation marks: '''",
        r'note = """ \""" """',
        "note = '''\n[1] a footnote\n'''",
    ],
)
def test_a_text_that_misleads_does_no_harm(
    cut: Callable[[int], None], write: Callable[..., str], text: str
) -> None:
    cut(0)
    facts = "".join(
        f'\n[[quotes]]\nid = "q-{n}"\nspeaker = "A"\nspeech = "direct"\ntext = "t"\n{text}\n'
        for n in range(5)
    )
    path = write(f"{text}\n{facts}")
    assert said([path]) == loaded([path]).execute(RECORD).fetchall()


@pytest.mark.parametrize("header", ["[[ regions ]]", "  [[regions]]", '[["regions"]]'])
def test_a_region_that_nothing_refers_to_is_not_overlooked(
    cut: Callable[[int], None], write: Callable[..., str], header: str
) -> None:
    cut(1_000_000)
    path = write(f'{header}\nid = "far"\nname = "Far"\nlevel = "town"\n')
    assert ("region", "far") in [row[:2] for row in said([path])]


def test_a_file_that_is_written_while_it_is_read_is_read_again(
    cut: Callable[[int], None], write: Callable[..., str], monkeypatch: pytest.MonkeyPatch
) -> None:
    cut(1_000_000)
    path = write("")

    def written(number: int, path: str) -> chunks.Survey:
        found = survey(number, path)
        with Path(path).open("a") as file:
            file.write('[[sources]]\nid = "new"\npublisher = "P"\npublished = "2020"\n')
        return found

    monkeypatch.setattr("expofacts.index.build.survey", written)
    assert ("source", "new") in [row[:2] for row in said([path])]


# What is not


@pytest.mark.parametrize("path", INVALID, ids=lambda path: path.stem)
def test_what_is_not_valid_is_refused(cut: Callable[[int], None], path: Path) -> None:
    for size in (0, 150, 1_000_000):
        cut(size)
        with pytest.raises(Refused):
            compiled([str(path)])


@pytest.mark.parametrize(
    "text",
    [
        'quotes = []\n[[sources]]\nid = "a"\npublisher = "A"\npublished = "2020"\n'
        '[[quotes]]\nid = "q"\nspeaker = "A"\nspeech = "direct"\ntext = "t"\n',
        'sources = []\n[[sources]]\nid = "a"\npublisher = "A"\n',
        '[[sources]]\nid = "a"\npublisher = "A"\n[format]\n',
        '[[sources]]\nid = "a"\npublisher = "A"\n[sources]\n',
        '[[sources]]\nid = "a"\npublisher = "A"\n[sources.note]\n[[regions]]\nid = "r"\n',
        '[[sources]]\nid = "a"\npublisher = "A"\n[[sources]]\nid = "a"\npublisher = "A"\n',
        '[[sources]]\nid = "a"\npublisher = "A"\n[[regions]]\nid = "a"\nname = "A"\nlevel = "l"\n',
    ],
)
def test_what_is_said_twice_is_refused_over_chunks(
    cut: Callable[[int], None], write: Callable[..., str], text: str
) -> None:
    cut(0)
    path = write(f"format = 1\n{text}", bare=True)
    with pytest.raises(FactFileError):
        load([path])
    with pytest.raises(Refused):
        compiled([path])


EVERY_KEY = next(path for path in VALID if path.stem == "every-key").read_bytes()


@given(
    st.integers(0, 2_000),
    st.lists(st.tuples(st.integers(0, len(EVERY_KEY)), PIECES), max_size=3),
)
@example(0, [(len(EVERY_KEY), b"\n[format]\n")])
@settings(max_examples=60, deadline=None)
def test_chunks_never_accept_what_is_refused_whole(
    tmp_path_factory: pytest.TempPathFactory, size: int, changes: list[tuple[int, bytes]]
) -> None:
    source = EVERY_KEY
    for at, piece in changes:
        source = source[:at] + piece + source[at:]
    path = tmp_path_factory.mktemp("changed") / "facts.toml"
    path.write_bytes(source)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(chunks, "SIZE", size)
        try:
            made = compiled([str(path)])
        except Refused:
            return
    with closing(made), closing(loaded([str(path)])) as other:
        assert content(made) == content(other)


# What is wrong far down in a large file


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


@pytest.mark.parametrize(
    "path", [path for path in INVALID if path.stem not in NO_ROOM], ids=lambda path: path.stem
)
def test_every_problem_is_named_below_many_chunks(
    cut: Callable[[int], None], tmp_path: Path, path: Path
) -> None:
    cut(500)
    files, expected = below_many(path, tmp_path, 50)
    with pytest.raises(FactFileError) as raised:
        ask(files, lambda _: None)
    assert str(raised.value).replace(f"{tmp_path}/", "") == expected.rstrip("\n")


# All of them on request, for each takes some seconds.
LATE = [path for path in INVALID if path.stem not in NO_ROOM]
if "EXPOFACTS_LATE" not in os.environ:
    LATE = [path for path in LATE if path.stem == "unknown-region"]


@pytest.mark.parametrize("path", LATE, ids=lambda path: path.stem)
def test_every_problem_is_named_below_99_998_facts(tmp_path: Path, path: Path) -> None:
    files, expected = below_many(path, tmp_path, 99_998)
    with pytest.raises(FactFileError) as raised:
        ask(files, lambda _: None)
    assert str(raised.value).replace(f"{tmp_path}/", "") == expected.rstrip("\n")
