"""From filters to records: the questions that an index answers."""

import sqlite3
import sys
from collections.abc import Iterator, Sequence
from itertools import chain
from re import findall
from typing import Any, NamedTuple

from expofacts.errors import UsageError
from expofacts.factfile.names import did_you_mean, fold, plain, suggest, there_is
from expofacts.store.ids import ids_from, total

# The kinds of fact.
FACTS = ("quote", "statistic", "infrastructure", "mechanism")

# Filters that compare a column of the same name; its order is that of the columns.
COLUMNS = ("source", "speaker", "speech", "indicator", "unit", "project", "mode", "status")

# What claims can be about, of which several sources may have some to make.
_SUBJECTS = ("project", "indicator")

# Filters by ids and slugs. One given to the letter is that one, even where others read like it.
_BY_ID = ("region", "source", "topic", "indicator", "project")

# Filters that find their facts at once, by an index; then the kind is only compared, which the
# plus sign tells SQLite: else it goes through all the facts of the kind.
_QUICK = ("region", "between", "topic", "source", "speaker", "indicator", "project", "match")

# How far a project has come.
_STATES = "proposed, planned, under construction, completed, open, suspended, cancelled"

# The reports on projects in the order of history: by the last day of the date at which a project
# came into a state, else of the date for which that is said, since by then it is certain to have
# been in it. Of one day, by state; of one state, by how late it was said.
_DATED = "(SELECT *, json_extract(data, '$.happened') AS happened FROM record)"
_HISTORY = f"""
  CASE length(happened) WHEN 10 THEN happened WHEN 4 THEN happened || '-12-31'
  WHEN 7 THEN coalesce(date(happened || '-01', '+1 month', '-1 day'), '9999-12-31')
  ELSE as_of_last END,
  instr('{_STATES}', status), as_of_last, published, id
"""
# The reports of each project's latest state, that is since no other was reported; and of these
# the one that says best when the project came into it.
_LATEST = f"""
  SELECT n, row_number() OVER (
    PARTITION BY project ORDER BY length(coalesce(happened, '')) DESC, place DESC
  ) AS rank FROM (
    SELECT n, project, happened, row_number() OVER following AS place,
    min(status) OVER following = max(status) OVER following AS latest
    FROM {_DATED} WHERE {{claims}} WINDOW following AS (
      PARTITION BY project ORDER BY {_HISTORY} ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING
    )
  ) WHERE latest
"""

# So many ids are compared with one that there is not, in a tenth of a second.
_COMPARED = 5000

# How many rows are fetched before the first is handed on. A damaged index shows itself here,
# where it can still be made again.
_FIRST = 1000


# Tuples, for dataclasses take five milliseconds more of every start.
class Filters(NamedTuple):
    """What a fact must be to be listed. Values of one filter are alternatives, filters add up."""

    region: Sequence[str] = ()
    between: tuple[str, str] | None = None
    topic: Sequence[str] = ()
    source: Sequence[str] = ()
    speaker: Sequence[str] = ()
    speech: Sequence[str] = ()
    indicator: Sequence[str] = ()
    unit: Sequence[str] = ()
    project: Sequence[str] = ()
    mode: Sequence[str] = ()
    status: Sequence[str] = ()
    period: str | None = None
    since: str | None = None
    until: str | None = None
    as_of: str | None = None
    match: str | None = None
    # Only the latest state of each project. A status is then asked of that state.
    latest: bool = False


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
    rows = index.execute(*_selection("data", index, kind, filters, order))
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


def history(index: sqlite3.Connection, filters: Filters) -> list[str]:
    """Return the reports on projects that match, each as a line of JSON, in order of history.

    That is in the order of the days on which the projects came into the states that are reported,
    else of the days for which these are reported. Raises UsageError as `select` does.
    """
    where, values = conditions(index, "infrastructure", filters)
    statement = f"SELECT data FROM {_DATED} WHERE {where} ORDER BY {_HISTORY}"
    return [line for (line,) in index.execute(statement, values)]


def newest(index: sqlite3.Connection) -> str:
    """Return the last day on which a source of facts may have been published."""
    (day,) = index.execute("SELECT max(published) FROM record").fetchone()
    return str(day or "")


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
    statement = "SELECT kind, data FROM record WHERE id = ? AND kind NOT IN ('topic', 'speaker')"
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


def with_source(
    index: sqlite3.Connection, id_: str
) -> tuple[dict[str, Any] | None, dict[str, Any]]:
    """Return the fact with the id and its source, or None and the source with the id.

    Raises UsageError as `find` does, and for a region.
    """
    from expofacts.records import from_json

    kind, line = find(index, id_)
    record = from_json(line)
    if kind == "region":
        raise UsageError(f'"{id_}" is a region; give the id of a fact or of a source')
    if kind == "source":
        return None, record
    return record, from_json(find(index, record["source"])[1])


def related(index: sqlite3.Connection, id_: str) -> list[tuple[str, str]]:
    """Return kind and line of JSON of the other facts on the same thing as a fact.

    The thing is its project, its indicator, or its speaker, where that is somebody. In order of
    the day of the claims.
    """
    rows = index.execute(
        "SELECT other.kind, other.data FROM record this JOIN record other ON"
        " other.project = this.project OR other.indicator = this.indicator"
        " OR (other.speaker = this.speaker AND json_extract(this.data, '$.collective') IS NOT 1)"
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
    known = fields(index, kind)
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


def resolve(index: sqlite3.Connection, filter_: str, value: str) -> list[str]:
    """Return what a person means by a value: ids, slugs or names as the collection has them.

    Any name, alias or code will do, without regard to case, accents, spaces and hyphens. Raises
    UsageError for a value that nothing goes by, and for a name that several regions have.
    """
    rows = index.execute(
        "SELECT value FROM choice WHERE filter = ? AND name = ?", [filter_, fold(value)]
    )
    found = [name for (name,) in rows]
    if value in found and filter_ in _BY_ID:
        return [value]
    if len(found) == 1 or (found and filter_ != "region"):
        return found
    if found:
        raise UsageError(
            f'region "{value}" may be any of {", ".join(found)}; give one of these ids'
        )
    raise UsageError(f'unknown {filter_} "{value}"{_near(index, [filter_], value)}')


def resolve_subject(index: sqlite3.Connection, value: str) -> tuple[str, list[str]]:
    """Return the filter that knows a value, `project` or `indicator`, and what it means there.

    Otherwise as `resolve`. Where both know it, a slug given to the letter counts for more than a
    name, and a project for more than an indicator.
    """
    found = index.execute(
        "SELECT filter FROM choice WHERE filter IN (?, ?) AND name = ?"
        " ORDER BY value = ? DESC, filter DESC",
        [*_SUBJECTS, fold(value), value],
    ).fetchone()
    if not found:
        raise UsageError(f'unknown project or indicator "{value}"{_near(index, _SUBJECTS, value)}')
    return found[0], resolve(index, found[0], value)


def _near(index: sqlite3.Connection, filters: Sequence[str], value: str) -> str:
    """Return the end of an error message: which values are near, or else which there are."""
    known = index.execute(
        f"SELECT name, value FROM choice WHERE filter IN ({_marks(filters)}) ORDER BY value",
        filters,
    ).fetchall()
    near = did_you_mean(value, dict(known), meant=dict(known))
    return near or there_is(value for _, value in known)


def conditions(
    index: sqlite3.Connection, kind: str | None, filters: Filters
) -> tuple[str, list[str]]:
    """Return the SQL for the filters, and its values; without a kind, for facts of any."""
    if filters.latest:
        asked, states = conditions(index, kind, Filters(status=filters.status))
        claims, given = conditions(index, kind, filters._replace(latest=False, status=()))
        latest = f"SELECT n FROM ({_LATEST.format(claims=claims)}) WHERE rank = 1"
        return f"{asked} AND n IN ({latest})", states + given
    quick = any(getattr(filters, name) for name in _QUICK)
    of_this_kind = "+kind = ?" if quick else "kind = ?"
    clauses, values = ([of_this_kind], [kind]) if kind else (["source IS NOT NULL"], [])
    of_kind, kinds = ("kind = ? AND ", [kind]) if kind else ("", [])

    def add(clause: str, *given: str) -> None:
        clauses.append(clause)
        values.extend(given)

    for regions in [filters.region, *([name] for name in filters.between or ())]:
        if regions:
            ids = [id_ for name in regions for id_ in resolve(index, "region", name)]
            add(
                f"n IN (SELECT fact FROM fact_region WHERE {of_kind}region IN"
                f" (SELECT part FROM within WHERE region IN ({_marks(ids)})))",
                *kinds,
                *ids,
            )
    if filters.topic:
        topics = [topic for name in filters.topic for topic in resolve(index, "topic", name)]
        add(
            f"n IN (SELECT fact FROM fact_topic WHERE {of_kind}topic IN ({_marks(topics)}))",
            *kinds,
            *topics,
        )
    for column in COLUMNS:
        if given := getattr(filters, column):
            known = [value for name in given for value in resolve(index, column, name)]
            add(f"{column} IN ({_marks(known)})", *known)
    if filters.period:
        first, last = _days("period", filters.period)
        add("period_first <= ? AND period_last >= ?", last, first)
    if filters.since:
        add("as_of_last >= ?", _days("since", filters.since)[0])
    if filters.until:
        add("as_of_first <= ?", _days("until", filters.until)[1])
    if filters.as_of:
        add("published <= ?", _days("as-of", filters.as_of)[1])
    if filters.match:
        if not (wanted := plain(filters.match)):
            raise UsageError(f'--match: there is nothing to look for in "{filters.match}"')
        add(
            "n IN (SELECT fact FROM words WHERE instr(names, ?) OR instr(text, ?)"
            " OR instr(notes, ?))",
            *[wanted] * 3,
        )
    return " AND ".join(clauses), values


def _days(option: str, text: str) -> tuple[str, str]:
    from expofacts.factfile.dates import date_days, period_days

    days, examples = date_days, "2019-06-18, 2019-06 or 2019"
    if option == "period":
        days, examples = period_days, "2018, 2018-Q1, 2018-06 or 2018-01/2018-08"
    try:
        return days(text)
    except ValueError as error:
        raise UsageError(f"--{option}: {error}; write {examples}") from None


def _order(index: sqlite3.Connection, kind: str, order: Order) -> str:
    direction = " DESC" if order.reverse else ""
    if not order.sort:
        return f"n{direction}"
    check_fields(index, kind, [order.sort])
    field = f"json_extract(data, '$.{order.sort}')"
    return f"{field} IS NULL, {field} COLLATE NOCASE{direction}, n{direction}"


def _marks(values: Sequence[str]) -> str:
    return ", ".join("?" * len(values))
