"""The figures for an indicator in order of time."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from sqlite3 import Connection
from typing import Any

from expofacts.compare.timeline_lines import (
    CLAIM,
    SUBJECT,
    Contradicted,
    Line,
    Timeline,
    contradicted,
    line,
)
from expofacts.errors import UsageError
from expofacts.facts.dates import date_days, period_days
from expofacts.facts.kinds import Statistic
from expofacts.index import query
from expofacts.index.filters import Filters
from expofacts.index.query import Order
from expofacts.json_lines import all_from_json

KIND = "statistic"

FIELDS = {
    "date": "Period of the figure",
    **SUBJECT,
    "what": "figure",
    "value": "The figure, exact",
    "unit": "Its unit",
    "qualifier": "about, nearly, more than, at least, less than, at most",
    "rounded_to": "What the last digit that is not rounded is worth",
    "scope": "What is counted",
    "counted_by": "Whose count it is",
    **CLAIM,
}

# What a chart needs of a figure: it has to hold all that it draws to one scale.
_OF_FIGURE = (
    *("id", "indicator", "name", "value", "unit", "qualifier", "period", "scope", "counted_by"),
    *("as_of", "source", "publisher", "published"),
)
# And what a line needs, for of an indicator there may be thousands.
_OF_LINE = (*_OF_FIGURE, "rounded_to")


def _lines(index: Connection, filters: Filters) -> Iterator[Line]:
    found = all_from_json(query.select(index, KIND, filters, Order()))
    figures = by_period({key: figure[key] for key in _OF_LINE} for figure in found)
    return _of_indicators(index, figures)


def _of_indicators(index: Connection, figures: Sequence[Any]) -> Iterator[Line]:
    ids = {figure["id"] for figure in figures}
    for indicator, of_one in groupby(figures, key=lambda figure: figure["indicator"]):
        against = contradicted(index, KIND, indicator, ids, {})
        yield from (_line(figure, against) for figure in of_one)


def _line(claim: Statistic, against: Contradicted) -> Line:
    own: dict[str, Any] = {name: value for name, value in claim.items() if name in FIELDS}
    own |= {"date": claim["period"], "what": "figure", "contradicts": against(claim["id"])}
    return line(FIELDS, "indicator", claim, **own)


def by_period(figures: Iterable[Any]) -> list[Any]:
    """Return the figures by indicator, as these first occur, then by period, then as published.

    What is of no particular time comes last.
    """
    figures = list(figures)
    place = {
        indicator: n for n, indicator in enumerate(dict.fromkeys(f["indicator"] for f in figures))
    }

    def order(figure: Any) -> tuple[int, bool, tuple[str, str], str, str]:
        days = period_days(figure["period"]) if figure["period"] else ("", "")
        published = date_days(figure["published"] or figure["as_of"])[1]
        return place[figure["indicator"]], not figure["period"], days, published, figure["id"]

    return sorted(figures, key=order)


def in_one_unit(index: Connection, filters: Filters, order: Order) -> list[Any]:
    """Return what a chart needs of the figures that match, in order, else by indicator and period.

    Raises UsageError where they are in several units, and cannot be drawn to one scale.
    """
    found = query.select(index, KIND, filters, order._replace(limit=None))
    figures: list[Any] = [
        {name: figure[name] for name in _OF_FIGURE} for figure in all_from_json(found)
    ]
    if order.sort is None:
        figures = by_period(figures)[:: -1 if order.reverse else 1]
    figures = figures[: order.limit]
    units = list(dict.fromkeys(figure["unit"] for figure in figures))
    if len(units) > 1:
        more = f" and {len(units) - 8} more units" if len(units) > 8 else ""
        raise UsageError(f"figures are in {', '.join(units[:8])}{more}: add --unit or --indicator")
    return figures


TIMELINE = Timeline(FIELDS, _lines)
