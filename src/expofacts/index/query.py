"""From filters to records: the questions that an index answers."""

import sqlite3
import sys
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import chain
from re import findall
from typing import NamedTuple

from expofacts.errors import UsageError
from expofacts.facts.folding import fold
from expofacts.facts.kinds import KINDS, AnyFact, Source
from expofacts.facts.suggestions import did_you_mean, suggest, there_is
from expofacts.index.filters import Filters, conditions
from expofacts.index.ids import ids_from, total
from expofacts.index.resolve import KEYS
from expofacts.index.sql import HAS_ID

# The kinds of fact.
FACTS = tuple(KINDS)

# So many ids are compared with one that there is not, in a tenth of a second.
_COMPARED = 5000

# How many rows are fetched before the first is handed on. A damaged index shows itself here,
# where it can still be made again.
_FIRST = 1000


# A tuple, for dataclasses take five milliseconds more of every start.
class Order(NamedTuple):
    """Which of the matching records are given, and in which order: the files' own by default."""

    sort: str | None = None
    reverse: bool = False
    limit: int | None = None


def select(index: sqlite3.Connection, kind: str, filters: Filters, order: Order) -> Iterator[str]:
    """Return the records of a kind that match, each as a line of JSON.

    Raises UsageError, with the nearest that there is, for a value that the collection does not
    have, a date that is none, or a field that the kind does not have.
    """
    return lines(index.execute(*_selection("data", index, kind, filters, order)))


def lines(rows: sqlite3.Cursor) -> Iterator[str]:
    """Return the one column of the rows, from where an index that is damaged shows itself on."""
    return (line for (line,) in chain(rows.fetchmany(_FIRST), rows))


def tally(
    index: sqlite3.Connection, kind: str, filters: Filters, order: Order
) -> tuple[int, int, int]:
    """Return how many records `select` gives, how many match, and from how many sources it gives.

    Raises UsageError as `select` does.
    """
    selection, values = _selection("source", index, kind, filters, order)
    given, sources = index.execute(
        f"SELECT count(*), count(DISTINCT source) FROM ({selection})", values
    ).fetchone()
    return given, given if order.limit is None else count(index, kind, filters), sources


def _selection(
    column: str, index: sqlite3.Connection, kind: str, filters: Filters, order: Order
) -> tuple[str, list[str | int]]:
    where, given = conditions(index, kind, filters)
    values: list[str | int] = [*given]
    statement = f"SELECT {column} FROM record WHERE {where} ORDER BY {_order(index, kind, order)}"
    if order.limit is not None:
        statement, values = f"{statement} LIMIT ?", [*values, min(order.limit, sys.maxsize)]
    return statement, values


def count(index: sqlite3.Connection, kind: str, filters: Filters) -> int:
    """Return how many records of a kind match; raises UsageError as `select` does."""
    where, values = conditions(index, kind, filters)
    (number,) = index.execute(f"SELECT count(*) FROM record WHERE {where}", values).fetchone()
    return int(number)


def find(index: sqlite3.Connection, id_: str) -> tuple[str, str]:
    """Return the kind and the line of JSON of the fact, source or region with the id.

    A region's name will do. Raises UsageError, with the nearest there is, for an id that the
    collection does not have.
    """
    statement = f"SELECT kind, data FROM record WHERE id = ? AND {HAS_ID}"
    if not (found := index.execute(statement, [id_]).fetchone()):
        named = "SELECT value FROM choice WHERE filter = 'region' AND name = ?"
        regions = index.execute(named, [fold(id_)]).fetchall()
        if len(regions) == 1:
            found = index.execute(statement, regions[0]).fetchone()
    if not found:
        near = did_you_mean(id_, next((some for some in _ids_like(index, id_) if some), ()))
        raise UsageError(
            f'unknown id "{id_}"{near or there_is(ids_from(index, limit=8), total(index))}'
        )
    kind, line = found
    return kind, line


def _ids_like(index: sqlite3.Connection, id_: str) -> Iterator[list[str]]:
    """Yield the ids to compare one with: all, or where they are many those that begin so."""
    few = ids_from(index, limit=_COMPARED + 1)
    if len(few) <= _COMPARED:
        yield few
    else:
        yield from (ids_from(index, id_[:length], limit=_COMPARED) for length in (8, 4, 2, 1))


def with_source(index: sqlite3.Connection, id_: str) -> tuple[AnyFact | None, Source]:
    """Return the fact with the id and its source, or None and the source with the id.

    Raises UsageError as `find` does, and for a region.
    """
    from expofacts.json_lines import from_json

    kind, line = find(index, id_)
    record = from_json(line)
    if kind == "region":
        raise UsageError(f'"{id_}" is a region; give the id of a fact or of a source')
    if kind == "source":
        return None, record
    return record, from_json(find(index, record["source"])[1])


def related(index: sqlite3.Connection, id_: str) -> list[tuple[str, str]]:
    """Return kind and line of JSON of the other facts on the same thing as a fact.

    The thing is its project, its indicator, or its speaker, where that is somebody: what facts are
    found by at once. In order of the day of the claims.
    """
    shared = " OR ".join(f"other.{key} = this.{key}" for key in KEYS if KEYS[key].indexed)
    rows = index.execute(
        f"SELECT other.kind, other.data FROM record this JOIN record other ON ({shared})"
        " AND json_extract(this.data, '$.collective') IS NOT 1"
        " WHERE this.id = ? AND +this.source IS NOT NULL AND other.n != this.n"
        " ORDER BY other.as_of_last, other.n",
        [id_],
    )
    return rows.fetchall()


def fields(index: sqlite3.Connection, kind: str) -> dict[str, str]:
    """Return the fields of a kind of record as data, in their order, with descriptions."""
    rows = index.execute("SELECT name, about FROM field WHERE kind = ? ORDER BY n", [kind])
    return dict(rows.fetchall())


def check_fields(index: sqlite3.Connection, kind: str, names: Sequence[str]) -> None:
    """Raise UsageError, with the nearest there is, for a field that the kind does not have."""
    check_names(names, fields(index, kind))


def check_names(names: Iterable[str], known: Collection[str]) -> None:
    """Raise UsageError, with the nearest there is, for a field that is not known."""
    for name in names:
        if name not in known:
            raise UsageError(f'unknown field "{name}"{suggest(name, known)}')


def ids_of_kind(index: sqlite3.Connection, kind: str) -> list[str]:
    """Return the ids of all records of a kind, in the order of the files."""
    rows = index.execute("SELECT id FROM record WHERE kind = ? ORDER BY n", [kind])
    return [id_ for (id_,) in rows]


def region_names(index: sqlite3.Connection) -> dict[str, str]:
    """Return the name of each region by its id."""
    rows = index.execute(
        "SELECT id, json_extract(data, '$.name') FROM record WHERE kind = 'region'"
    )
    return dict(rows.fetchall())


def region_parents(index: sqlite3.Connection) -> dict[str, list[str]]:
    """Return, by id, the ids of the regions that each region lies directly within."""
    rows = index.execute(
        "SELECT id, json_extract(data, '$.within') FROM record WHERE kind = 'region'"
    )
    return {id_: findall(r"[a-z0-9-]+", within or "") for id_, within in rows}


def _order(index: sqlite3.Connection, kind: str, order: Order) -> str:
    direction = " DESC" if order.reverse else ""
    if order.sort is None:
        return f"n{direction}"
    check_fields(index, kind, [order.sort])
    field = f"json_extract(data, '$.{order.sort}')"
    return f"{field} IS NULL, {field} COLLATE NOCASE{direction}, n{direction}"
