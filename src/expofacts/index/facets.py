"""What facts can be filtered by: regions, sources, topics, speakers, and every other value."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from expofacts.facts.folding import fold
from expofacts.facts.kinds import KINDS, Region, Source, fields, of_all_kinds
from expofacts.json_lines import to_json

Record = dict[str, Any]

# What a record of these kinds also says: how many facts it has, by kind.
_COUNTS = {kind.table: f"Number of {kind.table}" for kind in KINDS.values()}
_COUNTS["facts"] = "Number of facts"
ENTRY_FIELDS = {
    "region": fields(Region) | _COUNTS,
    "source": fields(Source) | _COUNTS,
    "topic": {"topic": "Topic"} | _COUNTS,
    "speaker": {
        "speaker": "Who spoke",
        "roles": "Posts of the speaker",
        "organizations": "Bodies the speaker spoke for",
        "quotes": "Number of quotes",
    },
}


def entries(
    sources: Sequence[Record],
    regions: Sequence[Record],
    counts: Mapping[tuple[str, str, str], int],
    speakers: Iterable[tuple[str, str | None, str | None, int]],
) -> Iterator[tuple[str, str, str]]:
    """Yield kind, id and JSON of the regions, sources, topics and speakers, with counts.

    `counts` has the number of facts by kind of entry, its id and kind of fact; `speakers` that of
    quotes by speaker, role and organization.
    """
    topics = {id_: {"topic": id_} for kind, id_, _ in sorted(counts) if kind == "topic"}
    for kind, records in (
        ("region", {region["id"]: region for region in regions}),
        ("source", {source["id"]: source for source in sources}),
        ("topic", topics),
    ):
        empty = dict.fromkeys(ENTRY_FIELDS[kind])
        for id_, record in records.items():
            numbers = {
                of_facts.table: counts.get((kind, id_, name), 0) for name, of_facts in KINDS.items()
            }
            total = {"facts": sum(numbers.values())}
            yield kind, id_, to_json({**empty, **record, **numbers, **total})
    for speaker in _speakers(speakers):
        yield "speaker", speaker["speaker"], to_json(speaker)


def _speakers(counts: Iterable[tuple[str, str | None, str | None, int]]) -> Iterator[Record]:
    speakers: dict[str, Record] = {}
    for name, role, organization, count in counts:
        empty = {"speaker": name, "roles": [], "organizations": [], "quotes": 0}
        speaker = speakers.setdefault(name, empty)
        speaker["quotes"] += count
        for key, value in (("roles", role), ("organizations", organization)):
            if value and value not in speaker[key]:
                speaker[key].append(value)
    return iter(speakers.values())


def choices(sources: Iterable[Record], regions: Iterable[Record]) -> Iterator[tuple[str, str, str]]:
    """Yield filter, folded name and value for what filters know without any fact."""
    for region in regions:
        for name in (region["name"], region.get("iso"), *region.get("aliases", ()), region["id"]):
            if name:
                yield "region", fold(name), region["id"]
    for source in sources:
        for name in (source["id"], source["publisher"]):
            yield "source", fold(name), source["id"]
    # A closed vocabulary is known whole: that nothing is open yet is an answer, not a mistake.
    for filter_, key in of_all_kinds(lambda key: key.filter and key.words).items():
        for value in key.words:
            yield filter_, fold(value), value
