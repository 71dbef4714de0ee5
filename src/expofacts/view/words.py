"""Figures, dates and promises as people say them. Nothing is rounded here."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import lru_cache
from typing import Any

from expofacts.facts.kinds import Quote
from expofacts.facts.scales import SCALES
from expofacts.facts.states import STATES
from expofacts.plurals import counted

# Holds together what is read together; printed as a space.
NO_BREAK = "\u00a0"

# A thousand reads as well in digits.
_SCALES = {words.split("|")[0]: scale for scale, words in SCALES.items() if scale >= 10**6}
# "107.061 billion" reads well, more decimals than these do not: then all digits are printed.
_DECIMALS = 3

MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)

Record = Mapping[str, Any]


def number(value: int | Decimal) -> str:
    """Return a number to read: 1,300 or 100 billion. It is never rounded."""
    exact = Decimal(value)
    for word, scale in reversed(_SCALES.items()):
        if abs(exact) >= scale and not _ends_in_zeros(exact):
            scaled = (exact / scale).normalize()
            exponent = scaled.as_tuple().exponent
            if isinstance(exponent, int) and exponent >= -_DECIMALS and scaled * scale == exact:
                return f"{scaled:,f}{NO_BREAK}{word}"
    return all_digits(value)


def all_digits(value: int | Decimal) -> str:
    """Return a number with every digit that it has: 100,000,000,000 or 24.80."""
    return f"{value:,f}" if isinstance(value, Decimal) else f"{value:,}"


def _ends_in_zeros(value: Decimal) -> bool:
    """Whether decimals say how exact the number is: the last two of 1500000.00."""
    _, digits, exponent = value.as_tuple()
    return isinstance(exponent, int) and exponent < 0 and digits[-1] == 0


def ordinal(value: int | Decimal) -> str:
    """Return 6th, 21st, 112th."""
    if value != int(value):
        return number(value)
    last = abs(int(value)) % 100
    ending = "th" if 10 < last < 14 else {1: "st", 2: "nd", 3: "rd"}.get(last % 10, "th")
    return f"{int(value):,}{ending}"


def figure(record: Record) -> str:
    """Return a statistic's figure with its qualifier and unit: "more than 100 billion USD"."""
    value, unit = record["value"], record["unit"]
    if unit == "ordinal":
        words = ordinal(value)
    elif unit == "%":
        words = f"{number(value)}%"
    else:
        space = " " if " " in unit else NO_BREAK
        words = f"{number(value)}{space}{unit}"
    return " ".join(filter(None, (record["qualifier"], words)))


@lru_cache(1000)  # a large table has few dates, many times each
def date(text: str) -> str:
    """Return a date, a part of one, or a period to read: 18 June 2019, Q1 2018."""
    if "/" in text:
        # The dash stays with what it follows: alone in a line it reads as something else.
        return f"{NO_BREAK}– ".join(date(part) for part in text.split("/"))
    year, *rest = text.split("-")
    if rest and rest[0].startswith("Q"):
        return f"{rest[0]} {year}"
    words = [str(int(day)) for day in rest[1:]] + [MONTHS[int(month) - 1] for month in rest[:1]]
    return NO_BREAK.join([*words, year])


def state(status: str, happened: str | None) -> str:
    """Return a state and when it came to be: "open since 10 June 2022"."""
    since = "since " if STATES[status].lasts else ""
    return f"{status} {since}{date(happened)}" if happened else status


def status(record: Record) -> str:
    """Return the state of something built, and what is promised of it, each with its date."""
    words = state(record["status"], record["happened"])
    what = _promised(record["expected_status"])
    if record["expected"]:
        words += ", " + f"{what} expected {date(record['expected'])}".lstrip()
    elif what:
        words += f", {what} promised"
    return words


def promise(line: Record) -> str:
    """Return what a line of a timeline promises: "completion promised for 2019"."""
    until = f"for {date(line['expected'])}" if line["expected"] else ""
    return " ".join(filter(None, (_promised(line["status"]), "promised", until)))


def _promised(status: str | None) -> str:
    """Return what is promised with a state: "completion"; nothing where that is not said."""
    return STATES[status].noun if status else ""


def outcome(line: Record) -> str:
    """Return what became of the promise of a line of a timeline, with what shows it."""
    least, most = line["late_days_min"], line["late_days_max"]
    match line["outcome"]:
        case None:
            return "not judged: what was promised is not said"
        case "broken" if line["reached_first"] is None:
            return "broken: cancelled"
        case "broken":
            day = date(line["reached_first"])
            return f"broken: not yet {line['status']} on {day}, {counted(least, 'day')} late"
        case "overdue":
            return "overdue: what became of it is not known"
        case "open":
            return "open"
        case "late" if most is None:
            return f"late by at least {counted(least, 'day')}: sources differ"
        case "late" if least != most:
            return f"late by {least:,} to {counted(most, 'day')}: {_reached(line)}"
        case "late":
            return f"late by {counted(most, 'day')}: {_reached(line)}"
        case "kept or late":
            return f"kept, or late by at most {counted(most, 'day')}: {_reached(line)}"
        case "disputed":
            return f"disputed, for sources differ: {_reached(line)}"
        case _:
            return f"kept: {_reached(line)}"


def _reached(line: Record) -> str:
    """Return that the promised state was reached, and when."""
    status, first, last = line["status"], line["reached_first"], line["reached_last"]
    if last is None:
        return f"{status}, or not yet"
    if first is None:
        return f"{status} by {date(last)} at the latest"
    if first != last:
        return f"{status} between {date(first)} and {date(last)}"
    return state(status, last)


def published(record: Record) -> str:
    """Return when a source was published, as far as that is known."""
    return date(record["published"]) if record["published"] else "undated"


def source(record: Record) -> str:
    """Return who published it, when: "Xinhua, 18 June 2019"."""
    return f"{record['publisher']}, {published(record)}"


def statement(quote: Quote) -> str:
    """Return what was said: quoted words in quotation marks, a paraphrase without."""
    if quote["speech"] == "indirect":
        return quote["text"]
    return " ".join(filter(None, (quote["context"], f"“{quote['text']}”")))


def some(names: Sequence[str]) -> str:
    """Return the first two names, and how many more there are."""
    more = f" and {len(names) - 2:,} more" if len(names) > 2 else ""
    return ", ".join(names[:2]) + more
