"""The reports on a project in order of time, and what became of promises.

The rules, with examples from the facts that come with expofacts, are in docs/evidence.md.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from sqlite3 import Connection

from expofacts.compare.contradictions import region_parts
from expofacts.compare.findings import Within
from expofacts.compare.projects import compare_projects
from expofacts.compare.promises import Evidence, dated, evidence_of, judge
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


def _lines(index: Connection, filters: Filters) -> Iterator[Line]:
    return _of_projects(
        all_from_json(history(index, filters)), region_parts(index), today(index, filters)
    )


def _of_projects(reports: Iterable[Infrastructure], within: Within, today: str) -> Iterator[Line]:
    """Yield the lines of projects from their reports, which are in order of history."""
    for _, of_one in groupby(reports, key=lambda report: report["project"]):
        claims = list(of_one)
        yield from _of_project(claims, contradicted(compare_projects(claims, within)), today)


def _of_project(claims: Sequence[Infrastructure], against: Contradicted, today: str) -> list[Line]:
    """Return the lines of a project from its claims in order of history."""
    evidence = [evidence_of(claim) for claim in claims]
    lines = [(dated(claim)[1], _state(claim, against)) for claim in claims]
    lines += [
        (date_days(claim["as_of"])[1], _promise(claim, evidence, today))
        for claim in claims
        if claim["expected"] or claim["expected_status"]
    ]
    return [line for _, line in sorted(lines, key=lambda line: line[0])]


def _state(claim: Infrastructure, against: Contradicted) -> Line:
    return line(
        FIELDS,
        "project",
        claim,
        date=claim["happened"] or claim["as_of"],
        what="state",
        status=claim["status"],
        happened=claim["happened"],
        contradicts=against.get(claim["id"]),
    )


def _promise(claim: Infrastructure, evidence: Sequence[Evidence], today: str) -> Line:
    outcome = judge(claim, evidence, today)
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


TIMELINE = Timeline(FIELDS, _lines)
