"""What the index holds: whole records, counts that agree with the filters, values to filter by."""

import itertools
import json
import os
import sqlite3
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from expofacts.facts.load import Collection, load
from expofacts.index import query
from expofacts.index.opening import open_index
from expofacts.index.query import Order
from expofacts.index.region_tree import ancestors, inward
from tests.conftest import filtered_by
from tests.indexes import fill

TABLES = {
    "quote": "quotes",
    "statistic": "statistics",
    "infrastructure": "infrastructure",
    "mechanism": "mechanisms",
    "event": "events",
}

# The order that is documented: kind, id, the kind's own, then what every fact has.
COMMON = [
    *("regions", "topics", "as_of", "source", "publisher", "published", "url"),
    *("paragraph", "stated", "note"),
]
OWN = {
    "quote": [
        *("speaker", "collective", "role", "organization", "occasion", "speech", "text"),
        *("context", "original"),
    ],
    "statistic": [
        *("indicator", "name", "value", "unit", "qualifier", "rounded_to", "period", "scope"),
        *("counted_by", "project"),
    ],
    "infrastructure": [
        *("project", "name", "mode", "connects", "status", "happened", "expected"),
        "expected_status",
    ],
    "mechanism": ["name", "partners", "purpose"],
    "event": [
        *("series", "edition", "name", "places", "held", "expected", "organizers", "purpose"),
    ],
}
KEYS = {kind: ["kind", "id", *own, *COMMON] for kind, own in OWN.items()}
NUMBERS = [*TABLES.values(), "facts"]
KEYS |= {
    "region": ["id", "name", "level", "within", "iso", "aliases", *NUMBERS],
    "source": [
        *("id", "publisher", "title", "published", "place", "language", "url", "text", "note"),
        *NUMBERS,
    ],
    "topic": ["topic", *NUMBERS],
    "speaker": ["speaker", "roles", "organizations", "quotes"],
}

LEAST = """
[[regions]]
id = "here"
name = "Here"
level = "city"

[[quotes]]
id = "quote"
speaker = "Ann"
speech = "direct"
text = "words"
topics = ["trade"]

[[statistics]]
id = "statistic"
indicator = "trains"
name = "Trains"
value = 24.80
unit = "trains"

[[infrastructure]]
id = "infrastructure"
project = "bridge"
name = "Bridge"
mode = "bridge"
connects = ["here"]
status = "open"

[[mechanisms]]
id = "mechanism"
name = "Council"
partners = ["here"]

[[events]]
id = "event"
name = "Fair"
places = ["here"]
held = "2020"
"""

unhurried = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


def built(collection: Collection) -> sqlite3.Connection:
    index = sqlite3.connect(":memory:")
    fill(index, collection)
    return index


def lines(index: sqlite3.Connection, kind: str, **filters: Any) -> list[str]:
    return list(query.select(index, kind, filtered_by(**filters), Order()))


def records(index: sqlite3.Connection, kind: str, **filters: Any) -> list[dict[str, Any]]:
    return [json.loads(line) for line in lines(index, kind, **filters)]


def unspaced(line: str) -> str:
    """Return the JSON without the spaces between its members, which mean nothing."""
    return line.replace('": ', '":').replace(', "', ',"')


def ids(index: sqlite3.Connection, kind: str, **filters: Any) -> list[str]:
    return [record["id"] for record in records(index, kind, **filters)]


# Records


@pytest.mark.parametrize("kind", KEYS)
def test_all_keys_of_a_kind_are_there_in_their_order(write: Callable[..., str], kind: str) -> None:
    index = built(load([write(LEAST)]))
    (record,) = records(index, kind)
    assert list(record) == KEYS[kind]
    described = query.fields(index, kind)
    assert list(described) == KEYS[kind]
    assert all(described.values())


def test_what_a_file_does_not_say_is_null(write: Callable[..., str]) -> None:
    index = built(load([write(LEAST)]))
    said = {
        "kind": "infrastructure",
        "id": "infrastructure",
        "project": "bridge",
        "name": "Bridge",
        "mode": "bridge",
        "connects": ["here"],
        "status": "open",
        "as_of": "2019-06-18",  # the day of its source, as is not said otherwise
        "source": "source",
        "publisher": "Agency",
        "published": "2019-06-18",
    }
    (record,) = records(index, "infrastructure")
    assert record == dict.fromkeys(KEYS["infrastructure"]) | said
    (region,) = records(index, "region")
    assert region == dict.fromkeys(KEYS["region"]) | {
        "id": "here",
        "name": "Here",
        "level": "city",
        "quotes": 0,
        "statistics": 0,
        "infrastructure": 1,
        "mechanisms": 1,
        "events": 1,
        "facts": 3,
    }


def test_a_record_is_what_its_file_says_to_the_letter(write: Callable[..., str]) -> None:
    text = """
format = 1
[[sources]]
id = "sheet"
publisher = "统计局"
published = "2021-03"
url = "https://sheet.example/?a=1&b=2#c"

[[statistics]]
id = "figure"
source = "sheet"
indicator = "length"
name = "Length of “it all” – 总长 \\u001B[31m \\u202E"
value = 123456789012345678.900
unit = "km"
rounded_to = 100_000_000_000_000_000_000_000_000_000
period = "2020-Q4"
topics = ["b", "a"]
as_of = 2021-02-28
paragraph = 3
stated = ["1,234", " kept  as it is "]
note = '''two
lines'''
"""
    index = built(load([write(text, bare=True)]))
    (line,) = lines(index, "statistic")
    assert unspaced(line) == unspaced(
        '{"kind": "statistic", "id": "figure", "indicator": "length",'
        ' "name": "Length of “it all” – 总长 \\u001b[31m \\u202e",'
        ' "value": 123456789012345678.900, "unit": "km", "qualifier": null,'
        ' "rounded_to": 100000000000000000000000000000, "period": "2020-Q4", "scope": null,'
        ' "counted_by": null, "project": null, "regions": null, "topics": ["b", "a"],'
        ' "as_of": "2021-02-28", "source": "sheet", "publisher": "统计局", "published": "2021-03",'
        ' "url": "https://sheet.example/?a=1&b=2#c", "paragraph": 3,'
        ' "stated": ["1,234", " kept  as it is "], "note": "two\\nlines"}'
    )
    # A note of its source's is not one of the fact's.
    assert records(index, "source")[0]["note"] is None


@pytest.mark.parametrize(
    ("written", "printed"),
    [
        ("1e3", "1000"),
        ("-2.50E+2", "-250"),
        ("1e-7", "0.0000001"),
        ("0x10", "16"),
        ("-0.0", "-0.0"),
    ],
)
def test_a_figure_is_written_out(write: Callable[..., str], written: str, printed: str) -> None:
    text = LEAST.replace("24.80", f'{written}\nname = \'"value":"1E+3"\'').replace(
        'name = "Trains"\n', ""
    )
    (line,) = lines(built(load([write(text)])), "statistic")
    assert f',"value":{printed},"unit"' in line
    assert json.loads(line)["name"] == '"value":"1E+3"'


def test_a_fact_has_publisher_date_and_url_but_no_more_of_its_source(
    write: Callable[..., str],
) -> None:
    other = write(
        'format = 1\n[[sources]]\nid = "other"\npublisher = "P"\nnote = "of the source"\n'
        '[[quotes]]\nid = "p"\nspeaker = "B"\nspeech = "direct"\ntext = "t"\nas_of = 2018-01-01\n',
        "other.toml",
        bare=True,
    )
    index = built(load([write(LEAST), other]))
    own = json.loads(query.find(index, "p")[1])
    assert (own["publisher"], own["published"], own["url"], own["note"]) == ("P", None, None, None)


def test_a_source_knows_the_folder_of_the_fact_file_that_its_text_is_relative_to(
    write: Callable[..., str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    with_text = 'format = 1\n[[sources]]\nid = "{}"\npublisher = "P"\ntext = "texts/a.txt"\n'
    write(with_text.format("here"), "here.toml", bare=True)
    write(with_text.format("there"), "there/there.toml", bare=True)
    monkeypatch.chdir(tmp_path)
    index = open_index(["here.toml", "there/there.toml", write("")])
    assert index.execute("SELECT * FROM text ORDER BY source").fetchall() == [
        ("here", os.fsencode(tmp_path), "texts/a.txt"),
        ("there", os.fsencode(tmp_path / "there"), "texts/a.txt"),
    ]


# Speakers and topics


QUOTES = """
[[quotes]]
id = "a"
speaker = "Ann Lee"
role = "mayor"
organization = "Town"
speech = "direct"
text = "t"

[[quotes]]
id = "b"
speaker = "drivers"
collective = true
role = "of trucks"
speech = "indirect"
text = "t"

[[quotes]]
id = "c"
speaker = "Bo"
collective = false
speech = "indirect"
text = "t"

[[quotes]]
id = "d"
speaker = "Ann Lee"
role = "envoy"
organization = "Town"
speech = "partial"
text = "t"

[[quotes]]
id = "e"
speaker = "Ann Lee"
role = "mayor"
speech = "direct"
text = "t"
"""


def test_speakers_are_listed_once_with_all_their_posts(write: Callable[..., str]) -> None:
    index = built(load([write(QUOTES)]))
    assert records(index, "speaker") == [
        {
            "speaker": "Ann Lee",
            "roles": ["mayor", "envoy"],
            "organizations": ["Town"],
            "quotes": 3,
        },
        {"speaker": "Bo", "roles": [], "organizations": [], "quotes": 1},
    ]


def test_an_unnamed_group_is_not_listed_but_can_be_asked_for(write: Callable[..., str]) -> None:
    index = built(load([write(QUOTES)]))
    assert "drivers" not in [record["speaker"] for record in records(index, "speaker")]
    assert ids(index, "quote", speaker=["Drivers"]) == ["b"]


def test_topics_are_listed_in_order_and_counted_once_a_fact(write: Callable[..., str]) -> None:
    index = built(load([write(LEAST.replace('["trade"]', '["trade", "rail", "trade"]'))]))
    found = [(topic["topic"], topic["facts"]) for topic in records(index, "topic")]
    assert found == [("rail", 1), ("trade", 1)]


def test_a_collection_without_facts_has_its_regions_and_sources(
    write: Callable[..., str],
) -> None:
    index = built(load([write('[[regions]]\nid = "r"\nname = "R"\nlevel = "city"\n')]))
    assert ids(index, "source") == ["source"]
    assert ids(index, "region") == ["r"]
    for kind in (*TABLES, "topic", "speaker"):
        assert records(index, kind) == []


# Laws of any collection

REGIONS = [f"r{n}" for n in range(6)]


@st.composite
def collections(draw: st.DrawFn) -> Collection:
    """Return a collection as `load` does, with facts of all kinds on regions in any graph."""
    some_regions = st.lists(st.sampled_from(REGIONS), max_size=2)
    partners = st.lists(st.sampled_from(REGIONS), min_size=1, max_size=2)
    regions = [
        {"id": id_, "name": id_.upper(), "level": "x",
         "within": draw(st.lists(st.sampled_from(REGIONS[:n]), max_size=2)) if n else []}
        for n, id_ in enumerate(REGIONS)
    ]  # fmt: skip
    sources = [
        {"id": "s0", "publisher": "P"},
        {"id": "s1", "publisher": "P", "published": "2020"},
        {"id": "s2", "publisher": "Q", "published": "2020-02"},
    ]
    own: dict[str, dict[str, Any]] = {
        "quotes": {"speaker": st.sampled_from(["A", "B", "C"]), "speech": st.just("direct"),
                   "text": st.just("t")},
        "statistics": {"indicator": st.just("i"), "name": st.just("n"), "value": st.integers(),
                       "unit": st.just("km")},
        "infrastructure": {"project": st.just("p"), "name": st.just("n"), "mode": st.just("m"),
                           "status": st.just("open"),
                           "connects": partners},
        "mechanisms": {"name": st.just("n"), "partners": partners},
        "events": {"name": st.just("n"), "places": some_regions, "held": st.just("2020")},
    }  # fmt: skip
    number = itertools.count()
    tables: Collection = {"sources": sources, "regions": draw(st.permutations(regions))}
    for table, keys in own.items():
        tables[table] = [
            {
                "id": f"f{next(number)}",
                **{key: draw(value) for key, value in keys.items()},
                "source": draw(st.sampled_from(["s0", "s1", "s2"])),
                "as_of": draw(st.sampled_from(["2019", "2020-02", "2020-02-29"])),
                "regions": draw(some_regions),
                "topics": draw(st.lists(st.sampled_from(["t", "u"]), max_size=3)),
            }
            for _ in range(draw(st.integers(0, 3)))
        ]
    return tables


def lies_within(graph: Mapping[str, Sequence[str]], inner: str, outer: str) -> bool:
    return inner == outer or any(lies_within(graph, one, outer) for one in graph[inner])


@given(collections())
@unhurried
def test_a_region_finds_what_touches_it_or_anything_within_it(collection: Collection) -> None:
    graph = {region["id"]: region["within"] for region in collection["regions"]}
    with closing(built(collection)) as index:
        for region in REGIONS:
            for kind, table in TABLES.items():
                expected = []
                for fact in collection[table]:
                    touched = {*fact["regions"], *fact.get("connects", ()), *fact.get("places", ())}
                    # All that lies within a partner takes part.
                    touched |= {
                        one
                        for partner in fact.get("partners", ())
                        for one in REGIONS
                        if lies_within(graph, one, partner)
                    }
                    if any(lies_within(graph, one, region) for one in touched):
                        expected.append(fact["id"])
                assert ids(index, kind, region=[region]) == expected


@given(collections())
@unhurried
def test_a_region_finds_at_least_what_its_parts_find(collection: Collection) -> None:
    with closing(built(collection)) as index:
        for region in collection["regions"]:
            for outer in region["within"]:
                for kind in TABLES:
                    inner_ids = ids(index, kind, region=[region["id"]])
                    assert set(inner_ids) <= set(ids(index, kind, region=[outer]))


@given(collections())
@unhurried
def test_counts_are_what_the_filters_find(collection: Collection) -> None:
    with closing(built(collection)) as index:
        for entry, key in (("region", "id"), ("source", "id"), ("topic", "topic")):
            for record in records(index, entry):
                found = {
                    table: query.count(index, kind, filtered_by(**{entry: [record[key]]}))
                    for kind, table in TABLES.items()
                }
                assert {table: record[table] for table in TABLES.values()} == found
                assert record["facts"] == sum(found.values())
        speakers = records(index, "speaker")
        for record in speakers:
            found_quotes = ids(index, "quote", speaker=[record["speaker"]])
            assert record["quotes"] == len(found_quotes) > 0
        assert sum(record["quotes"] for record in speakers) == len(collection["quotes"])
        topics = {topic for table in TABLES.values() for fact in collection[table]
                  for topic in fact["topics"]}  # fmt: skip
        assert [record["topic"] for record in records(index, "topic")] == sorted(topics)


@given(collections(), st.randoms(use_true_random=False))
@unhurried
def test_the_order_of_records_changes_only_the_order_of_what_is_found(
    collection: Collection, random: Any
) -> None:
    shuffled = {table: random.sample(rows, len(rows)) for table, rows in collection.items()}
    with closing(built(collection)) as one, closing(built(shuffled)) as other:
        for kind in (*TABLES, "region", "source", "topic"):
            assert sorted(lines(one, kind)) == sorted(lines(other, kind))
        for filters in ({"region": ["r0"]}, {"between": ("r0", "r1")}, {"since": "2020"},
                        {"as_of": "2020-02"}, {"source": ["P"]}):  # fmt: skip
            for kind in TABLES:
                assert sorted(lines(one, kind, **filters)) == sorted(lines(other, kind, **filters))


@given(collections())
@unhurried
def test_records_come_in_the_order_of_the_files(collection: Collection) -> None:
    with closing(built(collection)) as index:
        for kind, table in (TABLES | {"region": "regions", "source": "sources"}).items():
            assert ids(index, kind) == [record["id"] for record in collection[table]]


def test_the_order_of_files_changes_only_the_order_of_what_is_found(
    write: Callable[..., str],
) -> None:
    one = write(LEAST, "one.toml")
    two = write(
        "format = 1\n" + QUOTES.replace("[[quotes]]", '[[quotes]]\nsource = "source"\n'
                                        'regions = ["here"]'),
        "two.toml",
        bare=True,
    )  # fmt: skip
    there, back = built(load([one, two])), built(load([two, one]))
    assert ids(there, "quote") == ["quote", "a", "b", "c", "d", "e"]
    assert ids(back, "quote") == ["a", "b", "c", "d", "e", "quote"]
    for kind in KEYS:
        assert sorted(lines(there, kind)) == sorted(lines(back, kind))
    for filters in ({"region": ["Here"]}, {"speaker": ["ann lee"]}, {"match": "T"}):
        assert sorted(ids(there, "quote", **filters)) == sorted(ids(back, "quote", **filters))


def test_what_lies_around_and_within_regions_goes_deeper_than_python_calls() -> None:
    depth = sys.getrecursionlimit() + 10
    above = ancestors({f"r{n}": [f"r{n - 1}"] if n else [] for n in range(depth)})
    assert len(above[f"r{depth - 1}"]) == len(inward(above)["r0"]) == depth
