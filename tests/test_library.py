"""The library: what the commands give, as typed objects."""

import doctest
import json
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import FrozenInstanceError, fields
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Any, get_origin, get_type_hints

import pytest

from expofacts import library, open_facts
from expofacts.cli.events import events
from expofacts.cli.infrastructure import infrastructure
from expofacts.cli.mechanisms import mechanisms
from expofacts.cli.options import COMMON
from expofacts.cli.quotes import quotes
from expofacts.cli.search import search
from expofacts.cli.stats import stats
from expofacts.errors import ExpofactsError, FactFileError, UsageError
from expofacts.facts import kinds
from expofacts.facts.model import TABLES
from expofacts.index.facets import ENTRY_FIELDS
from expofacts.json_lines import from_json
from expofacts.library import Facts, Quote, Region, Source, Statistic
from expofacts.library.arguments import CommonFilters, SearchFilters
from expofacts.library.objects import (
    FACTS,
    RECORDS,
    EventFilters,
    InfrastructureFilters,
    QuoteFilters,
    StatisticFilters,
)
from expofacts.view.citation import STYLES
from tests.conftest import Result

PAGE = Path(__file__).parents[1] / "docs" / "library.md"
DATA = Path(__file__).parent / "data"
EXAMPLES = sorted([*(DATA / "valid").glob("*.toml"), DATA / "tables" / "facts.toml"])

Run = Callable[..., Result]


@pytest.fixture
def facts() -> Iterator[Facts]:
    with open_facts(DATA / "tables" / "facts.toml") as opened:
        yield opened


def test_the_examples_of_the_page_work() -> None:
    failed, tried = doctest.testfile(str(PAGE), module_relative=False)
    assert (failed, tried > 15) == (0, True)


# What mypy has to say of a program, line by line: what is marked is wrong.
PROGRAM = """
from datetime import date, datetime
from decimal import Decimal
from typing import assert_type
from expofacts import open_facts
from expofacts.library import Facts, Found, Infrastructure, Mechanism, Quote, Region, Source
from expofacts.library import AnyFact, Conflict, Event, Speaker, Statistic, TimelineEntry, Topic

facts = open_facts("a.toml")
assert_type(facts, Facts)
assert_type(facts.quotes(region="a", speaker=["b", "c"], limit=1), tuple[Quote, ...])
assert_type(facts.statistics(between=("a", "b"))[0].value, int | Decimal)
assert_type(facts.infrastructure(latest=True), tuple[Infrastructure, ...])
assert_type(facts.mechanisms(since="2019"), tuple[Mechanism, ...])
assert_type(facts.mechanisms(since=date(2019, 6, 18)), tuple[Mechanism, ...])
assert_type(facts.mechanisms(until=datetime(2019, 6, 18)), tuple[Mechanism, ...])
assert_type(facts.statistics(period=date(2019, 6, 18)), tuple[Statistic, ...])
assert_type(facts.search("a", limit=3, topic="b"), Found)
assert_type(facts.search("a").hits[0].fact, AnyFact)
assert_type(facts.show("a"), AnyFact | Source | Region)
assert_type(facts.regions(), tuple[Region, ...])
assert_type(facts.topics()[0].facts, int)
assert_type(facts.speakers()[0].roles, tuple[str, ...])
assert_type(facts.conflicts(indicator="a", agreements=True), tuple[Conflict, ...])
assert_type(facts.conflicts()[0].left, Statistic | Infrastructure | Event)
assert_type(facts.events(series="a", period="2019"), tuple[Event, ...])
assert_type(facts.timeline("a", as_of="2019"), tuple[TimelineEntry, ...])
assert_type(facts.verify({"a": "a.txt"}, region="b").phrases[0].score, int)
assert_type(facts.cite("a", "b", style="bibtex"), str)
facts.conflicts(sort="a")  # wrong
facts.cite(1)  # wrong
facts.quotes(indicator="a")  # wrong
facts.mechanisms(speaker="a")  # wrong
facts.statistics(between="a")  # wrong
facts.search("a", sort="b")  # wrong
facts.quotes(limit="1")  # wrong
facts.statistics(period=("2018",))  # wrong
facts.quotes(match=date(2019, 6, 18))  # wrong
facts.quotes(region=[date(2019, 6, 18)])  # wrong
facts.quotes()[0].text = "b"  # wrong
facts.quotes()[0].txt  # wrong
facts.show("a").speaker  # wrong
"""


def test_mypy_knows_every_type_and_every_filter(tmp_path: Path) -> None:
    (tmp_path / "page.py").write_text(doctest.script_from_examples(PAGE.read_text("utf-8")))
    (tmp_path / "program.py").write_text(PROGRAM)
    done = subprocess.run(
        [sys.executable, "-m", "mypy", "--strict", "--config-file=", "page.py", "program.py"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    found = {int(line) for line in re.findall(r"^program\.py:(\d+): error", done.stdout, re.M)}
    marked = {n for n, line in enumerate(PROGRAM.split("\n"), 1) if line.endswith("# wrong")}
    assert found == marked, done.stdout
    assert "page.py" not in done.stdout


# What the commands give


COMMANDS = {
    "quotes": "quotes",
    "statistics": "stats",
    "infrastructure": "infrastructure",
    "mechanisms": "mechanisms",
    "events": "events",
    "regions": "regions",
    "sources": "sources",
    "topics": "topics",
    "speakers": "speakers",
}


def as_record(found: Any) -> dict[str, Any]:
    """Return an object of the library as the record that it is of; an empty list is null."""
    record = {field.name: getattr(found, field.name) for field in fields(found)}
    return {name: list(v) if isinstance(v, tuple) else v for name, v in record.items()}


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_objects_have_what_the_commands_print(path: Path, run: Run) -> None:
    with open_facts(path) as opened:
        for method, command in COMMANDS.items():
            printed = from_json(run(command, "--facts", str(path), "-f", "json").out or "[]")
            found = [as_record(one) for one in getattr(opened, method)()]
            assert len(found) == len(printed)
            for one, record in zip(found, printed, strict=True):
                assert one == {
                    name: [] if value is None and isinstance(one[name], list) else value
                    for name, value in record.items()
                }


def test_a_number_has_its_digits() -> None:
    with open_facts(DATA / "valid" / "numbers-of-30-digits.toml") as opened:
        values = [figure.value for figure in opened.statistics()]
    assert values[0] == -(10**30 - 1)
    assert str(values[-1]) == "1.23456789012345678901234567890"
    assert {type(value) for value in values} == {int, Decimal}


def test_filters_are_those_of_the_command_line(run: Run) -> None:
    path = str(DATA / "tables" / "facts.toml")
    asked: list[tuple[str, dict[str, Any], list[str]]] = [
        ("quotes", {"region": "estmark"}, ["-r", "estmark"]),
        ("quotes", {"region": ["北国", "estmark"]}, ["-r", "北国", "-r", "estmark"]),
        ("quotes", {"speech": "indirect"}, ["--speech", "indirect"]),
        ("quotes", {"speaker": ("anna berg",)}, ["--speaker", "anna berg"]),
        ("quotes", {"until": date(2021, 12, 31)}, ["--until", "2021-12-31"]),
        ("quotes", {"until": datetime(2021, 12, 31, 9, 30, tzinfo=UTC)}, ["--until", "2021-12-31"]),
        ("quotes", {"region": {"estmark"}, "limit": None}, ["-r", "estmark"]),
        ("quotes", {"as_of": "2021"}, ["--as-of", "2021"]),
        ("quotes", {"match": "ferry"}, ["--match", "ferry"]),
        ("statistics", {"between": ("norland", "estmark")}, ["--between", "norland", "estmark"]),
        ("statistics", {"sort": "value", "reverse": True}, ["--sort", "value", "--reverse"]),
        ("statistics", {"period": "2020"}, ["--period", "2020"]),
        ("statistics", {"period": date(2020, 6, 1)}, ["--period", "2020-06-01"]),
        ("infrastructure", {"latest": True}, ["--latest"]),
        ("infrastructure", {"status": "completed"}, ["--status", "completed"]),
        ("infrastructure", {"limit": 1}, ["--limit", "1"]),
        ("mechanisms", {"topic": []}, []),
    ]  # fmt: skip
    with open_facts(path) as opened:
        for method, filters, options in asked:
            printed = json.loads(run(COMMANDS[method], "--facts", path, "-f", "json", *options).out)
            found = getattr(opened, method)(**filters)
            assert [fact.id for fact in found] == [record["id"] for record in printed] != []


def test_to_search_in_vain_again_does_not_open_the_index_again(
    facts: Facts, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("expofacts.library.collection.ask", lambda *_: pytest.fail("opened again"))
    assert [facts.search("bridgge").near for _ in range(2)] == [("bridge",)] * 2


def test_a_search_says_what_the_command_says(facts: Facts, run: Run) -> None:
    path = str(DATA / "tables" / "facts.toml")
    printed = json.loads(run("search", "bridge", "--facts", path, "-f", "json").out)
    found = facts.search("bridge")
    assert [(hit.fact.id, hit.score, list(hit.matched)) for hit in found.hits] == [
        (record["id"], record["score"], record["matched"]) for record in printed
    ]
    assert (found.total, found.partial, found.near) == (len(printed), False, ())
    assert len(facts.search("bridge", limit=1).hits) == 1
    assert facts.search("bridge", limit=1).total == len(printed)
    assert facts.search("bridge nonsense").partial
    assert facts.search("bridgge").near == ("bridge",)
    (hit,) = facts.search("bridge", region="estmark", source="harbour-board", until="2022").hits[:1]
    assert hit.fact.source == "harbour-board"


def test_any_record_is_shown_by_its_id(facts: Facts) -> None:
    assert isinstance(facts.show("anna-berg-bridge"), Quote)
    assert isinstance(facts.show("bridge-length"), Statistic)
    assert isinstance(facts.show("harbour-board"), Source)
    region = facts.show("北国")
    assert isinstance(region, Region)
    assert region.id == "norland"


@pytest.mark.parametrize("agreements", [False, True])
def test_conflicts_are_those_of_the_command(agreements: bool, run: Run) -> None:
    options = ["--agreements"] if agreements else []
    printed = json.loads(run("conflicts", "-f", "json", *options).out)
    with open_facts() as opened:
        found = opened.conflicts(agreements=agreements)
        one = opened.conflicts(indicator="heilongjiang-russia-border")
    assert (
        [(c.kind, c.subject, c.reason, c.left.id, c.right.id) for c in found]
        == [
            tuple(row[name] for name in ("kind", "subject", "reason", "left", "right"))
            for row in printed
        ]
        != []
    )
    assert {conflict.subject for conflict in one} == {"heilongjiang-russia-border"}


@pytest.mark.parametrize(
    "subject", [None, "heihe-blagoveshchensk-highway-bridge", "china-russia-trade"]
)
def test_a_timeline_is_that_of_the_command(subject: str | None, run: Run) -> None:
    printed = from_json(run("timeline", *filter(None, [subject]), "-f", "json").out)
    with open_facts() as opened:
        found = [as_record(entry) for entry in opened.timeline(subject)]
        early = opened.timeline(subject, as_of="2019-06-18")
        assert opened.timeline(subject, limit=2) == opened.timeline(subject)[:2]
    assert [{name: value or None for name, value in one.items()} for one in found] == [
        {name: row[name] or None for name in found[0]} for row in printed
    ]
    assert found[0].keys() == printed[0].keys()
    assert 0 < len(early) < len(found)


def test_words_are_looked_up_as_the_command_does(
    write: Callable[..., str], tmp_path: Path, run: Run
) -> None:
    path = write(
        '[[quotes]]\nid = "q"\nspeaker = "A"\nspeech = "direct"\ntext = "We will"\n'
        'stated = ["said A", "said nobody at all"]\n'
    )
    text = tmp_path / "text.txt"
    text.write_text('"We will," said A.')
    printed = json.loads(run("verify", f"source={text}", "--facts", path, "-f", "json").out)
    with open_facts(path) as opened:
        found = opened.verify({"source": text})
        without = opened.verify()
        with pytest.raises(UsageError, match="unknown source"):
            opened.verify({"sorce": text})
        with pytest.raises(ExpofactsError, match="nowhere"):
            opened.verify({"source": "nowhere.txt"})
    assert [as_record(phrase) for phrase in found.phrases] == printed
    assert [phrase.result for phrase in found.phrases] == ["found", "found", "absent"]
    assert (found.all_found, found.without_text) == (False, ())
    assert (without.phrases, without.without_text) == ((), ("source",))


@pytest.mark.parametrize("style", STYLES)
def test_a_citation_is_that_of_the_command(style: str, facts: Facts, run: Run) -> None:
    ids = ["anna-berg-bridge", "bridge-length", "harbour-board"]
    path = str(DATA / "tables" / "facts.toml")
    assert facts.cite(*ids, style=style) == run("cite", *ids, "--facts", path, "--style", style).out


# What can go wrong


def test_what_there_is_not_is_an_error_with_the_nearest(facts: Facts) -> None:
    with pytest.raises(UsageError, match='unknown region "norlnd"; did you mean norland'):
        facts.quotes(region="norlnd")
    with pytest.raises(UsageError, match='unknown id "x"'):
        facts.show("x")
    with pytest.raises(UsageError, match='unknown field "valeu"; did you mean value'):
        facts.statistics(sort="valeu")
    with pytest.raises(UsageError, match='unknown style "bibtec"; did you mean bibtex'):
        facts.cite("bridge-length", style="bibtec")
    with pytest.raises(UsageError, match="since"):
        facts.statistics(since="yesterday")


def test_a_filter_of_another_kind_is_an_error(facts: Facts) -> None:
    ask: Any = facts  # for mypy knows better
    with pytest.raises(TypeError, match="there is no filter 'indicator' here"):
        ask.quotes(indicator="x")
    with pytest.raises(TypeError, match="there is no filter 'sort' here"):
        ask.search("x", sort="id")


@pytest.mark.parametrize(
    ("method", "filters", "message"),
    [
        ("statistics", {"period": ("2018",)}, "period takes one date or text, not ('2018',)"),
        ("quotes", {"since": 2019}, "since takes one date or text, not 2019"),
        ("quotes", {"until": ["2019"]}, "until takes one date or text, not ['2019']"),
        ("conflicts", {"as_of": b"2019"}, "as_of takes one date or text, not b'2019'"),
        ("quotes", {"match": ["a"]}, "match takes one text, not ['a']"),
        ("timeline", {"match": date(2019, 1, 1)}, "match takes one text, not datetime.date(2019,"),
        ("quotes", {"sort": ("id", "text")}, "sort takes one text, not ('id', 'text')"),
        ("quotes", {"between": "ab"}, "between takes a pair of texts, not 'ab'"),
        ("quotes", {"between": ("a",)}, "between takes a pair of texts, not ('a',)"),
        ("quotes", {"between": ["a", "b", "c"]}, "between takes a pair of texts, not ['a', 'b', "),
        ("quotes", {"between": ("a", 1)}, "between takes a pair of texts, not ('a', 1)"),
        ("quotes", {"reverse": "no"}, "reverse takes True or False, not 'no'"),
        ("infrastructure", {"latest": 1}, "latest takes True or False, not 1"),
        ("conflicts", {"agreements": "no"}, "agreements takes True or False, not 'no'"),
        ("quotes", {"region": 1}, "region takes a text or several, not 1"),
        ("quotes", {"topic": b""}, "topic takes a text or several, not b''"),
        ("quotes", {"speaker": ["a", None]}, "speaker takes a text or several, not ['a', None]"),
        ("verify", {"source": date(2019, 1, 1)}, "source takes a text or several, not datetime"),
        ("search", {"region": [date(2019, 1, 1)]}, "region takes a text or several, not [datetime"),
        ("statistics", {"unit": ["x" * 999, 1]}, "unit takes a text or several, not ['xxx"),
        ("quotes", {"limit": "1"}, "limit takes a whole number from 1 up, not '1'"),
        ("quotes", {"limit": 1.0}, "limit takes a whole number from 1 up, not 1.0"),
        ("quotes", {"limit": True}, "limit takes a whole number from 1 up, not True"),
        ("search", {"limit": None}, "limit takes a whole number from 1 up, not None"),
    ],
)
def test_a_value_that_a_filter_cannot_have_is_an_error(
    method: str, filters: dict[str, Any], message: str, facts: Facts
) -> None:
    words = ["bridge"] if method == "search" else []
    with pytest.raises(TypeError) as raised:
        getattr(facts, method)(*words, **filters)
    assert str(raised.value).startswith(message)
    assert len(str(raised.value)) < 100


@pytest.mark.parametrize("limit", [0, -1])
def test_a_limit_is_a_number_that_the_command_line_takes(limit: int, facts: Facts) -> None:
    for ask in (facts.quotes, partial(facts.search, "bridge")):
        with pytest.raises(UsageError, match=f"^limit takes .* from 1 up, not {limit}$"):
            ask(limit=limit)


def test_a_broken_fact_file_is_an_error_with_its_problems(write: Callable[..., str]) -> None:
    with pytest.raises(FactFileError) as raised:
        open_facts(write("x = 1\n"))
    assert [problem.line for problem in raised.value.problems] == [6]


def test_what_is_closed_gives_nothing() -> None:
    with open_facts() as opened:
        assert opened.quotes()
    with pytest.raises(ValueError, match="closed"):
        opened.quotes()
    opened.close()


def test_objects_cannot_be_changed(facts: Facts) -> None:
    quote: Any = facts.quotes()[0]
    with pytest.raises(FrozenInstanceError):
        quote.text = "something else"


# Which collection


def test_the_collection_is_chosen_as_the_commands_do(
    write: Callable[..., str], monkeypatch: pytest.MonkeyPatch
) -> None:
    region = '[[regions]]\nid = "{}"\nname = "N"\nlevel = "l"\n'
    one = write(region.format("one"), "one.toml")
    two = write("format = 1\n" + region.format("two"), "two.toml", bare=True)
    with open_facts() as opened:
        assert "sichuan" in [region.id for region in opened.regions()]
    monkeypatch.setenv("EXPOFACTS_FACTS", one)
    with open_facts() as opened:
        assert [region.id for region in opened.regions()] == ["one"]
    with open_facts(Path(two), one) as opened:
        assert [region.id for region in opened.regions()] == ["two", "one"]
    with open_facts(Path(one).parent) as opened:
        assert [region.id for region in opened.regions()] == ["one", "two"]


def test_a_collection_stays_as_it_was_when_it_was_opened(write: Callable[..., str]) -> None:
    region = '[[regions]]\nid = "{}"\nname = "N"\nlevel = "l"\n'
    path = write(region.format("before"))
    with open_facts(path) as opened:
        write(region.format("after"))
        with open_facts(path) as again:
            assert [region.id for region in again.regions()] == ["after"]
        assert [region.id for region in opened.regions()] == ["before"]


def test_an_index_that_is_damaged_while_it_is_open_is_made_again(environment: Path) -> None:
    with open_facts() as opened:
        quotes = opened.quotes()
    (index,) = environment.iterdir()
    with open_facts() as opened:
        with index.open("rb+") as file:
            file.seek(4096)  # the first page has been read
            file.write(b"\xff" * (index.stat().st_size - 4096))
        assert opened.quotes() == quotes
        assert opened.quotes() == quotes


# One declaration


@pytest.mark.parametrize("kind", RECORDS)
def test_a_kind_has_the_fields_of_its_record(kind: str) -> None:
    known = kinds.fields(kinds.KINDS[kind].record) if kind in kinds.KINDS else ENTRY_FIELDS[kind]
    assert {field.name for field in fields(RECORDS[kind])} == set(known)


@pytest.mark.parametrize(("kind", "name"), [(library.Topic, "topic"), (library.Speaker, "speaker")])
def test_what_is_counted_has_the_fields_of_its_record(kind: type, name: str) -> None:
    assert {field.name for field in fields(kind)} == set(ENTRY_FIELDS[name])


@pytest.mark.parametrize("kind", FACTS)
def test_a_field_has_the_type_of_its_key(kind: str) -> None:
    declared = get_type_hints(FACTS[kind])
    model = TABLES[kinds.KINDS[kind].table]
    keys = get_type_hints(model)
    needed = model.__required_keys__ | {"source", "as_of"}
    for key, hint in keys.items():
        ours = declared[key]
        if get_origin(hint) is list:
            assert ours == tuple[str, ...]
            continue
        assert ours == (hint if key in needed else hint | None)


@pytest.mark.parametrize(
    ("filters", "listing"),
    [
        (QuoteFilters, quotes),
        (StatisticFilters, stats),
        (InfrastructureFilters, infrastructure),
        (CommonFilters, mechanisms),
        (EventFilters, events),
    ],
)
def test_every_filter_of_a_command_is_one_of_the_library(filters: Any, listing: Any) -> None:
    of_print = {"format", "fields", "count", "chart", "facts"}
    options = {parameter.name for parameter in listing.params}
    assert set(filters.__annotations__) == options - of_print


def test_a_search_has_the_filters_that_every_kind_has() -> None:
    common = set(SearchFilters.__annotations__)
    assert common < {parameter.name for parameter in search.params}
    assert common == set(COMMON)
