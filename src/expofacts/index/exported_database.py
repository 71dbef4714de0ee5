"""A collection as a database of its own: for people, sqlite-utils and Datasette.

It is not our index, and nothing here reads it. What the tables and their columns are follows from
the model of the fact file; no SQL is made of what a fact file says.
"""

import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import partial
from operator import itemgetter
from typing import Any, NamedTuple

from expofacts.facts.key_markers import DERIVED, OF_SOURCE, keys
from expofacts.facts.kinds import BASES, KINDS, Kind, Region, Source, fields, region_keys
from expofacts.index.filters import Filters
from expofacts.index.query import Order, select
from expofacts.index.sql import placeholders
from expofacts.json_lines import from_json

Record = Mapping[str, Any]
Value = str | int | float | None

# SQLite's whole numbers have 64 bits.
_INTEGERS = range(-(2**63), 2**63)

_WITHIN = """
INSERT INTO "region_within" WITH RECURSIVE "around" ("region", "within") AS (
  SELECT "id", "id" FROM "regions"
  UNION SELECT "around"."region", json_each."value" FROM "around"
    JOIN "regions" ON "regions"."id" = "around"."within", json_each("regions"."within")
) SELECT * FROM "around"
"""
_IN_REGIONS = """
SELECT DISTINCT '{kind}' AS "kind", "{kind}" AS "fact", "within" AS "region"
  FROM "{kind}_regions" JOIN "region_within" USING ("region")"""


class _Column(NamedTuple):
    """A column: its name, its type with what is required of it, what it holds, and how it is got.

    `get` gives a value of SQLite for a record. Searched is what our own search looks through, and
    the ids of regions that a fact is about.
    """

    name: str
    type: str
    about: str
    get: Callable[[Record], Value]
    searched: bool = False


def write_database(target: sqlite3.Connection, index: sqlite3.Connection) -> None:
    """Write the collection of an index into an empty database.

    Tables: `sources`, `regions`, `topics`, one for each kind of fact; `quote_regions`,
    `quote_topics` and so on for what each fact names; `region_within` for all that a region lies
    within, itself included; `quotes_fts` and so on for full-text search. The view `fact_regions`
    has every fact with all regions that it is in. Lists are arrays of JSON. A figure is a number
    to reckon with in `value`, the nearest where SQLite has none that is the same, and a text with
    all its digits in `value_exact`.
    """
    for name, kind in (BASES | KINDS).items():
        _fill(target, kind, select(index, name, Filters(), Order()))
    target.execute('CREATE TABLE "topics" ("id" TEXT NOT NULL PRIMARY KEY)')
    for name, kind in KINDS.items():
        table, named = kind.table, region_keys(kind.record)
        listed = f'SELECT json_each."value" FROM "{table}", json_each("{table}"."topics")'
        target.execute(f'INSERT OR IGNORE INTO "topics" {listed}')
        _link(target, f"{name}_topics", {name: table, "topic": "topics"}, ["topics"])
        _link(target, f"{name}_regions", {name: table, "region": "regions"}, named)
    _link(target, "region_within", {"region": "regions", "within": "regions"}, [])
    target.execute(_WITHIN)
    in_regions = "UNION ALL".join(_IN_REGIONS.format(kind=kind) for kind in KINDS)
    target.execute(f'CREATE VIEW "fact_regions" AS {in_regions}')


def _fill(target: sqlite3.Connection, kind: Kind, lines: Iterable[str]) -> None:
    """Make a table of records, and the one that searches it."""
    table, columns = kind.table, list(_columns(kind))
    # What a column holds is a comment in the schema, which Datasette shows.
    ends = [","] * (len(columns) - 1) + [""]
    declared = "\n".join(
        f'  "{column.name}" {column.type}{end} -- {column.about}'
        for column, end in zip(columns, ends, strict=True)
    )
    target.execute(f'CREATE TABLE "{table}" (\n{declared}\n)')
    target.executemany(
        f'INSERT INTO "{table}" VALUES ({placeholders(columns)})',
        ([column.get(record) for column in columns] for record in map(from_json, lines)),
    )
    for column in columns:
        if "REFERENCES" in column.type:
            target.execute(f'CREATE INDEX "{table}_{column.name}" ON "{table}" ("{column.name}")')
    searched = [f'"{one.name}"' for one in columns if one.searched]
    target.execute(
        f'CREATE VIRTUAL TABLE "{table}_fts" USING fts5 ({", ".join(searched)}, content="{table}",'
        " tokenize='porter unicode61 remove_diacritics 2')"
    )
    target.execute(f"""INSERT INTO "{table}_fts" ("{table}_fts") VALUES ('rebuild')""")


def _columns(kind: Kind) -> Iterator[_Column]:
    """Yield the columns of a table, from the keys of its records in a fact file."""
    for name in fields(kind.record):
        key = keys(kind.record)[name]
        if DERIVED in key.marks or OF_SOURCE in key.marks:
            continue
        always = " NOT NULL" if key.needed else ""
        if name == "id":
            yield _Column(name, "TEXT NOT NULL PRIMARY KEY", key.about, itemgetter(name))
            if kind.record is Source:  # by this name Datasette links to it
                yield _Column("name", "TEXT NOT NULL", "Publisher and date", _name_of_source)
        elif name == "source":
            reference = f'TEXT{always} REFERENCES "sources" ("id")'
            yield _Column(name, reference, key.about, itemgetter(name))
        elif key.is_number:
            near, exact = partial(_near, name), partial(_exact, name)
            yield _Column(name, f"NUMERIC{always}", f"{key.about}; a number to reckon with", near)
            yield _Column(f"{name}_exact", f"TEXT{always}", f"{key.about}; all its digits", exact)
        elif key.is_whole:
            yield _Column(name, f"INTEGER{always}", key.about, partial(_near, name))
        else:
            searched = bool(key.searched or (key.regions and kind.record is not Region))
            about = f"{key.about} (JSON)" if key.many else key.about
            get = partial(_list, name) if key.many else itemgetter(name)
            yield _Column(name, f"TEXT{always}", about, get, searched)


def _name_of_source(source: Record) -> str:
    return ", ".join(filter(None, (source["publisher"], source["published"])))


def _near(key: str, record: Record) -> Value:
    """Return the number itself, or else the nearest that SQLite has."""
    number: int | Decimal | None = record[key]
    if number is None:
        return None
    whole = int(number)
    return whole if whole == number and whole in _INTEGERS else float(number)


def _exact(key: str, record: Record) -> Value:
    number: int | Decimal | None = record[key]
    return None if number is None else f"{Decimal(number):f}"


def _list(key: str, record: Record) -> Value:
    return None if record[key] is None else json.dumps(record[key], ensure_ascii=False)


def _link(
    target: sqlite3.Connection, table: str, columns: Mapping[str, str], keys: Sequence[str]
) -> None:
    """Make a table of pairs, by the names of its columns and the tables that these refer to.

    Filled with what the keys of the first table's records list.
    """
    (this, these), (other, others) = columns.items()
    target.execute(
        f'CREATE TABLE "{table}" (\n  "{this}" TEXT NOT NULL REFERENCES "{these}" ("id"),\n'
        f'  "{other}" TEXT NOT NULL REFERENCES "{others}" ("id"),\n'
        f'  PRIMARY KEY ("{this}", "{other}")\n) WITHOUT ROWID'
    )
    for key in keys:
        target.execute(
            f'INSERT OR IGNORE INTO "{table}" SELECT "{these}"."id", json_each."value"'
            f' FROM "{these}", json_each("{these}"."{key}")'
        )
    target.execute(f'CREATE INDEX "{table}_{other}" ON "{table}" ("{other}")')
