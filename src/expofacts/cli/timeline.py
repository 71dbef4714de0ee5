"""The command that puts claims in order of time."""

from collections.abc import Sequence
from typing import Annotated, Any

import typer

from expofacts.cli.listing import Listing
from expofacts.cli.options import COMMON, Fields, Format, completed_by, filters_of
from expofacts.cli.output import (
    check_format,
    look_up,
    print_data,
    print_fields,
    print_records,
    print_time_axis,
    split_fields,
)
from expofacts.cli.streams import note
from expofacts.factfile.files import chosen
from expofacts.store import query


def _run(
    subject: str | None, format: str, fields: str | None, facts: list[str] | None, **given: Any
) -> int:
    from expofacts.evidence import timeline as evidence
    from expofacts.records import to_json

    check_format(format)
    filters = filters_of(given)
    kind, lines = look_up(
        chosen(facts or ()), lambda index: evidence.timeline(index, subject, filters)
    )
    known, picked = evidence.FIELDS[kind], split_fields(fields)
    if fields == "help":
        return print_fields(known)
    query.check_names(picked or (), known)
    if format != "table":
        print_data(format, map(to_json, lines), list(known), picked)
    elif lines and not picked and (subject is None or _of_several(kind, lines)):
        print_time_axis(lines)
    elif lines:
        print_records(kind, lines, {}, total=len(lines), fields=picked)
    if not lines:
        note("no claims found")
    return 0 if lines else 1


def _of_several(kind: str, lines: Sequence[dict[str, Any]]) -> bool:
    """Whether the lines are of several projects, as they are where these share a name."""
    return kind == "project" and len({line["subject"] for line in lines}) > 1


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
