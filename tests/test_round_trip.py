"""Whatever the model allows comes through: file, index, JSON and database have every value."""

import json
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing
from copy import deepcopy
from decimal import Decimal
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from expofacts.facts.kinds import SOURCE_FIELDS, fields
from expofacts.facts.kinds import tables as declared
from expofacts.facts.load import load
from expofacts.facts.model import TABLES
from expofacts.index import query
from expofacts.index.export_writing import as_json
from expofacts.index.exported_database import write_database
from expofacts.index.filters import Filters
from expofacts.index.query import Order
from expofacts.json_lines import from_json, to_json
from tests.collections_strategy import Tables, collections, filled, to_toml
from tests.conftest import TABLE_OF
from tests.indexes import fill

thorough = settings(
    deadline=None,
    max_examples=60,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)

KINDS_OF = {table: kind for kind, table in TABLE_OF.items()} | {
    "sources": "source",
    "regions": "region",
}


def read(*texts: str) -> dict[str, list[dict[str, Any]]]:
    """Return the collection of some fact files."""
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder) / f"{n}.toml" for n in range(len(texts))]
        for path, text in zip(paths, texts, strict=True):
            path.write_text(text, "utf-8", newline="")
        collection = load(list(map(str, paths)))
    return {table: collection[table] for table in TABLES}


def written(value: Any) -> Any:
    """Return a value so that numbers are equal only if they have the same digits."""
    if isinstance(value, Decimal):
        return f"{value:f}"
    return str(value) if type(value) is int else value


def exact(record: dict[str, Any]) -> dict[str, Any]:
    return {key: written(value) for key, value in record.items()}


def as_data(tables: Tables) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """Yield each table with its records as they are to be as data."""
    sources = {source["id"]: source for source in tables["sources"]}
    for table, records in tables.items():
        empty = dict.fromkeys(fields(declared()[table]))
        if table in TABLE_OF.values():
            empty["kind"] = KINDS_OF[table]
        of_source = [
            {key: sources[record["source"]].get(key) for key in SOURCE_FIELDS}
            if table in TABLE_OF.values()
            else {}
            for record in records
        ]
        yield (
            table,
            [
                exact({**empty, **record, **more})
                for record, more in zip(records, of_source, strict=True)
            ],
        )


@given(collections())
@thorough
def test_every_value_comes_through(tables: Tables) -> None:
    text = to_toml(tables)
    wanted = filled(deepcopy(tables))
    collection = read(text)
    for table in TABLES:
        assert [*map(exact, collection[table])] == [*map(exact, wanted[table])]
    with closing(sqlite3.connect(":memory:")) as index, closing(sqlite3.connect(":memory:")) as out:
        fill(index, load_again(text))
        exported = from_json("".join(as_json(index)))
        write_database(out, index)
        assert out.execute("PRAGMA foreign_key_check").fetchall() == []
        out.row_factory = sqlite3.Row
        for table, records in as_data(wanted):
            lines = list(query.select(index, KINDS_OF[table], Filters(), Order()))
            for found in ([*map(from_json, lines)], exported[table]):
                assert len(found) == len(records)
                for one, record in zip(found, records, strict=True):
                    assert {key: written(one[key]) for key in record} == record
            assert [to_json(from_json(line)) for line in lines] == lines
            for row, record in zip(out.execute(f"SELECT * FROM {table}"), records, strict=True):
                check_row(dict(row), record, table)


def load_again(text: str) -> dict[str, list[dict[str, Any]]]:
    return read(text) | {"texts": []}


def check_row(row: dict[str, Any], record: dict[str, Any], table: str) -> None:
    """Hold a row of the database to the record as data."""
    for key, value in record.items():
        if f"{key}_exact" in row:
            assert row[f"{key}_exact"] == value
            assert row[key] == (None if value is None else float(value)) or row[key] == int(value)
        elif key in ("paragraph", "edition"):
            assert (
                row[key] is None
                if value is None
                else row[key] == float(value) or value == str(row[key])
            )
        elif isinstance(value, list):
            assert json.loads(row[key]) == value
        elif key in row:
            assert row[key] == value


@given(collections(), st.data())
@settings(thorough, max_examples=25)
def test_a_collection_is_the_same_in_several_files(tables: Tables, data: st.DataObject) -> None:
    whole = filled(tables)
    parts: list[Tables] = [{table: [] for table in TABLES} for _ in range(3)]
    for table, records in whole.items():
        for record in records:
            parts[data.draw(st.integers(0, 2))][table].append(record)
    found = read(*map(to_toml, parts))
    for table, records in whole.items():
        in_files = [record for part in parts for record in part[table]]
        assert [*map(exact, found[table])] == [*map(exact, in_files)]
        assert len(in_files) == len(records)
