"""The claims of a collection that can be compared, and what they say of each other."""

import sqlite3
from collections.abc import Collection, Iterable, Iterator
from itertools import chain

from expofacts.evidence.agreement import (
    CONTRADICTION,
    Finding,
    Record,
    compare_figures,
)
from expofacts.evidence.projects import Within, compare_projects
from expofacts.records import from_json
from expofacts.store import query


def compare(
    records: Iterable[Record], within: Within, kinds: Collection[str] = (CONTRADICTION,)
) -> Iterator[Finding]:
    """Yield what facts say of each other: contradictions, unless other kinds are asked for.

    Statistics and infrastructure are compared, facts of other kinds are not. The order of the
    records has no effect. `within` has for each region all that lies within it, and itself.
    """
    of_kind: dict[str, list[Record]] = {"statistic": [], "infrastructure": []}
    for record in records:
        of_kind.get(record["kind"], []).append(record)
    yield from compare_figures(of_kind["statistic"], kinds)
    yield from compare_projects(of_kind["infrastructure"], within, kinds)


def of_fact(index: sqlite3.Connection, id_: str) -> list[Finding]:
    """Return the contradictions that a fact is in, each with the other fact on either side.

    None for facts of a kind that is not compared, and for what is not a fact.
    """
    kind, line = query.find(index, id_)
    record = from_json(line)
    if kind == "statistic":
        others = index.execute(
            "SELECT other.data FROM record this JOIN record other ON other.kind = this.kind"
            " AND other.indicator = this.indicator AND other.period_first IS this.period_first"
            " AND other.period_last IS this.period_last"
            " WHERE this.kind = 'statistic' AND this.id = ? AND other.n != this.n",
            [record["id"]],
        )
        # Two by two, for how the others stand to each other is not asked.
        found = chain(*(compare_figures([record, from_json(other)]) for (other,) in others))
        return sorted(found, key=lambda finding: (finding.left["id"], finding.right["id"]))
    if kind == "infrastructure":
        reports = index.execute(
            "SELECT data FROM record WHERE kind = ? AND project = ?", [kind, record["project"]]
        )
        claims = [from_json(report) for (report,) in reports]
        findings = compare_projects(claims, region_parts(index))
        return [one for one in findings if record["id"] in (one.left["id"], one.right["id"])]
    return []


def region_parts(index: sqlite3.Connection) -> dict[str, set[str]]:
    """Return for each region, by id, all that lies within it, and itself."""
    parts: dict[str, set[str]] = {}
    for region, part in index.execute("SELECT region, part FROM within"):
        parts.setdefault(region, set()).add(part)
    return parts
