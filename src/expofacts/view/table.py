"""Tables for people: laid out for the width there is, and stacked where that is too narrow.

One way for any number of records: where they are many they are read twice, first to measure the
columns and then to draw them, some at a time. Rich lends the box, the styles, and what it knows of
terminals; its own tables take half a millisecond a row, and all of them before the first is seen.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain, islice
from operator import itemgetter
from typing import IO, NamedTuple

from rich import box
from rich.cells import cell_len

from expofacts.view.cells import FAINT, STRONG, Cell, Column, Line, Names, Record, Row
from expofacts.view.draw import (
    Block,
    Paint,
    block,
    branch,
    broken,
    labelled,
    painter,
    side_by_side,
    stacked,
)
from expofacts.view.layout import GAP, Size, both, measure, share
from expofacts.view.safe_text import clean

# Rows are drawn some at a time: few writes, and memory that does not grow with them.
_BATCH = 100

# So many rows are kept from when they are measured until they are drawn, in some 8 MiB; those that
# follow are made twice.
_KEPT = 3000

_lead = itemgetter(Line._fields.index("lead"))


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
    paint, line_box = painter(file)
    return _pieces(plan, columns, rows, caption, paint, line_box)


def stack(rows: Sequence[Row], *, width: int | None, file: IO[str]) -> str:
    """Return labelled cells below each other, in the width or as wide as what they say."""
    cleaned = [(label, _cleaned(cell)) for label, cell in rows]
    labels = measure(label for label, _ in rows)
    texts = measure(line.text for _, cell in cleaned for line in cell)
    room = width or labels.natural + GAP + texts.natural
    return _text(stacked(cleaned, room, painter(file)[0]))


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
        blocks = [block(one, width, paint) for one, width in zip(columns, plan.widths, strict=True)]
        blanks = [" " * (width + GAP) for width in plan.widths]
        header = [[Line(column.header, STRONG)] for column in columns]
        yield _text(side_by_side(blocks, header, blanks))
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
                lines += side_by_side(blocks, beside, blanks)
                lines += [styled for _, styled in broken(under, plan.room, paint)]
            elif plan.widths:
                lines += side_by_side(blocks, row, blanks)
            elif plan.tree:
                lines += branch(columns, row, plan.room, paint)
            else:
                lines += stacked(labelled(columns, row), plan.room, paint)
        yield _text(lines)
    if caption:
        below = [styled for _, styled in broken([Line(clean(caption), FAINT)], plan.room, paint)]
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
    paint, _ = painter(file)
    stacks = [line for row in cleaned for line in (*stacked([row], room, paint), "")]
    return _text([*(styled for _, styled in broken([head], room, paint)), *stacks, ""])


def below(caption: str, *, width: int | None, file: IO[str]) -> str:
    """Return what is said below sections."""
    paint, _ = painter(file)
    lines = broken([Line(clean(caption), FAINT)], width or cell_len(caption), paint)
    return _text(styled for _, styled in lines)
