"""Bars for figures in one unit.

Nothing rests on colour, and a bar never stands for the figure, which is printed beside or below it
with every digit. On a terminal bars are drawn with blocks, to an eighth of a column; where there is
none, in a pipe, with signs of ASCII.
"""

from collections.abc import Callable, Sequence
from fractions import Fraction

from expofacts.plurals import counted
from expofacts.view import words
from expofacts.view.cells import FAINT, PLAIN, STRONG, Cell, Column, Line, Names, Record, lines
from expofacts.view.layout import GAP, measure
from expofacts.view.safe_text import clean
from expofacts.view.words import NO_BREAK

# The sign at the end of a bar, on a terminal and in a pipe: where the true figure lies.
_ENDS = {
    "more than or at least": ("►", ">"),
    "less than or at most": ("◄", "<"),
    "about": ("≈", "~"),
    "nearly": ("≈", "~"),
}
_SIGNS = {qualifier: pair for of, pair in _ENDS.items() for qualifier in of.split(" or ")}

_EIGHTHS = ("", *"▏▎▍▌▋▊▉")

# How long the bars are, in columns, and what stands around them: the line for 0 and two signs.
_LONGEST, _SHORTEST, _AROUND = 40, 24, 3

# What texts beside the bars get at least.
_BESIDE = 24


def bars(figures: Sequence[Record], width: int | None) -> tuple[list[Column], str]:
    """Return the columns of a table of the figures with a bar for each, and its caption.

    The figures are in one unit. A width of None is for a pipe.
    """
    several = len({figure["indicator"] for figure in figures}) > 1
    label = Column("Indicator" if several else "Period", _named_period if several else _period)
    figure = Column("Figure", lambda row, _: lines((words.figure(row), STRONG)), figure=True)
    source = Column("Source", _counted)
    beside, room = _layout([label, figure, source], figures, width)
    below = [column for column in (figure, source) if column not in beside]
    draw = _drawn_to_scale(figures, room, width is None)

    def bar(row: Record, names: Names) -> Cell:
        return [Line(draw(row)), *(line for one in below for line in one.cell(row, names))]

    columns = [*beside[:2], Column("", bar), *beside[2:]]
    return columns, "\n".join(filter(None, (_legend(figures, width is None), _of(figures))))


def _legend(figures: Sequence[Record], plain: bool) -> str:
    """Return what the signs at the ends of the bars mean, of those that there are."""
    used = {figure["qualifier"] for figure in figures}
    return ", ".join(
        f"{pair[plain]} {meaning}".replace(" ", NO_BREAK)
        for meaning, pair in _ENDS.items()
        if used.intersection(meaning.split(" or "))
    )


def _layout(
    columns: list[Column], figures: Sequence[Record], width: int | None
) -> tuple[list[Column], int]:
    """Return the columns that stand beside the bars, and how long these are at most.

    The narrower it is, the more stands below a bar instead of beside it.
    """
    if width is None:
        return columns, _LONGEST
    taken = [GAP + _needed(column, figures) for column in columns]
    for number in range(len(columns), 0, -1):
        room = width - sum(taken[:number]) - _AROUND
        if room >= _SHORTEST:
            return columns[:number], min(room, _LONGEST)
    return columns[:1], max(room, _SHORTEST // 3)


def _of(figures: Sequence[Record]) -> str:
    """Return what a chart shows: "China-Russia trade volume: 24 figures from 19 sources"."""
    names = dict.fromkeys(figure["name"] for figure in figures)
    of = f"{figures[0]['name']}: " if len(names) == 1 else ""
    count = counted(len(figures), "figure")
    return f"{of}{count} from {counted(len({one['source'] for one in figures}), 'source')}"


def _period(figure: Record, _: Names) -> Cell:
    if not figure["period"]:
        return lines((f"as of {words.date(figure['as_of'])}", FAINT))
    return lines((words.date(figure["period"]), PLAIN))


def _named_period(figure: Record, names: Names) -> Cell:
    return [*lines((figure["name"], STRONG)), *_period(figure, names)]


def _counted(figure: Record, _: Names) -> Cell:
    counted_by = f"; counted by {figure['counted_by']}" if figure["counted_by"] else ""
    return lines((words.source(figure) + counted_by, FAINT), (figure["scope"], FAINT))


def _needed(column: Column, rows: Sequence[Record]) -> int:
    """Return how wide a column beside bars has to be: texts may be broken, figures not."""
    texts = {line.text for row in rows for line in column.cell(row, {})}
    size = measure(map(clean, [column.header, *texts]))
    return size.natural if column.figure else min(size.natural, max(size.least, _BESIDE))


def _drawn_to_scale(figures: Sequence[Record], room: int, plain: bool) -> Callable[[Record], str]:
    """Return what draws a figure's bar, to the right of a line for 0, to the left where negative.

    All are drawn to one scale, on which 0 and the figures farthest from it on either side are
    `room` columns apart. What is not 0 is never drawn as nothing.
    """
    values = [Fraction(figure["value"]) for figure in figures]
    scale = room / (max([*values, Fraction(0)]) - min([*values, Fraction(0)]) or Fraction(1))
    full, axis = ("#", "|") if plain else ("█", "│")

    def sides(figure: Record) -> tuple[str, str]:
        sign = _SIGNS[figure["qualifier"]][plain] if figure["qualifier"] else ""
        value = Fraction(figure["value"])
        length = abs(value) * scale
        if value < 0:  # there are no eighths for it
            return sign + full * max(int(length), 1), ""
        if plain:
            return "", full * max(int(length), value > 0) + sign
        eighths = max(int(length * 8), value > 0)
        return "", full * (eighths // 8) + _EIGHTHS[eighths % 8] + sign

    before = max(len(sides(figure)[0]) for figure in figures)

    def draw(figure: Record) -> str:
        left, right = sides(figure)
        return f"{left.rjust(before, NO_BREAK)}{axis}{right}"

    return draw
