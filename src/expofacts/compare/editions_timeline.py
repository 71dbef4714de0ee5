"""The events of a series in order of time, and what became of announcements.

The rules, with examples from the facts that come with expofacts, are in docs/evidence.md.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from sqlite3 import Connection
from typing import NamedTuple

from expofacts.compare.contradictions import region_parts
from expofacts.compare.timeline_lines import (
    CLAIM,
    Contradicted,
    Line,
    Timeline,
    contradicted,
    line,
)
from expofacts.facts.dates import date_days, period_days
from expofacts.facts.kinds import Event
from expofacts.index import query
from expofacts.index.filters import Filters, today
from expofacts.index.query import Order
from expofacts.json_lines import all_from_json

KIND = "event"

FIELDS = {
    "date": "Edition: when it took place. Announcement: when it was made",
    "subject": "The series",
    "name": "Name of the event, as this source has it",
    "what": "edition, which was held, or announcement",
    "edition": "Which one of the series it is",
    "places": "Where it took place, or was announced to",
    "held": "Edition: when it took place",
    "expected": "Announcement: when it was to take place",
    "outcome": "Announcement: kept, kept or moved, late, early, moved, disputed, overdue, open",
    "late_days_min": "Announcement: late by at least so many days",
    "late_days_max": "Announcement: late by at most so many days",
    "shown_by": "Announcement: ids of the facts that show what became of it",
    **CLAIM,
}


# A line, after the day, the edition and the id by which it is placed.
_Placed = tuple[tuple[str, int, str], Line]


class Outcome(NamedTuple):
    """What became of an announcement, as far as the reports on its edition say.

    `outcome` is "kept" where it took place on a day that was announced, and "kept or moved" where
    only its month or year is known, and has such days; "late" or "early" where it took place at
    another time, late by at least and at most so many days after the last one announced; "disputed"
    where reports differ in that; "moved" where it was announced anew for another time; "overdue" or
    "open" where nothing more is known; and None where it is not said which edition it is. This
    rests on the reports with the ids `shown_by`.
    """

    outcome: str | None = None
    least: int | None = None
    most: int | None = None
    shown_by: tuple[str, ...] = ()


class _Held(NamedTuple):
    """When an edition took place by one report: from the first to the last of its days.

    It is `exact` where these are its days, and not the month or the year in which it was.
    """

    first: str
    last: str
    exact: bool
    id: str


def judge(announced: Event, reports: Sequence[Event], today: str) -> Outcome:
    """Return what became of an announcement, by the reports on its series known `today`.

    A report that does not say of which edition it is counts where a day of it was announced. The
    order of the reports is without effect.
    """
    if not announced["edition"] or not announced["expected"]:
        return Outcome()
    days = period_days(announced["expected"])
    of_edition = [one for one in reports if one["edition"] == announced["edition"]]
    held = [_held_by(one, one["held"]) for one in of_edition if one["held"]]
    held += [
        _held_by(one, one["held"])
        for one in reports
        if one["held"] and not one["edition"] and _meet(period_days(one["held"]), days)
    ]
    if not held:
        return _not_held(announced, of_edition, today)
    outcomes = [_outcome(report, days) for report in _narrowest(held)]
    names = {one.outcome for one in outcomes}
    shown_by = tuple(sorted(id_ for one in outcomes for id_ in one.shown_by))
    if len(names) > 1:
        return Outcome("disputed", shown_by=shown_by)
    least = min((one.least for one in outcomes if one.least is not None), default=None)
    most = max((one.most for one in outcomes if one.most is not None), default=None)
    return Outcome(names.pop(), least, most, shown_by)


def _held_by(report: Event, when: str) -> _Held:
    exact = all(len(part) == len("2019-06-18") for part in when.split("/"))
    return _Held(*period_days(when), exact, report["id"])


def _narrowest(held: Sequence[_Held]) -> list[_Held]:
    """Return the reports without those that only leave more open than another does."""
    return [
        one
        for one in held
        if one.exact
        or not any(
            (other.exact and _meet(one[:2], other[:2]))
            or (other[:2] != one[:2] and one.first <= other.first and other.last <= one.last)
            for other in held
            if other is not one
        )
    ]


def _outcome(held: _Held, days: tuple[str, str]) -> Outcome:
    """Return what became of an announcement for these days by one report."""
    shown_by = (held.id,)
    if held.first > days[1]:
        most = held.first if held.exact else held.last
        return Outcome("late", _days(days[1], held.first), _days(days[1], most), shown_by)
    if held.last < days[0]:
        return Outcome("early", shown_by=shown_by)
    known = held.exact or (days[0] <= held.first and held.last <= days[1])
    return Outcome("kept" if known else "kept or moved", shown_by=shown_by)


def _meet(one: Sequence[str], other: Sequence[str]) -> bool:
    return one[0] <= other[1] and other[0] <= one[1]


def _not_held(announced: Event, reports: Sequence[Event], today: str) -> Outcome:
    """Return the outcome of an announcement of which no report says that it took place."""
    days, said = period_days(announced["expected"] or ""), date_days(announced["as_of"])[0]
    for one in sorted(reports, key=lambda one: (date_days(one["as_of"]), one["id"])):
        later = date_days(one["as_of"])[0] > said
        if later and one["expected"] and not _meet(period_days(one["expected"]), days):
            return Outcome("moved", shown_by=(one["id"],))
    return Outcome("overdue" if today > days[1] else "open")


def _days(last: str, day: str) -> int:
    return (date.fromisoformat(day) - date.fromisoformat(last)).days


def _lines(index: Connection, filters: Filters) -> Iterator[Line]:
    reports: list[Event] = [*all_from_json(query.select(index, KIND, filters, Order()))]
    ids, within = {report["id"] for report in reports}, region_parts(index)
    of_series = [
        contradicted(index, KIND, series, ids, within)
        for series in dict.fromkeys(report["series"] for report in reports)
        if series
    ]

    def against(id_: str) -> Sequence[str] | None:
        return next((found for one in of_series if (found := one(id_))), None)

    return iter(in_order_of_time(reports, against, today(index, filters)))


def in_order_of_time(reports: Sequence[Event], against: Contradicted, today: str) -> list[Line]:
    """Return the lines of events of one series, each where it took place or was announced."""
    lines = [*_held(reports, against), *_announced(reports, today)]
    return [line for _, line in sorted(lines, key=lambda pair: pair[0])]


def _held(reports: Iterable[Event], against: Contradicted) -> Iterator[_Placed]:
    for report in reports:
        if report["held"]:
            yield (
                (period_days(report["held"])[1], report["edition"] or 0, report["id"]),
                _line(
                    report, date=report["held"], what="edition", held=report["held"],
                    contradicts=against(report["id"]),
                ),
            )  # fmt: skip


def _announced(reports: Sequence[Event], today: str) -> Iterator[_Placed]:
    of_edition: dict[int | None, list[Event]] = {}
    for report in reports:
        of_edition.setdefault(report["edition"], []).append(report)
    for report in reports:
        if report["expected"]:
            known = of_edition[report["edition"]] + of_edition.get(None, [])
            outcome, least, most, shown_by = judge(report, known, today)
            # It was made before what it announces, though perhaps only its year is known.
            made = min(date_days(report["as_of"])[1], period_days(report["expected"])[0])
            yield (
                (made, report["edition"] or 0, report["id"]),
                _line(
                    report, date=report["as_of"], what="announcement",
                    expected=report["expected"], outcome=outcome,
                    late_days_min=least, late_days_max=most, shown_by=list(shown_by) or None,
                ),
            )  # fmt: skip


def _line(report: Event, **own: object) -> Line:
    of_event = {"edition": report["edition"], "places": report["places"]}
    return line(FIELDS, "series", report, **of_event, **own)


TIMELINE = Timeline(
    FIELDS,
    _lines,
    "(json_extract(data, '$.held') IS NOT NULL) + (json_extract(data, '$.expected') IS NOT NULL)",
)
