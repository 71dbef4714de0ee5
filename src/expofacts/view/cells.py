"""The cells of a table: columns make them of records, as lines with a style."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from expofacts.view.safe_text import value

Record = Mapping[str, Any]
Names = Mapping[str, str]  # of regions, by id

STRONG, PLAIN, FAINT, MARKED = "bold", "", "dim", "bold underline"


class Line(NamedTuple):
    """A line of a cell. Its style only repeats what the words say.

    In a table `lead` is drawn before the line, and `hang` before what it is continued on.
    `marks` are the spans of the text that a search was for. Where the columns are too narrow, what
    is `under` stands below the row, over the whole width.
    """

    text: str
    style: str = PLAIN
    lead: str = ""
    hang: str = ""
    marks: Sequence[tuple[int, int]] = ()
    under: bool = False


Cell = list[Line]
Row = tuple[str, Cell]


class Column(NamedTuple):
    """A column of a table: its header, and what it says of a record.

    A figure is aligned to the right; a short cell has its lines in one where records are stacked.
    """

    header: str
    cell: Callable[[Any, Names], Cell]
    figure: bool = False
    short: bool = False


def lines(*candidates: tuple[str | None, str]) -> Cell:
    """Return the lines that have a text."""
    return [Line(text, style) for text, style in candidates if text]


def identified(record: Record, *candidates: tuple[str | None, str]) -> Cell:
    """Return the lines that have a text, and below them the id, which is never broken."""
    return [*lines(*candidates), Line(record["id"], FAINT, under=True)]


def field(name: str, header: str, style: str = PLAIN) -> Column:
    """Return a column that shows one field as it is."""

    def cell(record: Record, _: Names) -> Cell:
        return [Line(value(record[name]), style)]

    return Column(header, cell)
