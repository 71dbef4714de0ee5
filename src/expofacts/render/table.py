"""Tables for people: laid out for the width there is, and stacked where that is too narrow.

One way for any number of records: where they are many they are read twice, first to measure the
columns and then to draw them, some at a time. Rich lends the box, the styles, and what it knows of
terminals; its own tables take half a millisecond a row, and all of them before the first is seen.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import chain, islice
from operator import itemgetter
from typing import IO, NamedTuple

from rich import box
from rich.cells import cell_len
from rich.color import ColorSystem
from rich.console import Console
from rich.style import Style

from expofacts.render.columns import FAINT, MARKED, STRONG, Cell, Column, Line, Names, Record, Row
from expofacts.render.layout import GAP, Size, both, measure, share, wrap
from expofacts.render.text import clean
from expofacts.render.words import NO_BREAK

# Rows are drawn some at a time: few writes, and memory that does not grow with them.
_BATCH = 100

# So many rows are kept from when they are measured until they are drawn, in some 8 MiB; those that
# follow are made twice.
_KEPT = 3000

# Puts a text into a style, as far as the output shows any.
Paint = Callable[[str, str], str]

_lead = itemgetter(Line._fields.index("lead"))

# Draws a cell of a column.
Block = Callable[[Cell], list[str]]


class _Plan(NamedTuple):
    """How records are drawn, as measured over all of them.

    The widths of the columns, None where each record is a stack or a branch; whether what may stand
    under a row does; the width of it all; whether rows have several lines, so that an empty one
    stands between them; whether it is a tree.
    """

    widths: Sequence[int] | None
    under: bool
    room: int
    spaced: bool
    tree: bool


def table(
    columns: Sequence[Column],
    read: Callable[[], Iterable[Record]],
    names: Names,
    caption: str,
    *,
    width: int | None,
    file: IO[str],
) -> Iterator[str]:
    """Return a table of the records in pieces, for a width; None means as wide as what they say.

    `read` gives the records, from the first on, each time that it is called; they are measured
    before this returns. The file is asked for what it shows: styles, and which characters.

    No column, row or end of a word is dropped: where the columns do not fit, each record is
    printed as a stack of its cells.
    """
    rows = _cells(columns, read(), names)
    kept = list(islice(rows, _KEPT))
    plan = _plan(columns, chain(kept, rows), caption, width)
    if len(kept) < _KEPT:
        rows = iter(kept)
    else:
        rows = chain(kept, _cells(columns, islice(read(), _KEPT, None), names))
    paint, line_box = _painter(file)
    return _pieces(plan, columns, rows, caption, paint, line_box)


def stack(rows: Sequence[Row], *, width: int | None, file: IO[str]) -> str:
    """Return labelled cells below each other, in the width or as wide as what they say."""
    cleaned = [(label, _cleaned(cell)) for label, cell in rows]
    labels = measure(label for label, _ in rows)
    texts = measure(line.text for _, cell in cleaned for line in cell)
    room = width or labels.natural + GAP + texts.natural
    return _text(_stack(cleaned, room, _painter(file)[0]))


def _cells(
    columns: Sequence[Column], records: Iterable[Record], names: Names
) -> Iterator[list[Cell]]:
    for record in records:
        row = [column.cell(record, names) for column in columns]
        text = "".join([line.text for cell in row for line in cell])
        yield row if clean(text) is text else list(map(_cleaned, row))


def _cleaned(cell: Cell) -> Cell:
    return [line._replace(text=clean(line.text)) for line in cell]


def _plan(
    columns: Sequence[Column], rows: Iterator[list[Cell]], caption: str, width: int | None
) -> _Plan:
    sizes = [measure([column.header]) for column in columns]
    # What the columns need without what may stand under a row.
    apart = sizes[:]
    spaced = tree = False
    while batch := list(islice(rows, _BATCH)):
        for number in range(len(columns)):
            lines = [line for row in batch for line in row[number]]
            indents = [cell_len(line.lead) for line in lines] if any(map(_lead, lines)) else ()
            beside = measure([line.text for line in lines if not line.under], indents)
            under = measure([line.text for line in lines if line.under])
            apart[number] = both(apart[number], beside)
            sizes[number] = both(both(sizes[number], beside), under)
            spaced = spaced or any(len(row[number]) > 1 for row in batch)
            tree = tree or (not number and any(indents))
    natural = [size.natural for size in sizes]
    room = width or max(sum(natural) + GAP * len(columns), cell_len(caption))
    widths = natural if width is None else _widths(columns, sizes, room)
    if widths:
        return _Plan(widths, False, room, spaced, tree)
    return _Plan(_widths(columns, apart, room), True, room, spaced, tree)


def _widths(columns: Sequence[Column], sizes: Sequence[Size], room: int) -> list[int] | None:
    """Return the widths of the columns, or None where their words have no room.

    A figure is best read in one line; where that leaves too little, it is broken between words.
    """
    unbroken = [
        size._replace(least=size.natural) if column.figure else size
        for column, size in zip(columns, sizes, strict=True)
    ]
    return share(unbroken, room) or share(sizes, room)


def _painter(file: IO[str]) -> tuple[Paint, box.Box]:
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


def _pieces(
    plan: _Plan,
    columns: Sequence[Column],
    rows: Iterator[list[Cell]],
    caption: str,
    paint: Paint,
    line_box: box.Box,
) -> Iterator[str]:
    between = [""] if plan.spaced else []
    blocks: list[Block] = []
    blanks: list[str] = []
    if plan.widths:
        blocks = [
            _block(one, width, paint) for one, width in zip(columns, plan.widths, strict=True)
        ]
        blanks = [" " * (width + GAP) for width in plan.widths]
        header = [[Line(column.header, STRONG)] for column in columns]
        yield _text(_row(blocks, header, blanks))
        rule = [width + GAP - 1 for width in plan.widths[:-1]] + [plan.widths[-1]]
        yield f"{line_box.get_row(rule, 'head', edge=False)}\n"
    elif not plan.tree:
        between = [""]
    first = True
    while batch := list(islice(rows, _BATCH)):
        lines: list[str] = []
        for row in batch:
            if not first:
                lines += between
            first = False
            if plan.widths and plan.under:
                beside = [[line for line in cell if not line.under] for cell in row]
                under = [line for cell in row for line in cell if line.under]
                lines += _row(blocks, beside, blanks)
                lines += [styled for _, styled in _lines(under, plan.room, paint)]
            elif plan.widths:
                lines += _row(blocks, row, blanks)
            elif plan.tree:
                lines += _branch(columns, row, plan.room, paint)
            else:
                lines += _stack(_labelled(columns, row), plan.room, paint)
        yield _text(lines)
    if caption:
        below = [styled for _, styled in _lines([Line(clean(caption), FAINT)], plan.room, paint)]
        yield _text(["", *below])


def _text(lines: Iterable[str]) -> str:
    """Return the lines as one text, without spaces at their ends."""
    return "".join([f"{line.rstrip(' ')}\n" for line in lines])


def section(title: str, rows: Sequence[Row], *, width: int | None, file: IO[str]) -> str:
    """Return a title, and labelled cells below it with an empty line after each."""
    cleaned = [(label, _cleaned(cell)) for label, cell in rows]
    head = Line(clean(title), STRONG)
    labels = measure(label for label, _ in rows)
    texts = measure(line.text for _, cell in cleaned for line in cell)
    room = width or max(labels.natural + GAP + texts.natural, cell_len(head.text))
    paint, _ = _painter(file)
    stacks = [line for row in cleaned for line in (*_stack([row], room, paint), "")]
    return _text([*(styled for _, styled in _lines([head], room, paint)), *stacks, ""])


def below(caption: str, *, width: int | None, file: IO[str]) -> str:
    """Return what is said below sections."""
    paint, _ = _painter(file)
    lines = _lines([Line(clean(caption), FAINT)], width or cell_len(caption), paint)
    return _text(styled for _, styled in lines)


def _row(blocks: Sequence[Block], row: Sequence[Cell], blanks: Sequence[str]) -> Iterator[str]:
    """Return the lines of a row, its cells beside each other."""
    drawn = [block(cell) for block, cell in zip(blocks, row, strict=True)]
    height = max(1, *map(len, drawn))
    for lines, blank in zip(drawn, blanks, strict=True):
        if len(lines) < height:
            lines += [blank] * (height - len(lines))
    return map("".join, zip(*drawn, strict=True))


def _block(column: Column, width: int, paint: Paint) -> Block:
    """Return what draws a cell of a column: its lines, each as wide as the column and the gap."""

    def filled(line: Line) -> list[str]:
        lines = _lines([line], width, paint)
        if column.figure:
            return [f"{' ' * (width - used)}{styled}{' ' * GAP}" for used, styled in lines]
        return [f"{styled}{' ' * (width + GAP - used)}" for used, styled in lines]

    # A large table has the same speakers, publishers and dates many times; not so what is long.
    @lru_cache(2000)
    def short(text: str, style: str) -> list[str]:
        return filled(Line(text, style))

    def block(cell: Cell) -> list[str]:
        drawn: list[str] = []
        for line in cell:
            text, style, lead, _, marks, under = line
            if under or lead or marks or len(text) > width:
                drawn += filled(line)
            else:
                drawn += short(text, style)
        return drawn

    return block


def _labelled(columns: Sequence[Column], row: Sequence[Cell]) -> list[Row]:
    return [
        (column.header.replace(NO_BREAK, " "), _in_one(cell) if column.short else cell)
        for column, cell in zip(columns, row, strict=True)
    ]


def _stack(rows: Sequence[Row], width: int, paint: Paint) -> list[str]:
    """Return the lines of labelled cells, one below the other.

    A cell with a word that has no room beside the labels stands below its own.
    """
    label_width = measure(label for label, _ in rows).natural + GAP
    stacked = []
    for label, cell in rows:
        beside = measure(line.text for line in cell).least <= width - label_width
        indent = label_width if beside else GAP
        lines = _lines(cell, max(width - indent, 1), paint)
        if lines and not beside:
            stacked.append(paint(label, FAINT))
        for number, (_, styled) in enumerate(lines):
            head = label if beside and not number else ""
            stacked.append(f"{paint(head, FAINT)}{' ' * (indent - cell_len(head))}{styled}")
    return stacked


def _branch(columns: Sequence[Column], row: Sequence[Cell], width: int, paint: Paint) -> list[str]:
    """Return one record of a tree: its name, and below it whatever else the columns say."""
    (name,), *rest = row
    said = [
        f"{column.header} {line.text}"
        for column, cell in zip(columns[1:], rest, strict=True)
        for line in cell
    ]
    below = Line(" · ".join(said), FAINT, name.hang, name.hang)
    return [styled for _, styled in _lines([name, below], width, paint)]


def _in_one(cell: Cell) -> Cell:
    """Return the lines of a cell as one line, in the style of the first."""
    return [Line(", ".join(line.text for line in cell), cell[0].style)] if cell else []


def _lines(cell: Cell, width: int, paint: Paint) -> list[tuple[int, str]]:
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
