"""What was claimed of an indicator, a project or a series of events, in order of time.

The rules, with examples from the facts that come with expofacts, are in docs/evidence.md.
"""

from collections.abc import Iterable, Iterator
from functools import cache
from importlib import import_module
from sqlite3 import Connection

from expofacts.compare.claims import COMPARED
from expofacts.compare.comparison import comparison_of
from expofacts.compare.contradictions import region_parts
from expofacts.compare.disputes import Dispute, disputes
from expofacts.compare.findings import CONTRADICTION
from expofacts.compare.timeline_lines import Line, Timeline, compared
from expofacts.facts.kinds import KINDS
from expofacts.index.filters import Filters, conditions
from expofacts.index.resolve import resolve_subject

# What a time line is of where no subject is given: all projects, one after the other.
WITHOUT_SUBJECT = "project"


def subjects() -> dict[str, str]:
    """Return the kinds of fact that have time lines, by the keys that say of what."""
    return {comparison_of(kind).subject: kind for kind in COMPARED}


@cache
def timeline_of(subject: str) -> Timeline:
    """Return the time lines of what is in a key of `subjects`."""
    kind = KINDS[subjects()[subject]]
    module = import_module(f"expofacts.compare.{kind.compared_in}_timeline")
    timeline: Timeline = module.TIMELINE
    return timeline


def key_of(index: Connection, subject: str | None) -> str:
    """Return the key that has the subject of a time line: `project`, or `indicator`.

    Raises UsageError, with the nearest there is, for a subject that the collection does not have.
    """
    return WITHOUT_SUBJECT if subject is None else resolve_subject(index, subject)[0]


def lines(index: Connection, subject: str | None, filters: Filters) -> Iterator[Line]:
    """Return the lines of the time line of an indicator, a project or a series of events.

    Without a subject, the lines of all projects, one project after the other. Promises are judged
    by the claims that match the filters, as of `as_of`, else of the day of the newest source.
    Raises UsageError as `key_of` does.
    """
    key, asked = _asked(index, subject, filters)
    return timeline_of(key).lines(index, asked)


def tally(index: Connection, subject: str | None, filters: Filters) -> tuple[int, int]:
    """Return how many lines `lines` gives, and of how many subjects.

    Raises UsageError as `lines` does.
    """
    key, asked = _asked(index, subject, filters)
    where, values = conditions(index, subjects()[key], asked)
    number = timeline_of(key).number
    lines, subjects_ = index.execute(
        f"SELECT coalesce(sum({number}), 0), count(DISTINCT {key}) FROM record WHERE {where}",
        values,
    ).fetchone()
    return lines, subjects_


def _asked(index: Connection, subject: str | None, filters: Filters) -> tuple[str, Filters]:
    """Return of what the time line is, and the filters with the subject among them."""
    if subject is None:
        return WITHOUT_SUBJECT, filters
    key, values = resolve_subject(index, subject)
    return key, filters.by(key, values)


def disputes_in(index: Connection, key: str, lines: Iterable[Line]) -> Iterator[Dispute]:
    """Yield the disputes between the claims of some lines, which are about subjects of a key."""
    within, facts = region_parts(index), {line["fact"]: line["subject"] for line in lines}
    for subject in dict.fromkeys(facts.values()):
        for thing, stands in compared(index, subjects()[key], subject, facts, within):
            yield from disputes(CONTRADICTION, thing, stands)
