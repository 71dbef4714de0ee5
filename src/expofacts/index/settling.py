"""What holds between the files of a collection, settled when all of them are in the index."""

import os
import sqlite3
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from pickle import loads
from typing import Any

from expofacts.facts.kinds import KINDS
from expofacts.facts.references import Parsed, check_collection
from expofacts.facts.valid_file import Refused
from expofacts.index.claim_rows import claim_rows
from expofacts.index.facets import choices, entries
from expofacts.index.filters import COLUMNS
from expofacts.index.inserting import insert, insert_words
from expofacts.index.region_tree import ancestors, inward
from expofacts.index.rows import fields_of_source, records, searched_names
from expofacts.json_lines import from_json

Record = dict[str, Any]

# What facts are filtered by, is not numbered by where it stands, but after all facts.
_ENTRIES = 2**62

# Columns of a record with days, which a fact alone has.
_DATES = 5

# How many facts of each kind a source or a topic has, and how many touch just the same regions.
_COUNTED = {
    "source": "SELECT source, kind, count(*) FROM record WHERE source NOT NULL GROUP BY 1, 2",
    "topic": "SELECT topic, kind, count(*) FROM fact_topic GROUP BY 1, 2",
}
_TOUCHED = "SELECT kind, regions, parts, sum(facts) FROM touching GROUP BY 1, 2, 3"


def settle(connection: sqlite3.Connection, paths: Sequence[str]) -> None:
    """Write what facts take from other files, what they add up to, and what filters know.

    The paths are those of all files. Raises Refused if the sources or regions of the collection
    are not valid, or if a fact names one that it does not have.
    """
    files = _places(connection, paths)
    if any(check_collection(files)):
        raise Refused
    sources, regions = (
        [one for file in files for one in file.tables[table]] for table in ("sources", "regions")
    )
    above = ancestors({region["id"]: region.get("within", ()) for region in regions})
    for table in ("within", "text", "choice"):
        connection.execute(f"DELETE FROM {table}")
    connection.execute("DELETE FROM record WHERE n >= ?", [_ENTRIES])
    insert(
        connection, "within", ((outer, inner) for inner, all_ in above.items() for outer in all_)
    )
    insert(connection, "text", _texts(files))
    try:
        _settle_sources(connection, {source["id"]: source for source in sources})
        counts = _counts(connection, above)
        names = {region["id"]: searched_names(region) for region in regions}
        insert_words(connection, connection.execute("SELECT * FROM unnamed ORDER BY fact"), names)
    except KeyError:  # a source or a region that there is not
        raise Refused from None
    connection.execute(
        "INSERT OR IGNORE INTO fact_region SELECT part, kind, fact"
        " FROM within_parts JOIN within USING (region)"
    )
    who = "SELECT speaker, role, organization, quotes FROM spoke ORDER BY file, rowid"
    all_entries = entries(sources, regions, counts, connection.execute(who))
    empty = [None] * (_DATES + len(COLUMNS))
    numbered = enumerate(all_entries, _ENTRIES)
    insert(connection, "record", [(n, *entry, *empty) for n, entry in numbered])
    insert(connection, "choice", sorted(set(choices(sources, regions))))
    connection.execute(
        "INSERT OR IGNORE INTO choice SELECT DISTINCT filter, name, value FROM named"
    )


def region_names(connection: sqlite3.Connection) -> dict[str, str]:
    """Return the names of the regions that are there so far, as they are searched, by id."""
    rows = connection.execute("SELECT data FROM place WHERE of = 'regions'")
    regions = (from_json(data) for (data,) in rows)
    return {region["id"]: searched_names(region) for region in regions}


def _places(connection: sqlite3.Connection, paths: Sequence[str]) -> list[Parsed]:
    """Return the sources and regions of each file."""
    files = [Parsed(path, {"sources": [], "regions": []}) for path in paths]
    for file, table, data in connection.execute("SELECT * FROM place ORDER BY file, rowid"):
        files[file].tables[table].append(from_json(data))
    return files


def _texts(files: Iterable[Parsed]) -> Iterator[tuple[str, bytes, str]]:
    """Yield the sources that have a local copy of their text, and where it is."""
    for file in files:
        having = [source for source in file.tables["sources"] if "text" in source]
        if having:
            folder = os.fsencode(Path(file.path).absolute().parent)
            yield from ((source["id"], folder, source["text"]) for source in having)


def _settle_sources(connection: sqlite3.Connection, sources: Mapping[str, Record]) -> None:
    """Write records and claims of the facts whose source is in another file; raises KeyError."""
    taken = {id_: fields_of_source(source) for id_, source in sources.items()}

    def of_kind(kind: str) -> Iterator[tuple[int, Record]]:
        facts = connection.execute("SELECT n, fact FROM foreign_fact WHERE kind = ?", [kind])
        for n, pickled in facts:
            fact = loads(pickled)
            if "as_of" not in fact:
                fact["as_of"] = sources[fact["source"]]["published"]
            yield n, fact

    for name, kind in KINDS.items():
        insert(connection, "record", records(name, kind, of_kind(name), taken))
        insert(connection, "claim", claim_rows(name, of_kind(name)))


def _counts(
    connection: sqlite3.Connection, above: Mapping[str, Collection[str]]
) -> Mapping[tuple[str, str, str], int]:
    """Return the number of facts by kind of entry, its id, and kind of fact; raises KeyError.

    A fact is about a region if it touches it or anything within it.
    """
    counts: Counter[tuple[str, str, str]] = Counter()
    for entry, statement in _COUNTED.items():
        for id_, kind, number in connection.execute(statement):
            counts[entry, id_, kind] = number
    below = inward(above)
    for kind, touched, parts, number in connection.execute(_TOUCHED):
        regions = set(touched.split()).union(*(below[part] for part in parts.split()))
        for region in set().union(*(above[one] for one in regions)):
            counts["region", region, kind] += number
    return counts
