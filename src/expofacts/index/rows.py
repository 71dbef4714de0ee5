"""From the facts of a collection, or of a part of it, to rows of the index."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import chain
from typing import Any, NamedTuple

from pydantic_core import to_json as encode

from expofacts.facts.dates import date_days, period_days
from expofacts.facts.folding import plain
from expofacts.facts.kinds import KINDS, REGION_KEYS, SOURCE_FIELDS, fields
from expofacts.facts.load import Collection
from expofacts.index.filters import COLUMNS
from expofacts.index.full_text import NAMES, NOTES, TEXT
from expofacts.index.region_tree import ancestors, inward
from expofacts.json_lines import escape_active

Record = dict[str, Any]

# Rows by the table of the index that they are for.
Rows = dict[str, list[tuple[object, ...]]]

# Facts are numbered by where they are: files this many apart, then by the byte their chunk begins
# at, so that they come in order and each file can be made anew by itself.
FILE = 2**40

# What keeps two fields apart where they are searched, so that no match runs on over both.
_FIELD = "\x01"

# The keys of facts that are searched, in their order, and in which of the three columns.
_SEARCHED = [(key, n) for n, keys in enumerate((NAMES, TEXT, NOTES)) for key in keys]


class Places(NamedTuple):
    """What facts take from the sources and regions of their collection.

    By the id of a source, what a fact has of it; by the id of a region, its names as they are
    searched, and the ids of all that lies around it and within it, itself included.
    """

    sources: dict[str, dict[str, str | None]]
    names: dict[str, str]
    above: dict[str, set[str]]
    below: dict[str, set[str]]


class Tally(NamedTuple):
    """What facts add up to.

    `counts` has the number of facts by kind of entry, its id and kind of fact; `speakers` that of
    quotes by speaker, role and organization, but for unnamed groups; `names` what filters know:
    filter, name, value, in the keys.
    """

    counts: dict[tuple[str, str, str], int]
    speakers: dict[tuple[str, str | None, str | None], int]
    names: dict[tuple[str, str, str], None]

    def add(self, more: "Tally") -> None:
        """Add what more facts add up to."""
        for entry, number in more.counts.items():
            self.counts[entry] = self.counts.get(entry, 0) + number
        for speaker, number in more.speakers.items():
            self.speakers[speaker] = self.speakers.get(speaker, 0) + number
        self.names.update(more.names)


def places(collection: Collection) -> Places:
    """Return what facts take from the sources and regions of the collection."""
    sources = {
        source["id"]: {key: source.get(key) for key in SOURCE_FIELDS}
        for source in collection["sources"]
    }
    regions = collection["regions"]
    names = {one["id"]: _searched((one["name"], *one.get("aliases", ()))) for one in regions}
    above = ancestors({region["id"]: region.get("within", ()) for region in regions})
    return Places(sources, names, above, inward(above))


def rows(tables: Mapping[str, Sequence[Record]], first: int, around: Places) -> tuple[Rows, Tally]:
    """Return the rows of the facts in the tables, numbered from `first`, and what they add up to.

    Raises KeyError for a source or a region that is not around.
    """
    made: Rows = {"record": [], "words": [], "fact_region": [], "fact_topic": []}
    tally = Tally({}, {}, {})
    for kind, table in KINDS.items():
        facts = tables.get(table, ())
        regions = [_regions(table, fact) for fact in facts]
        topics = [set(fact.get("topics", ())) for fact in facts]
        made["record"] += _records(kind, facts, around.sources, first)
        made["words"] += _words(facts, regions, around.names, first)
        if kind == "mechanism":
            for fact, touched in zip(facts, regions, strict=True):
                for partner in fact["partners"]:
                    touched.update(dict.fromkeys(around.below[partner]))
        for name, sets in (("fact_region", regions), ("fact_topic", topics)):
            made[name] += ((one, kind, n) for n, all_ in enumerate(sets, first) for one in all_)
        _count(tally, kind, facts, regions, topics, around.above)
        first += len(facts)
    made["fact_region"].sort()
    made["fact_topic"].sort()
    return made, tally


def _records(
    kind: str, facts: Sequence[Record], sources: Mapping[str, Record], first: int
) -> Iterator[tuple[object, ...]]:
    empty = dict.fromkeys(fields(KINDS[kind])) | {"kind": kind}
    for n, fact in enumerate(facts, first):
        record = {**empty, **fact, **sources[fact["source"]]}
        as_of = date_days(fact["as_of"])
        # What a source without a date says was known on the day it says it of, at the earliest.
        published = date_days(record["published"])[1] if record["published"] else as_of[1]
        period = period_days(fact["period"]) if "period" in fact else (None, None)
        filtered = map(fact.get, COLUMNS)
        yield n, kind, fact["id"], _line(record), published, *as_of, *period, *filtered


def _line(record: Record) -> str:
    """Return the record as `to_json` does, several times as fast."""
    line = encode(record).decode()
    for key in ("value", "rounded_to"):
        number = record.get(key)
        if isinstance(number, Decimal):  # encoded as a text
            line = line.replace(f'"{key}":"{number}"', f'"{key}":{number:f}', 1)
    return escape_active(line)


def _regions(table: str, fact: Record) -> dict[str, None]:
    return {region: None for key in REGION_KEYS[table] for region in fact.get(key, ())}


def _words(
    facts: Sequence[Record],
    regions: Sequence[Iterable[str]],
    named: Mapping[str, str],
    first: int,
) -> Iterator[tuple[object, ...]]:
    """Yield what is searched of each fact: its names and its regions', its text, its notes."""
    for n, (fact, touched) in enumerate(zip(facts, regions, strict=True), first):
        texts: tuple[list[str], ...] = ([], [], [])
        for key, column in _SEARCHED:
            if (value := fact.get(key)) is None:
                continue
            if value.__class__ is str:
                texts[column].append(value)
            else:
                texts[column].extend(value)
        names, text, notes = map(_searched, texts)
        yield n, _FIELD.join([names, *map(named.__getitem__, touched)]), text, notes


def _searched(texts: Iterable[str]) -> str:
    return plain(_FIELD.join(texts))


def _count(
    tally: Tally,
    kind: str,
    facts: Sequence[Record],
    regions: Sequence[Iterable[str]],
    topics: Sequence[Iterable[str]],
    above: Mapping[str, Iterable[str]],
) -> None:
    """Add to the tally what the facts of a kind add up to."""
    counts: Counter[tuple[str, str, str]] = Counter()
    # Few facts touch regions that no other fact touches together.
    for touched, number in Counter(map(frozenset, regions)).items():
        for region in set().union(*(above[one] for one in touched)):
            counts["region", region, kind] += number
    for source, number in Counter(fact["source"] for fact in facts).items():
        counts["source", source, kind] = number
    for topic, number in Counter(chain.from_iterable(topics)).items():
        counts["topic", topic, kind] = number
        tally.names["topic", topic, topic] = None
    tally.counts.update(counts)
    for column in COLUMNS[1:]:
        for value in {fact[column] for fact in facts if column in fact}:
            tally.names[column, value, value] = None
    for filter_, of_kind in (("indicator", "statistic"), ("project", "infrastructure")):
        if kind == of_kind:
            for name, value in {(fact["name"], fact[filter_]) for fact in facts}:
                tally.names[filter_, name, value] = None
    if kind == "quote":
        tally.speakers.update(
            Counter(
                (quote["speaker"], quote.get("role"), quote.get("organization"))
                for quote in facts
                if not quote.get("collective")
            )
        )
