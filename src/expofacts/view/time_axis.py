"""All projects on one time axis.

Nothing rests on colour. On a terminal states are drawn with blocks; where there is none, in a pipe,
with signs of ASCII.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import groupby, islice, takewhile
from typing import NamedTuple

from expofacts.facts.states import STATES
from expofacts.plurals import counted
from expofacts.view import words
from expofacts.view.cells import FAINT, PLAIN, STRONG, Cell, Column, Record, lines
from expofacts.view.layout import GAP, measure
from expofacts.view.safe_text import clean
from expofacts.view.words import NO_BREAK


class _Scale(NamedTuple):
    """How much time a column is: so many quarters."""

    name: str
    quarters: int


_SCALES = (
    *(_Scale("A quarter", 1), _Scale("Half a year", 2), _Scale("A year", 4)),
    *(_Scale(f"{years} years", 4 * years) for years in (2, 5, 10, 20, 50, 100, 200, 500)),
)

_OUTCOMES = ("kept", "late", "kept or late", "disputed", "broken", "overdue", "open", "not judged")

# A year and the space after it.
_LABEL = 5

# As wide as a chart gets where there is no terminal; how narrow beside what is said of projects;
# and what that gets at least.
_WIDEST, _NARROWEST, _NAME = 120, 10, 24


class _Project(NamedTuple):
    """What is drawn of a project: what is said of it, and its states in order."""

    about: Cell
    states: list["_Came"]


class _Came(NamedTuple):
    """A state: the quarter in which it came, and the last one of which its claim speaks."""

    status: str
    quarter: int
    until: int


def time_axis(
    timelines: Iterable[Record], width: int | None, most: int | None = None, total: int = 0
) -> tuple[Sequence[Column], list[Record], str]:
    """Return the columns and rows of a table with all projects on one time axis, and its caption.

    The timelines of the projects are given as lines, one project after the other; of a `total` of
    projects at most so many are drawn. Of each only what is drawn is kept. A width of None is for
    a pipe.
    """
    sources: set[str] = set()
    projects = []
    of_projects = groupby(timelines, key=lambda line: line["subject"])
    for _, timeline in islice(of_projects, most):
        lines_of_one = list(timeline)
        sources.update(line["source"] for line in lines_of_one)
        projects.append(_Project(_about(lines_of_one), _states(lines_of_one)))
    first = min(state.quarter for project in projects for state in project.states) // 4 * 4
    last = max(state.until for project in projects for state in project.states)
    scale = _scale(last - first, [project.about for project in projects], width)
    plain = width is None
    rows: list[Record] = [{"about": [], "chart": _years(first, last, scale)}]
    for about, states in projects:
        rows.append({"about": about, "chart": _drawn(states, first, scale, plain)})
    columns = (
        Column("Project", lambda row, _: row["about"]),
        Column(
            f"{scale.name} a column".replace(" ", NO_BREAK),
            lambda row, _: lines((row["chart"], PLAIN)),
        ),
    )
    shown = {state.status for project in projects for state in project.states}
    signs = [
        f"{state.signs[plain]}{NO_BREAK}{name}" for name, state in STATES.items() if name in shown
    ]
    some = f"{len(projects):,} of " if len(projects) < total else ""
    count = f"{some}{counted(max(total, len(projects)), 'project')}"
    return columns, rows, f"{', '.join(signs)}\n{count} from {counted(len(sources), 'source')}"


def _scale(quarters: int, texts: Sequence[Cell], width: int | None) -> _Scale:
    """Return the finest scale that leaves enough room for what is said of the projects."""
    size = measure(clean(line.text) for cell in texts for line in cell)
    beside = min(size.natural, max(size.least, _NAME))
    room = _WIDEST if width is None else width - GAP - beside
    if width is not None and room < _NARROWEST:  # then the states stand below what is said
        room = width - GAP
    return next((one for one in _SCALES if quarters // one.quarters < room), _SCALES[-1])


def _about(timeline: Sequence[Record]) -> Cell:
    """Return a project's name, its latest state, and how many promises became what."""
    states = [line for line in reversed(timeline) if line["what"] == "state"]
    unchanged = takewhile(lambda line: line["status"] == states[0]["status"], states)
    # Of the reports of this state, the one that says best since when.
    latest = max(unchanged, key=lambda line: len(line["happened"] or ""))
    state = words.state(latest["status"], latest["happened"])
    if not latest["happened"]:
        state += f" (as of {words.date(latest['as_of'])})"
    outcomes = Counter(
        line["outcome"] or "not judged" for line in timeline if line["what"] == "promise"
    )
    promises = ", ".join(f"{outcomes[one]} {one}" for one in _OUTCOMES if one in outcomes)
    differ = "sources contradict each other" if any(one["contradicts"] for one in states) else ""
    return lines(
        (latest["name"], STRONG),
        (state, PLAIN),
        (promises and f"promises: {promises}", FAINT),
        (differ, FAINT),
    )


def _quarter(date: str) -> int:
    """Return the quarter, counted from the year 0, in which the last day of a date lies."""
    return int(date[:4]) * 4 + (int(date[5:7] or 12) - 1) // 3


def _states(timeline: Sequence[Record]) -> list[_Came]:
    return [
        _Came(
            line["status"],
            _quarter(line["date"]),
            max(_quarter(line["date"]), _quarter(line["as_of"])),
        )
        for line in timeline
        if line["what"] == "state"
    ]


def _drawn(states: Sequence[_Came], first: int, scale: _Scale, plain: bool) -> str:
    """Return the states of a project, one sign a column; each lasts until the next."""
    drawn, sign = "", NO_BREAK
    end = max(state.until for state in states) + scale.quarters
    for state in [*states, None]:
        column = ((state.quarter if state else end) - first) // scale.quarters
        drawn = drawn[:column].ljust(column, sign)
        if state:
            sign = STATES[state.status].signs[plain]
            drawn += sign
    return drawn


def _years(first: int, last: int, scale: _Scale) -> str:
    """Return the axis: years where there is room for them, each above its first column."""
    columns = (last - first) // scale.quarters + 1
    drawn = ""
    for column in range(columns):
        quarter = first + column * scale.quarters
        fits = column + _LABEL - 1 <= columns or not column
        if quarter % 4 == 0 and column >= len(drawn) and fits:
            drawn = drawn.ljust(column, NO_BREAK) + f"{quarter // 4}{NO_BREAK}"
    return drawn.rstrip(NO_BREAK)
