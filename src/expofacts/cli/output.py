"""From records to standard output, in the format that was asked for."""

import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from sqlite3 import Connection
from typing import TYPE_CHECKING, Any

from expofacts.cli.streams import standard_output
from expofacts.errors import UsageError
from expofacts.index.opening import Answer, ask, stream
from expofacts.view.data_formats import FORMATS, pick
from expofacts.view.safe_text import clean

if TYPE_CHECKING:
    from expofacts.view.cells import Column, Record
    from expofacts.view.tables import Table

FORMAT_NAMES = ("table", *FORMATS)


def look_up(paths: Sequence[str], question: Callable[[Connection], Answer]) -> Answer:
    """Return the question's answer from the index, with progress on a terminal while it is made."""
    return ask(paths, question, progress, workers=True)


def look_through(
    paths: Sequence[str], question: Callable[[Connection], Iterator[Answer]]
) -> Iterator[Answer]:
    """Return what a question gives one by one, with progress as `look_up` shows it."""
    return stream(paths, question, progress, workers=True)


def progress(step: str) -> None:
    """Show a step of long work on a line of its own, which is empty again at the end."""
    if sys.stderr and sys.stderr.isatty():
        print(f"\r{step:40}", end="" if step else "\r", file=sys.stderr, flush=True)


def print_data(
    format_: str, lines: Iterable[str], fields: Sequence[str], picked: Sequence[str] | None = None
) -> None:
    """Print the records, each given as a line of JSON, in a data format.

    `fields` are all that a record has; where some are picked, only these are printed.
    """
    if picked and format_ in ("json", "jsonl"):
        lines = pick(lines, picked)
    pieces = FORMATS[format_](lines, picked or fields)
    if format_ == "csv" and sys.stdout.isatty():
        # CSV is faithful to the last byte, but what a terminal gets must not act on it.
        pieces = (clean(piece.replace("\r\n", "\n")) for piece in pieces)
    print_pieces(pieces)


def print_records(
    table: "Table",
    records: Sequence["Record"],
    names: Mapping[str, str],
    *,
    total: int,
    fields: Sequence[str] | None = None,
) -> None:
    """Print the records as a table: of its own columns, or of the given fields."""
    from expofacts.view.tables import caption_of

    below = caption_of(table, records, total)
    print_pieces(table_pieces(table.columns, lambda: records, names, below, fields))


def table_pieces(
    columns: "Sequence[Column]",
    read: Callable[[], Iterable["Record"]],
    names: Mapping[str, str],
    below: str,
    fields: Sequence[str] | None = None,
) -> Iterator[str]:
    """Return the records that `read` gives as the pieces of a table, with a line below it.

    It has the columns, or in their place one for each of the given fields.
    """
    from expofacts.view.cells import field
    from expofacts.view.table import table

    shown = [field(name, name) for name in fields] if fields else columns
    return table(shown, read, names, below, width=table_width(), file=sys.stdout)


def print_pieces(pieces: Iterable[str]) -> None:
    """Print the pieces of a text as they come."""
    with standard_output() as out:
        for piece in pieces:
            try:
                out.write(piece)
            except KeyboardInterrupt:
                if "\x1b" in piece and out.isatty():
                    # It ends anywhere: the terminal is not left bold.
                    out.write("\x1b[0m")
                raise


def print_time_axis(timelines: Iterable["Record"], most: int | None, projects: int) -> None:
    """Print the lines of the timelines of projects as one chart, of at most so many of them."""
    from expofacts.view.time_axis import time_axis

    _print_chart(*time_axis(timelines, table_width(), most, projects))


def print_bars(figures: Sequence[dict[str, Any]]) -> None:
    """Print a bar for each of the figures, which are in one unit."""
    from expofacts.view.chart import bars

    columns, caption = bars(figures, table_width())
    _print_chart(columns, figures, caption)


def _print_chart(columns: Sequence[Any], rows: "Sequence[Record]", caption: str) -> None:
    from expofacts.view.table import table

    print_pieces(table(columns, lambda: rows, {}, caption, width=table_width(), file=sys.stdout))


def print_rows(rows: Sequence[tuple[str, Any]]) -> None:
    """Print labelled cells, one below the other."""
    from expofacts.view.table import stack

    print_pieces([stack(rows, width=table_width(), file=sys.stdout)])


def print_disputes(
    disputes: Iterable[tuple[str, str, int, Sequence[Any] | None]], names: Mapping[str, str]
) -> bool:
    """Print the sides of each dispute that has them; return whether one is a contradiction.

    A dispute is its kind, its reason, how many findings it has, and its sides if it is shown.
    """
    from expofacts.view.contradiction_view import caption, rows, title
    from expofacts.view.table import below, section

    found, shown, pairs = 0, 0, 0
    with standard_output() as out:
        for kind, reason, findings, sides in disputes:
            if sides:
                head = title(kind, reason, sides[0][0][0])
                cells = list(rows(kind, reason, sides, names))
                out.write(section(head, cells, width=table_width(), file=out))
                shown += 1
            if kind == "contradiction":
                found += 1
                pairs += findings
        if pairs:
            out.write(below(caption(pairs, found, shown), width=table_width(), file=out))
    return pairs > 0


def print_fields(fields: Mapping[str, str]) -> int:
    """Print the fields that a record has, with what they mean; returns the exit code."""
    width = max(map(len, fields))
    with standard_output() as out:
        out.writelines(f"{name:{width}}  {about}\n" for name, about in fields.items())
    return 0


def split_fields(fields: str | None) -> list[str] | None:
    """Return the names of an option like "id, text", each once, or None for no option.

    Raises UsageError where a name is missing, as an empty variable in a script leaves it.
    """
    if fields is None:
        return None
    names = list(dict.fromkeys(name.strip() for name in fields.split(",")))
    if "" in names:
        where = f' next to a comma in "{fields}"' if any(names) else ""
        raise UsageError(f"--fields: no field is named{where}; --fields help lists them")
    return names


def table_width() -> int | None:
    """Return the width for tables: that of the terminal, or None where there is none.

    COLUMNS overrides both. Rich would ask standard input and error for the width of a table
    that goes into a pipe.
    """
    columns = os.environ.get("COLUMNS", "")
    if columns.isdecimal() and len(columns) < 10 and int(columns):
        return int(columns)
    if not sys.stdout.isatty():
        return None
    try:
        return os.get_terminal_size(sys.stdout.fileno()).columns or 80
    except OSError:
        return 80


def check_format(name: str) -> None:
    """Raise UsageError, with the nearest there is, for a format that there is not."""
    if name not in FORMAT_NAMES:
        from expofacts.facts.suggestions import suggest

        raise UsageError(f'unknown format "{name}"{suggest(name, FORMAT_NAMES)}')
