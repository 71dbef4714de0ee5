"""What became of promises, by cases and by laws."""

from collections.abc import Sequence
from itertools import permutations
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from expofacts.compare.promises import Outcome, evidence_of, judged_by
from tests.histories import HISTORIES, REPORTS


def judge(made: dict[str, Any], claims: Sequence[dict[str, Any]], today: str) -> Outcome:
    return judged_by([evidence_of(one) for one in claims], today)(made)


EMPTY = dict.fromkeys(("happened", "expected", "expected_status"))


def claim(id_: str, status: str, day: str, happened: str | None = None) -> dict[str, Any]:
    return {**EMPTY, "id": id_, "status": status, "as_of": day, "happened": happened}


def promise(expected: str | None, status: str | None, of: str = "planned") -> dict[str, Any]:
    made = claim("promise", of, "2018-01-01")
    return made | {"expected": expected, "expected_status": status}


TO_COMPLETE = promise("2019", "completed")
TO_OPEN = promise("2019-10", "open")
DONE = claim("done", "completed", "2019-11-30", "2019-11-29")
OPENED = claim("opened", "open", "2022-06-10", "2022-06-10")
BUILDING = claim("building", "under construction", "2020-02-01")


@pytest.mark.parametrize(
    ("made", "claims", "outcome"),
    [
        # The highway bridge: completed within the year, opened years later than promised.
        (
            TO_COMPLETE,
            [DONE, OPENED],
            Outcome("kept", "2019-11-29", "2019-11-29", shown_by=("done",)),
        ),
        (
            TO_OPEN,
            [DONE, OPENED],
            Outcome("late", "2022-06-10", "2022-06-10", 953, 953, ("opened",)),
        ),
        # Completion is not judged by the day of opening: that shows only that it had happened.
        (
            TO_COMPLETE,
            [OPENED],
            Outcome("kept or late", "2018-01-01", "2022-06-10", 0, 892, ("opened",)),
        ),
        (
            promise("2022", "completed"),
            [OPENED],
            Outcome("kept", "2018-01-01", "2022-06-10", shown_by=("opened",)),
        ),
        # What was still under construction after the date was completed later than promised.
        (
            TO_COMPLETE,
            [BUILDING, OPENED],
            Outcome("late", "2020-02-01", "2022-06-10", 32, 892, ("opened",)),
        ),
        # To the day: the last day that was promised is in time, the next is late.
        (
            promise("2019-11-29", "completed"),
            [DONE],
            Outcome("kept", "2019-11-29", "2019-11-29", shown_by=("done",)),
        ),
        (
            promise("2019-11-28", "completed"),
            [DONE],
            Outcome("late", "2019-11-29", "2019-11-29", 1, 1, ("done",)),
        ),
        # Dates that are parts are intervals.
        (
            promise("2019-10", "completed"),
            [claim("done", "completed", "2020", "2019-11")],
            Outcome("late", "2019-11-01", "2019-11-30", 1, 30, ("done",)),
        ),
        (
            promise("2019-11-15", "completed"),
            [claim("done", "completed", "2020", "2019-11")],
            Outcome("kept or late", "2019-11-01", "2019-11-30", 0, 15, ("done",)),
        ),
        (
            promise("2019-11-01", "completed"),
            [claim("done", "completed", "2020", "2019-11")],
            Outcome("kept or late", "2019-11-01", "2019-11-30", 0, 29, ("done",)),
        ),
        # The narrowest of several claims counts.
        (
            promise("2018", "completed"),
            [DONE, claim("year", "completed", "2020", "2019")],
            Outcome("late", "2019-11-29", "2019-11-29", 333, 333, ("done",)),
        ),
        (
            promise("2019-10", "completed"),
            [
                claim("month", "completed", "2020", "2019-11"),
                claim("seen", "completed", "2019-11-20"),
            ],
            Outcome("late", "2019-11-01", "2019-11-20", 1, 20, ("seen",)),
        ),
        # Not reached, as far as is known.
        (
            TO_COMPLETE,
            [BUILDING],
            Outcome("broken", "2020-02-01", None, 32, None, ("building",)),
        ),
        (
            TO_COMPLETE,
            [BUILDING, claim("later", "under construction", "2020-03-01")],
            Outcome("broken", "2020-03-01", None, 61, None, ("later",)),
        ),
        (TO_COMPLETE, [claim("on-the-last-day", "planned", "2019-12-31")], Outcome("overdue")),
        (TO_COMPLETE, [claim("within-it", "planned", "2019")], Outcome("overdue")),
        (TO_COMPLETE, [claim("unclear", "suspended", "2020-02-01")], Outcome("overdue")),
        (TO_COMPLETE, [], Outcome("overdue")),
        (promise("2020-07-01", "completed"), [], Outcome("open")),
        (promise("2020-06-30", "completed"), [], Outcome("open")),
        (promise("2020-06-29", "completed"), [], Outcome("overdue")),
        (
            promise("2030", "open"),
            [claim("off", "cancelled", "2019-05-05")],
            Outcome("broken", shown_by=("off",)),
        ),
        (
            TO_COMPLETE,
            [DONE, claim("off", "cancelled", "2020-05-05")],
            Outcome("kept", "2019-11-29", "2019-11-29", shown_by=("done",)),
        ),
        # A state that lasts was there on the day of the claim; a completion only on its own day.
        (
            TO_COMPLETE,
            [claim("since", "under construction", "2020-02-01", "2016-12")],
            Outcome("broken", "2020-02-01", None, 32, None, ("since",)),
        ),
        (
            promise("2019-12", "open"),
            [claim("told-later", "completed", "2023-01-01", "2019-11-29")],
            Outcome("overdue"),
        ),
        # Promises without a day, and of nothing in particular.
        (promise(None, "open"), [], Outcome("open")),
        (
            promise(None, "open"),
            [OPENED],
            Outcome("kept", "2022-06-10", "2022-06-10", shown_by=("opened",)),
        ),
        (promise("2019", None), [DONE], Outcome()),
        # What was open before it was suspended does not open it again.
        (
            promise("2018-12", "open", of="suspended"),
            [claim("before", "open", "2017")],
            Outcome("overdue"),
        ),
        (
            promise("2018-12", "open", of="suspended"),
            [claim("before", "open", "2017"), claim("again", "open", "2018-06-01", "2018-06-01")],
            Outcome("kept", "2018-06-01", "2018-06-01", shown_by=("again",)),
        ),
        (
            promise("2018-12", "open", of="suspended"),
            [claim("same-day", "open", "2018-01-01", "2018-01-01")],
            Outcome("kept", "2018-01-01", "2018-01-01", shown_by=("same-day",)),
        ),
        # Sources differ, on which side of the promised day.
        (
            TO_OPEN,
            [DONE, OPENED, claim("wrong", "open", "2021", "2019-10-05")],
            Outcome("disputed", "2019-10-05", "2022-06-10", 0, 953, ("wrong", "opened")),
        ),
        (
            TO_COMPLETE,
            [DONE, claim("denial", "under construction", "2020-01-01")],
            Outcome("disputed", "2019-11-29", None, 0, None, ("done", "denial")),
        ),
        (
            promise("2019-10", "completed"),
            [DONE, claim("denial", "under construction", "2020-01-01")],
            Outcome("late", "2019-11-29", None, 29, None, ("done", "denial")),
        ),
        # Or on the same side: then only by how much it is late.
        (
            promise("2018", "completed"),
            [DONE, claim("other", "completed", "2020-05-12", "2020-05-12")],
            Outcome("late", "2019-11-29", "2020-05-12", 333, 498, ("done", "other")),
        ),
        (
            promise("2020", "completed"),
            [DONE, claim("other", "completed", "2020-05-12", "2020-05-12")],
            Outcome("kept", "2019-11-29", "2020-05-12", shown_by=("done", "other")),
        ),
    ],
)  # fmt: skip
def test_what_became_of_it(
    made: dict[str, Any], claims: Sequence[dict[str, Any]], outcome: Outcome
) -> None:
    for order in permutations([made, *claims]):
        assert judge(made, order, "2020-06-30") == outcome


def whole(reports: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{**EMPTY, **report} for report in reports if report["project"] == "bridge"]


PROMISES = REPORTS.map(lambda report: {**EMPTY, **report, "id": "promise"})


@given(PROMISES, HISTORIES, st.randoms(use_true_random=False))
@settings(deadline=None, max_examples=60)
def test_the_order_of_claims_is_without_effect(made: Any, reports: Any, random: Any) -> None:
    claims = [made, *whole(reports)]
    outcome = judge(made, claims, "2020-06-30")
    random.shuffle(claims)
    assert judge(made, claims, "2020-06-30") == outcome


@given(PROMISES, HISTORIES, HISTORIES)
@settings(deadline=None, max_examples=120)
def test_later_evidence_never_breaks_what_was_kept(made: Any, known: Any, more: Any) -> None:
    more = [{**report, "id": f"more-{report['id']}"} for report in more]
    before = judge(made, [made, *whole(known)], "2020-06-30").outcome
    after = judge(made, [made, *whole(known), *whole(more)], "2021-12-31").outcome
    if before == "kept":
        assert after in ("kept", "disputed")
    if before in ("late", "kept or late", "disputed"):
        assert after not in ("broken", "overdue", "open")


@given(PROMISES, HISTORIES)
@settings(deadline=None, max_examples=120)
def test_the_days_of_an_outcome_fit_it(made: Any, reports: Any) -> None:
    outcome = judge(made, [made, *whole(reports)], "2020-06-30")
    if outcome.first and outcome.last:
        assert outcome.first <= outcome.last
    if outcome.least is not None and outcome.most is not None:
        assert 0 <= outcome.least <= outcome.most
    assert (outcome.outcome in ("late", "kept or late", "disputed")) <= (outcome.least is not None)
    assert (outcome.least == 0) == (outcome.outcome in ("kept or late", "disputed"))
    assert bool(outcome.shown_by) == (
        outcome.outcome in ("kept", "late", "kept or late", "disputed")
        or (outcome.outcome == "broken")
    )
