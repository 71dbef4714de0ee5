"""What facts say of each other, without a collection that they are in."""

import json
from collections.abc import Iterable, Iterator, Sequence, Set
from typing import Any

from expofacts.compare.claims import COMPARED, Claim, Thing
from expofacts.compare.comparison import comparison_of
from expofacts.compare.contradictions import pairs_of
from expofacts.compare.disputes import Side, disputes, sides
from expofacts.compare.findings import CONTRADICTION, Finding, Within
from expofacts.index.claim_rows import claim_rows


def things(records: Iterable[Any], asked: Set[str] | None = None) -> list[Thing]:
    """Return what the facts are about; all claims were asked for, unless ids are given."""
    records = list(records)
    found: dict[tuple[str, str, str], list[Claim]] = {}
    for kind in COMPARED:
        facts = [record for record in records if record["kind"] == kind]
        for n, _, subject, thing, low, high, id_, about in claim_rows(kind, enumerate(facts, 0)):
            is_asked = asked is None or id_ in asked
            claim = Claim(low, high, id_, n, is_asked, json.loads(str(about)))  # type: ignore
            found.setdefault((kind, str(subject), str(thing)), []).append(claim)
    return [Thing(*about[:2], sorted(found[about])) for about in sorted(found)]


def compare(
    records: Iterable[Any], within: Within | None = None, kinds: Sequence[str] = (CONTRADICTION,)
) -> Iterator[Finding]:
    """Yield what the facts say of each other."""
    records = list(records)
    of_id = {(record["kind"], record["id"]): record for record in records}
    for thing in things(records):
        for kind in kinds:
            stands = comparison_of(thing.kind).compare(thing.claims, within or {}, kind)
            for pair in pairs_of(kind, thing, stands):
                two = (of_id[thing.kind, claim.id] for claim in (pair.left, pair.right))
                yield Finding(*pair[:3], *two)


def comparable(records: Iterable[Any], asked: Set[str] | None = None) -> int:
    """Return how many of the facts can be compared with one that was asked for."""
    return sum(
        comparison_of(thing.kind).comparable(thing.claims) for thing in things(records, asked)
    )


def sides_of(
    records: Iterable[Any], kind: str = CONTRADICTION, within: Within | None = None
) -> Iterator[list[Side]]:
    """Yield the sides of each dispute."""
    for thing in things(records):
        stands = comparison_of(thing.kind).compare(thing.claims, within or {}, kind)
        yield from map(sides, disputes(kind, thing, stands))
