"""The command that puts claims in order of time."""

import sys
from collections.abc import Sequence
from itertools import chain, islice
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
    print_pieces,
    print_time_axis,
    split_fields,
    table_pieces,
)
from expofacts.cli.streams import note, standard_output
from expofacts.facts.files import chosen
from expofacts.index import query
from expofacts.index.filters import Filters
from expofacts.index.resolve import SUBJECTS


def _run(
    subject: str | None,
    format: str,
    fields: str | None,
    count: bool,
    limit: int | None,
    facts: list[str] | None,
    **given: Any,
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
    most = None if limit is None else min(limit, sys.maxsize)
    if count:
        return _print_count(paths, subject, filters)
    rest = look_through(paths, lambda index: timelines.lines(index, subject, filters))
    first = next(rest, None)
    lines = chain([first] if first else (), rest)
    if format != "table":
        print_data(format, map(to_json, islice(lines, most)), list(known), picked)
    elif first and subject is None and not picked:
        _, projects = look_up(paths, lambda index: timelines.tally(index, subject, filters))
        print_time_axis(lines, most, projects)
    elif first:
        _print_table(paths, key, list(lines), picked, most)
    if not first:
        note("no claims found")
    return 0 if first else 1


def _print_count(paths: Sequence[str], subject: str | None, filters: Filters) -> int:
    from expofacts.compare import timelines

    number, _ = look_up(paths, lambda index: timelines.tally(index, subject, filters))
    with standard_output() as out:
        print(number, file=out)
    return 0 if number else 1


def _print_table(
    paths: Sequence[str],
    key: str,
    lines: Sequence[dict[str, Any]],
    picked: Sequence[str] | None,
    most: int | None,
) -> None:
    from expofacts.compare import timelines
    from expofacts.view.tables import caption_of, timeline_table

    projects = len({line["subject"] for line in lines})
    # Several projects may share a name.
    if projects > 1 and key == timelines.WITHOUT_SUBJECT and not picked:
        print_time_axis(lines, most, projects)
        return
    table, shown = timeline_table(timelines.subjects()[key]), lines[:most]
    names = look_up(paths, query.region_names)
    below = [caption_of(table, shown, len(lines))]
    if not picked:
        below = [*look_up(paths, lambda index: _disputes(index, key, lines, shown)), *below]
    print_pieces(table_pieces(table.columns, lambda: shown, names, "\n".join(below), picked))


def _disputes(
    index: Connection, key: str, lines: Sequence[dict[str, Any]], shown: Sequence[dict[str, Any]]
) -> list[str]:
    """Return the disputes of a time line that claims which are shown are in, each in a line."""
    from expofacts.compare.disputes import sides
    from expofacts.compare.timelines import disputes_in
    from expofacts.view.contradiction_view import in_short

    ids = {line["fact"] for line in shown}
    found = []
    for dispute in disputes_in(index, key, lines):
        against = [([claim.id for claim in side.claims], side.against) for side in sides(dispute)]
        if not ids.isdisjoint(chain.from_iterable(claims for claims, _ in against)):
            found.append(in_short(dispute.reason, against))
    return found


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
    source or --as-of. Without a subject, all projects stand on one time axis, or
    with -n so many of them.
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
        options.limit(),
        options.count(),
        options.facts(),
    ],
)
