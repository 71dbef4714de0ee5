"""What figures for one thing say of each other: that they agree, contradict, or count apart."""

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence

from expofacts.compare.claims import Claim
from expofacts.compare.comparison import Comparison
from expofacts.compare.findings import AGREEMENT, CONTRADICTION, TWO_COUNTS, Stand, Within

_REASONS = {
    CONTRADICTION: "different figures",
    TWO_COUNTS: "different counters",
    AGREEMENT: "figures agree",
}


def compare_figures(claims: Sequence[Claim], kind: str = CONTRADICTION) -> Iterator[Stand]:
    """Yield how figures of one indicator and period stand to each other, the lower one left.

    Comparable are those in units that convert into each other, whose scope and counter do not
    differ. Figures that differ only by who counted are two counts.
    """
    for of_unit in _by_unit(claims):
        lows = [claim.low for claim in of_unit]
        all_ = (1 << len(of_unit)) - 1
        fits_scope, fits_counter = (_fitting(of_unit, place) for place in (1, 2))
        for n, (_, high, _, _, _, (_, scope, counter)) in enumerate(of_unit):
            beyond = bisect_right(lows, high, n + 1)
            # Those that allow for nothing that this one does; or those that do.
            others = all_ >> beyond << beyond
            if kind == AGREEMENT:
                others ^= all_ >> (n + 1) << (n + 1)
            others &= fits_scope(scope)
            others &= ~fits_counter(counter) if kind == TWO_COUNTS else fits_counter(counter)
            if others:
                yield Stand(_REASONS[kind], of_unit, n, others)


def comparable_figures(claims: Sequence[Claim]) -> int:
    """Return how many of the figures can be compared with another of them."""
    number = 0
    for of_unit in _by_unit(claims):
        what = Counter((scope, counter) for _, scope, counter in (one.about for one in of_unit))
        for (scope, counter), count in what.items():
            if count > 1 or any(
                _fit(scope, other) and _fit(counter, by)
                for other, by in what
                if (other, by) != (scope, counter)
            ):
                number += count
    return number


def _by_unit(claims: Iterable[Claim]) -> Iterator[list[Claim]]:
    units: dict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        units[claim.about[0]].append(claim)
    for unit in sorted(units):
        yield units[unit]


def _fitting(claims: Iterable[Claim], place: int) -> Callable[[str], int]:
    """Return what gives for a scope, or for a counter, the claims that it fits, as bits."""
    having: dict[str, int] = defaultdict(int)
    for n, claim in enumerate(claims):
        having[claim.about[place]] |= 1 << n
    unsaid = having.get("", 0)
    all_ = sum(having.values())
    return lambda text: having[text] | unsaid if text else all_


def _fit(one: str, other: str) -> bool:
    """Return whether two claims may count the same; what is left out fits anything."""
    return not one or not other or one == other


def _agree(one: Claim, other: Claim) -> bool:
    return any(compare_figures(sorted((one, other)), AGREEMENT))


def _compare(claims: Sequence[Claim], _: Within, kind: str) -> Iterator[Stand]:
    return compare_figures(claims, kind)


COMPARISON = Comparison(
    subject="indicator",
    compare=_compare,
    comparable=comparable_figures,
    agree=_agree,
    listed_by_id=True,
)
