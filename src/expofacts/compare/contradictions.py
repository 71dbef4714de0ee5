"""The claims of a collection that can be compared, and what they say of each other."""

import sqlite3
from collections.abc import Collection, Iterable, Iterator, Sequence, Set
from itertools import chain, islice
from typing import NamedTuple

from expofacts.compare.comparison import COMPARED, comparison_of
from expofacts.compare.disputes import Dispute, disputes
from expofacts.compare.findings import CONTRADICTION, Finding, Within
from expofacts.facts.kinds import AnyFact
from expofacts.index import query
from expofacts.index.filters import Filters, conditions
from expofacts.json_lines import all_from_json, from_json

# The numbers of the claims of a kind on one thing, on one indicator for one period or on one
# project, and of those that were asked for. Only numbers: records take a hundred times the room.
_THINGS = """
SELECT group_concat(n), group_concat(CASE WHEN asked THEN n END) FROM (
  SELECT n, {thing}, coalesce({asked}, 0) AS asked FROM record
  WHERE kind = ? AND {subject} IS NOT NULL AND {known}
)
GROUP BY {thing} HAVING count(*) > 1 AND max(asked) ORDER BY {thing}
"""
_OF_NUMBERS = "SELECT {} FROM record WHERE n IN (SELECT value FROM json_each(?))"


class Thing(NamedTuple):
    """All claims on one thing, and the ids of those that were asked for."""

    claims: list[AnyFact]
    asked: Set[str]


def compare(
    records: Iterable[AnyFact], within: Within, kinds: Collection[str] = (CONTRADICTION,)
) -> Iterator[Finding]:
    """Yield what facts say of each other: contradictions, unless other kinds are asked for.

    Facts of kinds that are not compared are passed over. The order of the records has no effect.
    `within` has for each region all that lies within it, and itself.
    """
    of_kind: dict[str, list[AnyFact]] = {kind: [] for kind in COMPARED}
    for record in records:
        of_kind.get(record["kind"], []).append(record)
    for kind, claims in of_kind.items():
        yield from comparison_of(kind).compare(claims, within, kinds)


def things(index: sqlite3.Connection, filters: Filters) -> Iterator[Thing]:
    """Return what several claims are about, of which at least one matches the filters.

    What had not been published by `as_of` is left out; other filters choose what is compared,
    not what with. Raises UsageError as `select` does.
    """
    asked, values = conditions(index, None, filters._replace(as_of=None))
    known, days = conditions(index, None, Filters(as_of=filters.as_of))
    rows = _numbers(index, (asked, values), (known, days))
    # The first now: a damaged index shows itself here, where it can still be made again.
    return _things(index, chain([*islice(rows, 1)], rows))


def _numbers(
    index: sqlite3.Connection, asked: tuple[str, list[str]], known: tuple[str, list[str]]
) -> Iterator[tuple[str, str]]:
    """Return the numbers of the claims on each thing, and of those that were asked for."""

    def of_kind(kind: str) -> sqlite3.Cursor:
        comparison = comparison_of(kind)
        thing = ", ".join((comparison.subject, *comparison.shared))
        parts = {"thing": thing, "subject": comparison.subject}
        statement = _THINGS.format(**parts, asked=asked[0], known=known[0])
        return index.execute(statement, [*asked[1], kind, *known[1]])

    return chain.from_iterable(map(of_kind, COMPARED))


def _things(index: sqlite3.Connection, things: Iterable[tuple[str, str]]) -> Iterator[Thing]:
    for claims, asked in things:
        lines = index.execute(_OF_NUMBERS.format("data"), [f"[{claims}]"])
        ids = index.execute(_OF_NUMBERS.format("id"), [f"[{asked}]"])
        yield Thing(list(all_from_json(line for (line,) in lines)), {id_ for (id_,) in ids})


def find(
    index: sqlite3.Connection, filters: Filters, kinds: Sequence[str] = (CONTRADICTION,)
) -> Iterator[Finding]:
    """Yield what claims that match the filters and all others say of each other, kind by kind.

    Filters are those of `things`; raises UsageError as `select` does.
    """
    return (
        finding
        for thing, findings in _compared(index, filters, kinds)
        for finding in findings
        if finding.left["id"] in thing.asked or finding.right["id"] in thing.asked
    )


def in_dispute(
    index: sqlite3.Connection, filters: Filters, kinds: Sequence[str] = (CONTRADICTION,)
) -> Iterator[Dispute]:
    """Yield the disputes that claims which match the filters are in, kind by kind.

    A dispute is whole: it has all claims that are in it. Otherwise as `find`.
    """
    return (
        dispute
        for thing, findings in _compared(index, filters, kinds)
        for dispute in disputes(findings)
        if any(claim["id"] in thing.asked for side in dispute.sides for claim in side.claims)
    )


def _compared(
    index: sqlite3.Connection, filters: Filters, kinds: Sequence[str]
) -> Iterator[tuple[Thing, Iterator[Finding]]]:
    within = region_parts(index)
    # The first at once, for what is wrong shows itself there; later ones as they are needed.
    again = chain([things(index, filters)], (things(index, filters) for _ in kinds[1:]))
    return (
        (thing, compare(thing.claims, within, (kind,)))
        for kind, each in zip(kinds, again, strict=True)
        for thing in each
    )


def comparable(index: sqlite3.Connection, filters: Filters) -> int:
    """Return how many claims there are that can be compared with one that matches the filters."""
    return sum(
        comparison_of(claims[0]["kind"]).comparable(claims, asked)
        for claims, asked in things(index, filters)
    )


def of_fact(index: sqlite3.Connection, id_: str) -> list[Finding]:
    """Return the contradictions that a fact is in, each with the other fact on either side.

    None for facts of a kind that is not compared, and for what is not a fact.
    """
    kind, line = query.find(index, id_)
    if kind not in COMPARED:
        return []
    comparison, record = comparison_of(kind), from_json(line)
    same = " AND ".join(f"other.{column} IS this.{column}" for column in comparison.shared)
    rows = index.execute(
        "SELECT other.data FROM record this JOIN record other ON +other.kind = this.kind"
        f" AND other.{comparison.subject} = this.{comparison.subject}{same and f' AND {same}'}"
        " WHERE this.id = ? AND other.n != this.n",
        [record["id"]],
    )
    others = [from_json(other) for (other,) in rows]
    within = region_parts(index)
    # How the others stand to each other is not asked, so if it can be two by two.
    groups = ([record, other] for other in others) if comparison.two_by_two else [[record, *others]]
    found = chain(*(comparison.compare(group, within, (CONTRADICTION,)) for group in groups))
    of_this = [one for one in found if record["id"] in (one.left["id"], one.right["id"])]
    if comparison.two_by_two:
        of_this.sort(key=lambda one: (one.left["id"], one.right["id"]))
    return of_this


def opponents(index: sqlite3.Connection, id_: str) -> list[tuple[AnyFact, list[str]]]:
    """Return the facts that a fact contradicts, each with the reasons; otherwise as `of_fact`."""
    against: dict[str, tuple[AnyFact, list[str]]] = {}
    for finding in of_fact(index, id_):
        other = finding.right if finding.left["id"] == id_ else finding.left
        against.setdefault(other["id"], (other, []))[1].append(finding.reason)
    return list(against.values())


def region_parts(index: sqlite3.Connection) -> dict[str, set[str]]:
    """Return for each region, by id, all that lies within it, and itself."""
    parts: dict[str, set[str]] = {}
    for region, part in index.execute("SELECT region, part FROM within"):
        parts.setdefault(region, set()).add(part)
    return parts
