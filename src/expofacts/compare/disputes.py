"""Who stands with whom: the claims on one thing by the sides that they take."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from expofacts.compare.comparison import comparison_of
from expofacts.compare.findings import AGREEMENT, CONTRADICTION, Finding
from expofacts.facts.kinds import AnyFact

# In a larger dispute nobody reads who stands with whom, and finding it out takes its time.
_READABLE = 100


class Side(NamedTuple):
    """Claims that contradict the same others.

    `against` are the places of the sides that they contradict, in the list of sides, and `fits`
    those of the sides with which they agree, though these contradict some others.
    """

    claims: list[AnyFact]
    against: list[int]
    fits: list[int]


class Dispute(NamedTuple):
    """What claims on one thing say of each other, for one reason, from the lowest or earliest on.

    Where that is that they agree, those of one side all do, and also with the sides `against`
    which they are set.
    """

    kind: str
    subject: str
    reason: str
    sides: list[Side]


class _Claims(NamedTuple):
    """Claims with findings between them: their places by id, and with which places, as bits."""

    place: dict[str, int]
    records: list[AnyFact]
    opposite: list[int]


def disputes(findings: Iterable[Finding]) -> Iterator[Dispute]:
    """Yield what the findings on one thing amount to, each reason by itself.

    Claims that no findings join, not even by way of others, are in disputes of their own. The
    order of the findings has no effect on the sides.
    """
    by_reason: dict[tuple[str, str, str], _Claims] = {}
    for kind, subject, reason, *two in findings:
        claims = by_reason.setdefault((kind, subject, reason), _Claims({}, [], []))
        for record in two:
            if record["id"] not in claims.place:
                claims.place[record["id"]] = len(claims.records)
                claims.records.append(record)
                claims.opposite.append(0)
        left, right = (claims.place[record["id"]] for record in two)
        claims.opposite[left] |= 1 << right
        claims.opposite[right] |= 1 << left
    for (kind, subject, reason), claims in by_reason.items():
        sides = _sides(claims, closed=kind == AGREEMENT)
        for joined in _joined(sides):
            yield Dispute(kind, subject, reason, _with_fits(joined, kind))


def _sides(claims: _Claims, *, closed: bool) -> list[Side]:
    """Return the claims by whom they are opposite to, themselves included if `closed`."""
    groups: dict[int, list[int]] = {}
    for n, opposite in enumerate(claims.opposite):
        groups.setdefault(opposite | closed << n, []).append(n)
    order = [_order(record) for record in claims.records]
    ordered = sorted(
        (sorted(group, key=order.__getitem__) for group in groups.values()),
        key=lambda group: order[group[0]],
    )
    side_of = {group[0]: n for n, group in enumerate(ordered)}
    firsts = sum(1 << first for first in side_of)
    return [
        Side(
            [claims.records[n] for n in group],
            sorted(side_of[n] for n in _places(claims.opposite[group[0]] & firsts)),
            [],
        )
        for group in ordered
    ]


def _places(bits: int) -> list[int]:
    """Return the places of the bits that are set."""
    return [n for n, bit in enumerate(reversed(f"{bits:b}")) if bit == "1"]


def _order(record: AnyFact) -> tuple[Any, ...]:
    return comparison_of(record["kind"]).order(record)


def _joined(sides: Sequence[Side]) -> Iterator[list[Side]]:
    """Yield the sides that are opposite, directly or by way of others, with their new places."""
    left = dict.fromkeys(range(len(sides)))
    while left:
        found, to_do = set(), [next(iter(left))]
        while to_do:
            n = to_do.pop()
            if n not in found:
                found.add(n)
                to_do += sides[n].against
        place = {n: new for new, n in enumerate(sorted(found))}
        yield [
            sides[n]._replace(against=[place[other] for other in sides[n].against]) for n in place
        ]
        for n in found:
            del left[n]


def _with_fits(sides: list[Side], kind: str) -> list[Side]:
    if kind != CONTRADICTION or sum(len(side.claims) for side in sides) > _READABLE:
        return sides
    return [
        side._replace(
            fits=[
                n
                for n, other in enumerate(sides)
                if other is not side and n not in side.against and _agree(side, other)
            ]
        )
        for side in sides
    ]


def _agree(side: Side, other: Side) -> bool:
    """Return whether any claims of two sides may both be right."""
    return any(
        comparison_of(left["kind"]).agree(left, right)
        for left in side.claims
        for right in other.claims
    )
