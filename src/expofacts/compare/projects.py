"""What reports on one project say of each other: its ends, its states, and their dates."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from itertools import accumulate, combinations, product
from typing import NamedTuple

from expofacts.compare.comparison import Comparison
from expofacts.compare.findings import AGREEMENT, CONTRADICTION, Finding, Within
from expofacts.compare.intervals import Interval, pairs
from expofacts.facts.dates import date_days
from expofacts.facts.kinds import Infrastructure
from expofacts.facts.states import STATES, STEPS


class _Claim(NamedTuple):
    """A report as it is compared.

    On one of the `days` the project came into the state, or was in it where the report does not
    say when; `still` is the last day on which it is certain to have been in it.
    """

    days: Interval
    id: str
    still: str
    record: Infrastructure


def compare_projects(
    records: Iterable[Infrastructure], within: Within, kinds: Collection[str] = (CONTRADICTION,)
) -> Iterator[Finding]:
    """Yield what reports on projects say of each other, in an order on which theirs has no effect.

    They contradict each other by ends that exclude each other, by states that run backwards in
    time, and by two dates of one state. They agree where two dates of one state meet.
    """
    projects: dict[str, list[_Claim]] = defaultdict(list)
    for record in records:
        projects[record["project"]].append(_claim(record))
    for project in sorted(projects):
        claims = sorted(projects[project])
        if CONTRADICTION in kinds:
            for reason, found in (
                ("different ends", _different_ends(claims, within)),
                ("states run backwards", _backwards(claims)),
                ("different dates", _dates(claims, meet=False)),
            ):
                for left, right in found:
                    yield Finding(CONTRADICTION, project, reason, left.record, right.record)
        if AGREEMENT in kinds:
            for left, right in _dates(claims, meet=True):
                yield Finding(AGREEMENT, project, "dates agree", left.record, right.record)


def exclude(ends: Collection[str], others: Collection[str], within: Within) -> bool:
    """Return whether something cannot have these ends and those.

    Two ends exclude each other where nothing lies within both: neither lies within the other,
    and they share no part. Who names fewer ends leaves the others open.
    """
    fewer, more = sorted((ends, others), key=len)
    sides = [(fewer, more)] if len(fewer) < len(more) else [(fewer, more), (more, fewer)]
    return any(
        all(within[end].isdisjoint(within[other]) for other in facing)
        for side, facing in sides
        for end in side
    )


def _claim(record: Infrastructure) -> _Claim:
    days = Interval(*date_days(record["happened"] or record["as_of"]))
    still = days.low
    if STATES[record["status"]].lasts:  # then it is still there on the day of the claim
        still = max(still, date_days(record["as_of"])[0])
    return _Claim(days, record["id"], still, record)


def _different_ends(claims: Sequence[_Claim], within: Within) -> Iterator[tuple[_Claim, _Claim]]:
    by_ends: dict[frozenset[str], list[_Claim]] = defaultdict(list)
    for claim in claims:
        by_ends[frozenset(claim.record["connects"])].append(claim)
    for ends, others in combinations(by_ends, 2):
        if exclude(ends, others, within):
            for pair in product(by_ends[ends], by_ends[others]):
                yield min(pair), max(pair)


def _backwards(claims: Sequence[_Claim]) -> Iterator[tuple[_Claim, _Claim]]:
    """Yield a claim of each state with those of a state before that, on a later day."""
    reached = {
        status: sorted(
            (claim.days.high, claim) for claim in claims if claim.record["status"] == status
        )
        for status in STEPS
    }
    anew = _pauses(claims)
    for n, status in enumerate(STEPS):
        for _, right in reached[status]:
            for further in STEPS[n + 1 :]:
                before = bisect_left(reached[further], (right.still,))
                for _, left in reached[further][:before]:
                    if not anew(left.days.low, right.still):
                        yield left, right


def _dates(claims: Sequence[_Claim], *, meet: bool) -> Iterator[tuple[_Claim, _Claim]]:
    """Yield each two claims of when the project came into one state, where these meet or do not."""
    anew = _pauses(claims)
    for status in STEPS:
        dated = [
            claim
            for claim in claims
            if claim.record["status"] == status and claim.record["happened"]
        ]
        for left, right in pairs(dated, lambda claim: claim.days, meet=meet):
            if meet or not anew(left.days.low, right.days.high):
                yield left, right


def _pauses(claims: Sequence[_Claim]) -> Callable[[str, str], bool]:
    """Return what tells whether a project may have begun anew between two days.

    That is, whether it may have been suspended or cancelled then.
    """
    paused = sorted(
        (claim.days.high, claim.days.low) for claim in claims if claim.record["status"] not in STEPS
    )
    # Where pauses that end no sooner begin, the earliest of them.
    begins = [*accumulate((low for _, low in reversed(paused)), min)][::-1]

    def anew(first: str, last: str) -> bool:
        n = bisect_left(paused, (first,))
        return n < len(paused) and begins[n] <= last

    return anew


def _order(record: Infrastructure) -> tuple[str, str, str]:
    return *date_days(record["happened"] or record["as_of"]), record["id"]


COMPARISON = Comparison(
    subject="project",
    shared=(),
    compare=compare_projects,
    comparable=lambda records, _: len(records),
    order=_order,
    # What is built is not excluded by another claim, so that may be right as well.
    agree=lambda one, other: True,
)
