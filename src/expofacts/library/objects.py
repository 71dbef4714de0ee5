"""Each kind of fact as the library gives it, with its time line, and the filters that it has.

These are objects that cannot be changed. Their fields are those of the records as data, by the
same names. What a fact file leaves out is None, or an empty tuple where it would be a list. Dates
are ISO 8601 texts, and may be parts ("2019", "2019-06"). Numbers are exact: int, or Decimal with
the digits that the file has.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from decimal import Decimal
from typing import Any, Literal, TypeAlias, TypeVar, get_args, get_origin

from expofacts.facts.kinds import Qualifier, Speech
from expofacts.facts.states import Status
from expofacts.library.arguments import CommonFilters, Day, SearchFilters, Values

__all__ = [
    "AnyFact",
    "Fact",
    "FigureEntry",
    "Infrastructure",
    "Mechanism",
    "ProjectEntry",
    "Quote",
    "Region",
    "Source",
    "Speaker",
    "Statistic",
    "TimelineEntry",
    "Topic",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """What every fact has: its place in a source, what it touches, what to know about it."""

    kind: str
    id: str
    regions: tuple[str, ...]
    topics: tuple[str, ...]
    as_of: str
    source: str
    publisher: str
    published: str | None
    url: str | None
    paragraph: int | None
    stated: tuple[str, ...]
    note: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Entry:
    """What every entry of a timeline has: its place in time, and whose claim it is."""

    date: str | None
    subject: str
    name: str
    as_of: str
    fact: str
    source: str
    publisher: str
    published: str | None
    contradicts: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote(Fact):
    """What somebody said. `text` is quoted words, unless `speech` is "indirect"."""

    speaker: str
    collective: bool | None
    role: str | None
    organization: str | None
    occasion: str | None
    speech: Speech
    text: str
    context: str | None
    original: str | None


class QuoteFilters(CommonFilters, total=False):
    """The filters of quotes."""

    speaker: Values
    speech: Values


@dataclass(frozen=True, slots=True, kw_only=True)
class Statistic(Fact):
    """A figure, as its source prints it: not without its `qualifier`."""

    indicator: str
    name: str
    value: int | Decimal
    unit: str
    qualifier: Qualifier | None
    rounded_to: int | Decimal | None
    period: str | None
    scope: str | None
    counted_by: str | None
    project: str | None


class StatisticFilters(CommonFilters, total=False):
    """The filters of statistics."""

    indicator: Values
    period: Day
    unit: Values
    project: Values


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureEntry(_Entry):
    """A figure for an indicator: not without its `qualifier`."""

    what: Literal["figure"]
    value: int | Decimal
    unit: str
    qualifier: Qualifier | None
    rounded_to: int | Decimal | None
    scope: str | None
    counted_by: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Infrastructure(Fact):
    """A report on something built: its `status` on the day of `as_of`, and what is promised."""

    project: str
    name: str
    mode: str
    connects: tuple[str, ...]
    status: Status
    happened: str | None
    expected: str | None
    expected_status: Status | None


class InfrastructureFilters(CommonFilters, total=False):
    """The filters of infrastructure."""

    project: Values
    mode: Values
    status: Values
    latest: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectEntry(_Entry):
    """A state of a project, or a promise and what became of it."""

    what: Literal["state", "promise"]
    status: Status | None
    happened: str | None
    expected: str | None
    outcome: str | None
    reached_first: str | None
    reached_last: str | None
    late_days_min: int | None
    late_days_max: int | None
    shown_by: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Mechanism(Fact):
    """A standing arrangement between regions."""

    name: str
    partners: tuple[str, ...]
    purpose: str | None


class ConflictFilters(SearchFilters, total=False):
    """The filters of what is compared."""

    indicator: Values
    period: Day
    project: Values


AnyFact: TypeAlias = Quote | Statistic | Infrastructure | Mechanism
Compared: TypeAlias = Statistic | Infrastructure
TimelineEntry: TypeAlias = ProjectEntry | FigureEntry


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where facts come from, with the number of facts from it."""

    id: str
    publisher: str
    title: str | None
    published: str | None
    place: str | None
    language: str | None
    url: str | None
    text: str | None
    note: str | None
    quotes: int
    statistics: int
    infrastructure: int
    mechanisms: int
    facts: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Region:
    """A place or a group of places, with the number of facts that a filter by it finds."""

    id: str
    name: str
    level: str
    within: tuple[str, ...]
    iso: str | None
    aliases: tuple[str, ...]
    quotes: int
    statistics: int
    infrastructure: int
    mechanisms: int
    facts: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """A topic, with the number of facts on it."""

    topic: str
    quotes: int
    statistics: int
    infrastructure: int
    mechanisms: int
    facts: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Speaker:
    """Who is quoted, in which posts, and how often. Unnamed groups are nobody."""

    speaker: str
    roles: tuple[str, ...]
    organizations: tuple[str, ...]
    quotes: int


def by_kind(*kinds: type[Any]) -> dict[str, type[Any]]:
    """Return the classes by the names of their kinds as data."""
    return {kind.__name__.lower(): kind for kind in kinds}


FACTS = by_kind(*get_args(AnyFact))
RECORDS = FACTS | by_kind(Source, Region)

# The entries of time lines, by the key of a fact that says what they are about.
ENTRIES: dict[str, type[TimelineEntry]] = {"indicator": FigureEntry, "project": ProjectEntry}

Kind = TypeVar("Kind")


def of(kind: type[Kind], record: Mapping[str, Any]) -> Kind:
    """Return a record as an object of its kind."""
    given = {}
    for field in fields(kind):  # type: ignore[arg-type]  # each of ours is a dataclass
        value = record[field.name]
        given[field.name] = tuple(value or ()) if get_origin(field.type) is tuple else value
    return kind(**given)
