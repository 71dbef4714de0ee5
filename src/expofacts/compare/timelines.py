"""What was claimed of an indicator, a project or a series of events, in order of time.

The rules, with examples from the facts that come with expofacts, are in docs/evidence.md.
"""

from collections.abc import Iterator
from functools import cache
from importlib import import_module
from sqlite3 import Connection

from expofacts.compare.claims import COMPARED
from expofacts.compare.comparison import comparison_of
from expofacts.compare.timeline_lines import Line, Timeline
from expofacts.facts.kinds import KINDS
from expofacts.index.filters import Filters
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
    if subject is None:
        return timeline_of(WITHOUT_SUBJECT).lines(index, filters)
    key, values = resolve_subject(index, subject)
    return timeline_of(key).lines(index, filters.by(key, values))
