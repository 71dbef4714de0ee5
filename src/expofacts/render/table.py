"""Tables for people: laid out for the width there is, and stacked where that is too narrow."""

from collections.abc import Sequence
from typing import IO

from rich import box
from rich.cells import cell_len
from rich.console import Console, JustifyMethod
from rich.table import Table
from rich.text import Text

from expofacts.render.columns import FAINT, Cell, Column, Line, Names, Record, Row
from expofacts.render.layout import GAP, measure, share, wrap
from expofacts.render.text import clean
from expofacts.render.words import NO_BREAK


def print_table(
    columns: Sequence[Column],
    records: Sequence[Record],
    names: Names,
    caption: str,
    *,
    width: int | None,
    file: IO[str],
) -> None:
    """Print the records in a table of the width; None means as wide as what they say.

    No column, row or end of a word is dropped: where the columns do not fit, each record is
    printed as a stack of its cells.
    """
    cells = [[_cleaned(column.cell(record, names)) for column in columns] for record in records]
    sizes = [
        measure([column.header, *(line.lead + line.text for row in cells for line in row[number])])
        for number, column in enumerate(columns)
    ]
    natural = [size.natural for size in sizes]
    # A figure is best read in one line; where that leaves too little, it is broken between words.
    unbroken = [
        size._replace(least=size.natural) if column.figure else size
        for column, size in zip(columns, sizes, strict=True)
    ]
    widths = natural if width is None else share(unbroken, width) or share(sizes, width)
    console = _console(file, width or max(sum(natural) + GAP * len(columns), cell_len(caption)))
    if widths:
        console.print(_table(columns, cells, widths))
        console.print()
    else:
        for cells_of_record in cells:
            pairs = zip(columns, cells_of_record, strict=True)
            stack = [
                (column.header, _in_one(cell) if column.short else cell) for column, cell in pairs
            ]
            console.print(_stack(stack, console.width))
            console.print()
    if caption:
        for line in _lines([Line(clean(caption), FAINT)], console.width):
            console.print(line)


def print_stack(rows: Sequence[Row], *, width: int | None, file: IO[str]) -> None:
    """Print labelled cells below each other, in the width or as wide as what they say."""
    cleaned = [(label, _cleaned(cell)) for label, cell in rows]
    labels = measure(label for label, _ in rows)
    texts = measure(line.text for _, cell in cleaned for line in cell)
    console = _console(file, width or labels.natural + GAP + texts.natural)
    console.print(_stack(cleaned, console.width))


class _Console(Console):
    def on_broken_pipe(self) -> None:
        """Leave a closed pipe to the caller; Rich would end the program with a failure."""
        raise


def _console(file: IO[str], width: int) -> Console:
    # With a height too, for on a dumb terminal Rich takes a width alone for none.
    return _Console(file=file, width=width, height=25, highlight=False, markup=False, emoji=False)


def _cleaned(cell: Cell) -> Cell:
    return [line._replace(text=clean(line.text)) for line in cell]


def _table(
    columns: Sequence[Column], cells: Sequence[Sequence[Cell]], widths: Sequence[int]
) -> Table:
    several_lines = any(len(cell) > 1 for row in cells for cell in row)
    table = Table(
        box=box.SIMPLE_HEAD,
        show_edge=False,
        pad_edge=False,
        padding=(0, GAP - 1, 0, 0),
        leading=int(several_lines),
        header_style="bold",
    )
    for column, width in zip(columns, widths, strict=True):
        justify: JustifyMethod = "right" if column.figure else "left"
        table.add_column(Text(column.header), width=width, justify=justify, no_wrap=True)
    for row in cells:
        parts = zip(row, widths, strict=True)
        table.add_row(*(Text("\n").join(_lines(cell, width)) for cell, width in parts))
    return table


def _stack(rows: Sequence[Row], width: int) -> Text:
    """Return labelled cells, one below the other."""
    label_width = measure(label for label, _ in rows).natural
    stacked = []
    for label, cell in rows:
        plain = [line._replace(lead="") for line in cell]
        for number, text in enumerate(_lines(plain, max(width - label_width - GAP, 1))):
            head = "" if number else label
            stacked.append(Text(head.ljust(label_width + GAP), style=FAINT).append_text(text))
    return Text("\n").join(stacked)


def _in_one(cell: Cell) -> Cell:
    """Return the lines of a cell as one line, in the style of the first."""
    return [Line(", ".join(line.text for line in cell), cell[0].style)] if cell else []


def _lines(cell: Cell, width: int) -> list[Text]:
    """Return the lines of a cell, broken for the width."""
    lines = []
    for line in cell:
        room = max(width - cell_len(line.lead), 1)
        for number, part in enumerate(wrap(line.text, room)):
            lead = line.hang if number else line.lead
            lines.append(Text(lead + part.replace(NO_BREAK, " "), style=line.style))
    return lines
