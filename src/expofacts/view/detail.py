"""One record in full: every field that it has, in words, below each other."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from expofacts.view import words
from expofacts.view.cells import FAINT, PLAIN, STRONG, Cell, Line, Names, Row, lines
from expofacts.view.contradiction_view import claim, source_of_claim
from expofacts.view.safe_text import value

Record = dict[str, Any]

# The source of a fact is shown as one thing.
_OF_SOURCE = ("publisher", "published", "url")

_LABELS = {"iso": "ISO"}
_DATES = ("as_of", "published", "happened", "expected", "period")
_REGIONS = ("regions", "connects", "partners", "within")


def detail(
    kind: str,
    record: Record,
    source: Record | None,
    names: Names,
    parents: Mapping[str, Sequence[str]],
    related: Sequence[tuple[str, Record]],
    against: Sequence[tuple[Record, Sequence[str]]] = (),
    earlier: int = 0,
) -> list[Row]:
    """Return a label and a cell for each field that is not empty, then the related records.

    `source` is the record of a fact's source; `names` and `parents` have, for each region, its
    name and the regions that it lies directly within. `against` are those of the related records
    that contradict this one, each with the reasons: they come first, with what they differ in.
    So many `earlier` related records are only counted.
    """
    rows: list[Row] = []
    for name, given in record.items():
        if given is None or given == [] or (source and name in _OF_SOURCE):
            continue
        label = _LABELS.get(name) or name.replace("_", " ").capitalize()
        if name == "source" and source:
            rows.append((label, _source(source)))
        elif name in _REGIONS:
            rows.append((label, [Line(_region(id_, names, parents)) for id_ in given]))
        elif name in _DATES:
            rows.append((label, [Line(words.date(given))]))
        elif name == "stated":
            rows.append((label, [Line(phrase) for phrase in given]))
        elif word := _WORDED.get((kind, name)):
            rows.append((label, word(record)))
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


_WORDED: dict[tuple[str, str], Callable[[Record], Cell]] = {
    ("quote", "text"): lambda record: [
        Line(record["text"] if record["speech"] == "indirect" else f"“{record['text']}”", STRONG)
    ],
    ("statistic", "value"): lambda record: [
        Line(words.figure(record), STRONG),
        Line(words.all_digits(record["value"]), FAINT),
    ],
    ("statistic", "rounded_to"): lambda record: [Line(words.number(record["rounded_to"]))],
    ("infrastructure", "status"): lambda record: [Line(words.status(record), STRONG)],
}


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


def _contradicting(record: Record, reasons: Sequence[str], names: Names) -> Cell:
    """Return what a record claims that contradicts another one, and whose claim it is."""
    claims = dict.fromkeys(claim(record, reason, names) for reason in reasons)
    differ = "" if record["kind"] == "statistic" else f"{', '.join(reasons)}:"
    return [*lines((differ, PLAIN), ("; ".join(claims), STRONG)), *source_of_claim(record)]


def _related(kind: str, record: Record) -> Cell:
    """Return what the first columns of its table say of a related record, and whose claim it is."""
    claim = {
        "quote": lambda: words.statement(record),
        "statistic": lambda: words.figure(record),
        "infrastructure": lambda: words.status(record),
    }[kind]()
    when = ""
    if kind == "infrastructure":  # no state without its day
        when = f" (as of {words.date(record['as_of'])})"
    elif record.get("period"):
        when = f" ({words.date(record['period'])})"
    return lines((claim + when, PLAIN), (words.source(record), PLAIN), (record["id"], FAINT))
