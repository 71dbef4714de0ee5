"""From the facts of a file to rows of the index."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from pickle import dumps
from typing import Any

from pydantic_core import to_json as encode

from expofacts.facts.dates import date_days, period_days
from expofacts.facts.folding import fold, plain
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
from expofacts.facts.valid_file import Tables
from expofacts.index.claim_rows import claim_rows
from expofacts.index.filters import COLUMNS
from expofacts.json_lines import escape_active

Record = dict[str, Any]

# Rows by the table of the index that they are for.
Rows = dict[str, list[tuple[Any, ...]]]

# Facts are numbered by where they are, files this many apart, so that they come in order and each
# file can be made anew by itself.
FILE = 2**40

# What keeps two fields apart where they are searched, so that no match runs on over both.
FIELD = "\x01"

# So many facts are made into rows at once.
_BATCH = 1000

# The keys of facts that are searched, and in which of the three columns.
_SEARCHED = [
    (key, n) for n, column in enumerate(("names", "text", "notes")) for key in searched_keys(column)
]


def rows_of_file(tables: Tables, file: int) -> Iterator[Rows]:
    """Yield the rows of a fact file, some at a time; `file` is its number in the collection.

    What rests on other files is left to whoever adds them: rows of `words` end with the ids of
    the regions whose names are to be searched as well, those of `within_parts` stand for all that
    lies within a region, and `foreign_fact` has the facts whose source is in another file.
    """
    places = ((table, one) for table in ("sources", "regions") for one in tables.get(table, ()))
    yield {"place": [(file, table, encode(one).decode()) for table, one in places]}
    sources = {source["id"]: fields_of_source(source) for source in tables.get("sources", ())}
    number = file * FILE
    for name, kind in KINDS.items():
        facts = tables.get(kind.table, [])
        touching: Counter[tuple[str, str]] = Counter()
        for begin in range(0, len(facts), _BATCH):
            batch = facts[begin : begin + _BATCH]
            yield _rows_of_facts(name, kind, batch, number, sources, touching)
            number += len(batch)
        yield {
            "touching": [(file, name, *sets, count) for sets, count in touching.items()],
            "named": [(file, *named) for named in _named(kind, facts)],
            "spoke": [(file, *who, count) for who, count in _speakers(kind, facts).items()],
        }


def fields_of_source(source: Record) -> Record:
    """Return what the records of facts have of their source."""
    return {key: source.get(key) for key in SOURCE_FIELDS}


def searched_names(region: Record) -> str:
    """Return the names of a region as they are searched."""
    return _searched((region["name"], *region.get("aliases", ())))


def _rows_of_facts(
    name: str,
    kind: Kind,
    facts: Sequence[Record],
    first: int,
    sources: Mapping[str, Record],
    touching: Counter[tuple[str, str]],
) -> Rows:
    """Return the rows of facts of one kind, and count the regions that they touch."""
    numbered = list(enumerate(facts, first))
    own = [(n, fact) for n, fact in numbered if fact["source"] in sources]
    regions = _regions(region_keys(kind.record), facts)
    parts = _regions(_with_parts(kind), facts)
    touching.update(
        (" ".join(sorted(touched)), " ".join(sorted(inner)))
        for touched, inner in zip(regions, parts, strict=True)
    )
    topics = ((n, set(fact.get("topics", ()))) for n, fact in numbered)
    return {
        "record": list(records(name, kind, own, sources)),
        "claim": list(claim_rows(name, own)),
        "foreign_fact": [
            (n, name, dumps(fact)) for n, fact in numbered if fact["source"] not in sources
        ],
        "words": list(_words(facts, regions, first)),
        "fact_region": sorted(_by(enumerate(regions, first), name)),
        "within_parts": list(_by(enumerate(parts, first), name)),
        "fact_topic": sorted(_by(topics, name)),
    }


def _by(sets: Iterable[tuple[int, Iterable[str]]], kind: str) -> Iterator[tuple[str, str, int]]:
    return ((one, kind, n) for n, all_ in sets for one in all_)


def records(
    name: str, kind: Kind, facts: Iterable[tuple[int, Record]], sources: Mapping[str, Record]
) -> Iterator[tuple[object, ...]]:
    """Yield the rows of numbered facts of a kind, with what their sources say of them."""
    empty = dict.fromkeys(fields(kind.record)) | {"kind": name}
    numbers = [key for key, declared in keys(kind.record).items() if declared.is_number]
    covers = marked(kind.record, COVERS)
    for n, fact in facts:
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


def _regions(named: Sequence[str], facts: Sequence[Record]) -> list[dict[str, None]]:
    """Return the regions that each fact names with any of the keys."""
    return [{region: None for key in named for region in fact.get(key, ())} for fact in facts]


def _with_parts(kind: Kind) -> list[str]:
    """Return the keys whose regions a fact is about with all that lies within them."""
    return [key.name for key in keys(kind.record).values() if key.regions and key.regions.parts]


def _words(
    facts: Sequence[Record], regions: Sequence[Iterable[str]], first: int
) -> Iterator[tuple[object, ...]]:
    """Yield what is searched of each fact: its names, its text, its notes; and its regions."""
    for n, (fact, touched) in enumerate(zip(facts, regions, strict=True), first):
        texts: tuple[list[str], ...] = ([], [], [])
        for key, column in _SEARCHED:
            if (value := fact.get(key)) is None:
                continue
            if value.__class__ is str:
                texts[column].append(value)
            else:
                texts[column].extend(value)
        yield n, *map(_searched, texts), " ".join(touched)


def _searched(texts: Iterable[str]) -> str:
    return plain(FIELD.join(texts))


def _named(kind: Kind, facts: Sequence[Record]) -> set[tuple[str, str, str]]:
    """Return what filters know from facts: the filter, the name as it is compared, the value."""
    found = {("topic", topic, topic) for fact in facts for topic in fact.get("topics", ())}
    for column, key in own_keys(kind.record).items():
        if key.filter:
            having = [fact for fact in facts if column in fact]
            found |= {(column, value, value) for value in {fact[column] for fact in having}}
            if by := key.filter.named_by:
                found |= {(column, fact[by], fact[column]) for fact in having}
    return {(filter_, fold(name), value) for filter_, name, value in found}


def _speakers(kind: Kind, facts: Sequence[Record]) -> Mapping[tuple[str | None, ...], int]:
    """Return how many quotes each speaker has, by role and organization; unnamed groups aside."""
    if "speaker" not in keys(kind.record):
        return {}
    return Counter(
        (quote["speaker"], quote.get("role"), quote.get("organization"))
        for quote in facts
        if not quote.get("collective")
    )
