"""Tables for people: laid out for the width there is, and stacked where that is too narrow."""

import re
from collections.abc import Sequence
from typing import IO

from rich import box
from rich.cells import cell_len
from rich.console import Console, JustifyMethod
from rich.table import Table
from rich.text import Text

from expofacts.render.columns import FAINT, MARKED, STRONG, Cell, Column, Line, Names, Record, Row
from expofacts.render.layout import GAP, Size, measure, share, wrap
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
        _size([Line(column.header), *(line for row in cells for line in row[number])])
        for number, column in enumerate(columns)
    ]
    natural = [size.natural for size in sizes]
    # A figure is best read in one line; where that leaves too little, it is broken between words.
    unbroken = [
        size._replace(least=size.natural) if column.figure else size
        for column, size in zip(columns, sizes, strict=True)
    ]
    widths = natural if width is None else share(unbroken, width) or share(sizes, width)
    room = width or max(sum(natural) + GAP * len(columns), cell_len(caption))
    parts: list[Table | Text]
    if widths:
        parts = [_table(columns, cells, widths)]
    elif any(line.lead for row in cells for line in row[0]):
        parts = [Text("\n").join(_branch(columns, row, room) for row in cells)]
    else:
        parts = [_stack(_labelled(columns, row), room) for row in cells]
    if caption:
        parts.append(Text("\n").join(_lines([Line(clean(caption), FAINT)], room)))
    _print(parts, room, file)


def print_stack(rows: Sequence[Row], *, width: int | None, file: IO[str]) -> None:
    """Print labelled cells below each other, in the width or as wide as what they say."""
    cleaned = [(label, _cleaned(cell)) for label, cell in rows]
    labels = measure(label for label, _ in rows)
    texts = measure(line.text for _, cell in cleaned for line in cell)
    room = width or labels.natural + GAP + texts.natural
    _print([_stack(cleaned, room)], room, file)


def print_section(title: str, rows: Sequence[Row], *, width: int | None, file: IO[str]) -> None:
    """Print a title, and labelled cells below it with an empty line after each."""
    cleaned = [(label, _cleaned(cell)) for label, cell in rows]
    head = Line(clean(title), STRONG)
    labels = measure(label for label, _ in rows)
    texts = measure(line.text for _, cell in cleaned for line in cell)
    room = width or max(labels.natural + GAP + texts.natural, cell_len(head.text))
    first, *rest = (_stack([row], room) for row in cleaned)
    _print([Text("\n").join([*_lines([head], room), first]), *rest, Text()], room, file)


def print_caption(caption: str, *, width: int | None, file: IO[str]) -> None:
    """Print what is said below sections."""
    room = width or cell_len(caption)
    _print([Text("\n").join(_lines([Line(clean(caption), FAINT)], room))], room, file)


def _print(parts: Sequence[Table | Text], width: int, file: IO[str]) -> None:
    """Print the parts with an empty line between them, and no spaces at the ends of lines."""
    # With a height too, for on a dumb terminal Rich takes a width alone for none.
    console = Console(file=file, width=width, height=25, highlight=False, markup=False, emoji=False)
    with console.capture() as captured:
        for number, part in enumerate(parts):
            if number:
                console.print()
            console.print(part)
    file.write(re.sub(r" +$", "", captured.get(), flags=re.MULTILINE))


def _cleaned(cell: Cell) -> Cell:
    return [line._replace(text=clean(line.text)) for line in cell]


def _size(lines: Sequence[Line]) -> Size:
    return measure((line.text for line in lines), (cell_len(line.lead) for line in lines))


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
        header = Text(column.header.replace(NO_BREAK, " "))
        table.add_column(header, width=width, justify=justify, no_wrap=True)
    for row in cells:
        parts = zip(row, widths, strict=True)
        table.add_row(*(Text("\n").join(_lines(cell, width)) for cell, width in parts))
    return table


def _labelled(columns: Sequence[Column], row: Sequence[Cell]) -> list[Row]:
    return [
        (column.header, _in_one(cell) if column.short else cell)
        for column, cell in zip(columns, row, strict=True)
    ]


def _stack(rows: Sequence[Row], width: int) -> Text:
    """Return labelled cells, one below the other.

    A cell with a word that has no room beside the labels stands below its own.
    """
    label_width = measure(label for label, _ in rows).natural + GAP
    stacked = []
    for label, cell in rows:
        beside = measure(line.text for line in cell).least <= width - label_width
        indent = label_width if beside else GAP
        texts = _lines(cell, max(width - indent, 1))
        if texts and not beside:
            stacked.append(Text(label, style=FAINT))
        for number, text in enumerate(texts):
            head = label if beside and not number else ""
            stacked.append(Text(head.ljust(indent), style=FAINT).append_text(text))
    return Text("\n").join(stacked)


def _branch(columns: Sequence[Column], row: Sequence[Cell], width: int) -> Text:
    """Return one record of a tree: its name, and below it whatever else the columns say."""
    (name,), *rest = row
    said = [
        f"{column.header} {line.text}"
        for column, cell in zip(columns[1:], rest, strict=True)
        for line in cell
    ]
    return Text("\n").join(
        _lines([name, Line(" · ".join(said), FAINT, name.hang, name.hang)], width)
    )


def _in_one(cell: Cell) -> Cell:
    """Return the lines of a cell as one line, in the style of the first."""
    return [Line(", ".join(line.text for line in cell), cell[0].style)] if cell else []


def _lines(cell: Cell, width: int) -> list[Text]:
    """Return the lines of a cell, broken for the width."""
    lines = []
    for line in cell:
        room = max(width - cell_len(line.lead), 1)
        at = 0
        for number, part in enumerate(wrap(line.text, room)):
            lead = line.hang if number else line.lead
            text = Text(part.replace(NO_BREAK, " "), style=line.style)
            at = line.text.index(part, at)
            for begin, end in line.marks:
                text.stylize(MARKED, max(begin - at, 0), max(end - at, 0))
            at += len(part)
            lines.append(Text(lead, style=line.style).append_text(text))
    return lines
