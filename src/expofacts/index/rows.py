"""From the facts of a collection, or of a part of it, to rows of the index."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import chain
from typing import Any, NamedTuple

from pydantic_core import to_json as encode

from expofacts.facts.dates import date_days, period_days
from expofacts.facts.folding import plain
from expofacts.facts.key_markers import COVERS, keys
from expofacts.facts.kinds import (
    KINDS,
    SOURCE_FIELDS,
    Kind,
    fields,
    marked,
    own_keys,
    region_keys,
    searched_keys,
)
from expofacts.facts.load import Collection
from expofacts.index.claim_rows import claim_rows
from expofacts.index.filters import COLUMNS
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

# The keys of facts that are searched, and in which of the three columns.
_SEARCHED = [
    (key, n) for n, column in enumerate(("names", "text", "notes")) for key in searched_keys(column)
]


class Context(NamedTuple):
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


def context_of(collection: Collection) -> Context:
    """Return what facts take from the sources and regions of the collection."""
    sources = {
        source["id"]: {key: source.get(key) for key in SOURCE_FIELDS}
        for source in collection["sources"]
    }
    regions = collection["regions"]
    names = {one["id"]: _searched((one["name"], *one.get("aliases", ()))) for one in regions}
    above = ancestors({region["id"]: region.get("within", ()) for region in regions})
    return Context(sources, names, above, inward(above))


def rows(
    tables: Mapping[str, Sequence[Record]], first: int, context: Context
) -> tuple[Rows, Tally]:
    """Return the rows of the facts in the tables, numbered from `first`, and what they add up to.

    Raises KeyError for a source or a region that the context has not.
    """
    found: Rows = {"record": [], "words": [], "fact_region": [], "fact_topic": [], "claim": []}
    tally = Tally({}, {}, {})
    for name, kind in KINDS.items():
        facts = tables.get(kind.table, ())
        named = region_keys(kind.record)
        regions = [_regions(named, fact) for fact in facts]
        topics = [set(fact.get("topics", ())) for fact in facts]
        found["record"] += _records(name, kind, facts, context.sources, first)
        found["words"] += _words(facts, regions, context.names, first)
        found["claim"] += claim_rows(name, facts, first)
        for key in _with_parts(kind):
            for fact, touched in zip(facts, regions, strict=True):
                for one in fact.get(key, ()):
                    touched.update(dict.fromkeys(context.below[one]))
        for table, sets in (("fact_region", regions), ("fact_topic", topics)):
            found[table] += ((one, name, n) for n, all_ in enumerate(sets, first) for one in all_)
        _count(tally, name, kind, facts, regions, topics, context.above)
        first += len(facts)
    found["fact_region"].sort()
    found["fact_topic"].sort()
    return found, tally


def _records(
    name: str, kind: Kind, facts: Sequence[Record], sources: Mapping[str, Record], first: int
) -> Iterator[tuple[object, ...]]:
    empty = dict.fromkeys(fields(kind.record)) | {"kind": name}
    numbers = [key for key, declared in keys(kind.record).items() if declared.is_number]
    covers = marked(kind.record, COVERS)
    for n, fact in enumerate(facts, first):
        record = {**empty, **fact, **sources[fact["source"]]}
        as_of = date_days(fact["as_of"])
        # What a source without a date says was known on the day it says it of, at the earliest.
        published = date_days(record["published"])[1] if record["published"] else as_of[1]
        covered = next((fact[key] for key in covers if key in fact), None)
        period = period_days(covered) if covered else (None, None)
        filtered = map(fact.get, COLUMNS)
        line = _line(record, numbers)
        yield n, name, fact["id"], line, published, *as_of, *period, *filtered


def _line(record: Record, numbers: Sequence[str]) -> str:
    """Return the record as `to_json` does, several times as fast; `numbers` are exact."""
    line = encode(record).decode()
    for key in numbers:
        number = record[key]
        if isinstance(number, Decimal):  # encoded as a text
            line = line.replace(f'"{key}":"{number}"', f'"{key}":{number:f}', 1)
    return escape_active(line)


def _regions(named: Sequence[str], fact: Record) -> dict[str, None]:
    return {region: None for key in named for region in fact.get(key, ())}


def _with_parts(kind: Kind) -> list[str]:
    """Return the keys whose regions a fact is about with all that lies within them."""
    return [key.name for key in keys(kind.record).values() if key.regions and key.regions.parts]


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
    name: str,
    kind: Kind,
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
            counts["region", region, name] += number
    for source, number in Counter(fact["source"] for fact in facts).items():
        counts["source", source, name] = number
    for topic, number in Counter(chain.from_iterable(topics)).items():
        counts["topic", topic, name] = number
        tally.names["topic", topic, topic] = None
    tally.counts.update(counts)
    for column, key in own_keys(kind.record).items():
        if key.filter:
            for value in {fact[column] for fact in facts if column in fact}:
                tally.names[column, value, value] = None
            if named_by := key.filter.named_by:
                named = (fact for fact in facts if column in fact)
                for called, value in {(fact[named_by], fact[column]) for fact in named}:
                    tally.names[column, called, value] = None
    if "speaker" in keys(kind.record):
        tally.speakers.update(
            Counter(
                (quote["speaker"], quote.get("role"), quote.get("organization"))
                for quote in facts
                if not quote.get("collective")
            )
        )
