"""The claims of a collection that can be compared, and what they say of each other."""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import chain
from typing import NamedTuple

from expofacts.compare.claims import (
    COMPARED,
    Claim,
    Thing,
    record_of,
    things,
    things_of_fact,
)
from expofacts.compare.comparison import comparison_of
from expofacts.compare.disputes import Dispute, disputes
from expofacts.compare.findings import CONTRADICTION, Finding, Stand, asked_for, places
from expofacts.facts.kinds import AnyFact
from expofacts.index import query
from expofacts.index.filters import Filters

# So many records are kept while they are compared, each with others.
_KEPT = 1000


class Pair(NamedTuple):
    """What two claims on one subject say of each other, as a `Finding` of their records."""

    kind: str
    subject: str
    reason: str
    left: Claim
    right: Claim


def pairs(
    index: sqlite3.Connection, filters: Filters, kinds: Sequence[str] = (CONTRADICTION,)
) -> Iterator[Pair]:
    """Yield what claims that match the filters and all others say of each other, kind by kind.

    Filters are those of `things`; raises UsageError as `select` does.
    """
    return (
        pair
        for kind, thing, stands in _compared(index, filters, kinds)
        for pair in pairs_of(kind, thing, stands)
    )


def pairs_of(kind: str, thing: Thing, stands: Iterable[Stand]) -> Iterator[Pair]:
    """Yield what findings of a kind say of each two claims, of which one at least is asked for."""
    for reason, claims, one, others, is_left in asked_for(stands):
        for other in places(others):
            left, right = (one, other) if is_left else (other, one)
            yield Pair(kind, thing.subject, reason, claims[left], claims[right])


def find(
    index: sqlite3.Connection, filters: Filters, kinds: Sequence[str] = (CONTRADICTION,)
) -> Iterator[Finding]:
    """Yield what `pairs` does, with the whole records."""
    return _with_records(index, pairs(index, filters, kinds))


def _with_records(index: sqlite3.Connection, found: Iterable[Pair]) -> Iterator[Finding]:
    record = lru_cache(_KEPT)(record_of(index))
    return (Finding(*pair[:3], record(pair.left.fact), record(pair.right.fact)) for pair in found)


def count(index: sqlite3.Connection, filters: Filters) -> int:
    """Return how many contradictions `pairs` yields."""
    return sum(
        stand.others.bit_count()
        for _, _, stands in _compared(index, filters, (CONTRADICTION,))
        for stand in asked_for(stands)
    )


def in_dispute(
    index: sqlite3.Connection, filters: Filters, kind: str = CONTRADICTION
) -> Iterator[Dispute]:
    """Yield the disputes that claims which match the filters are in, by a kind of finding.

    A dispute is whole: it has all claims that are in it. Otherwise as `pairs`.
    """
    return (
        dispute
        for _, thing, stands in _compared(index, filters, (kind,))
        for dispute in disputes(kind, thing, stands)
        if dispute.asked
    )


def _compared(
    index: sqlite3.Connection, filters: Filters, kinds: Sequence[str]
) -> Iterator[tuple[str, Thing, Iterator[Stand]]]:
    within = region_parts(index)
    # The first at once, for what is wrong shows itself there; later ones as they are needed.
    again = chain([things(index, filters)], (things(index, filters) for _ in kinds[1:]))
    return (
        (kind, thing, comparison_of(thing.kind).compare(thing.claims, within, kind))
        for kind, each in zip(kinds, again, strict=True)
        for thing in each
    )


def comparable(index: sqlite3.Connection, filters: Filters) -> int:
    """Return how many claims there are that can be compared with one that matches the filters."""
    return sum(comparison_of(one.kind).comparable(one.claims) for one in things(index, filters))


def of_fact(index: sqlite3.Connection, id_: str) -> list[Finding]:
    """Return the contradictions that a fact is in, each with the other fact on either side.

    None for facts of a kind that is not compared, and for what is not a fact.
    """
    kind, _ = query.find(index, id_)
    if kind not in COMPARED:
        return []
    comparison, within = comparison_of(kind), region_parts(index)
    found = [
        pair
        for thing in things_of_fact(index, kind, id_)
        for pair in pairs_of(
            CONTRADICTION, thing, comparison.compare(thing.claims, within, CONTRADICTION)
        )
    ]
    if comparison.listed_by_id:
        found.sort(key=lambda pair: (pair.left.id, pair.right.id))
    return list(_with_records(index, found))


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
