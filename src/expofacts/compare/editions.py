"""What reports on the editions of one series of events say of each other: when and where."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence, Set
from itertools import combinations
from typing import NamedTuple

from expofacts.compare.comparison import Comparison
from expofacts.compare.findings import AGREEMENT, CONTRADICTION, Finding, Within
from expofacts.compare.intervals import Interval
from expofacts.facts.dates import period_days
from expofacts.facts.kinds import Event


class _Held(NamedTuple):
    """A report that an edition took place, as it is compared."""

    days: Interval
    id: str
    record: Event


def compare_editions(
    records: Iterable[Event], within: Within, kinds: Collection[str] = (CONTRADICTION,)
) -> Iterator[Finding]:
    """Yield what reports on events say of each other, in an order on which theirs has no effect.

    Compared are those that say when an edition of a series took place, whichever it was: they
    contradict each other if no day fits both, or if no place of one lies within one of the other.
    What was announced is no claim that anything took place.
    """
    for (series, _), reports in _by_edition(records):
        for left, right in combinations(reports, 2):
            apart = left.days.high < right.days.low
            elsewhere = _exclude(left.record["places"], right.record["places"], within)
            if CONTRADICTION in kinds:
                for reason, differ in (("different days", apart), ("different places", elsewhere)):
                    if differ:
                        yield Finding(CONTRADICTION, series, reason, left.record, right.record)
            if AGREEMENT in kinds and not apart and not elsewhere:
                yield Finding(AGREEMENT, series, "days agree", left.record, right.record)


def comparable_editions(records: Iterable[Event], asked: Set[str]) -> int:
    """Return how many of the reports can be compared with one of the ids that are asked for."""
    return sum(
        len(reports)
        for _, reports in _by_edition(records)
        if len(reports) > 1 and any(report.id in asked for report in reports)
    )


def _by_edition(records: Iterable[Event]) -> Iterator[tuple[tuple[str, int], list[_Held]]]:
    """Yield each edition with the reports that it took place, the earliest first."""
    editions: dict[tuple[str, int], list[_Held]] = defaultdict(list)
    for record in records:
        if record["series"] and record["edition"] and record["held"]:
            days = Interval(*period_days(record["held"]))
            editions[record["series"], record["edition"]].append(_Held(days, record["id"], record))
    for edition in sorted(editions):
        yield edition, sorted(editions[edition])


def _exclude(places: Sequence[str] | None, others: Sequence[str] | None, within: Within) -> bool:
    """Return whether something cannot take place here and there; who names no place leaves it open.

    Places in which nothing lies that lies in both exclude each other.
    """
    if not places or not others:
        return False
    return all(within[one].isdisjoint(within[other]) for one in places for other in others)


def _order(record: Event) -> tuple[str, str, str]:
    return *period_days(record["held"] or record["expected"] or record["as_of"]), record["id"]


COMPARISON = Comparison(
    subject="series",
    shared=(),
    compare=compare_editions,
    comparable=comparable_editions,
    order=_order,
    agree=lambda one, other: True,
)
