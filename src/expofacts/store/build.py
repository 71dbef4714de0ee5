"""From the facts of a collection to the tables of the index."""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from pydantic_core import to_json as encode

from expofacts.factfile.dates import date_days, period_days
from expofacts.factfile.load import Collection
from expofacts.factfile.model import KINDS, REGION_KEYS, SOURCE_FIELDS, fields
from expofacts.factfile.names import plain
from expofacts.records import escape_active, to_json
from expofacts.store.entries import ENTRY_FIELDS, choices, entries
from expofacts.store.query import COLUMNS
from expofacts.store.regions import ancestors, inward
from expofacts.store.search import NAMES, NOTES, TEXT

Record = dict[str, Any]

# Made when all rows are there, which is faster.
_INDEXES = """
CREATE UNIQUE INDEX record_by_id ON record (id, kind);
CREATE INDEX record_by_kind ON record (kind);
CREATE INDEX record_by_source ON record (source, kind) WHERE source IS NOT NULL;
CREATE INDEX record_by_speaker ON record (speaker) WHERE speaker IS NOT NULL;
CREATE INDEX record_by_indicator ON record (indicator) WHERE indicator IS NOT NULL;
CREATE INDEX record_by_project ON record (project) WHERE project IS NOT NULL;
"""

# What keeps two fields apart where they are searched, so that no match runs on over both.
_FIELD = "\x01"


def fill(connection: sqlite3.Connection, collection: Collection) -> None:
    """Write the tables of the index, except what it was made from."""
    connection.executescript(Path(__file__).with_name("schema.sql").read_text("utf-8"))
    above = ancestors({region["id"]: region.get("within", ()) for region in collection["regions"]})
    insert(
        connection, "within", ((outer, inner) for inner, all_ in above.items() for outer in all_)
    )
    below = inward(above)
    named = {region["id"]: _names_of(region) for region in collection["regions"]}
    first = 1
    for kind, table in KINDS.items():
        facts = collection[table]
        touched = [_regions(table, fact) for fact in facts]
        insert(connection, "record", _rows(kind, facts, collection["sources"], first))
        insert(connection, "words", _words(facts, touched, named, first))
        if kind == "mechanism":
            for fact, regions in zip(facts, touched, strict=True):
                regions.update(*(below[partner] for partner in fact["partners"]))
        insert(
            connection,
            "fact_region",
            sorted((region, kind, n) for n, all_ in enumerate(touched, first) for region in all_),
        )
        topics = {
            (topic, kind, n)
            for n, fact in enumerate(facts, first)
            for topic in fact.get("topics", ())
        }
        insert(connection, "fact_topic", sorted(topics))
        first += len(facts)
    texts = collection.get("texts", ())
    insert(connection, "text", ((copy["source"], copy["folder"], copy["path"]) for copy in texts))
    connection.execute("INSERT INTO search (search) VALUES ('rebuild')")
    connection.executescript(_INDEXES)
    rows = enumerate(entries(connection, collection), first)
    insert(connection, "record", ((n, *entry, *[None] * 13) for n, entry in rows))
    insert(connection, "choice", sorted(set(choices(connection, collection))))
    described = {kind: fields(table) for kind, table in KINDS.items()} | ENTRY_FIELDS
    insert(
        connection,
        "field",
        (
            (kind, n, name, about)
            for kind, names in described.items()
            for n, (name, about) in enumerate(names.items())
        ),
    )


def insert(connection: sqlite3.Connection, table: str, rows: Iterable[tuple[object, ...]]) -> None:
    """Insert the rows, each with all columns of the table."""
    width = len(connection.execute(f"SELECT * FROM {table} LIMIT 0").description)
    connection.executemany(f"INSERT INTO {table} VALUES ({', '.join('?' * width)})", rows)


def _rows(
    kind: str, facts: Sequence[Record], sources: Sequence[Record], first: int
) -> Iterator[tuple[object, ...]]:
    """Yield the rows of the facts of a kind, numbered from `first`."""
    of_source = {
        source["id"]: {key: source.get(key) for key in SOURCE_FIELDS} for source in sources
    }
    empty = dict.fromkeys(fields(KINDS[kind])) | {"kind": kind}
    days, periods = cache(date_days), cache(period_days)
    for n, fact in enumerate(facts, first):
        record = {**empty, **fact, **of_source[fact["source"]]}
        # Numbers that are not whole would lose digits in the fast encoder.
        exact = kind == "statistic"
        data = to_json(record) if exact else escape_active(encode(record).decode())
        as_of = days(fact["as_of"])
        # What a source without a date says was known on the day it says it of, at the earliest.
        published = days(record["published"])[1] if record["published"] else as_of[1]
        period = periods(fact["period"]) if "period" in fact else (None, None)
        filtered = map(fact.get, COLUMNS)
        yield n, kind, fact["id"], data, published, *as_of, *period, *filtered


def _regions(table: str, fact: Record) -> set[str]:
    return {region for key in REGION_KEYS[table] for region in fact.get(key, ())}


def _words(
    facts: Sequence[Record],
    touched: Sequence[Iterable[str]],
    named: Mapping[str, str],
    first: int,
) -> Iterator[tuple[object, ...]]:
    """Yield what is searched of each fact: its names and its regions', its text, its notes."""
    for n, (fact, regions) in enumerate(zip(facts, touched, strict=True), first):
        names = [*_texts(fact, NAMES), *map(named.__getitem__, regions)]
        groups = (names, _texts(fact, TEXT), _texts(fact, NOTES))
        yield n, *(plain(_FIELD.join(texts)) for texts in groups)


def _texts(fact: Record, keys: Sequence[str]) -> list[str]:
    texts: list[str] = []
    for key in keys:
        if value := fact.get(key):
            if value.__class__ is str:
                texts.append(value)
            else:
                texts += value
    return texts


def _names_of(region: Record) -> str:
    return _FIELD.join((region["name"], *region.get("aliases", ())))
