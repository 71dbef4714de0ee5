"""What the library gives of what facts say of each other, and of their sources' texts.

Fields are those of the data formats of `conflicts`, `timeline` and `verify`, by the same names.
"""

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal, TypeAlias

from expofacts.facts.states import Status
from expofacts.library.objects import Infrastructure, Qualifier, Statistic


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """What two claims on one thing say of each other, for which reason: see docs/evidence.md.

    `subject` is an indicator or a project; `left` is the lower figure, or the earlier claim.
    """

    kind: Literal["contradiction", "two counts", "agreement"]
    subject: str
    reason: str
    left: Statistic | Infrastructure
    right: Statistic | Infrastructure


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
class FigureEntry(_Entry):
    """A figure for an indicator: not without its `qualifier`."""

    what: Literal["figure"]
    value: int | Decimal
    unit: str
    qualifier: Qualifier | None
    rounded_to: int | Decimal | None
    scope: str | None
    counted_by: str | None


TimelineEntry: TypeAlias = ProjectEntry | FigureEntry


@dataclass(frozen=True, slots=True, kw_only=True)
class LookedUp:
    """A phrase of a fact, and what became of it in its source's text.

    `wording` are the source's own words in the `paragraph`; the `score` is 100 for the same.
    """

    fact: str
    source: str
    field: Literal["text", "stated"]
    phrase: str
    result: Literal["found", "drifted", "absent", "value", "qualifier", "status"]
    paragraph: int | None
    wording: str | None
    score: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Verification:
    """What became of all phrases, and what could not be looked up.

    `all_found` if something was looked up, and all of it found; `without_text` are sources,
    `unread` sources with what is wrong with their texts, and `without_phrase` facts.
    """

    phrases: tuple[LookedUp, ...]
    all_found: bool
    without_text: tuple[str, ...]
    unread: tuple[tuple[str, str], ...]
    without_phrase: tuple[str, ...]
