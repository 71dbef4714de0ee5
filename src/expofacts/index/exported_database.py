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

from typing_extensions import get_type_hints

from expofacts.facts.kinds import KINDS, REGION_KEYS, TABLES, fields
from expofacts.index.filters import Filters
from expofacts.index.full_text import NAMES, NOTES, TEXT
from expofacts.index.query import Order, select
from expofacts.index.sql import placeholders
from expofacts.json_lines import from_json

Record = Mapping[str, Any]
Value = str | int | float | None

# What is searched: in facts what our own search looks through, and the ids of their regions.
_OF_SOURCES = ("publisher", "title", "place", "note")
_OF_REGIONS = ("name", "aliases")
_OF_FACTS = (*NAMES, *TEXT, *NOTES, *(key for keys in REGION_KEYS.values() for key in keys))
_SEARCHED = {"sources": _OF_SOURCES, "regions": _OF_REGIONS}

# What every fact has, for what its file leaves out is filled in as it is read.
_ALWAYS = {"source", "as_of"}

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

    `get` gives a value of SQLite for a record.
    """

    name: str
    type: str
    about: str
    get: Callable[[Record], Value]


def write_database(target: sqlite3.Connection, index: sqlite3.Connection) -> None:
    """Write the collection of an index into an empty database.

    Tables: `sources`, `regions`, `topics`, one for each kind of fact; `quote_regions`,
    `quote_topics` and so on for what each fact names; `region_within` for all that a region lies
    within, itself included; `quotes_fts` and so on for full-text search. The view `fact_regions`
    has every fact with all regions that it is in. Lists are arrays of JSON. A figure is a number
    to reckon with in `value`, the nearest where SQLite has none that is the same, and a text with
    all its digits in `value_exact`.
    """
    kinds = {table: kind for kind, table in KINDS.items()}
    for table in TABLES:
        _fill(target, table, select(index, kinds.get(table, table[:-1]), Filters(), Order()))
    target.execute('CREATE TABLE "topics" ("id" TEXT NOT NULL PRIMARY KEY)')
    for kind, table in KINDS.items():
        listed = f'SELECT json_each."value" FROM "{table}", json_each("{table}"."topics")'
        target.execute(f'INSERT OR IGNORE INTO "topics" {listed}')
        _link(target, f"{kind}_topics", {kind: table, "topic": "topics"}, ["topics"])
        _link(target, f"{kind}_regions", {kind: table, "region": "regions"}, REGION_KEYS[table])
    _link(target, "region_within", {"region": "regions", "within": "regions"}, [])
    target.execute(_WITHIN)
    in_regions = "UNION ALL".join(_IN_REGIONS.format(kind=kind) for kind in KINDS)
    target.execute(f'CREATE VIEW "fact_regions" AS {in_regions}')


def _fill(target: sqlite3.Connection, table: str, lines: Iterable[str]) -> None:
    """Make a table of records, and the one that searches it."""
    columns = list(_columns(table))
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
    searched = [f'"{one.name}"' for one in columns if one.name in _SEARCHED.get(table, _OF_FACTS)]
    target.execute(
        f'CREATE VIRTUAL TABLE "{table}_fts" USING fts5 ({", ".join(searched)}, content="{table}",'
        " tokenize='porter unicode61 remove_diacritics 2')"
    )
    target.execute(f"""INSERT INTO "{table}_fts" ("{table}_fts") VALUES ('rebuild')""")


def _columns(table: str) -> Iterator[_Column]:
    """Yield the columns of a table, from the keys of its records in a fact file."""
    hints = get_type_hints(TABLES[table])
    needed = TABLES[table].__required_keys__ | _ALWAYS  # type: ignore[attr-defined]  # a TypedDict
    for key, about in fields(table).items():
        if key not in hints:  # the kind, and what the source has in a table of its own
            continue
        always = " NOT NULL" if key in needed else ""
        if key == "id":
            yield _Column(key, "TEXT NOT NULL PRIMARY KEY", about, itemgetter(key))
            if table == "sources":  # by this name Datasette links to it
                yield _Column("name", "TEXT NOT NULL", "Publisher and date", _name_of_source)
        elif key == "source":
            yield _Column(key, f'TEXT{always} REFERENCES "sources" ("id")', about, itemgetter(key))
        elif hints[key] == int | Decimal:
            near, exact = partial(_near, key), partial(_exact, key)
            yield _Column(key, f"NUMERIC{always}", f"{about}; a number to reckon with", near)
            yield _Column(f"{key}_exact", f"TEXT{always}", f"{about}; all its digits", exact)
        elif hints[key] in (int, bool):
            yield _Column(key, f"INTEGER{always}", about, partial(_near, key))
        elif getattr(hints[key], "__origin__", None) is list:
            yield _Column(key, f"TEXT{always}", f"{about} (JSON)", partial(_list, key))
        else:
            yield _Column(key, f"TEXT{always}", about, itemgetter(key))


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
