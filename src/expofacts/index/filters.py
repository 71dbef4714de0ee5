"""What a fact must be to be found: filters, and their SQL."""

import sqlite3
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from expofacts.errors import UsageError
from expofacts.facts.folding import plain
from expofacts.index.history_order import LATEST
from expofacts.index.resolve import KEYS, resolve
from expofacts.index.sql import placeholders

# The columns of the index that filters compare.
COLUMNS = ("source", *KEYS)

# Filters that find their facts at once, by an index; then the kind is only compared, which the
# plus sign tells SQLite: else it goes through all the facts of the kind.
_QUICK = ("region", "between", "topic", "source", "match")


# Tuples, for dataclasses take five milliseconds more of every start.
class Filters(NamedTuple):
    """What a fact must be to be listed. Values of one filter are alternatives, filters add up.

    `keys` has the filters by keys of some kind of fact: {"speaker": ["Li Yunze"]}.
    """

    region: Sequence[str] = ()
    between: tuple[str, str] | None = None
    topic: Sequence[str] = ()
    source: Sequence[str] = ()
    keys: Mapping[str, Sequence[str]] = {}
    period: str | None = None
    since: str | None = None
    until: str | None = None
    as_of: str | None = None
    match: str | None = None
    # Only the latest state of each project. A status is then asked of that state.
    latest: bool = False

    def by(self, key: str, values: Sequence[str]) -> "Filters":
        """Return the filters with other values for a key; none ask nothing of it."""
        return self._replace(keys={**self.keys, key: values})


def conditions(
    index: sqlite3.Connection, kind: str | None, filters: Filters
) -> tuple[str, list[str]]:
    """Return the SQL for the filters, and its values; without a kind, for facts of any."""
    if filters.latest:
        status = filters.keys.get("status", ())
        asked, states = conditions(index, kind, Filters().by("status", status))
        claims, given = conditions(index, kind, filters._replace(latest=False).by("status", ()))
        latest = f"SELECT n FROM ({LATEST.format(claims=claims)}) WHERE rank = 1"
        return f"{asked} AND n IN ({latest})", states + given
    quick = any(getattr(filters, name) for name in _QUICK) or any(
        KEYS[name].indexed for name, values in filters.keys.items() if values
    )
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
                f" (SELECT part FROM within WHERE region IN ({placeholders(ids)})))",
                *kinds,
                *ids,
            )
    if filters.topic:
        topics = [topic for name in filters.topic for topic in resolve(index, "topic", name)]
        add(
            f"n IN (SELECT fact FROM fact_topic WHERE {of_kind}topic IN ({placeholders(topics)}))",
            *kinds,
            *topics,
        )
    for column, asked_for in {"source": filters.source, **filters.keys}.items():
        if asked_for:
            known = [value for name in asked_for for value in resolve(index, column, name)]
            add(f"{column} IN ({placeholders(known)})", *known)
    if filters.period is not None:
        first, last = _days("period", filters.period)
        add("period_first <= ? AND period_last >= ?", last, first)
    if filters.since is not None:
        add("as_of_last >= ?", _days("since", filters.since)[0])
    if filters.until is not None:
        add("as_of_first <= ?", _days("until", filters.until)[1])
    if filters.as_of is not None:
        add("published <= ?", _days("as-of", filters.as_of)[1])
    if filters.match is not None:
        if not (wanted := plain(filters.match)):
            raise UsageError(f'--match: there is nothing to look for in "{filters.match}"')
        add(
            "n IN (SELECT fact FROM words WHERE instr(names, ?) OR instr(text, ?)"
            " OR instr(notes, ?))",
            *[wanted] * 3,
        )
    return " AND ".join(clauses), values


def today(index: sqlite3.Connection, filters: Filters) -> str:
    """Return the day as of which is judged: the last of `as_of`, else of the newest source.

    Raises UsageError for an `as_of` that is no date.
    """
    if filters.as_of is not None:
        return _days("as-of", filters.as_of)[1]
    (day,) = index.execute("SELECT max(published) FROM record").fetchone()
    return str(day or "")


def _days(option: str, text: str) -> tuple[str, str]:
    from expofacts.facts.dates import date_days, period_days

    days, examples = date_days, "2019-06-18, 2019-06 or 2019"
    if option == "period":
        days, examples = period_days, "2018, 2018-Q1, 2018-06 or 2018-01/2018-08"
    try:
        return days(text)
    except ValueError as error:
        raise UsageError(f"--{option}: {error}; write {examples}") from None
