"""The reports on a project in order of time, and what became of promises.

The rules, with examples from the facts that come with expofacts, are in docs/evidence.md.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from sqlite3 import Connection
from typing import Any

from expofacts.compare.contradictions import region_parts
from expofacts.compare.promises import Outcome, dated, evidence_of, judged_by
from expofacts.compare.timeline_lines import (
    CLAIM,
    SUBJECT,
    Contradicted,
    Line,
    Timeline,
    contradicted,
    line,
)
from expofacts.facts.dates import date_days
from expofacts.facts.kinds import Infrastructure
from expofacts.index.filters import Filters, today
from expofacts.index.project_reports import history
from expofacts.json_lines import all_from_json

FIELDS = {
    "date": "State: when it came to be, else as_of. Promise: when it was made",
    **SUBJECT,
    "what": "state or promise",
    "status": "The state, or the state that is promised",
    "happened": "State: when the project came into it, where the source says so",
    "expected": "Promise: when",
    "outcome": "Promise: kept, late, kept or late, disputed, broken, overdue, open",
    "reached_first": "Promise: first day on which it may have been fulfilled, where known",
    "reached_last": "Promise: day by which it was fulfilled",
    "late_days_min": "Promise: late by at least so many days",
    "late_days_max": "Promise: late by at most so many days",
    "shown_by": "Promise: ids of the facts that show what became of it",
    **CLAIM,
}

# What lines need of a report, for of a project there may be thousands.
_NEEDED = (
    *("kind", "id", "project", "name", "status", "happened", "expected", "expected_status"),
    *("as_of", "source", "publisher", "published"),
)


def _lines(index: Connection, filters: Filters) -> Iterator[Line]:
    # At once, for what is wrong shows itself there.
    reports, day = history(index, filters), today(index, filters)
    needed: Iterator[Any] = (
        {key: report[key] for key in _NEEDED} for report in all_from_json(reports)
    )
    return _of_projects(index, needed, day)


def _of_projects(
    index: Connection, reports: Iterable[Infrastructure], today: str
) -> Iterator[Line]:
    """Yield the lines of projects from their reports, which are in order of history."""
    within = region_parts(index)
    for project, of_one in groupby(reports, key=lambda report: report["project"]):
        claims = list(of_one)
        ids = {claim["id"] for claim in claims}
        yield from _of_project(
            claims, contradicted(index, claims[0]["kind"], project, ids, within), today
        )


def _of_project(
    claims: Sequence[Infrastructure], against: Contradicted, today: str
) -> Iterator[Line]:
    """Yield the lines of a project from its claims in order of history."""
    judge = judged_by([evidence_of(claim) for claim in claims], today)
    states = [(dated(claim)[1], False, claim) for claim in claims]
    promises = [
        (date_days(claim["as_of"])[1], True, claim)
        for claim in claims
        if claim["expected"] or claim["expected_status"]
    ]
    for _, is_promise, claim in sorted([*states, *promises], key=lambda placed: placed[0]):
        yield _promise(claim, judge(claim)) if is_promise else _state(claim, against)


def _state(claim: Infrastructure, against: Contradicted) -> Line:
    return line(
        FIELDS,
        "project",
        claim,
        date=claim["happened"] or claim["as_of"],
        what="state",
        status=claim["status"],
        happened=claim["happened"],
        contradicts=against(claim["id"]),
    )


def _promise(claim: Infrastructure, outcome: Outcome) -> Line:
    return line(
        FIELDS,
        "project",
        claim,
        date=claim["as_of"],
        what="promise",
        status=claim["expected_status"],
        expected=claim["expected"],
        outcome=outcome.outcome,
        reached_first=outcome.first,
        reached_last=outcome.last,
        late_days_min=outcome.least,
        late_days_max=outcome.most,
        shown_by=list(outcome.shown_by) or None,
    )


TIMELINE = Timeline(
    FIELDS,
    _lines,
    "1 + (coalesce(json_extract(data, '$.expected'), json_extract(data, '$.expected_status'))"
    " IS NOT NULL)",
)
