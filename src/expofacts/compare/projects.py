"""What reports on one project say of each other: its ends, its states, and their dates."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from itertools import accumulate, combinations
from operator import le, lt

from expofacts.compare.claims import Claim
from expofacts.compare.comparison import Comparison
from expofacts.compare.findings import AGREEMENT, CONTRADICTION, Stand, Within
from expofacts.facts.states import STEPS

# What a claim is about: see index/projects_claims.py.
_STATUS, _STILL, _DATED, _ENDS = range(4)

# After all days that a fact file can name.
_NEVER = "9999-99-99"


def compare_projects(
    claims: Sequence[Claim], within: Within, kind: str = CONTRADICTION
) -> Iterator[Stand]:
    """Yield how reports on one project stand to each other.

    They contradict each other by ends that exclude each other, by states that run backwards in
    time, and by two dates of one state. They agree where two dates of one state meet.
    """
    if kind == CONTRADICTION:
        anew = _pauses(claims)
        yield from _different_ends(claims, within)
        yield from _backwards(claims, anew)
        yield from _different_dates(claims, anew)
    elif kind == AGREEMENT:
        yield from _same_dates(claims)


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


def _different_ends(claims: Sequence[Claim], within: Within) -> Iterator[Stand]:
    by_ends: dict[frozenset[str], list[int]] = defaultdict(list)
    for n, claim in enumerate(claims):
        by_ends[frozenset(claim.about[_ENDS])].append(n)
    for ends, others in combinations(by_ends, 2):
        if exclude(ends, others, within):
            facing = sum(1 << n for n in by_ends[others])
            for n in by_ends[ends]:
                if before := facing & ((1 << n) - 1):
                    yield Stand("different ends", claims, n, before, is_left=False)
                if after := facing >> n << n:
                    yield Stand("different ends", claims, n, after)


def _backwards(claims: Sequence[Claim], anew: Callable[[str], str]) -> Iterator[Stand]:
    """Yield a claim of each state with those of a state further on that was reached before it.

    Unless the project may have begun anew since.
    """
    # By when a state is certain to have been reached.
    claims = sorted(claims, key=lambda claim: (claim.high, claim))
    having = [[n for n, one in enumerate(claims) if one.about[_STATUS] == step] for step in STEPS]
    of_step = [sum(1 << n for n in places) for places in having]
    days = {claim.about[_STILL] for claim in claims}
    reached = _having([claim.high for claim in claims], lt, days)
    lapsed = _having([anew(claim.low) for claim in claims], le, days)
    for step, places in enumerate(having):
        for n in places:
            still = claims[n].about[_STILL]
            for further in of_step[step + 1 :]:
                if lefts := further & reached[still] & ~lapsed[still]:
                    yield Stand("states run backwards", claims, n, lefts, is_left=False)


def _different_dates(claims: Sequence[Claim], anew: Callable[[str], str]) -> Iterator[Stand]:
    """Yield each two claims of when the project came into one state, where these do not meet.

    Unless the project may have begun anew between them.
    """
    for dated in _dated(claims):
        lows = [claim.low for claim in dated]
        until = [anew(low) for low in lows]
        before = _having([claim.high for claim in dated], lt, until)
        for n, left in enumerate(dated):
            beyond = bisect_right(lows, left.high, n + 1)
            if rights := before[until[n]] >> beyond << beyond:
                yield Stand("different dates", dated, n, rights)


def _same_dates(claims: Sequence[Claim]) -> Iterator[Stand]:
    for dated in _dated(claims):
        lows = [claim.low for claim in dated]
        for n, left in enumerate(dated):
            beyond = bisect_right(lows, left.high, n + 1)
            if rights := ((1 << beyond) - 1) >> (n + 1) << (n + 1):
                yield Stand("dates agree", dated, n, rights)


def _dated(claims: Iterable[Claim]) -> Iterator[list[Claim]]:
    """Yield for each state the claims of when the project came into it."""
    dated = [claim for claim in claims if claim.about[_DATED]]
    for status in STEPS:
        yield [claim for claim in dated if claim.about[_STATUS] == status]


def _having(
    values: Sequence[str], holds: Callable[[str, str], bool], days: Iterable[str]
) -> dict[str, int]:
    """Return for each day the places of the values for which it holds, as bits.

    What holds is that a value is less than the day, or not more.
    """
    places = sorted(range(len(values)), key=values.__getitem__, reverse=True)
    found, bits = {}, 0
    for day in sorted(set(days)):
        while places and holds(values[places[-1]], day):
            bits |= 1 << places.pop()
        found[day] = bits
    return found


def _pauses(claims: Iterable[Claim]) -> Callable[[str], str]:
    """Return what gives the first day by which a project may have begun anew since a day.

    That is, by which it may have been suspended or cancelled.
    """
    paused = sorted(
        (claim.high, claim.low) for claim in claims if claim.about[_STATUS] not in STEPS
    )
    # Where pauses that end no sooner begin, the earliest of them.
    begins = [*accumulate((low for _, low in reversed(paused)), min)][::-1]

    def anew(since: str) -> str:
        n = bisect_left(paused, (since,))
        return begins[n] if n < len(paused) else _NEVER

    return anew


COMPARISON = Comparison(
    subject="project",
    compare=compare_projects,
    comparable=len,
    # What is built is not excluded by another claim, so that may be right as well.
    agree=lambda one, other: True,
)
