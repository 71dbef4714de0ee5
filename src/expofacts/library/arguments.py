"""What a collection can be asked for, as typed keyword arguments."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, TypedDict

from expofacts.index.filters import Filters

# One value of a filter, or several as alternatives.
Values = str | Sequence[str]


class SearchFilters(TypedDict, total=False):
    """The filters of every listing, by the names that the command line has for them."""

    region: Values
    between: tuple[str, str]
    topic: Values
    source: Values
    since: str | date
    until: str | date
    as_of: str | date
    match: str


class CommonFilters(SearchFilters, total=False):
    """The filters of every listing, and which of the facts are given in which order."""

    sort: str
    reverse: bool
    limit: int


class QuoteFilters(CommonFilters, total=False):
    """The filters of quotes."""

    speaker: Values
    speech: Values


class StatisticFilters(CommonFilters, total=False):
    """The filters of statistics."""

    indicator: Values
    period: str
    unit: Values
    project: Values


class InfrastructureFilters(CommonFilters, total=False):
    """The filters of infrastructure."""

    project: Values
    mode: Values
    status: Values
    latest: bool


class ConflictFilters(SearchFilters, total=False):
    """The filters of what is compared."""

    indicator: Values
    period: str
    project: Values


def as_filters(given: Mapping[str, Any], known: type) -> dict[str, Any]:
    """Return the filters as an index takes them; raises TypeError for one that there is not."""
    filters: dict[str, Any] = {}
    for name, value in given.items():
        if name not in known.__annotations__:
            raise TypeError(f"there is no filter {name!r} here")
        if isinstance(value, date):
            filters[name] = value.isoformat()
        elif isinstance(value, str) and Filters._field_defaults.get(name) == ():
            filters[name] = (value,)
        else:
            filters[name] = value
    return filters
