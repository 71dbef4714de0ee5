"""From fact files to the tables of the index, file by file."""

import shutil
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

from expofacts.facts.kinds import KINDS, fields, of_all_kinds
from expofacts.facts.valid_file import Refused, read_valid
from expofacts.index.facets import ENTRY_FIELDS
from expofacts.index.filters import COLUMNS
from expofacts.index.inserting import insert, insert_words
from expofacts.index.rows import FILE, Rows, rows_of_file, searched_names
from expofacts.index.settling import region_names, settle
from expofacts.index.sql import HAS_ID, TOKENIZER, placeholders
from expofacts.index.workers import each
from expofacts.json_lines import from_json

# Bytes; with four times as many as is usual, an index of many facts is written and copied faster.
_PAGE = 16_384

# The tables with rows for single facts, and the column that has the number of the fact; and those
# with what the facts of a file add up to, and what others may rest on.
_OF_FACTS = (
    *(("record", "n"), ("words", "fact"), ("claim", "fact")),
    *(("fact_region", "fact"), ("fact_topic", "fact")),
)
_OF_FILES = ("place", "touching", "named", "spoke")

# What has to wait for the sources and regions of other files.
_WAITING = """
CREATE TEMP TABLE foreign_fact (n INTEGER PRIMARY KEY, kind TEXT, fact BLOB);
CREATE TEMP TABLE unnamed (
  fact INTEGER PRIMARY KEY, names TEXT, text TEXT, notes TEXT, regions TEXT
);
CREATE TEMP TABLE within_parts (region TEXT, kind TEXT, fact INTEGER);
"""

# Made when all rows are there, which is faster.
_INDEXES = """
CREATE UNIQUE INDEX record_by_id ON record (id, kind);
CREATE INDEX record_by_kind ON record (kind);
CREATE INDEX record_by_source ON record (source, kind) WHERE source IS NOT NULL;
CREATE INDEX claim_by_thing ON claim (kind, subject, thing, low, high, id, about);
""" + "\n".join(
    f"CREATE INDEX record_by_{key} ON record ({key}) WHERE {key} IS NOT NULL;"
    for key in of_all_kinds(lambda key: key.filter and key.filter.indexed)
)


# Facts, sources and regions have each an id of its own.
_TAKEN = f"SELECT id FROM record WHERE {HAS_ID} GROUP BY id HAVING count(*) > 1 LIMIT 1"


class Outdated(Exception):  # noqa: N818  not an error: then all files are read
    """An old index of which too much rests on what has changed."""


def build(
    connection: sqlite3.Connection,
    paths: Sequence[str],
    progress: Callable[[int], None],
    workers: int,
    *,
    many: bool = False,
) -> None:
    """Write the tables of the index of the fact files, except what it was made from.

    `workers` help if there is more than one; `many` says that there are many facts. `progress` is
    told the number of each file that is done. Raises Refused where a file or the
    collection is not valid: `load` says in what.
    """
    if many:
        connection.execute(f"PRAGMA page_size = {_PAGE}")
    create(connection)
    _add_files(connection, paths, range(len(paths)), progress, workers)
    with _ids_taken_once(connection):
        connection.executescript(_INDEXES)
        settle(connection, paths)


def renew(
    connection: sqlite3.Connection,
    paths: Sequence[str],
    progress: Callable[[int], None],
    workers: int,
    *,
    old: Path,
    changed: Sequence[int],
) -> None:
    """Write the tables as `build` does, from an old index of the same files where that holds.

    `changed` are the numbers of the files that have changed, their places in the collection from 0.
    Raises Outdated if facts of other files rest on what has, and sqlite3.DatabaseError if the old
    index is damaged.
    """
    if target := connection.execute("PRAGMA database_list").fetchone()[2]:
        shutil.copyfile(old, target)  # takes half as long as SQLite's own way, which needs no file
    else:
        with closing(sqlite3.connect(old)) as source:
            source.backup(connection)
    connection.executescript(f"DELETE FROM made; DELETE FROM file; {_WAITING}")
    for number in changed:
        _remove(connection, number)
    before = _relied_on(connection, changed)
    for table in _OF_FILES:
        connection.executemany(f"DELETE FROM {table} WHERE file = ?", ([n] for n in changed))
    with _ids_taken_once(connection):
        _add_files(connection, paths, changed, progress, workers)
        if _relied_on(connection, changed) != before:
            raise Outdated
        settle(connection, paths)


def create(connection: sqlite3.Connection) -> None:
    """Make the tables, and write what does not change with the facts."""
    filtered = ",\n".join(f"  {column} TEXT" for column in COLUMNS)
    statements = Path(__file__).with_name("tables.sql").read_text("utf-8")
    connection.executescript(statements.format(filtered=filtered, tokenizer=TOKENIZER))
    connection.executescript(_WAITING)
    # Segments of the search are merged when there are many, not all the time.
    connection.execute("INSERT INTO search (search, rank) VALUES ('automerge', 0)")
    described = {name: fields(kind.record) for name, kind in KINDS.items()} | ENTRY_FIELDS
    insert(
        connection,
        "field",
        (
            (kind, n, name, about)
            for kind, names in described.items()
            for n, (name, about) in enumerate(names.items())
        ),
    )


def add(connection: sqlite3.Connection, rows: Rows, names: dict[str, str]) -> None:
    """Add rows of a file; `names` has those of the regions so far, as they are searched."""
    for _, table, data in rows.get("place", ()):
        if table == "regions":
            region = from_json(data)
            names[region["id"]] = searched_names(region)
    words = rows.pop("words", [])
    for table, of_table in rows.items():
        if of_table:
            insert(connection, table, of_table)
    ready = [row for row in words if all(region in names for region in row[-1].split())]
    insert_words(connection, ready, names)
    if len(ready) < len(words):
        known = {row[0] for row in ready}
        insert(connection, "unnamed", (row for row in words if row[0] not in known))


@contextmanager
def _ids_taken_once(connection: sqlite3.Connection) -> Iterator[None]:
    """Raise Refused where an id is taken twice: at once by records of a kind, else at the end."""
    try:
        yield
    except sqlite3.IntegrityError:
        raise Refused from None
    if connection.execute(_TAKEN).fetchone():
        raise Refused


def _add_files(
    connection: sqlite3.Connection,
    paths: Sequence[str],
    numbers: Sequence[int],
    progress: Callable[[int], None],
    workers: int,
) -> None:
    files = [(paths[number], number) for number in numbers]
    names = region_names(connection)
    for number, of_file in zip(numbers, each(_read, files, workers), strict=True):
        for rows in of_file:
            add(connection, rows, names)
        progress(number)


def _read(file: tuple[str, int]) -> Iterator[Rows]:
    """Yield the rows of a fact file, given by path and number; raises Refused."""
    path, number = file
    return rows_of_file(read_valid(path), number)


def _remove(connection: sqlite3.Connection, number: int) -> None:
    """Remove the facts of a file."""
    own = (number * FILE, (number + 1) * FILE - 1)
    connection.execute(
        "INSERT INTO search (search, rowid, names, text, notes)"
        " SELECT 'delete', fact, names, text, notes FROM words WHERE fact BETWEEN ? AND ?",
        own,
    )
    for table, column in _OF_FACTS:
        connection.execute(f"DELETE FROM {table} WHERE {column} BETWEEN ? AND ?", own)


def _relied_on(connection: sqlite3.Connection, numbers: Sequence[int]) -> list[str]:
    """Return the regions of some files, and those of their sources that have facts elsewhere."""
    rows = connection.execute(
        f"SELECT data FROM place WHERE file IN ({placeholders(numbers)}) AND ("
        " of = 'regions' OR EXISTS ("
        "  SELECT 1 FROM record WHERE source = json_extract(place.data, '$.id')"
        f"  AND n / {FILE} != place.file"
        " )) ORDER BY data",
        numbers,
    )
    return [data for (data,) in rows]
