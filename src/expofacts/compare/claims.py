"""What is claimed, as the index has it to be compared, thing by thing."""

import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import chain, groupby, islice
from operator import attrgetter
from typing import Any, NamedTuple

from expofacts.facts.kinds import KINDS
from expofacts.index.filters import Filters, conditions
from expofacts.json_lines import from_json

# The kinds of fact whose claims can be compared.
COMPARED = tuple(name for name, kind in KINDS.items() if kind.compared_in)

_CLAIMS = """
SELECT subject, thing, low, high, id, fact, {asked}, about FROM claim
WHERE kind = ?{among} ORDER BY subject, thing, low, high, id
"""
_OF_FACTS = "fact IN (SELECT n FROM record WHERE {})"


class Claim(NamedTuple):
    """What a fact claims, as it is compared; `index/claim_rows.py` says how.

    Claims are in order from the lowest, or earliest. `asked` is whether it was asked for, or may
    only be compared with.
    """

    low: str
    high: str
    id: str
    fact: int
    asked: bool
    about: Sequence[Any]


class Thing(NamedTuple):
    """The claims on one thing, at least two of them, in order."""

    kind: str
    subject: str
    claims: list[Claim]


def things(index: sqlite3.Connection, filters: Filters) -> Iterator[Thing]:
    """Return what several claims are about, of which at least one matches the filters.

    What had not been published by `as_of` is left out; other filters choose what is compared,
    not what with. Raises UsageError as `select` does.
    """
    asked, values = conditions(index, None, filters._replace(as_of=None))
    known, days = conditions(index, None, Filters(as_of=filters.as_of))
    matches, among = _OF_FACTS.format(asked), ""
    if days:
        among += f" AND {_OF_FACTS.format(known)}"
    if values:
        among += f" AND (subject, thing) IN (SELECT subject, thing FROM claim WHERE {matches})"
    statement = _CLAIMS.format(asked=matches if values else "1", among=among)

    def of_kind(kind: str) -> Iterator[Thing]:
        return _things(kind, index.execute(statement, [*values, kind, *days, *values]))

    found = (
        thing
        for thing in chain.from_iterable(map(of_kind, COMPARED))
        if any(map(attrgetter("asked"), thing.claims))
    )
    # The first now: a damaged index shows itself here, where it can still be made again.
    return chain([*islice(found, 1)], found)


def things_of_fact(index: sqlite3.Connection, kind: str, id_: str) -> Iterator[Thing]:
    """Yield the thing of which a fact and others claim something; only its claim is asked for."""
    of_fact = "SELECT n FROM record WHERE id = ? AND kind = ?"
    same = f"SELECT subject, thing FROM claim WHERE fact = ({of_fact})"
    statement = _CLAIMS.format(asked="id = ?", among=f" AND (subject, thing) = ({same})")
    yield from _things(kind, index.execute(statement, [id_, kind, id_, kind]))


def things_of_subject(index: sqlite3.Connection, kind: str, subject: str) -> Iterator[Thing]:
    """Yield what several facts claim of a subject, thing by thing."""
    statement = _CLAIMS.format(asked="1", among=" AND subject = ?")
    yield from _things(kind, index.execute(statement, [kind, subject]))


def _things(kind: str, rows: Iterable[tuple[Any, ...]]) -> Iterator[Thing]:
    for (subject, _), of_one in groupby(rows, key=lambda row: row[:2]):
        several = list(of_one)
        if len(several) > 1:  # what is claimed but once is most of all, and soon passed over
            claims = [Claim._make((*row[2:7], _about(row[7]))) for row in several]
            yield Thing(kind, subject, claims)


# Many figures for one thing are about the same, and so are reports on editions at one place.
@lru_cache(10_000)
def _about(text: str) -> Any:
    return json.loads(text)


def record_of(index: sqlite3.Connection) -> Callable[[int], Any]:
    """Return what gives the whole record of a fact by its number."""

    def record(fact: int) -> Any:
        statement = "SELECT data FROM record WHERE n = ?"
        return from_json(index.execute(statement, [fact]).fetchone()[0])

    return record
