"""One record in full: every field that it has, in words, below each other."""

from collections.abc import Mapping, Sequence
from typing import Any

from expofacts.facts.key_markers import keys
from expofacts.facts.kinds import BASES, KINDS, SOURCE_FIELDS
from expofacts.view import words
from expofacts.view.cells import FAINT, PLAIN, STRONG, Cell, Line, Names, Record, Row, lines
from expofacts.view.contradiction_view import claim, source_of_claim
from expofacts.view.safe_text import value
from expofacts.view.views import view_of

_LABELS = {"iso": "ISO"}


def detail(
    kind: str,
    record: Record,
    source: Record | None,
    names: Names,
    parents: Mapping[str, Sequence[str]],
    related: Sequence[tuple[str, Record]],
    against: Sequence[tuple[Any, Sequence[str]]] = (),
    earlier: int = 0,
) -> list[Row]:
    """Return a label and a cell for each field that is not empty, then the related records.

    `source` is the record of a fact's source; `names` and `parents` have, for each region, its
    name and the regions that it lies directly within. `against` are those of the related records
    that contradict this one, each with the reasons: they come first, with what they differ in.
    So many `earlier` related records are only counted.
    """
    worded = view_of(kind).worded if kind in KINDS else {}
    declared = keys((KINDS | BASES)[kind].record)
    rows: list[Row] = []
    for name, given in record.items():
        # The source of a fact is shown as one thing.
        if given is None or given == [] or (source and name in SOURCE_FIELDS):
            continue
        key = declared.get(name)  # none of what is counted
        label = _LABELS.get(name) or name.replace("_", " ").capitalize()
        if name == "source" and source:
            rows.append((label, _source(source)))
        elif key and key.regions:
            rows.append((label, [Line(_region(id_, names, parents)) for id_ in given]))
        elif key and key.is_date:
            rows.append((label, [Line(words.date(given))]))
        elif name == "stated":
            rows.append((label, [Line(phrase) for phrase in given]))
        elif name in worded:
            rows.append((label, worded[name](record)))
        else:
            rows.append((label, [Line(value(given))]))
    contradicting = {other["id"] for other, _ in against}
    rest = [other for other in related if other[1]["id"] not in contradicting]
    labelled = {
        "Contradicted by": [_contradicting(*one, names) for one in against],
        "See also": [
            *([[Line(f"{earlier:,} of earlier days", FAINT)]] if earlier else ()),
            *(_related(*other) for other in rest),
        ],
    }
    for label, cells in labelled.items():
        rows += [(label if not n else "", cell) for n, cell in enumerate(cells)]
    return rows


def _region(id_: str, names: Names, parents: Mapping[str, Sequence[str]]) -> str:
    """Return a region's name, and by way of each region that it lies within the way to the top."""
    ways = []
    for outer in parents[id_]:
        way = [outer]
        while parents[way[-1]]:
            way.append(parents[way[-1]][0])
        ways.append(f"in {', '.join(names[step] for step in way)}")
    return f"{names[id_]} ({'; '.join(ways)})" if ways else names[id_]


def _source(source: Record) -> Cell:
    return lines(
        (words.source(source), PLAIN),
        (source["title"], PLAIN),
        (source["url"], PLAIN),
        (source["note"], PLAIN),
        (source["id"], FAINT),
    )


def _contradicting(record: Any, reasons: Sequence[str], names: Names) -> Cell:
    """Return what a record claims that contradicts another one, and whose claim it is."""
    claims = dict.fromkeys(claim(record, reason, names) for reason in reasons)
    # That figures differ is seen in them.
    said = ", ".join(reason for reason in reasons if reason != "different figures")
    differ = f"{said}:" if said else ""
    return [*lines((differ, PLAIN), ("; ".join(claims), STRONG)), *source_of_claim(record)]


def _related(kind: str, record: Record) -> Cell:
    """Return what is said of a related record, whose claim it is, and its id."""
    said = view_of(kind).related(record)
    return lines((said, PLAIN), (words.source(record), PLAIN), (record["id"], FAINT))
