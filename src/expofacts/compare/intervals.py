"""Figures as intervals of what their source allows for. Exact."""

from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from typing import Any, NamedTuple, TypeVar

from expofacts.facts.kinds import Statistic
from expofacts.facts.units import unit_of_comparison

T = TypeVar("T")

# An end of an interval: where it is, and whether a hair above (1) or below (-1) that.
End = tuple[Fraction | float, int]

# What "about" allows for on either side.
_ABOUT = Fraction(5, 100)


class Interval(NamedTuple):
    """All that a claim allows for, from its lowest to its highest end."""

    low: Any
    high: Any


def interval(record: Statistic) -> Interval:
    """Return what a statistic's figure may be, in the unit of comparison of its unit.

    A figure without a qualifier may be off by half of `rounded_to` either way, one with "about"
    by a twentieth if that is more. The other qualifiers are bounds, which rounding does not move.
    """
    worth = unit_of_comparison(record["unit"])[1]
    value = Fraction(record["value"]) * worth
    match record["qualifier"]:
        case "more than":
            return Interval((value, 1), (float("inf"), 0))
        case "at least":
            return Interval((value, 0), (float("inf"), 0))
        case "less than":
            return Interval((float("-inf"), 0), (value, -1))
        case "at most":
            return Interval((float("-inf"), 0), (value, 0))
    margin = Fraction(record["rounded_to"] or 0) * worth / 2
    if record["qualifier"] == "about":
        margin = max(margin, abs(value) * _ABOUT)
    return Interval((value - margin, 0), (value + margin, 0))


def pairs(
    claims: Sequence[T], span: Callable[[T], Interval], *, meet: bool
) -> Iterator[tuple[T, T]]:
    """Yield each two claims whose intervals meet, or do not, the lower one first.

    The claims are in the order of their intervals. That takes as long as there are such pairs,
    however many others there are.
    """
    lows = [span(claim).low for claim in claims]
    for n, left in enumerate(claims, 1):
        beyond = bisect_right(lows, span(left).high, n)
        for m in range(n, beyond) if meet else range(beyond, len(claims)):
            yield left, claims[m]
