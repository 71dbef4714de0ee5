"""The lines of a time line: what each has, whatever it is the time line of."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from sqlite3 import Connection
from typing import Any, NamedTuple

from expofacts.compare.findings import Finding
from expofacts.index.filters import Filters

Line = dict[str, Any]
Contradicted = Mapping[str, Sequence[str]]

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
    match some filters, of one subject after the other.
    """

    fields: Mapping[str, str]
    lines: Callable[[Connection, Filters], Iterator[Line]]


def line(fields: Mapping[str, str], subject: str, claim: Any, **own: Any) -> Line:
    """Return a line with these fields, in their order, of a claim on what its `subject` key has."""
    of_claim = {name: claim.get(name) for name in ("name", *CLAIM)}
    given = {**of_claim, "subject": claim[subject], "fact": claim["id"], **own}
    return {name: given.get(name) for name in fields}


def contradicted(findings: Iterable[Finding]) -> dict[str, list[str]]:
    """Return by id of each fact the ids of those that it contradicts."""
    against: dict[str, set[str]] = {}
    for finding in findings:
        left, right = finding.left["id"], finding.right["id"]
        against.setdefault(left, set()).add(right)
        against.setdefault(right, set()).add(left)
    return {id_: sorted(others) for id_, others in against.items()}
