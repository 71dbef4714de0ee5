"""What the commands that print lists have in common: which records, and in which shape."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from itertools import chain
from sqlite3 import Connection
from typing import Any

from typer.core import TyperCommand

from expofacts.cli.completion import Values
from expofacts.cli.options import COMMON, Parameter, command, facts, filters, filters_of, shape
from expofacts.cli.output import (
    check_format,
    look_through,
    look_up,
    print_data,
    print_fields,
    print_pieces,
    split_fields,
    table_pieces,
)
from expofacts.cli.streams import note, standard_output
from expofacts.facts.files import chosen
from expofacts.facts.key_markers import COVERS
from expofacts.facts.kinds import KINDS, own_keys
from expofacts.index import query
from expofacts.index.filters import Filters
from expofacts.index.query import Order


def listing(
    kind: str,
    about: str,
    run: Callable[..., int] | None = None,
    parameters: Iterable[Parameter] = (),
) -> TyperCommand:
    """Return the command that lists a kind of record: its help, and what it has of its own.

    Its filters are those of the keys of a kind of fact, and those that all facts have.
    """
    return command(
        run or partial(print_listing, kind),
        about,
        [*parameters, *filters(*filters_of_kind(kind)), *shape(fields_of(kind)), facts()],
    )


def filters_of_kind(kind: str) -> list[str]:
    """Return the names of the filters of a kind of fact; none for another kind of record."""
    if kind not in KINDS:
        return []
    own = own_keys(KINDS[kind].record).values()
    names = (
        key.name if key.filter else "period" for key in own if key.filter or COVERS in key.marks
    )
    return [*dict.fromkeys(names), *COMMON]


def fields_of_facts(index: Connection, _: str) -> list[str]:
    """Return the fields of facts of all kinds, to complete one."""
    return [field for kind in KINDS for field in query.fields(index, kind)]


def fields_of(kind: str) -> Values:
    """Return what completes the fields of a kind of record."""
    return lambda index, _: query.fields(index, kind)


def print_listing(
    kind: str,
    format: str,
    fields: str | None,
    count: bool,
    sort: str | None,
    reverse: bool,
    limit: int | None,
    facts: list[str] | None,
    **given: Any,
) -> int:
    """Print the records of a kind that match; returns the exit code."""
    check_format(format)
    paths = chosen(facts or ())
    where = filters_of(given)
    if fields == "help":
        return print_fields(look_up(paths, lambda index: query.fields(index, kind)))
    order = Order(sort=sort, reverse=reverse, limit=limit)
    picked = split_fields(fields)
    if count:
        return _print_count(
            paths, kind, where, [*(picked or ()), *([] if sort is None else [sort])]
        )
    if format == "table":
        return _print_table(paths, kind, where, order, picked)
    return _print_data(paths, kind, where, order, picked, format)


def _print_count(paths: Sequence[str], kind: str, where: Filters, fields: Sequence[str]) -> int:
    def question(index: Connection) -> int:
        query.check_fields(index, kind, fields)
        return query.count(index, kind, where)

    number = look_up(paths, question)
    with standard_output() as out:
        print(number, file=out)
    return 0 if number else 1


def _print_data(
    paths: Sequence[str],
    kind: str,
    where: Filters,
    order: Order,
    picked: Sequence[str] | None,
    format_: str,
) -> int:
    def question(index: Connection) -> Iterator[str]:
        query.check_fields(index, kind, picked or ())
        return query.select(index, kind, where, order)

    lines = look_through(paths, question)
    first = next(lines, None)
    # JSON has its fields in it.
    known = () if "json" in format_ else look_up(paths, lambda index: query.fields(index, kind))
    print_data(format_, chain([first], lines) if first else (), list(known), picked)
    return 0 if first else found_nothing(kind)


def _print_table(
    paths: Sequence[str], kind: str, where: Filters, order: Order, picked: Sequence[str] | None
) -> int:
    from expofacts.index.region_tree import tree
    from expofacts.json_lines import from_json
    from expofacts.view.tables import caption, table_of

    def question(index: Connection) -> Iterator[str]:
        def read() -> Iterable[dict[str, Any]]:
            records = map(from_json, query.select(index, kind, where, order))
            is_tree = kind == "region" and order == Order() and not picked
            return tree(list(records)) if is_tree else records

        query.check_fields(index, kind, picked or ())
        numbers = query.tally(index, kind, where, order)
        if not numbers[0]:
            return iter(())
        table = table_of(kind)
        below = caption(table, *numbers)
        return table_pieces(table.columns, read, query.region_names(index), below, picked)

    pieces = look_through(paths, question)
    first = next(pieces, None)
    if first is None:
        return found_nothing(kind)
    print_pieces(chain([first], pieces))
    return 0


def found_nothing(kind: str) -> int:
    """Say so on standard error; returns the exit code."""
    from expofacts.view.tables import table_of

    noun = table_of(kind).noun
    note(f"no {noun[1] if noun else 'records'} found")
    return 1
