"""What the tables show of each kind of record: the columns, in the order in which a person asks."""

from collections.abc import Iterable, Sequence

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
    identified,
    lines,
)


def regions(ids: Iterable[str] | None, names: Names) -> str:
    """Return the regions by name."""
    return ", ".join(names.get(id_, id_) for id_ in ids or ())


def _regions(record: Record, names: Names) -> Cell:
    return lines((regions(record["regions"], names), PLAIN))


def _source(record: Record, _: Names) -> Cell:
    published = words.published(record)
    paragraph = record["paragraph"] and f"para.{words.NO_BREAK}{record['paragraph']}"
    return lines((record["publisher"], PLAIN), (published, PLAIN), (paragraph, FAINT))


def _speaker(record: Record, _: Names) -> Cell:
    return lines(
        (record["speaker"], STRONG), (record["role"], PLAIN), (record["organization"], FAINT)
    )


def _statement(record: Record, _: Names) -> Cell:
    return identified(record, (words.statement(record), PLAIN))


def _indicator(record: Record, _: Names) -> Cell:
    counted_by = record["counted_by"] and f"counted by {record['counted_by']}"
    return identified(
        record, (record["name"], STRONG), (record["scope"], PLAIN), (counted_by, PLAIN)
    )


def _figure(record: Record, _: Names) -> Cell:
    period = record["period"] and words.date(record["period"])
    return lines((words.figure(record), STRONG), (period, PLAIN))


def _project(record: Record, _: Names) -> Cell:
    return identified(record, (record["name"], STRONG), (record["mode"], PLAIN))


def _status(record: Record, _: Names) -> Cell:
    as_of = f"as of {words.date(record['as_of'])}"
    return lines((words.status(record), PLAIN), (as_of, FAINT))


def _joined(key: str, header: str) -> Column:
    """Return a column of the regions that a record joins."""

    def cell(record: Record, names: Names) -> Cell:
        return lines((" – ".join(names.get(id_, id_) for id_ in record[key]), PLAIN))

    return Column(header, cell)


def _all_regions(record: Record, names: Names) -> Cell:
    keys = ("connects", "partners", "regions")
    ids = dict.fromkeys(id_ for key in keys for id_ in record.get(key) or ())
    return lines((regions(ids, names), PLAIN))


def passage(record: Record) -> Cell:
    """Return what a fact says, in two lines: of whom or what, and what."""
    match record["kind"]:
        case "quote":
            return lines((record["speaker"], STRONG), (words.statement(record), PLAIN))
        case "statistic":
            period = record["period"] and words.date(record["period"])
            said = ", ".join(filter(None, (words.figure(record), period)))
            return lines((record["name"], STRONG), (record["scope"], PLAIN), (said, PLAIN))
        case "infrastructure":
            as_of = f"as of {words.date(record['as_of'])}"
            return lines((record["name"], STRONG), (f"{words.status(record)} ({as_of})", PLAIN))
        case _:
            return lines((record["name"], STRONG), (record["purpose"], PLAIN))


def _when(record: Record, _: Names) -> Cell:
    """Return the day of a line of a timeline; of a state of which it is not known since when."""
    if not record["date"]:
        return lines((f"as of {words.date(record['as_of'])}", FAINT))
    known = record["what"] != "state" or record["happened"]
    return lines((("" if known else "as of ") + words.date(record["date"]), PLAIN))


def _claimed(record: Record, _: Names) -> Cell:
    """Return the state that a line of a timeline reports, or its promise and what became of it."""
    if record["what"] == "state":
        return lines((record["status"], STRONG))
    return lines((words.promise(record), PLAIN), (words.outcome(record), STRONG))


def _claim(record: Record, _: Names) -> Cell:
    """Return whose claim a line of a timeline is, and by which others it is judged or disputed."""
    counted_by = record.get("counted_by") and f"counted by {record['counted_by']}"
    shown_by = record.get("shown_by") and f"shown by {', '.join(record['shown_by'])}"
    against = record["contradicts"] and f"contradicts {words.some(record['contradicts'])}"
    return lines(
        (words.source(record), PLAIN),
        (record.get("scope"), PLAIN),
        (counted_by, PLAIN),
        (record["fact"], FAINT),
        (shown_by, FAINT),
        (against, PLAIN),
    )


def _result(record: Record, _: Names) -> Cell:
    paragraph = record["paragraph"] and f"para.{words.NO_BREAK}{record['paragraph']}"
    near = "" if record["score"] == 100 else f"{record['score']}{words.NO_BREAK}%"
    return lines((record["result"], STRONG), (", ".join(filter(None, (paragraph, near))), FAINT))


def _found_words(record: Record, _: Names) -> Cell:
    """Return the words of a phrase, with what the source has in their place marked."""
    remarks = [(remark, FAINT) for remark in record["remarks"]]
    if record["result"] == "absent":
        nearest = record["wording"] and f"nearest: {record['wording']}"
        return lines((record["phrase"], PLAIN), (nearest, FAINT), *remarks)
    return lines((record["difference"], PLAIN), *remarks)


def _in_tree(record: Record, _: Names) -> Cell:
    return [Line(record["name"], lead=record.get("branch", ""), hang=record.get("trunk", ""))]


def _titled_source(record: Record, _: Names) -> Cell:
    return lines((record["publisher"], STRONG), (record["title"], PLAIN))


def _published(record: Record, _: Names) -> Cell:
    return lines((words.published(record), PLAIN))


def _count(name: str, header: str) -> Column:
    return field(name, header)._replace(figure=True)


_FACTS = _count("facts", "Facts")

COLUMNS: dict[str, Sequence[Column]] = {
    "quote": (
        Column("Speaker", _speaker, short=True),
        Column("Statement", _statement),
        Column("Regions", _regions),
        Column("Source", _source, short=True),
    ),
    "statistic": (
        Column("Indicator", _indicator),
        Column("Figure", _figure, figure=True, short=True),
        Column("Regions", _regions),
        Column("Source", _source, short=True),
    ),
    "infrastructure": (
        Column("Project", _project),
        _joined("connects", "Connects"),
        Column("Status", _status),
        Column("Source", _source, short=True),
    ),
    "mechanism": (
        Column("Mechanism", lambda record, _: identified(record, (record["name"], STRONG))),
        _joined("partners", "Partners"),
        field("purpose", "Purpose"),
        Column("Source", _source, short=True),
    ),
    "hit": (
        Column("Kind", lambda record, _: [Line(record["kind"])]),
        Column("Passage", lambda record, _: record["passage"]),
        Column("Regions", _all_regions),
        Column("Source", _source, short=True),
    ),
    "region": (
        Column("Region", _in_tree),
        field("level", "Level"),
        _FACTS,
        field("id", "Id", FAINT),
    ),
    "source": (
        Column("Source", _titled_source),
        Column("Published", _published),
        _FACTS,
        field("id", "Id", FAINT),
    ),
    "topic": (
        field("topic", "Topic"),
        _count("quotes", "Quotes"),
        _count("statistics", "Stats"),
        _count("infrastructure", "Infra"),
        _count("mechanisms", "Mechanisms"),
        _FACTS,
    ),
    "speaker": (
        field("speaker", "Speaker", STRONG),
        field("roles", "Role"),
        field("organizations", "Organization"),
        _count("quotes", "Quotes"),
    ),
    "project": (
        Column("When", _when, short=True),
        Column("Claim", _claimed),
        Column("Source", _claim),
    ),
    "indicator": (
        Column("Period", _when, short=True),
        Column("Figure", lambda record, _: lines((words.figure(record), STRONG)), figure=True),
        Column("Source", _claim),
    ),
    "finding": (
        Column(
            "Fact", lambda record, _: lines((record["fact"], STRONG), (record["source"], FAINT))
        ),
        Column("Result", _result),
        Column("Words", _found_words),
    ),
    "path": (field("what", "What"), field("path", "Path"), field("state", "State")),
}

# What the line below a table counts, one and many.
NOUNS = {
    "quote": ("quote", "quotes"),
    "statistic": ("figure", "figures"),
    "infrastructure": ("infrastructure entry", "infrastructure entries"),
    "mechanism": ("mechanism", "mechanisms"),
    "region": ("region", "regions"),
    "source": ("source", "sources"),
    "topic": ("topic", "topics"),
    "speaker": ("speaker", "speakers"),
    "hit": ("fact", "facts"),
    "project": ("entry", "entries"),
    "indicator": ("figure", "figures"),
    "finding": ("finding", "findings"),
}


def caption(kind: str, shown: int, total: int, sources: int) -> str:
    """Return what a table shows: "5 of 12 quotes from 2 sources"."""
    if kind not in NOUNS:
        return ""
    some = "" if shown == total else f"{shown:,} of "
    text = f"{some}{counted(total, *NOUNS[kind])}"
    return f"{text} from {counted(sources, 'source')}" if sources else text


def caption_of(kind: str, records: Sequence[Record], total: int) -> str:
    """Return what a table of these records shows, and of which subject where all have the same."""
    sources = len({record["source"] for record in records if "source" in record})
    text = caption(kind, len(records), total, sources)
    one_subject = len({record.get("subject") for record in records} - {None}) == 1
    return f"{records[-1]['name']}: {text}" if one_subject else text
