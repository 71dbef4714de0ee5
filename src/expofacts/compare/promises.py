"""What became of a promise: kept, late by how long, broken, or open.

The rules, with examples from the facts that come with expofacts, are in docs/evidence.md.
"""

from collections.abc import Callable, Sequence
from datetime import date
from functools import cache, partial
from typing import NamedTuple

from expofacts.facts.dates import date_days
from expofacts.facts.kinds import Infrastructure
from expofacts.facts.states import STATES, STEPS

# Before all days that a fact file can name.
_EVER = "0000-00-00"


class Outcome(NamedTuple):
    """What became of a promise, as far as the claims say.

    `outcome` is "kept", "late", "kept or late", "disputed", "broken", "overdue", "open", or None
    where it is not said what was promised. The promised state was reached from `first` on at the
    earliest and by `last` at the latest, as far as is known; so late by at least and at most so
    many days. This rests on the claims with the ids `shown_by`.
    """

    outcome: str | None = None
    first: str | None = None
    last: str | None = None
    least: int | None = None
    most: int | None = None
    shown_by: tuple[str, ...] = ()


class Evidence(NamedTuple):
    """A claim of a state, as promises are judged by it.

    On one of the days from `first` to `last` the project came into it, or was in it where the
    claim does not say when it came; `still` is the last day on which it is certain to have been.
    """

    first: str
    last: str
    still: str
    id: str
    status: str
    came: bool


def dated(claim: Infrastructure) -> tuple[str, str]:
    """Return the first and the last day of the date by which a reported state goes.

    That is when the project came into it, else when it is said to be in it.
    """
    return date_days(claim["happened"] or claim["as_of"])


def evidence_of(claim: Infrastructure) -> Evidence:
    """Return a report of a state as evidence."""
    first, last = dated(claim)
    # A completion happens on a day; a state that lasts held on the day of the claim too.
    lasts = STATES[claim["status"]].lasts or not claim["happened"]
    still = max(first, date_days(claim["as_of"])[0]) if lasts else first
    return Evidence(first, last, still, claim["id"], claim["status"], claim["happened"] is not None)


def judged_by(evidence: Sequence[Evidence], today: str) -> Callable[[Infrastructure], Outcome]:
    """Return what tells what became of a report's promise, by the claims on its project.

    These are the claims known `today`; their order is without effect. What they say of a state is
    found once, however many promised it.
    """
    known_of = cache(partial(_known, evidence))

    def judge(promise: Infrastructure) -> Outcome:
        if (wanted := promise["expected_status"]) is None:
            return Outcome()
        due = date_days(promise["expected"])[1] if promise["expected"] else None
        # What was so before it lapsed does not fulfil a promise to make it so again.
        since = dated(promise)[0] if promise["status"] not in STEPS else _EVER
        known = known_of(wanted, since)
        if not known.shown_by:
            return _not_reached(due, known, today)
        outcome = _reached(due, known.first, known.last, known.shown_by)
        if known.disputed and outcome.outcome == "kept or late":
            return outcome._replace(outcome="disputed")
        return outcome

    return judge


class _Known(NamedTuple):
    """What the claims since some day say of a state.

    It was reached from `first` on and by `last`, by the facts with the ids `shown_by`; it is
    `disputed` where by one it was so already when by another it was not. Where none says that it
    was reached, `cancelled` is the first by which it never will be, and `not_yet` the last by which
    it had not been.
    """

    first: str | None = None
    last: str | None = None
    shown_by: tuple[str, ...] = ()
    disputed: bool = False
    cancelled: Evidence | None = None
    not_yet: Evidence | None = None


def _known(evidence: Sequence[Evidence], wanted: str, since: str) -> _Known:
    known = [claim for claim in evidence if claim.last >= since]
    before = [one for one in known if _is_before(one.status, wanted)]
    after = [one for one in known if one.status == wanted or _is_before(wanted, one.status)]
    if not after:
        cancelled = [one for one in known if one.status == "cancelled"]
        return _Known(
            cancelled=min(cancelled, key=lambda one: (one.first, one.id), default=None),
            not_yet=max(before, key=lambda one: (one.still, one.id), default=None),
        )
    after.sort(key=lambda one: (one.last, one.id))
    # What came to be so within a time was not so before it, and what had not come as far yet
    # was not so either.
    not_before = [(one.still, one.id) for one in before]
    not_before += [(one.first, one.id) for one in after if one.came and one.status == wanted]
    earliest = after[0]
    first = max((day for day, _ in not_before if day <= earliest.last), default=None)
    contradicted = max((one for one in not_before if one[0] > earliest.last), default=None)
    if contradicted is None:
        return _Known(first, earliest.last, (earliest.id,))
    # By one source it was so already when by another it was not.
    day, id_ = contradicted
    latest = next((one.last for one in after if one.last >= day), None)
    return _Known(first, latest, (earliest.id, id_), disputed=True)


def _reached(due: str | None, first: str | None, last: str | None, ids: tuple[str, ...]) -> Outcome:
    """Return the outcome of a promise that was fulfilled from `first` on and by `last`.

    Where one source says that it was and another that it was not yet, `last` may be None.
    """
    if due is None or (last and last <= due):
        return Outcome("kept", first, last, shown_by=ids)
    most = _days(due, last) if last else None
    if first and first > due:
        return Outcome("late", first, last, _days(due, first), most, ids)
    return Outcome("kept or late", first, last, 0, most, ids)


def _not_reached(due: str | None, known: _Known, today: str) -> Outcome:
    """Return the outcome of a promise of which no claim says that it was fulfilled."""
    if known.cancelled:
        return Outcome("broken", shown_by=(known.cancelled.id,))
    if due is None:
        return Outcome("open")
    latest = known.not_yet
    if latest and latest.still > due:
        return Outcome("broken", latest.still, None, _days(due, latest.still), None, (latest.id,))
    return Outcome("overdue" if today > due else "open")


def _is_before(status: str, wanted: str) -> bool:
    return status in STEPS and wanted in STEPS and STEPS.index(status) < STEPS.index(wanted)


def _days(due: str, day: str) -> int:
    """Return how many days after the last day that was promised this day is."""
    return (date.fromisoformat(day) - date.fromisoformat(due)).days
