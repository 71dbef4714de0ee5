"""What a collection can be asked for, as typed keyword arguments."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from reprlib import repr as shortened
from typing import Any, TypedDict

from expofacts.errors import UsageError
from expofacts.index.filters import Filters
from expofacts.index.query import Order
from expofacts.index.resolve import KEYS

# One value of a filter, or several as alternatives.
Values = str | Sequence[str]
# Two values that both count.
Pair = tuple[str, str]
# A day, or a text that may also be a month, a year ...; a datetime means its day.
Day = str | date


class SearchFilters(TypedDict, total=False):
    """The filters of every listing, by the names that the command line has for them."""

    region: Values
    between: Pair
    topic: Values
    source: Values
    since: Day
    until: Day
    as_of: Day
    match: str


class CommonFilters(SearchFilters, total=False):
    """The filters of every listing, and which of the facts are given in which order."""

    sort: str
    reverse: bool
    limit: int


def asked(given: Mapping[str, Any], known: type) -> tuple[Filters, Order]:
    """Return what is asked for as an index takes it; raises as `as_filters` does."""
    filters = as_filters(given, known)
    order = {name: filters.pop(name) for name in Order._fields if name in filters}
    keys = {name: filters.pop(name) for name in KEYS if name in filters}
    return Filters(keys=keys, **filters), Order(**order)


def as_filters(given: Mapping[str, Any], known: type) -> dict[str, Any]:
    """Return the filters as a command line gives them; None is as good as not given.

    Raises TypeError for a filter that there is not, and for a value that it cannot have;
    UsageError for a limit below 1.
    """
    filters: dict[str, Any] = {}
    for name, value in given.items():
        if name not in known.__annotations__:
            raise TypeError(f"there is no filter {name!r} here")
        if value is not None:
            filters[name] = as_value(name, value, known.__annotations__[name])
    return filters


def as_value(name: str, value: object, declared: Any) -> Any:
    """Return the value of a filter of the declared type as an index takes it.

    Raises TypeError and UsageError as `as_filters` does.
    """
    takes, read = _TYPES[declared]
    found = read(value)
    wrong = f"{name} takes {takes}, not {shortened(value)}"
    if found is None:
        raise TypeError(wrong)
    if declared is int and found < 1:
        raise UsageError(wrong)
    return found


# Each of these returns the value as an index takes it, or None for one of another type.


def _texts(value: object) -> tuple[str, ...] | None:
    if isinstance(value, str):
        return (value,)
    if not isinstance(value, Iterable) or isinstance(value, bytes):
        return None
    texts = tuple(value)
    return texts if all(isinstance(text, str) for text in texts) else None


def _pair(value: object) -> tuple[str, ...] | None:
    texts = _texts(value)
    return texts if texts and len(texts) == 2 else None


def _day(value: object) -> str | None:
    if isinstance(value, datetime):
        value = value.date()
    return value.isoformat() if isinstance(value, date) else _text(value)


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None


def _flag(value: object) -> bool | None:
    return value if isinstance(value, bool) else None


def _number(value: object) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None


# By the type that a filter is declared with: what it takes, in words, and how that is read.
_TYPES: dict[Any, tuple[str, Callable[[object], Any]]] = {
    Values: ("a text or several", _texts),
    Pair: ("a pair of texts", _pair),
    Day: ("one date or text", _day),
    str: ("one text", _text),
    bool: ("True or False", _flag),
    int: ("a whole number from 1 up", _number),
}
