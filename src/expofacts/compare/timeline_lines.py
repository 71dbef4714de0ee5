"""The lines of a time line: what each has, whatever it is the time line of."""

from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from sqlite3 import Connection
from typing import Any, NamedTuple

from expofacts.compare.claims import Claim, Thing, things_of_subject
from expofacts.compare.comparison import comparison_of
from expofacts.compare.findings import CONTRADICTION, Stand, Within, by_claims, opposite, places
from expofacts.index.filters import Filters

Line = dict[str, Any]
Contradicted = Callable[[str], Sequence[str] | None]

SUBJECT = {"subject": "The project or indicator", "name": "Its name, as this source has it"}
CLAIM = {
    "as_of": "Day, month or year for which the claim holds",
    "fact": "Id of the fact",
    "source": "Source that makes the claim",
    "publisher": "Who published it (of the source)",
    "published": "Day, month or year of publication (of the source)",
    "contradicts": "Ids of the facts that the state or figure contradicts",
}


class Timeline(NamedTuple):
    """The time lines of one kind of fact.

    `fields` are those of its lines, with descriptions; `lines` yields the lines of the claims that
    match some filters, of one subject after the other. `number` is SQL: how many a record has.
    """

    fields: Mapping[str, str]
    lines: Callable[[Connection, Filters], Iterator[Line]]
    number: str = "1"


def line(fields: Mapping[str, str], subject: str, claim: Any, **own: Any) -> Line:
    """Return a line with these fields, in their order, of a claim on what its `subject` key has."""
    of_claim = {name: claim.get(name) for name in ("name", *CLAIM)}
    given = {**of_claim, "subject": claim[subject], "fact": claim["id"], **own}
    return {name: given.get(name) for name in fields}


def contradicted(
    index: Connection, kind: str, subject: str, ids: Container[str], within: Within
) -> Contradicted:
    """Return what gives for each of some facts on a subject, by id, those that it contradicts.

    Those are sorted; it gives None where there are none.
    """
    meets: dict[str, list[tuple[Sequence[Claim], int]]] = {}
    for _, stands in compared(index, kind, subject, ids, within):
        for claims, of_these in by_claims(stands):
            for place, others in opposite(of_these).items():
                meets.setdefault(claims[place].id, []).append((claims, others))

    def against(id_: str) -> list[str] | None:
        found = {claims[n].id for claims, others in meets.get(id_, ()) for n in places(others)}
        return sorted(found) or None

    return against


def compared(
    index: Connection, kind: str, subject: str, ids: Container[str], within: Within
) -> Iterator[tuple[Thing, Iterator[Stand]]]:
    """Yield what some facts on a subject are about, and where they contradict each other."""
    compare = comparison_of(kind).compare
    for thing in things_of_subject(index, kind, subject):
        claims = [claim for claim in thing.claims if claim.id in ids]
        yield thing._replace(claims=claims), compare(claims, within, CONTRADICTION)
