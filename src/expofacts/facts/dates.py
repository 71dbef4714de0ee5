"""Dates that may be parts ("2019", "2019-06"), and periods, as intervals of days."""

import re
from calendar import monthrange
from functools import lru_cache

_PART = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?|-Q([1-4]))?", re.ASCII)


# Facts of one collection share their days; so many are more than there are in ten years.
@lru_cache(4096)
def date_days(text: str) -> tuple[str, str]:
    """Return the first and the last day of a date, month or year, both as "YYYY-MM-DD".

    Raises ValueError for anything else, and for days that no calendar has.
    """
    if "Q" in text:
        raise ValueError(f'"{text}" is not a date')
    return _days(text, "a date")


@lru_cache(4096)
def period_days(text: str) -> tuple[str, str]:
    """Return the first and the last day of a period, both as "YYYY-MM-DD".

    A period is a year, a month, a day, a quarter ("2018-Q1"), or two of these with a slash
    between them (ISO 8601), both ends included. Raises ValueError for anything else.
    """
    begin, slash, end = text.partition("/")
    first, last = _days(begin, "a period")
    if slash:
        last = _days(end, "a period")[1]
        if last < first:
            raise ValueError(f'"{text}" ends before it begins')
    return first, last


def _days(text: str, what: str) -> tuple[str, str]:
    match = _PART.fullmatch(text)
    if not match:
        raise ValueError(f'"{text}" is not {what}')
    year, month, day, quarter = (int(group) if group else None for group in match.groups())
    from_month, to_month = (quarter * 3 - 2, quarter * 3) if quarter else (month or 1, month or 12)
    if not year or (month is not None and not 1 <= month <= 12):
        raise ValueError(f'"{text}" is not in the calendar')
    length = monthrange(year, to_month)[1]
    if day is not None and not 1 <= day <= length:
        raise ValueError(f'"{text}" is not in the calendar')
    return (
        f"{year:04}-{from_month:02}-{day or 1:02}",
        f"{year:04}-{to_month:02}-{day or length:02}",
    )
