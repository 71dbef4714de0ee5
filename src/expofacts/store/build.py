"""From the records of a collection to the tables of the index."""

import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from expofacts.factfile.dates import date_days, period_days
from expofacts.factfile.load import Collection
from expofacts.factfile.model import (
    KINDS,
    REGION_KEYS,
    SOURCE_FIELDS,
    Infrastructure,
    Quote,
    choices,
    fields,
)
from expofacts.factfile.names import fold, plain
from expofacts.records import to_json
from expofacts.store.query import COLUMNS
from expofacts.store.regions import ancestors, inward

Record = dict[str, Any]

# What a record of these kinds also says: how many facts it has, by kind.
COUNTS = {table: f"Number of {table}" for table in KINDS.values()} | {"facts": "Number of facts"}
ENTRY_FIELDS = {
    "region": fields("regions") | COUNTS,
    "source": fields("sources") | COUNTS,
    "topic": {"topic": "Topic"} | COUNTS,
    "speaker": {
        "speaker": "Who spoke",
        "roles": "Posts of the speaker",
        "organizations": "Bodies the speaker spoke for",
        "quotes": "Number of quotes",
    },
}

# Made when all rows are there, which is faster.
_INDEXES = """
CREATE UNIQUE INDEX record_by_id ON record (kind, id);
CREATE INDEX record_by_source ON record (source, kind) WHERE source IS NOT NULL;
CREATE INDEX record_by_speaker ON record (speaker) WHERE speaker IS NOT NULL;
CREATE INDEX record_by_indicator ON record (indicator) WHERE indicator IS NOT NULL;
CREATE INDEX record_by_project ON record (project) WHERE project IS NOT NULL;
"""


def fill(connection: sqlite3.Connection, collection: Collection) -> None:
    """Write the tables of the index, except what it was made from."""
    connection.executescript(Path(__file__).with_name("schema.sql").read_text("utf-8"))
    graph = {region["id"]: region.get("within", ()) for region in collection["regions"]}
    above = ancestors(graph)
    below = inward(above)
    insert(
        connection, "within", ((outer, inner) for inner, all_ in above.items() for outer in all_)
    )

    sources = {source["id"]: source for source in collection["sources"]}
    counts: dict[str, dict[str, Counter[str]]] = {
        kind: defaultdict(Counter) for kind in ("region", "source", "topic")
    }
    facts: list[tuple[object, ...]] = []
    regions: list[tuple[str, str, int]] = []
    topics: list[tuple[str, str, int]] = []
    words: list[tuple[int, str]] = []
    for kind, table in KINDS.items():
        names = tuple(fields(table))
        for fact in collection[table]:
            n = len(facts) + 1
            facts.append(_fact_row(n, kind, fact, sources[fact["source"]], names))
            words.append((n, "\n".join(map(plain, _texts(fact)))))
            touched = {name for key in REGION_KEYS[table] for name in fact.get(key, ())}
            if kind == "mechanism":
                touched |= {name for partner in fact["partners"] for name in below[partner]}
            regions += ((name, kind, n) for name in touched)
            topics += ((topic, kind, n) for topic in set(fact.get("topics", ())))
            for region in {outer for name in touched for outer in above[name]}:
                counts["region"][region][table] += 1
            for topic in set(fact.get("topics", ())):
                counts["topic"][topic][table] += 1
            counts["source"][fact["source"]][table] += 1
    entries = _entries(collection, counts)
    insert(connection, "record", facts)
    insert(
        connection,
        "record",
        ((n, *entry, *[None] * 13) for n, entry in enumerate(entries, len(facts) + 1)),
    )
    insert(connection, "fact_region", sorted(regions))
    insert(connection, "fact_topic", sorted(topics))
    insert(connection, "fact_words", words)
    connection.executescript(_INDEXES)
    insert(connection, "choice", sorted(set(_choices(collection))))
    described = {kind: fields(table) for kind, table in KINDS.items()} | ENTRY_FIELDS
    insert(
        connection,
        "field",
        (
            (kind, n, name, about)
            for kind, names in described.items()
            for n, (name, about) in enumerate(names.items())
        ),
    )


def insert(connection: sqlite3.Connection, table: str, rows: Iterable[tuple[object, ...]]) -> None:
    """Insert the rows, each with all columns of the table."""
    width = len(connection.execute(f"SELECT * FROM {table} LIMIT 0").description)
    connection.executemany(f"INSERT INTO {table} VALUES ({', '.join('?' * width)})", rows)


def _fact_row(
    n: int, kind: str, fact: Record, source: Record, names: tuple[str, ...]
) -> tuple[object, ...]:
    known = {"kind": kind, **fact} | {key: source.get(key) for key in SOURCE_FIELDS}
    as_of = date_days(fact["as_of"])
    # What a source without a date says was known on the day it says it of, at the earliest.
    published = date_days(source["published"])[1] if "published" in source else as_of[1]
    period = period_days(fact["period"]) if "period" in fact else (None, None)
    data = to_json({name: known.get(name) for name in names})
    filtered = (fact.get(column) for column in COLUMNS)
    return n, kind, fact["id"], data, published, *as_of, *period, *filtered


def _texts(record: Record) -> Iterator[str]:
    for value in record.values():
        if isinstance(value, str):
            yield value
        elif isinstance(value, list):
            yield from value


def _entries(
    collection: Collection, counts: Mapping[str, Mapping[str, Counter[str]]]
) -> Iterator[tuple[str, str, str]]:
    """Yield kind, id and JSON of what can be filtered by: regions, sources, topics, speakers."""

    def entry(kind: str, id_: str, record: Record) -> tuple[str, str, str]:
        found = counts[kind].get(id_, Counter())
        numbers = {table: found[table] for table in KINDS.values()} | {"facts": found.total()}
        known = record | numbers
        return kind, id_, to_json({name: known.get(name) for name in ENTRY_FIELDS[kind]})

    for kind in ("region", "source"):
        for record in collection[f"{kind}s"]:
            yield entry(kind, record["id"], record)
    for topic in sorted(counts["topic"]):
        yield entry("topic", topic, {"topic": topic})
    speakers: dict[str, list[Record]] = defaultdict(list)
    for quote in collection["quotes"]:
        if not quote.get("collective"):
            speakers[quote["speaker"]].append(quote)
    for speaker, quotes in speakers.items():
        record = {
            "speaker": speaker,
            "roles": list(dict.fromkeys(q["role"] for q in quotes if "role" in q)),
            "organizations": list(
                dict.fromkeys(q["organization"] for q in quotes if "organization" in q)
            ),
            "quotes": len(quotes),
        }
        yield "speaker", speaker, to_json(record)


def _choices(collection: Collection) -> Iterator[tuple[str, str, str]]:
    """Yield filter, folded name and value for every value that a filter knows."""
    for region in collection["regions"]:
        for name in (region["name"], region.get("iso"), *region.get("aliases", ()), region["id"]):
            if name:
                yield "region", fold(name), region["id"]
    for source in collection["sources"]:
        for name in (source["id"], source["publisher"]):
            yield "source", fold(name), source["id"]
    for table in KINDS.values():
        for fact in collection[table]:
            for column in COLUMNS[1:]:
                if column in fact:
                    yield column, fold(fact[column]), fact[column]
            for topic in fact.get("topics", ()):
                yield "topic", fold(topic), topic
    for filter_, named in (("indicator", "statistics"), ("project", "infrastructure")):
        for fact in collection[named]:
            yield filter_, fold(fact["name"]), fact[filter_]
    # A closed vocabulary is known whole: that nothing is open yet is an answer, not a mistake.
    for filter_, kind in (("speech", Quote), ("status", Infrastructure)):
        for value in choices(kind, filter_):
            yield filter_, fold(value), value
