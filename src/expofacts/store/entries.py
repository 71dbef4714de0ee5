"""What facts can be filtered by: regions, sources, topics, speakers, and every other value."""

import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import Any

from expofacts.factfile.load import Collection
from expofacts.factfile.model import KINDS, Infrastructure, Quote, fields, vocabulary
from expofacts.factfile.names import fold
from expofacts.records import to_json
from expofacts.store.query import COLUMNS

Record = dict[str, Any]

# What a record of these kinds also says: how many facts it has, by kind.
_COUNTS = {table: f"Number of {table}" for table in KINDS.values()} | {"facts": "Number of facts"}
ENTRY_FIELDS = {
    "region": fields("regions") | _COUNTS,
    "source": fields("sources") | _COUNTS,
    "topic": {"topic": "Topic"} | _COUNTS,
    "speaker": {
        "speaker": "Who spoke",
        "roles": "Posts of the speaker",
        "organizations": "Bodies the speaker spoke for",
        "quotes": "Number of quotes",
    },
}

# How many facts of each kind a filter finds for each of its values.
_COUNTED = {
    "region": "SELECT within.region, kind, count(DISTINCT fact) FROM within"
    " JOIN fact_region ON fact_region.region = part GROUP BY within.region, kind",
    "source": "SELECT source, kind, count(*) FROM record GROUP BY source, kind",
    "topic": "SELECT topic, kind, count(*) FROM fact_topic GROUP BY topic, kind",
}


def entries(
    connection: sqlite3.Connection, collection: Collection
) -> Iterator[tuple[str, str, str]]:
    """Yield kind, id and JSON of the regions, sources, topics and speakers, with counts.

    The facts and the regions must be in the index already.
    """
    for kind, counted in _COUNTED.items():
        found: dict[str, Counter[str]] = defaultdict(Counter)
        for id_, fact_kind, count in connection.execute(counted).fetchall():
            found[id_][KINDS.get(fact_kind, "")] = count
        if kind == "topic":
            records = [{"topic": topic} for topic in sorted(found)]
        else:
            records = collection[f"{kind}s"]
        empty = dict.fromkeys(ENTRY_FIELDS[kind])
        for record in records:
            id_ = record["topic" if kind == "topic" else "id"]
            numbers = {table: found[id_][table] for table in KINDS.values()}
            total = {"facts": sum(numbers.values())}
            yield kind, id_, to_json({**empty, **record, **numbers, **total})
    for speaker in _speakers(collection["quotes"]):
        yield "speaker", speaker["speaker"], to_json(speaker)


def _speakers(quotes: list[Record]) -> Iterator[Record]:
    named = [quote for quote in quotes if not quote.get("collective")]
    counts = Counter(quote["speaker"] for quote in named)
    posts = dict.fromkeys((q["speaker"], q.get("role"), q.get("organization")) for q in named)
    roles: dict[str, list[str]] = defaultdict(list)
    organizations: dict[str, list[str]] = defaultdict(list)
    for speaker, role, organization in posts:
        if role and role not in roles[speaker]:
            roles[speaker].append(role)
        if organization and organization not in organizations[speaker]:
            organizations[speaker].append(organization)
    for speaker, count in counts.items():
        yield {
            "speaker": speaker,
            "roles": roles[speaker],
            "organizations": organizations[speaker],
            "quotes": count,
        }


def choices(
    connection: sqlite3.Connection, collection: Collection
) -> Iterator[tuple[str, str, str]]:
    """Yield filter, folded name and value for every value that a filter knows."""
    for region in collection["regions"]:
        for name in (region["name"], region.get("iso"), *region.get("aliases", ()), region["id"]):
            if name:
                yield "region", fold(name), region["id"]
    for source in collection["sources"]:
        for name in (source["id"], source["publisher"]):
            yield "source", fold(name), source["id"]
    for column in COLUMNS[1:]:
        for (value,) in connection.execute(f"SELECT DISTINCT {column} FROM record").fetchall():
            if value is not None:
                yield column, fold(value), value
    for (topic,) in connection.execute("SELECT DISTINCT topic FROM fact_topic").fetchall():
        yield "topic", fold(topic), topic
    for filter_, table in (("indicator", "statistics"), ("project", "infrastructure")):
        for name, value in {(fact["name"], fact[filter_]) for fact in collection[table]}:
            yield filter_, fold(name), value
    # A closed vocabulary is known whole: that nothing is open yet is an answer, not a mistake.
    for filter_, kind in (("speech", Quote), ("status", Infrastructure)):
        for value in vocabulary(kind, filter_):
            yield filter_, fold(value), value
