"""From fact files to the tables of the index."""

import shutil
import sqlite3
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any, NamedTuple

from pydantic_core import from_json
from pydantic_core import to_json as encode

from expofacts.facts.chunks import Chunk, Refused, Survey, gather, survey
from expofacts.facts.kinds import KINDS, fields, of_all_kinds
from expofacts.facts.load import Collection
from expofacts.index.chunk_rows import ChunkRows, rows_of_chunks
from expofacts.index.facets import ENTRY_FIELDS, choices, entries
from expofacts.index.filters import COLUMNS
from expofacts.index.rows import FILE, Rows, Tally, context_of, rows
from expofacts.index.sql import HAS_ID, TOKENIZER, placeholders
from expofacts.index.workers import Workers

# What facts are filtered by, is not numbered by where it stands, but after all facts.
_ENTRIES = 2**62

# Columns of a record with days, which a fact alone has.
_DATES = 5

# Bytes; with four times as many as is usual, an index of many facts is written and copied faster.
_PAGE = 16_384

# The tables with rows for single facts, and the column that has the number of the fact.
_NUMBERED = (
    *(("record", "n"), ("words", "fact"), ("claim", "fact")),
    *(("fact_region", "fact"), ("fact_topic", "fact")),
)

# Facts, sources and regions have each an id of its own.
_TAKEN = f"SELECT id FROM record WHERE {HAS_ID} GROUP BY id HAVING count(*) > 1 LIMIT 1"

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


class Summary(NamedTuple):
    """What the index as a whole takes from a file: its sources and regions, and its tally."""

    places: dict[str, list[dict[str, Any]]]
    tally: Tally


def fill(connection: sqlite3.Connection, collection: Collection) -> None:
    """Write the tables of the index, except what it was made from."""
    of_facts, tally = rows(collection, 0, context_of(collection))
    _create(connection, collection)
    _add(connection, of_facts)
    connection.executescript(_INDEXES)
    _add_entries(connection, collection, tally)


def build(
    connection: sqlite3.Connection,
    paths: Sequence[str],
    numbers: Sequence[int],
    old: Path | None,
    workers: Workers,
    progress: Callable[[str], None],
) -> None:
    """Write the tables of the index of the fact files, except what it was made from.

    Of the files of these numbers, their places in the collection, from 0, the facts are read;
    those of all others are taken over from an old index. `progress` is told how far it is. Raises
    Refused where the files have to be read by `load`.
    """
    surveys, known = _plan(paths, numbers, old)
    collection = gather(
        [surveys.get(n) or Survey(path, known[n].places, []) for n, path in enumerate(paths)]
    )
    chunks = [chunk for survey in surveys.values() for chunk in survey.chunks]
    of_chunks = rows_of_chunks(chunks, context_of(collection), workers)
    if old and known:
        _take_over(connection, old, surveys)
    else:
        connection.execute(f"PRAGMA page_size = {_PAGE}")
        _create(connection, collection)
    try:
        summaries = known | _add_files(
            connection, surveys, zip(chunks, of_chunks, strict=True), progress
        )
        if not known:
            connection.executescript(_INDEXES)
    except sqlite3.IntegrityError:  # an id that is taken twice by the same kind
        raise Refused from None
    tally = Tally({}, {}, {})
    for number in sorted(summaries):
        tally.add(summaries[number].tally)
    _add_entries(connection, collection, tally)
    if connection.execute(_TAKEN).fetchone():
        raise Refused


def _plan(
    paths: Sequence[str], numbers: Iterable[int], old: Path | None
) -> tuple[dict[int, Survey], dict[int, Summary]]:
    """Return the surveys of the files to be read, and what is known of all others, by number.

    Facts may rest on the sources and regions of any file: where these have changed, all files
    have to be read.
    """
    if old:
        known = _summaries(old)
        surveys = {n: survey(n, paths[n]) for n in numbers}
        if known and all(known[n].places == surveys[n].places for n in surveys):
            return surveys, {n: known[n] for n in known if n not in surveys}
    return {n: survey(n, path) for n, path in enumerate(paths)}, {}


def _add_files(
    connection: sqlite3.Connection,
    surveys: Mapping[int, Survey],
    chunks: Iterable[tuple[Chunk, ChunkRows]],
    progress: Callable[[str], None],
) -> dict[int, Summary]:
    """Add the facts of the files, and return the summary of each file by its number."""
    summaries = {n: Summary({"sources": [], "regions": []}, Tally({}, {}, {})) for n in surveys}
    size = sum(chunk.end - chunk.begin for survey in surveys.values() for chunk in survey.chunks)
    done = 0
    for chunk, of_chunk in chunks:
        _add(connection, of_chunk.rows)
        summaries[chunk.file].tally.add(of_chunk.tally)
        for table, records in of_chunk.places.items():
            summaries[chunk.file].places[table] += records
        done += chunk.end - chunk.begin
        progress(f"indexing {size / 1e6:.0f} MB of facts: {done / size:.0%}")
    if any(summaries[n].places != surveys[n].places for n in surveys):  # not all in plain sight
        raise Refused
    insert(connection, "summary", ((n, _packed(summary)) for n, summary in summaries.items()))
    return summaries


def _packed(summary: Summary) -> bytes:
    counts, speakers, names = summary.tally
    return encode((summary.places, sorted(counts.items()), [*speakers.items()], sorted(names)))


def _summaries(path: Path) -> dict[int, Summary]:
    """Return the summaries of all files of an index by number; none if `fill` has made it."""
    with closing(sqlite3.connect(path)) as connection:
        packed = connection.execute("SELECT file, data FROM summary").fetchall()
    summaries = {}
    for n, data in packed:
        places, counts, speakers, names = from_json(data)
        tally = Tally(
            {tuple(key): number for key, number in counts},
            {tuple(key): number for key, number in speakers},
            {tuple(name): None for name in names},
        )
        summaries[n] = Summary(places, tally)
    return summaries


def _take_over(connection: sqlite3.Connection, old: Path, changed: Iterable[int]) -> None:
    """Copy an old index, without what has changed and what the whole adds up to."""
    if target := connection.execute("PRAGMA database_list").fetchone()[2]:
        shutil.copyfile(old, target)  # takes half as long as SQLite's own way, which needs no file
    else:
        with closing(sqlite3.connect(old)) as source:
            source.backup(connection)
    for number in changed:
        own = (number * FILE, (number + 1) * FILE - 1)
        connection.execute(
            "INSERT INTO search (search, rowid, names, text, notes)"
            " SELECT 'delete', fact, names, text, notes FROM words WHERE fact BETWEEN ? AND ?",
            own,
        )
        for table, column in _NUMBERED:
            connection.execute(f"DELETE FROM {table} WHERE {column} BETWEEN ? AND ?", own)
        connection.execute("DELETE FROM summary WHERE file = ?", [number])
    connection.execute("DELETE FROM record WHERE n >= ?", [_ENTRIES])
    for table in ("choice", "made", "file"):
        connection.execute(f"DELETE FROM {table}")


def _create(connection: sqlite3.Connection, collection: Collection) -> None:
    """Write what does not change with the facts: the graph of regions, texts, fields."""
    filtered = ",\n".join(f"  {column} TEXT" for column in COLUMNS)
    statements = Path(__file__).with_name("tables.sql").read_text("utf-8")
    connection.executescript(statements.format(filtered=filtered, tokenizer=TOKENIZER))
    # Segments of the search are merged when there are many, not all the time.
    connection.execute("INSERT INTO search (search, rank) VALUES ('automerge', 0)")
    above = context_of(collection).above
    insert(
        connection, "within", ((outer, inner) for inner, all_ in above.items() for outer in all_)
    )
    texts = collection.get("texts", ())
    insert(connection, "text", ((copy["source"], copy["folder"], copy["path"]) for copy in texts))
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


def _add(connection: sqlite3.Connection, added: Rows) -> None:
    """Add the rows of some facts, in their order, to what is listed and to what is searched."""
    for table, all_ in added.items():
        insert(connection, table, all_)
    if words := added["words"]:
        connection.execute(
            "INSERT INTO search (rowid, names, text, notes)"
            " SELECT fact, names, text, notes FROM words WHERE fact BETWEEN ? AND ?",
            (words[0][0], words[-1][0]),
        )


def _add_entries(connection: sqlite3.Connection, collection: Collection, tally: Tally) -> None:
    numbered = enumerate(entries(collection, tally), _ENTRIES)
    empty = [None] * (_DATES + len(COLUMNS))
    insert(connection, "record", ((n, *entry, *empty) for n, entry in numbered))
    insert(connection, "choice", sorted(set(choices(collection, tally))))


def insert(connection: sqlite3.Connection, table: str, rows: Iterable[tuple[object, ...]]) -> None:
    """Insert the rows, each with all columns of the table."""
    columns = connection.execute(f"SELECT * FROM {table} LIMIT 0").description
    connection.executemany(f"INSERT INTO {table} VALUES ({placeholders(columns)})", rows)
