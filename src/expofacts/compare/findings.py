"""What claims on one thing say of each other."""

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from typing import NamedTuple

from expofacts.compare.claims import Claim
from expofacts.facts.kinds import AnyFact

CONTRADICTION, TWO_COUNTS, AGREEMENT = "contradiction", "two counts", "agreement"

# From one pair in so many places on, bits are transposed at once; and so many rows at a time.
_DENSE, _ROWS = 64, 512

# For each region all that lies within it, and itself.
Within = Mapping[str, Set[str]]


class Finding(NamedTuple):
    """What two claims on one thing say of each other.

    `subject` is the indicator, project or series. `left` is the lower figure, or the earlier claim.
    """

    kind: str
    subject: str
    reason: str
    left: AnyFact
    right: AnyFact


class Stand(NamedTuple):
    """What one of some claims says of others, for one reason.

    `one` is its place among the claims, and `others` has a bit set at the place of each of those,
    so that many are found, counted and joined at once. With each other claim it `is_left`, or is
    right. No two claims meet twice for one reason.
    """

    reason: str
    claims: Sequence[Claim]
    one: int
    others: int
    is_left: bool = True


def places(bits: int) -> Iterator[int]:
    """Yield the places of the bits that are set, the lowest first."""
    digits = f"{bits:b}"[::-1]
    place = digits.find("1")
    while place >= 0:
        yield place
        place = digits.find("1", place + 1)


def asked_among(claims: Iterable[Claim]) -> int:
    """Return which of the claims were asked for, as bits."""
    return int("".join("01"[claim.asked] for claim in claims)[::-1] or "0", 2)


def asked_for(stands: Iterable[Stand]) -> Iterator[Stand]:
    """Yield what claims say of each other where at least one of the two was asked for."""
    claims: Sequence[Claim] = ()
    asked = 0
    for stand in stands:
        if stand.claims is not claims:
            claims = stand.claims
            asked = asked_among(claims)
        if asked >> stand.one & 1:
            yield stand
        elif others := stand.others & asked:
            yield stand._replace(others=others)


def by_claims(stands: Iterable[Stand]) -> list[tuple[Sequence[Claim], list[tuple[int, int]]]]:
    """Return the claims that places are among, each with what these say: `one` and `others`."""
    found: dict[int, tuple[Sequence[Claim], list[tuple[int, int]]]] = {}
    for _, claims, one, others, _ in stands:
        found.setdefault(id(claims), (claims, []))[1].append((one, others))
    return [*found.values()]


def opposite(stands: Iterable[tuple[int, int]]) -> dict[int, int]:
    """Return for each claim those that it meets, from either side; all are places and bits."""
    found: dict[int, int] = {}
    for one, others in stands:
        found[one] = found.get(one, 0) | others
    size = max((max(one + 1, others.bit_length()) for one, others in found.items()), default=0)
    if sum(others.bit_count() for others in found.values()) * _DENSE > size * size:
        columns = _transposed(found, size)
        both = ((n, found.get(n, 0) | column) for n, column in enumerate(columns))
        return {n: others for n, others in both if others}
    for one, others in [*found.items()]:
        for other in places(others):
            found[other] = found.get(other, 0) | 1 << one
    return found


def _transposed(rows: Mapping[int, int], size: int) -> list[int]:
    """Return for each place the rows that have its bit: as slices of digits, not bit by bit."""
    columns = [0] * size
    for start in range(0, size, _ROWS):
        some = range(min(start + _ROWS, size) - 1, start - 1, -1)
        digits = "".join([f"{rows.get(n, 0):0{size}b}" for n in some])
        for place in range(size):
            columns[place] |= int(digits[size - 1 - place :: size], 2) << start
    return columns
