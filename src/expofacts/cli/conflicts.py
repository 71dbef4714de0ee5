"""The command that sets claims on one thing side by side."""

import sys
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import chain, islice
from sqlite3 import Connection
from typing import Any

from expofacts.cli import options
from expofacts.cli.output import (
    check_format,
    look_through,
    look_up,
    print_data,
    print_disputes,
    print_fields,
    print_records,
    split_fields,
)
from expofacts.cli.streams import note, standard_output
from expofacts.compare.claims import record_of
from expofacts.compare.contradictions import comparable, in_dispute, pairs
from expofacts.compare.contradictions import count as count_of
from expofacts.compare.disputes import Side, sides, with_records
from expofacts.compare.findings import AGREEMENT, CONTRADICTION, TWO_COUNTS
from expofacts.facts.files import chosen
from expofacts.index import query
from expofacts.index.filters import Filters
from expofacts.index.resolve import SUBJECTS
from expofacts.json_lines import all_from_json, from_json
from expofacts.plurals import counted
from expofacts.view.contradiction_view import FIELDS, Said, as_line, what_is_said

# By what is compared, and when.
FILTERS = (*SUBJECTS, "period", *options.COMMON)

# What so many claims say is kept while each is set against others.
_KEPT = 10_000


def _run(
    format: str,
    fields: str | None,
    count: bool,
    limit: int | None,
    agreements: bool,
    facts: list[str] | None,
    **given: Any,
) -> int:
    check_format(format)
    paths = chosen(facts or ())
    where = options.filters_of(given)
    if fields == "help":
        return print_fields(FIELDS)
    picked = split_fields(fields)
    query.check_names(picked or (), FIELDS)
    if count:
        return _print_count(paths, where)
    if format == "table" and not picked:
        found = _print_disputes(paths, where, limit, agreements)
    else:
        found = _print_data(paths, where, limit, agreements, format, picked)
    if not found:
        claims = look_up(paths, lambda index: comparable(index, where))
        note(f"no contradictions among {counted(claims, 'comparable claim')}")
    return int(found)


def _print_count(paths: Sequence[str], where: Filters) -> int:
    number = look_up(paths, lambda index: count_of(index, where))
    with standard_output() as out:
        print(number, file=out)
    return int(number > 0)


def _print_disputes(
    paths: Sequence[str], where: Filters, limit: int | None, agreements: bool
) -> bool:
    """Print who contradicts whom, side by side; return whether anybody does."""
    kinds = (CONTRADICTION, TWO_COUNTS, AGREEMENT) if agreements else (CONTRADICTION, TWO_COUNTS)
    names = look_up(paths, query.region_names)

    def question(index: Connection) -> Iterator[tuple[str, str, int, list[Side] | None]]:
        whole, left = record_of(index), sys.maxsize if limit is None else limit
        for kind in kinds:
            if left <= 0 and kind != CONTRADICTION:
                return  # contradictions come first, and only they are counted
            for dispute in in_dispute(index, where, kind):
                shown = left > 0
                taken = [with_records(side, whole) for side in sides(dispute)] if shown else None
                yield kind, dispute.reason, dispute.findings, taken
                left -= 1

    return print_disputes(look_through(paths, question), names)


def _print_data(
    paths: Sequence[str],
    where: Filters,
    limit: int | None,
    agreements: bool,
    format_: str,
    picked: Sequence[str] | None,
) -> bool:
    """Print what each two claims say of each other; return whether that is a contradiction."""
    kinds = (CONTRADICTION, TWO_COUNTS, AGREEMENT) if agreements else (CONTRADICTION,)

    def question(index: Connection) -> Iterator[str]:
        names, whole = query.region_names(index), record_of(index)

        @lru_cache(_KEPT)
        def said(fact: int, reason: str) -> Said:
            return what_is_said(whole(fact), reason, names)

        return (
            as_line(kind, subject, reason, said(left.fact, reason), said(right.fact, reason))
            for kind, subject, reason, left, right in pairs(index, where, kinds)
        )

    most = None if limit is None else min(limit, sys.maxsize)
    rest = islice(look_through(paths, question), most)
    first = next(rest, None)
    lines = chain([first] if first else (), rest)
    if format_ == "table":
        from expofacts.view.tables import table_of

        records = list(all_from_json(lines))
        if records:
            print_records(table_of("finding"), records, {}, total=len(records), fields=picked)
    else:
        print_data(format_, lines, list(FIELDS), picked)
    # Contradictions come first.
    return first is not None and from_json(first)["kind"] == CONTRADICTION


conflicts = options.command(
    _run,
    """Where claims contradict each other: both sides, and what stands with which.

    expofacts conflicts
    expofacts conflicts --indicator china-russia-trade
    expofacts conflicts --source xinhua --agreements
    expofacts conflicts --format json

    Figures contradict each other where indicator, unit, period, scope and
    counter are the same and no number fits both; reports on a project by
    its ends, its states and their dates, and those on an edition of an event
    by its days and places. Figures that differ only by who counted are shown
    as two counts. Exit code 1 if there is a contradiction.
    """,
    [
        *options.filters(*FILTERS),
        options.flag("agreements", "Also who agrees with whom.", panel="Output"),
        options.data_format(),
        options.fields(lambda index, _: FIELDS),
        options.limit(),
        options.count(),
        options.facts(),
    ],
)
