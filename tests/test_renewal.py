"""An index of several files of which some have changed: as if it had been made from nothing."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from shutil import rmtree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from expofacts.errors import FactFileError
from expofacts.facts.valid_file import Tables, read_valid
from expofacts.index import build, cache
from expofacts.index.cache import place
from expofacts.index.opening import open_index

TABLES = ("record", "words", "claim", "fact_region", "fact_topic", "within", "text", "choice",
          "field", "place", "touching", "named", "spoke", "made", "file")  # fmt: skip

REGION = '[[regions]]\nid = "{0}"\nname = "{0} town"\nlevel = "town"\n'
QUOTE = (
    '[[quotes]]\nid = "{0}"\nspeaker = "{1}"\nrole = "{2}"\nspeech = "direct"\ntext = "{3}"\n'
    'topics = ["{4}"]\nregions = ["{5}"]\n'
)
STATISTIC = (
    '[[statistics]]\nid = "{0}"\nindicator = "{1}"\nname = "{1}s of {2}"\nvalue = 1.50\n'
    'unit = "km"\ntopics = ["{4}"]\nregions = ["{5}"]\n'
)
MECHANISM = '[[mechanisms]]\nid = "{0}"\nname = "{3} of {1}"\npartners = ["{5}"]\n'


def file(name: str, facts: str, *, places: str = "") -> str:
    """Return a fact file with a source and a region of its own."""
    source = f'[[sources]]\nid = "source-{name}"\npublisher = "P"\npublished = 2020-01-02\n'
    return f"format = 1\n{source}{REGION.format(f'region-{name}')}{places}{facts}"


def facts(name: str, many: int = 6) -> str:
    kinds = (QUOTE, STATISTIC, MECHANISM)
    return "".join(
        kinds[n % 3].format(
            f"{name}-{n}",
            f"s{n}" if n < 3 else f"s-{name}",
            f"r{n % 2}",
            f"words {n} of {name}",
            f"t{n % 2}",
            "region-a",
        )
        for n in range(many)
    )


def everything(folder: Path) -> dict[str, list[tuple[object, ...]]]:
    """Return all rows of all tables of the index, and all terms of its search."""
    open_index([str(folder)]).close()
    with closing(sqlite3.connect(place([str(folder)]))) as index:
        index.execute("INSERT INTO search (search) VALUES ('integrity-check')")
        index.execute("CREATE VIRTUAL TABLE temp.terms USING fts5vocab (main, search, instance)")
        rows = {name: index.execute(f"SELECT * FROM {name}").fetchall() for name in TABLES}
        for name in ("place", "touching", "named", "spoke"):  # which have no order but by file
            rows[name].sort(key=repr)
        terms = 'SELECT term, doc, col, "offset" FROM temp.terms ORDER BY 1, 2, 3, 4'
        return rows | {"terms": index.execute(terms).fetchall()}


def anew(folder: Path) -> dict[str, list[tuple[object, ...]]]:
    place([str(folder)]).unlink(missing_ok=True)
    return everything(folder)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in "abcd":
        (tmp_path / f"{name}.toml").write_text(file(name, facts(name)))
    elsewhere = facts("elsewhere", 1) + 'source = "source-d"\n'
    (tmp_path / "c.toml").write_text(file("c", facts("c") + elsewhere))
    return tmp_path


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Give the names of the files that are read to make an index."""
    names: list[str] = []

    def noted(path: str) -> Tables:
        names.append(Path(path).stem)
        return read_valid(path)

    monkeypatch.setattr(build, "read_valid", noted)
    return names


def rewrite(folder: Path, name: str, old: str, new: str) -> None:
    path = folder / f"{name}.toml"
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))


CHANGES: dict[str, tuple[Callable[[Path], object], str]] = {
    "another text": (lambda f: rewrite(f, "b", "words 0", "other words"), "b"),
    "another speaker": (lambda f: rewrite(f, "b", '"s0"', '"somebody"'), "b"),
    "another indicator": (lambda f: rewrite(f, "b", '"s1"', '"thing"'), "b"),
    "another topic": (lambda f: rewrite(f, "b", '"t0"', '"else"'), "b"),
    "another region": (lambda f: rewrite(f, "b", '["region-a"]', '["region-c"]'), "b"),
    "another partner": (lambda f: rewrite(f, "c", 'partners = ["region-a"]',
                                          'partners = ["region-d"]'), "c"),
    "another id": (lambda f: rewrite(f, "b", '"b-0"', '"b-new"'), "b"),
    "a fact more": (lambda f: (f / "d.toml").write_text(file("d", facts("d", 7))), "d"),
    "a fact less": (lambda f: (f / "a.toml").write_text(file("a", facts("a", 5))), "a"),
    "no facts": (lambda f: (f / "b.toml").write_text(file("b", "")), "b"),
    "all facts another": (lambda f: (f / "b.toml").write_text(file("b", facts("new", 9))), "b"),
    "touched": (lambda f: (f / "b.toml").touch(), "b"),
    "a source": (lambda f: rewrite(f, "b", '"P"', '"Q"'), "b"),
    # What facts of other files rest on.
    "a source of facts elsewhere": (lambda f: rewrite(f, "d", '"P"', '"Q"'), "dabcd"),
    "another name of a region": (lambda f: rewrite(f, "a", "region-a town", "Town"), "aabcd"),
    "a region within another": (lambda f: rewrite(f, "b", 'level = "town"\n',
                                'level = "town"\nwithin = ["region-c"]\n'), "babcd"),
    # More than half.
    "three files": (lambda f: [(f / f"{name}.toml").touch() for name in "abc"], "abcd"),
    # Other files.
    "a file more": (lambda f: (f / "aa.toml").write_text(file("aa", facts("aa"))),
                    ["a", "aa", "b", "c", "d"]),
    "a file less": (lambda f: (f / "c.toml").unlink(), "abd"),
    "another name": (lambda f: (f / "c.toml").rename(f / "e.toml"), "abde"),
}  # fmt: skip


@pytest.mark.parametrize(("change", "again"), CHANGES.values(), ids=CHANGES)
def test_a_change_makes_the_index_that_there_would_be_without_the_old_one(
    folder: Path, read: list[str], change: Callable[[Path], object], again: str
) -> None:
    everything(folder)
    read.clear()
    change(folder)
    renewed = everything(folder)
    assert read == list(again)
    assert renewed == anew(folder)


def test_an_index_is_renewed_again_and_again(folder: Path, read: list[str]) -> None:
    everything(folder)
    read.clear()
    for n in range(40):  # more than the segments that a search has before they are merged
        name = "abcd"[n % 4]
        (folder / f"{name}.toml").write_text(file(name, facts(name, n % 7)))
        everything(folder)
    assert len(read) == 40
    assert everything(folder) == anew(folder)


edits = st.lists(
    st.tuples(st.sampled_from("abcd"), st.integers(0, 5), st.sampled_from(["fact", "region"])),
    max_size=6,
)


@given(edits)
@settings(max_examples=15, deadline=None)
def test_any_changes_make_the_index_that_there_would_be_without_the_old_one(
    tmp_path_factory: pytest.TempPathFactory, changes: list[tuple[str, int, str]]
) -> None:
    folder = tmp_path_factory.mktemp("facts")
    for name in "abcd":
        (folder / f"{name}.toml").write_text(file(name, facts(name)))
    everything(folder)
    for name, many, what in changes:
        places = REGION.format(f"more-{name}-{many}") if what == "region" else ""
        (folder / f"{name}.toml").write_text(file(name, facts(name, many), places=places))
        renewed = everything(folder)
    if changes:
        assert renewed == anew(folder)
    rmtree(folder)


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ('"b-1"', '"c-1"', 'E131 id "c-1" is taken already'),
        ('"b-0"', '"c-1"', 'E131 id "c-1" is taken already'),
        ('"b-0"', '"region-d"', 'E131 id "region-d" is taken already'),
        ('["region-a"]', '["region-x"]', 'E133 unknown region "region-x"'),
        ("speech =", "speach =", 'E111 unknown key "speach"'),
    ],
)
def test_what_is_wrong_in_a_changed_file_is_found(
    folder: Path, environment: Path, old: str, new: str, problem: str
) -> None:
    everything(folder)
    rewrite(folder, "b", old, new)
    with pytest.raises(FactFileError) as raised:
        everything(folder)
    assert problem in str(raised.value).replace(f"{folder}/", "")
    assert list(environment.iterdir()) == [place([str(folder)])]
    rewrite(folder, "b", new, old)
    assert everything(folder) == anew(folder)


def test_an_old_index_is_of_use_where_no_new_one_can_be_kept(
    folder: Path, read: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    everything(folder)
    read.clear()
    rewrite(folder, "b", "words 0", "other words")

    def refuse(*_: object) -> None:
        raise PermissionError

    monkeypatch.setattr(cache, "_write_beside", refuse)
    found = "SELECT count(*) FROM search WHERE search MATCH ?"
    with closing(open_index([str(folder)])) as renewed:
        assert renewed.execute(found, ['"other words"']).fetchone() == (1,)
        assert renewed.execute(found, ['"words 0 of b"']).fetchone() == (0,)
        assert renewed.execute(found, ['"words 0 of c"']).fetchone() == (1,)
    assert read == ["b"]


def test_a_damaged_index_is_not_renewed(folder: Path) -> None:
    everything(folder)
    index = place([str(folder)])
    whole = index.read_bytes()
    for start in range(4096, len(whole), 4096):
        index.write_bytes(whole[:start] + b"\xff" * 4096 + whole[start + 4096 :])
        (folder / "b.toml").touch()
        connection = open_index([str(folder)])
        ids = [id_ for (id_,) in connection.execute("SELECT id FROM record WHERE kind = 'quote'")]
        assert len(ids) == 9
        connection.close()
