"""The command that puts claims in order of time."""

from collections.abc import Sequence
from itertools import chain
from sqlite3 import Connection
from typing import Any

from expofacts.cli import options
from expofacts.cli.completion import subjects
from expofacts.cli.output import (
    check_format,
    look_through,
    look_up,
    print_data,
    print_fields,
    print_records,
    print_time_axis,
    split_fields,
)
from expofacts.cli.streams import note
from expofacts.facts.files import chosen
from expofacts.index import query
from expofacts.index.resolve import SUBJECTS


def _run(
    subject: str | None, format: str, fields: str | None, facts: list[str] | None, **given: Any
) -> int:
    from expofacts.compare import timelines
    from expofacts.json_lines import to_json

    check_format(format)
    paths, filters = chosen(facts or ()), options.filters_of(given)
    key = look_up(paths, lambda index: timelines.key_of(index, subject))
    known, picked = timelines.timeline_of(key).fields, split_fields(fields)
    if fields == "help":
        return print_fields(known)
    query.check_names(picked or (), known)
    rest = look_through(paths, lambda index: timelines.lines(index, subject, filters))
    first = next(rest, None)
    lines = chain([first] if first else (), rest)
    if format != "table":
        print_data(format, map(to_json, lines), list(known), picked)
    elif first and subject is None and not picked:
        print_time_axis(lines)
    elif first:
        _print_table(paths, key, list(lines), picked)
    if not first:
        note("no claims found")
    return 0 if first else 1


def _print_table(
    paths: Sequence[str],
    key: str,
    lines: Sequence[dict[str, Any]],
    picked: Sequence[str] | None,
) -> None:
    from expofacts.compare import timelines
    from expofacts.view.tables import timeline_table

    # Several projects may share a name.
    several = len({line["subject"] for line in lines}) > 1
    if several and key == timelines.WITHOUT_SUBJECT and not picked:
        print_time_axis(lines)
    else:
        table = timeline_table(timelines.subjects()[key])
        names = look_up(paths, query.region_names)
        print_records(table, lines, names, total=len(lines), fields=picked)


def _known_fields(index: Connection, _: str) -> list[str]:
    from expofacts.compare.timelines import timeline_of

    return [field for key in SUBJECTS for field in timeline_of(key).fields]


timeline = options.command(
    _run,
    """The claims on one thing in order of time, and what became of promises.

    expofacts timeline heihe-blagoveshchensk-highway-bridge
    expofacts timeline china-russia-trade
    expofacts timeline
    expofacts timeline --region heilongjiang --format csv

    A promise was kept, or is late by so many days, broken, overdue or open, as of the newest
    source or --as-of. Without a subject, all projects stand on one time axis.
    """,
    [
        options.argument(
            "subject",
            f"{', '.join(SUBJECTS[:-1]).capitalize()} or {SUBJECTS[-1]}, by slug or name.",
            metavar="SUBJECT",
            required=False,
            values=subjects,
        ),
        *options.filters(*options.COMMON),
        options.data_format(),
        options.fields(_known_fields),
        options.facts(),
    ],
)
