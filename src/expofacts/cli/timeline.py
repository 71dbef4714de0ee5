"""The command that puts claims in order of time."""

from collections.abc import Sequence
from itertools import chain
from typing import Annotated, Any

import typer

from expofacts.cli.listing import Listing
from expofacts.cli.options import COMMON, Fields, Format, completed_by, filters_of
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


def _run(
    subject: str | None, format: str, fields: str | None, facts: list[str] | None, **given: Any
) -> int:
    from expofacts.compare import timelines as evidence
    from expofacts.json_lines import to_json

    check_format(format)
    paths, filters = chosen(facts or ()), filters_of(given)
    kind = look_up(paths, lambda index: evidence.kind_of(index, subject))
    known, picked = evidence.FIELDS[kind], split_fields(fields)
    if fields == "help":
        return print_fields(known)
    query.check_names(picked or (), known)
    rest = look_through(paths, lambda index: evidence.timeline(index, subject, filters))
    first = next(rest, None)
    lines = chain([first] if first else (), rest)
    if format != "table":
        print_data(format, map(to_json, lines), list(known), picked)
    elif first and subject is None and not picked:
        print_time_axis(lines)
    elif first:
        _print_table(kind, list(lines), picked)
    if not first:
        note("no claims found")
    return 0 if first else 1


def _print_table(kind: str, lines: Sequence[dict[str, Any]], picked: Sequence[str] | None) -> None:
    # Several projects may share a name.
    if not picked and kind == "project" and len({line["subject"] for line in lines}) > 1:
        print_time_axis(lines)
    else:
        print_records(kind, lines, {}, total=len(lines), fields=picked)


timeline = Listing(
    "timeline",
    """The claims on a project or an indicator in order of time, and what became of promises.

    expofacts timeline heihe-blagoveshchensk-highway-bridge
    expofacts timeline china-russia-trade
    expofacts timeline
    expofacts timeline --region heilongjiang --format csv

    A promise was kept, or is late by so many days, broken, overdue or open, as of the newest
    source or --as-of. Without a project or indicator, all projects stand on one time axis.
    """,
    filters=COMMON,
    run=_run,
    arguments={
        "subject": Annotated[
            str | None,
            typer.Argument(
                metavar="PROJECT|INDICATOR",
                help="Project or indicator, by slug or name.",
                show_default=False,
                **completed_by("subject"),
            ),
        ]
    },
    shape={"format": Format, "fields": Fields},
)
