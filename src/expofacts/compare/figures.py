"""What figures for one thing say of each other: that they agree, contradict, or count apart."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from expofacts.compare.comparison import Comparison
from expofacts.compare.findings import (
    AGREEMENT,
    CONTRADICTION,
    TWO_COUNTS,
    Finding,
    Within,
)
from expofacts.compare.intervals import Interval, interval, pairs
from expofacts.facts.dates import period_days
from expofacts.facts.folding import fold
from expofacts.facts.kinds import Statistic
from expofacts.facts.units import unit_of_comparison


class _Claim(NamedTuple):
    """A statistic as it is compared."""

    interval: Interval
    id: str
    scope: str
    counted_by: str
    record: Statistic


def compare_figures(
    records: Iterable[Statistic], kinds: Collection[str] = (CONTRADICTION,)
) -> Iterator[Finding]:
    """Yield what statistics say of each other, in an order on which theirs has no effect.

    Comparable are those with the same indicator and period, in units that convert into each
    other, whose scope and counter do not differ. Figures that differ only by who counted are two
    counts.
    """
    for subject, claims in _by_thing(records):
        for left, right in pairs(claims, _interval, meet=False):
            same_counter = _fit(left.counted_by, right.counted_by)
            kind = CONTRADICTION if same_counter else TWO_COUNTS
            if kind in kinds and _fit(left.scope, right.scope):
                reason = "different figures" if same_counter else "different counters"
                yield Finding(kind, subject, reason, left.record, right.record)
        if AGREEMENT in kinds:
            for left, right in pairs(claims, _interval, meet=True):
                if _fit(left.counted_by, right.counted_by) and _fit(left.scope, right.scope):
                    yield Finding(AGREEMENT, subject, "figures agree", left.record, right.record)


def comparable_figures(records: Iterable[Statistic]) -> int:
    """Return how many of the statistics can be compared with another of them."""
    number = 0
    for _, claims in _by_thing(records):
        what = Counter((claim.scope, claim.counted_by) for claim in claims)
        for (scope, counted_by), count in what.items():
            if count > 1 or any(
                _fit(scope, other) and _fit(counted_by, counter)
                for other, counter in what
                if (other, counter) != (scope, counted_by)
            ):
                number += count
    return number


def _by_thing(records: Iterable[Statistic]) -> Iterator[tuple[str, list[_Claim]]]:
    """Yield each indicator with the claims on it for one period in one unit, the lowest first."""
    things: dict[tuple[Any, ...], list[_Claim]] = defaultdict(list)
    for record in records:
        period = record["period"] and period_days(record["period"])
        thing = (record["indicator"], period or (), unit_of_comparison(record["unit"])[0])
        scope, counted_by = (fold(text or "") for text in (record["scope"], record["counted_by"]))
        claim = _Claim(interval(record), record["id"], scope, counted_by, record)
        things[thing].append(claim)
    for thing in sorted(things):
        yield thing[0], sorted(things[thing])


def _interval(claim: _Claim) -> Interval:
    return claim.interval


def _fit(one: str, other: str) -> bool:
    """Return whether two claims may count the same; what is left out fits anything."""
    return not one or not other or one == other


def _agree(one: Statistic, other: Statistic) -> bool:
    return any(compare_figures((one, other), (AGREEMENT,)))


def _compare(records: Sequence[Statistic], _: Within, kinds: Collection[str]) -> Iterator[Finding]:
    return compare_figures(records, kinds)


COMPARISON = Comparison(
    subject="indicator",
    shared=("period_first", "period_last"),
    compare=_compare,
    comparable=lambda records, _: comparable_figures(records),
    order=lambda record: (*interval(record), record["id"]),
    agree=_agree,
    two_by_two=True,
)
