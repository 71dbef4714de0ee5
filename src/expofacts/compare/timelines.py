"""What was claimed of a project or an indicator, in order of time.

The rules, with examples from the facts that come with expofacts, are in docs/evidence.md.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from sqlite3 import Connection
from typing import Any

from expofacts.compare.contradictions import compare, region_parts
from expofacts.compare.figures import Finding
from expofacts.compare.projects import Within
from expofacts.compare.promises import Evidence, dated, evidence_of, judge
from expofacts.errors import UsageError
from expofacts.facts.dates import date_days, period_days
from expofacts.index import query
from expofacts.index.filters import Filters, resolve_subject
from expofacts.index.query import Order
from expofacts.json_lines import all_from_json

Record = dict[str, Any]
Contradicted = Mapping[str, Sequence[str]]

_CLAIM = {
    "as_of": "Day, month or year for which the claim holds",
    "fact": "Id of the fact",
    "source": "Source that makes the claim",
    "publisher": "Who published it (of the source)",
    "published": "Day, month or year of publication (of the source)",
    "contradicts": "Ids of the facts that the state or figure contradicts",
}
_SUBJECT = {"subject": "The project or indicator", "name": "Its name, as this source has it"}

# The fields of a line of a timeline, by what it is the timeline of.
FIELDS = {
    "project": {
        "date": "State: when it came to be, else as_of. Promise: when it was made",
        **_SUBJECT,
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
        **_CLAIM,
    },
    "indicator": {
        "date": "Period of the figure",
        **_SUBJECT,
        "what": "figure",
        "value": "The figure, exact",
        "unit": "Its unit",
        "qualifier": "about, more than, at least, less than, at most",
        "rounded_to": "What the last digit that is not rounded is worth",
        "scope": "What is counted",
        "counted_by": "Whose count it is",
        **_CLAIM,
    },
}


# What a chart needs of a figure: it has to hold all that it draws to one scale.
_OF_FIGURE = (
    *("id", "indicator", "name", "value", "unit", "qualifier", "period", "scope", "counted_by"),
    *("as_of", "source", "publisher", "published"),
)


def kind_of(index: Connection, subject: str | None) -> str:
    """Return what the subject of a timeline is: `project`, or `indicator`.

    Raises UsageError, with the nearest there is, for a subject that the collection does not have.
    """
    return "project" if subject is None else resolve_subject(index, subject)[0]


def timeline(index: Connection, subject: str | None, filters: Filters) -> Iterator[Record]:
    """Return the lines of the timeline of a project or an indicator.

    Without a subject, the lines of all projects, one project after the other. Promises are judged
    by the claims that match the filters, as of `as_of`, else of the day of the newest source.
    Raises UsageError as `kind_of` does.
    """
    kind, values = ("project", []) if subject is None else resolve_subject(index, subject)
    if kind == "indicator":
        found = query.select(index, "statistic", filters._replace(indicator=values), Order())
        figures = by_period(all_from_json(found))
        against = _contradicted(compare(figures, {}))
        return (_figure(figure, against) for figure in figures)
    today = date_days(filters.as_of)[1] if filters.as_of else query.newest(index)
    reports = all_from_json(query.history(index, filters._replace(project=values)))
    return _of_projects(reports, region_parts(index), today)


def _of_projects(reports: Iterable[Record], within: Within, today: str) -> Iterator[Record]:
    """Yield the lines of projects from their reports, which are in order of history."""
    for _, of_one in groupby(reports, key=lambda report: report["project"]):
        claims = list(of_one)
        yield from _of_project(claims, _contradicted(compare(claims, within)), today)


def _contradicted(findings: Iterable[Finding]) -> dict[str, list[str]]:
    """Return by id of each fact the ids of those that it contradicts."""
    against: dict[str, set[str]] = {}
    for finding in findings:
        left, right = finding.left["id"], finding.right["id"]
        against.setdefault(left, set()).add(right)
        against.setdefault(right, set()).add(left)
    return {id_: sorted(others) for id_, others in against.items()}


def by_period(figures: Iterable[Record]) -> list[Record]:
    """Return the figures by indicator, as these first occur, then by period, then as published.

    What is of no particular time comes last.
    """
    figures = list(figures)
    place = {
        indicator: n for n, indicator in enumerate(dict.fromkeys(f["indicator"] for f in figures))
    }

    def order(figure: Record) -> tuple[int, bool, tuple[str, str], str, str]:
        days = period_days(figure["period"]) if figure["period"] else ("", "")
        published = date_days(figure["published"] or figure["as_of"])[1]
        return place[figure["indicator"]], not figure["period"], days, published, figure["id"]

    return sorted(figures, key=order)


def in_one_unit(index: Connection, filters: Filters, order: Order) -> list[Record]:
    """Return what a chart needs of the figures that match, in order, else by indicator and period.

    Raises UsageError where they are in several units, and cannot be drawn to one scale.
    """
    found = query.select(index, "statistic", filters, order._replace(limit=None))
    figures = [{name: figure[name] for name in _OF_FIGURE} for figure in all_from_json(found)]
    if not order.sort:
        figures = by_period(figures)[:: -1 if order.reverse else 1]
    figures = figures[: order.limit]
    units = list(dict.fromkeys(figure["unit"] for figure in figures))
    if len(units) > 1:
        more = f" and {len(units) - 8} more units" if len(units) > 8 else ""
        raise UsageError(f"figures are in {', '.join(units[:8])}{more}: add --unit or --indicator")
    return figures


def _of_project(claims: Sequence[Record], against: Contradicted, today: str) -> list[Record]:
    """Return the lines of a project from its claims in order of history."""
    evidence = [evidence_of(claim) for claim in claims]
    lines = [(dated(claim)[1], _state(claim, against)) for claim in claims]
    lines += [
        (date_days(claim["as_of"])[1], _promise(claim, evidence, today))
        for claim in claims
        if claim["expected"] or claim["expected_status"]
    ]
    return [line for _, line in sorted(lines, key=lambda line: line[0])]


def _state(claim: Record, against: Contradicted) -> Record:
    return _line(
        "project",
        claim,
        date=claim["happened"] or claim["as_of"],
        what="state",
        status=claim["status"],
        happened=claim["happened"],
        contradicts=against.get(claim["id"]),
    )


def _promise(claim: Record, evidence: Sequence[Evidence], today: str) -> Record:
    outcome = judge(claim, evidence, today)
    return _line(
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


def _figure(claim: Record, against: Contradicted) -> Record:
    own = {name: claim[name] for name in FIELDS["indicator"] if name in claim}
    own |= {"date": claim["period"], "what": "figure", "contradicts": against.get(claim["id"])}
    return _line("indicator", claim, **own)


def _line(kind: str, claim: Record, **own: Any) -> Record:
    """Return a line of a timeline, with all its fields in their order."""
    of_claim = {name: claim.get(name) for name in ("name", *_CLAIM)}
    given = {**of_claim, "subject": claim[kind], "fact": claim["id"], **own}
    return {name: given.get(name) for name in FIELDS[kind]}
