"""Who stands with whom: the claims on one thing by the sides that they take."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from expofacts.compare.claims import Claim, Thing
from expofacts.compare.comparison import comparison_of
from expofacts.compare.findings import (
    AGREEMENT,
    CONTRADICTION,
    Stand,
    asked_among,
    by_claims,
    opposite,
    places,
)
from expofacts.facts.kinds import AnyFact

# In a larger dispute nobody reads who stands with whom, and finding it out takes its time.
_READABLE = 100

# A claim by its place, and those that it is set against as bits.
_Against = tuple[int, int]


class Side(NamedTuple):
    """Claims that contradict the same others; as they are compared, or their whole records.

    `against` are the places of the sides that they contradict, in the list of sides, and `fits`
    those of the sides with which they agree, though these contradict some others.
    """

    claims: list[Any]
    against: list[int]
    fits: list[int]


class Dispute(NamedTuple):
    """Claims on one thing that findings of one kind join, directly or by way of others.

    `kind` is that of the findings, and `of` that of the facts. It is `asked` for if one of its
    claims is.
    """

    kind: str
    of: str
    reason: str
    claims: Sequence[Claim]
    stands: list[_Against]
    asked: bool

    @property
    def findings(self) -> int:
        """How many two of the claims there are of which it is said."""
        return sum(others.bit_count() for _, others in self.stands)


def disputes(kind: str, thing: Thing, stands: Iterable[Stand]) -> Iterator[Dispute]:
    """Yield what the findings of a kind on one thing amount to, each reason by itself.

    Claims that no findings join, not even by way of others, are in disputes of their own. They
    come in the order of their first claims.
    """
    by_reason: dict[str, list[Stand]] = {}
    for stand in stands:
        by_reason.setdefault(stand.reason, []).append(stand)
    for reason, of_reason in by_reason.items():
        found = []
        for claims, against in by_claims(of_reason):
            asked = asked_among(claims)
            for members, joined in _joined(against):
                first = min(claims[place] for place in places(members))
                dispute = Dispute(
                    kind, thing.kind, reason, claims, joined, asked=bool(members & asked)
                )
                found.append((first, dispute))
        found.sort(key=lambda pair: pair[0])
        yield from (dispute for _, dispute in found)


def _joined(stands: Sequence[_Against]) -> list[tuple[int, list[_Against]]]:
    """Return the places of claims that are joined, as bits, and what they are set against.

    Each claim is visited when it is joined, not once for each other: that takes as long as there
    are claims, however many findings are between them.
    """
    joined_to: dict[int, int] = {}  # a place, to another with which it is joined
    members: dict[int, int] = {}  # of the last of these, all that are joined

    def root(place: int) -> int:
        while (further := joined_to.setdefault(place, place)) != place:
            joined_to[place] = joined_to[further]
            place = further
        return place

    for one, others in stands:
        own = root(one)
        net = members.pop(own, 1 << one)
        while left := others & ~net:
            other = root((left & -left).bit_length() - 1)
            net |= members.pop(other, 1 << other)
            joined_to[other] = own
        members[own] = net
    found: dict[int, list[_Against]] = {}
    for stand in stands:
        found.setdefault(root(stand[0]), []).append(stand)
    return [(members[net], of_net) for net, of_net in found.items()]


def sides(dispute: Dispute) -> list[Side]:
    """Return the claims of a dispute by whom they are set against, the lowest or earliest first.

    Where it is that they agree, those of one side all do, and also with the sides `against` which
    they are set.
    """
    claims, closed = dispute.claims, dispute.kind == AGREEMENT
    meets = opposite(dispute.stands)
    groups: dict[int, list[int]] = {}
    for n in sorted(meets, key=claims.__getitem__):
        groups.setdefault(meets[n] | closed << n, []).append(n)
    side_of = {group[0]: n for n, group in enumerate(groups.values())}
    firsts = sum(1 << first for first in side_of)
    found = [
        Side(
            [claims[n] for n in group],
            sorted(side_of[n] for n in places(meets[group[0]] & firsts)),
            [],
        )
        for group in groups.values()
    ]
    readable = sum(len(side.claims) for side in found) <= _READABLE
    return _with_fits(found, dispute.of) if dispute.kind == CONTRADICTION and readable else found


def with_records(side: Side, record: Callable[[int], AnyFact]) -> Side:
    """Return a side with the whole records of its claims."""
    return side._replace(claims=[record(claim.fact) for claim in side.claims])


def _with_fits(found: Sequence[Side], kind: str) -> list[Side]:
    agree = comparison_of(kind).agree
    return [
        side._replace(
            fits=[
                n
                for n, other in enumerate(found)
                if other is not side
                and n not in side.against
                and any(agree(left, right) for left in side.claims for right in other.claims)
            ]
        )
        for side in found
    ]
