"""How cells are drawn: broken for their width, and set beside or below each other."""

from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from typing import IO

from rich import box
from rich.cells import cell_len
from rich.color import ColorSystem
from rich.console import Console
from rich.style import Style

from expofacts.view.cells import FAINT, MARKED, Cell, Column, Line, Row
from expofacts.view.layout import GAP, measure, wrap
from expofacts.view.words import NO_BREAK

# Puts a text into a style, as far as the output shows any.
Paint = Callable[[str, str], str]

# Draws a cell of a column.
Block = Callable[[Cell], list[str]]


def painter(file: IO[str]) -> tuple[Paint, box.Box]:
    """Return how a text is put into a style, and the box whose characters the file takes."""
    # With a size, which is not asked for here, or Rich fails where COLUMNS is no number of columns.
    console = Console(file=file, width=80, height=25, highlight=False, markup=False, emoji=False)
    line_box = box.SIMPLE_HEAD.substitute(console.options, safe=console.safe_box)
    if console.color_system is None or console.legacy_windows:
        return lambda text, _: text, line_box
    # Weight and underline are the same in every system of colours.
    codes = ColorSystem.STANDARD

    def paint(text: str, style: str) -> str:
        return Style.parse(style).render(text, color_system=codes) if style else text

    return paint, line_box


def side_by_side(
    blocks: Sequence[Block], row: Sequence[Cell], blanks: Sequence[str]
) -> Iterator[str]:
    """Return the lines of a row, its cells beside each other."""
    drawn = [block(cell) for block, cell in zip(blocks, row, strict=True)]
    height = max(1, *map(len, drawn))
    for lines, blank in zip(drawn, blanks, strict=True):
        if len(lines) < height:
            lines += [blank] * (height - len(lines))
    return map("".join, zip(*drawn, strict=True))


def block(column: Column, width: int, paint: Paint) -> Block:
    """Return what draws a cell of a column: its lines, each as wide as the column and the gap."""

    def filled(line: Line) -> list[str]:
        lines = broken([line], width, paint)
        if column.figure:
            return [f"{' ' * (width - used)}{styled}{' ' * GAP}" for used, styled in lines]
        return [f"{styled}{' ' * (width + GAP - used)}" for used, styled in lines]

    # A large table has the same speakers, publishers and dates many times; not so what is long.
    @lru_cache(2000)
    def short(text: str, style: str) -> list[str]:
        return filled(Line(text, style))

    def draw(cell: Cell) -> list[str]:
        drawn: list[str] = []
        for line in cell:
            text, style, lead, _, marks, under = line
            if under or lead or marks or len(text) > width:
                drawn += filled(line)
            else:
                drawn += short(text, style)
        return drawn

    return draw


def labelled(columns: Sequence[Column], row: Sequence[Cell]) -> list[Row]:
    """Return the cells of a record after their headers, to be stacked."""
    return [
        (column.header.replace(NO_BREAK, " "), _in_one(cell) if column.short else cell)
        for column, cell in zip(columns, row, strict=True)
    ]


def stacked(rows: Sequence[Row], width: int, paint: Paint) -> list[str]:
    """Return the lines of labelled cells, one below the other.

    A cell with a word that has no room beside the labels stands below its own.
    """
    label_width = measure(label for label, _ in rows).natural + GAP
    below = []
    for label, cell in rows:
        beside = measure(line.text for line in cell).least <= width - label_width
        indent = label_width if beside else GAP
        lines = broken(cell, max(width - indent, 1), paint)
        if lines and not beside:
            below.append(paint(label, FAINT))
        for number, (_, styled) in enumerate(lines):
            head = label if beside and not number else ""
            below.append(f"{paint(head, FAINT)}{' ' * (indent - cell_len(head))}{styled}")
    return below


def branch(columns: Sequence[Column], row: Sequence[Cell], width: int, paint: Paint) -> list[str]:
    """Return one record of a tree: its name, and below it whatever else the columns say."""
    (name,), *rest = row
    said = [
        f"{column.header} {line.text}"
        for column, cell in zip(columns[1:], rest, strict=True)
        for line in cell
    ]
    below = Line(" · ".join(said), FAINT, name.hang, name.hang)
    return [styled for _, styled in broken([name, below], width, paint)]


def _in_one(cell: Cell) -> Cell:
    """Return the lines of a cell as one line, in the style of the first."""
    return [Line(", ".join(line.text for line in cell), cell[0].style)] if cell else []


def broken(cell: Cell, width: int, paint: Paint) -> list[tuple[int, str]]:
    """Return the lines of a cell, broken for the width: how wide each is, and it in its style."""
    lines: list[tuple[int, str]] = []
    for text, style, lead, hang, marks, _ in cell:
        if not lead and not marks:
            for part in wrap(text, width):
                if part.isascii():
                    lines.append((len(part), paint(part, style)))
                else:
                    lines.append((cell_len(part), paint(part.replace(NO_BREAK, " "), style)))
            continue
        at = 0
        for number, part in enumerate(wrap(text, max(width - cell_len(lead), 1))):
            before = hang if number else lead
            at = text.index(part, at)
            shown = paint(before, style) + _marked(part, at, style, marks, paint)
            lines.append((cell_len(before) + cell_len(part), shown.replace(NO_BREAK, " ")))
            at += len(part)
    return lines


def _marked(part: str, at: int, style: str, marks: Sequence[tuple[int, int]], paint: Paint) -> str:
    """Return a part of a text, which begins at a place in it, with what is marked there marked."""
    painted, done = "", 0
    for begin, end in marks:
        first, last = max(begin - at, done), max(end - at, done)
        painted += paint(part[done:first], style)
        painted += paint(part[first:last], f"{style} {MARKED}")
        done = min(last, len(part))
    return painted + paint(part[done:], style)
