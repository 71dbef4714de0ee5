"""What the library gives of a search, of what facts say of each other, and of sources' texts.

Fields are those of the data formats of `search`, `conflicts` and `verify`, by the same names.
"""

from dataclasses import dataclass
from typing import Literal

from expofacts.library.objects import AnyFact, Compared


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """What two claims on one thing say of each other, for which reason: see docs/evidence.md.

    `subject` is an indicator or a project; `left` is the lower figure, or the earlier claim.
    """

    kind: Literal["contradiction", "two counts", "agreement"]
    subject: str
    reason: str
    left: Compared
    right: Compared


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
