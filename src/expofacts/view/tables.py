"""What the table of each kind of record shows, and what the line below it counts."""

from collections.abc import Sequence
from typing import NamedTuple

from expofacts.facts.kinds import KINDS
from expofacts.plurals import counted
from expofacts.view import words
from expofacts.view.cells import (
    FAINT,
    PLAIN,
    STRONG,
    Cell,
    Column,
    Line,
    Names,
    Record,
    field,
    lines,
)
from expofacts.view.columns import ALL_REGIONS, SOURCE, count, paragraph
from expofacts.view.views import view_of


class Table(NamedTuple):
    """The columns of a table, and what it has one and many of; no noun where nobody counts."""

    columns: Sequence[Column]
    noun: tuple[str, str] | None = None


def table_of(kind: str) -> Table:
    """Return the table of a kind of fact, or of another kind of record."""
    if kind in KINDS:
        view = view_of(kind)
        return Table(view.columns, view.noun)
    return _topics() if kind == "topic" else _OTHERS[kind]


def timeline_table(kind: str) -> Table:
    """Return the table of the time lines of a kind of fact."""
    view = view_of(kind)
    return Table(view.timeline, view.line)


def caption(table: Table, shown: int, total: int, sources: int) -> str:
    """Return what a table shows: "5 of 12 quotes from 2 sources"."""
    if not table.noun:
        return ""
    some = "" if shown == total else f"{shown:,} of "
    text = f"{some}{counted(total, *table.noun)}"
    return f"{text} from {counted(sources, 'source')}" if sources else text


def caption_of(table: Table, records: Sequence[Record], total: int) -> str:
    """Return what a table of these records shows, and of which subject where all have the same."""
    sources = len({record["source"] for record in records if "source" in record})
    text = caption(table, len(records), total, sources)
    if len({record.get("subject") for record in records} - {None}) != 1:
        return text
    last = records[-1]
    # Where an edition has another name than the next, none of these is that of the series.
    several = "edition" in last and len({record["name"] for record in records}) > 1
    return f"{last['subject'] if several else last['name']}: {text}"


def _in_tree(region: Record, _: Names) -> Cell:
    return [Line(region["name"], lead=region.get("branch", ""), hang=region.get("trunk", ""))]


def _titled_source(source: Record, _: Names) -> Cell:
    return lines((source["publisher"], STRONG), (source["title"], PLAIN))


def _result(finding: Record, _: Names) -> Cell:
    near = "" if finding["score"] == 100 else f"{finding['score']}{words.NO_BREAK}%"
    where = ", ".join(filter(None, (paragraph(finding), near)))
    return lines((finding["result"], STRONG), (where, FAINT))


def _found_words(finding: Record, _: Names) -> Cell:
    """Return the words of a phrase, with what the source has in their place marked."""
    remarks = [(remark, FAINT) for remark in finding["remarks"]]
    if finding["result"] == "absent":
        nearest = finding["wording"] and f"nearest: {finding['wording']}"
        return lines((finding["phrase"], PLAIN), (nearest, FAINT), *remarks)
    return lines((finding["difference"], PLAIN), *remarks)


def _fact(finding: Record, _: Names) -> Cell:
    return lines((finding["fact"], STRONG), (finding["source"], FAINT))


_FACTS = count("facts", "Facts")
_ID = field("id", "Id", FAINT)


def _topics() -> Table:
    of_kinds = (count(kind.table, view_of(name).counted) for name, kind in KINDS.items())
    return Table((field("topic", "Topic"), *of_kinds, _FACTS), ("topic", "topics"))


_OTHERS = {
    "region": Table(
        (Column("Region", _in_tree), field("level", "Level"), _FACTS, _ID),
        ("region", "regions"),
    ),
    "source": Table(
        (
            Column("Source", _titled_source),
            Column("Published", lambda source, _: lines((words.published(source), PLAIN))),
            _FACTS,
            _ID,
        ),
        ("source", "sources"),
    ),
    "speaker": Table(
        (
            field("speaker", "Speaker", STRONG),
            field("roles", "Role"),
            field("organizations", "Organization"),
            count("quotes", "Quotes"),
        ),
        ("speaker", "speakers"),
    ),
    "hit": Table(
        (
            Column("Kind", lambda hit, _: [Line(hit["kind"])]),
            Column("Passage", lambda hit, _: hit["passage"]),
            ALL_REGIONS,
            SOURCE,
        ),
        ("fact", "facts"),
    ),
    "finding": Table(
        (Column("Fact", _fact), Column("Result", _result), Column("Words", _found_words)),
        ("finding", "findings"),
    ),
    "path": Table((field("what", "What"), field("path", "Path"), field("state", "State"))),
}
