"""What reports on the editions of one series of events say of each other: when and where."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from expofacts.compare.claims import Claim
from expofacts.compare.comparison import Comparison
from expofacts.compare.findings import AGREEMENT, CONTRADICTION, Stand, Within


def compare_editions(
    claims: Sequence[Claim], within: Within, kind: str = CONTRADICTION
) -> Iterator[Stand]:
    """Yield how reports on one series stand to each other, the earlier one left.

    Compared are those on the same edition: they contradict each other if no day fits both, or if
    no place of one lies within one of the other.
    """
    for reports in _by_edition(claims):
        for n, one in enumerate(reports):
            for m, other in enumerate(reports[n + 1 :], n + 1):
                apart = one.high < other.low
                elsewhere = _exclude(one.about[1], other.about[1], within)
                if kind == CONTRADICTION and apart:
                    yield Stand("different days", reports, n, 1 << m)
                if kind == CONTRADICTION and elsewhere:
                    yield Stand("different places", reports, n, 1 << m)
                if kind == AGREEMENT and not apart and not elsewhere:
                    yield Stand("days agree", reports, n, 1 << m)


def comparable_editions(claims: Iterable[Claim]) -> int:
    """Return how many of the reports can be compared with one that was asked for."""
    return sum(
        len(reports)
        for reports in _by_edition(claims)
        if len(reports) > 1 and any(report.asked for report in reports)
    )


def _by_edition(claims: Iterable[Claim]) -> Iterator[list[Claim]]:
    editions: dict[int, list[Claim]] = defaultdict(list)
    for claim in claims:
        editions[claim.about[0]].append(claim)
    for edition in sorted(editions):
        yield editions[edition]


def _exclude(places: Sequence[str], others: Sequence[str], within: Within) -> bool:
    """Return whether something cannot take place here and there; who names no place leaves it open.

    Places in which nothing lies that lies in both exclude each other.
    """
    if not places or not others:
        return False
    return all(within[one].isdisjoint(within[other]) for one in places for other in others)


COMPARISON = Comparison(
    subject="series",
    compare=compare_editions,
    comparable=comparable_editions,
    agree=lambda one, other: True,
)
