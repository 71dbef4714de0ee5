"""What the library gives: the records of a collection as objects that cannot be changed.

Their fields are those of the records as data, by the same names. What a fact file leaves out is
None, or an empty tuple where it would be a list. Dates are ISO 8601 texts, and may be parts
("2019", "2019-06"). Numbers are exact: int, or Decimal with the digits that the file has.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from decimal import Decimal
from typing import Any, Literal, TypeAlias, TypeVar, get_origin

from expofacts.facts.states import Status

Speech = Literal["direct", "partial", "indirect"]
Qualifier = Literal["about", "more than", "at least", "less than", "at most"]


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Mechanism(Fact):
    """A standing arrangement between regions."""

    name: str
    partners: tuple[str, ...]
    purpose: str | None


AnyFact: TypeAlias = Quote | Statistic | Infrastructure | Mechanism


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A fact that a search found, how well it fits (more is better), and the fields that match."""

    fact: AnyFact
    score: float
    matched: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What a search found: the best hits, and how many there are in all.

    `partial` where no fact has all the words, and these have some; `near` are words that do occur,
    where none of them does.
    """

    hits: tuple[Hit, ...]
    total: int
    partial: bool
    near: tuple[str, ...]


FACTS: Mapping[str, type[AnyFact]] = {
    "quote": Quote,
    "statistic": Statistic,
    "infrastructure": Infrastructure,
    "mechanism": Mechanism,
}
KINDS: Mapping[str, type[Any]] = {**FACTS, "source": Source, "region": Region}

Kind = TypeVar("Kind")


def of(kind: type[Kind], record: Mapping[str, Any]) -> Kind:
    """Return a record as an object of its kind."""
    given = {}
    for field in fields(kind):  # type: ignore[arg-type]  # each of ours is a dataclass
        value = record[field.name]
        given[field.name] = tuple(value or ()) if get_origin(field.type) is tuple else value
    return kind(**given)
