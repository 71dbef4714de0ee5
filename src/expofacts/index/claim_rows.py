"""What of a fact is compared with others on the same thing, as rows of the index."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from importlib import import_module
from typing import Any, NamedTuple

from expofacts.facts.kinds import KINDS


class Claimed(NamedTuple):
    """What a fact claims of something, as it is compared.

    Claims are compared with others on the same `thing` about the same `subject`. From `low` to
    `high` is what the claim allows for, as texts that can be compared. `about` has whatever else
    the comparison of its kind asks for.
    """

    subject: str
    thing: str
    low: str
    high: str
    about: Sequence[Any]


@cache
def _claimed_by(kind: str) -> Callable[[Mapping[str, Any]], Claimed | None] | None:
    """Return what gives the claim of a fact, which may have none; None for another kind."""
    if not (name := KINDS[kind].compared_in):
        return None
    claimed: Callable[[Mapping[str, Any]], Claimed | None]
    claimed = import_module(f"expofacts.index.{name}_claims").claimed
    return claimed


def claim_rows(
    kind: str, facts: Iterable[tuple[int, Mapping[str, Any]]]
) -> Iterator[tuple[object, ...]]:
    """Yield the rows of the claims of numbered facts of a kind."""
    if not (claimed := _claimed_by(kind)):
        return
    for n, fact in facts:
        if found := claimed(fact):
            about = json.dumps(found.about, ensure_ascii=False)
            yield n, kind, *found[:4], fact["id"], about
