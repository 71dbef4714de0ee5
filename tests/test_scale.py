"""What keeps large collections as fast as small ones, held without measuring time."""

import sqlite3
from collections.abc import Callable, Iterator

import pytest

from expofacts.compare.claims import things, things_of_fact, things_of_subject
from expofacts.compare.comparison import comparison_of
from expofacts.compare.findings import CONTRADICTION
from expofacts.errors import UsageError
from expofacts.facts.files import chosen
from expofacts.index import query
from expofacts.index.filters import Filters, conditions
from expofacts.index.ids import id_steps, ids_from
from expofacts.index.opening import open_index
from expofacts.index.query import Order
from tests import comparing
from tests.conftest import Result, filtered_by

FACT = "china-russia-trade-2018-xinhua"


@pytest.fixture
def index() -> Iterator[sqlite3.Connection]:
    connection = open_index(chosen())
    yield connection
    connection.close()


def plans(index: sqlite3.Connection, ask: Callable[[], object]) -> str:
    """Return how SQLite answers what a function asks of the index, a step a line."""
    asked: list[str] = []
    index.set_trace_callback(asked.append)
    ask()
    index.set_trace_callback(None)
    steps = [step for text in asked for *_, step in index.execute(f"EXPLAIN QUERY PLAN {text}")]
    return "\n".join(steps)


@pytest.mark.parametrize(
    ("kind", "filters"),
    [
        ("quote", filtered_by(region=["sichuan"])),
        ("quote", filtered_by(between=("china", "russia"))),
        ("quote", filtered_by(topic=["trade"])),
        ("quote", filtered_by(source=["xinhua-2019-06-18"])),
        ("quote", filtered_by(speaker=["Li Yunze"], since="2019")),
        ("statistic", filtered_by(indicator=["china-russia-trade"])),
        ("infrastructure", filtered_by(project=["heihe-blagoveshchensk-highway-bridge"])),
        (None, filtered_by(region=["sichuan"])),
    ],
)
def test_a_filter_leads_to_its_facts_without_a_look_at_all_others(
    index: sqlite3.Connection, kind: str | None, filters: Filters
) -> None:
    where, values = conditions(index, kind, filters)
    steps = plans(index, lambda: index.execute(f"SELECT n FROM record WHERE {where}", values))
    assert "SCAN" not in steps
    assert "record_by_kind" not in steps


@pytest.mark.parametrize("kind", [*query.FACTS, "region", "source", "topic", "speaker"])
def test_a_whole_kind_is_read_in_the_order_of_the_files_without_sorting(
    index: sqlite3.Connection, kind: str
) -> None:
    steps = plans(index, lambda: list(query.select(index, kind, Filters(), Order())))
    assert steps == "SEARCH record USING INDEX record_by_kind (kind=?)"


@pytest.mark.parametrize("ask", [query.find, query.related])
def test_a_record_is_found_by_its_id_and_so_are_those_on_the_same_thing(
    index: sqlite3.Connection, ask: Callable[[sqlite3.Connection, str], object]
) -> None:
    steps = plans(index, lambda: ask(index, FACT))
    assert "record_by_id (id=?" in steps
    assert "SCAN" not in steps
    assert "by_source" not in steps


def test_claims_are_read_thing_by_thing_without_sorting(index: sqlite3.Connection) -> None:
    steps = plans(index, lambda: list(things(index, Filters())))
    assert set(steps.splitlines()) == {"SEARCH claim USING COVERING INDEX claim_by_thing (kind=?)"}


@pytest.mark.parametrize(
    "ask",
    [
        lambda index: list(things(index, filtered_by(indicator=["china-russia-trade"]))),
        lambda index: list(things_of_subject(index, "statistic", "china-russia-trade")),
        lambda index: list(things_of_fact(index, "statistic", FACT)),
    ],
)
def test_claims_on_one_thing_are_read_without_a_look_at_all_others(
    index: sqlite3.Connection, ask: Callable[[sqlite3.Connection], object]
) -> None:
    steps = plans(index, lambda: ask(index))
    assert "SCAN claim" not in steps
    assert "(kind=?)" not in steps


def test_what_contradicts_is_not_gone_through_two_by_two() -> None:
    report = {"kind": "infrastructure", "project": "p", "connects": ["a"], "as_of": "2025"}
    state = ("planned", "open")
    reports = [
        {**report, "id": f"{n:04}", "status": state[n % 2], "happened": f"{2000 + n % 24}"}
        for n in range(2000)
    ]
    (thing,) = comparing.things(reports)
    stands = list(comparison_of(thing.kind).compare(thing.claims, {"a": {"a"}}, CONTRADICTION))
    assert sum(stand.others.bit_count() for stand in stands) > 1_000_000
    assert len(stands) <= 3 * len(reports)


@pytest.fixture
def many_ids() -> sqlite3.Connection:
    """Return an index of some sources with long families of ids, and nothing else."""
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE TABLE record (kind TEXT, id TEXT, data TEXT)")
    connection.execute("CREATE INDEX record_by_id ON record (id, kind)")
    families = ("anna-orlova-{}", "anna-orlova-on-ice-{}", "anna-titova-{}", "boris-{}-talk")
    made = [family.format(f"{n:04}") for family in families for n in range(40)]
    connection.executemany(
        "INSERT INTO record (kind, id) VALUES ('quote', ?)", [(id_,) for id_ in made]
    )
    connection.execute("INSERT INTO record (kind, id) VALUES ('topic', 'boris-of-no-fact')")
    return connection


@pytest.mark.parametrize(
    ("start", "steps"),
    [
        ("", ["anna-", "boris-"]),
        ("a", ["anna-orlova-", "anna-titova-"]),
        ("anna-orlova", ["anna-orlova-0", "anna-orlova-o"]),
        ("anna-orlova-003", [f"anna-orlova-003{n}" for n in range(10)]),
        ("anna-t", [f"anna-titova-00{n}" for n in range(4)]),
        ("boris-002", [f"boris-002{n}-talk" for n in range(10)]),
        ("zoya", []),
    ],
)
def test_many_ids_are_offered_step_by_step(
    many_ids: sqlite3.Connection, start: str, steps: list[str]
) -> None:
    found = id_steps(many_ids, start, 20)
    assert found == steps
    # What a shell makes of it is never less than what was typed, and never one alone.
    assert all(step.startswith(start) for step in found)
    assert len(found) != 1


def test_no_id_is_out_of_reach_by_steps(many_ids: sqlite3.Connection) -> None:
    reached, to_do = set(), [""]
    while to_do:
        start = to_do.pop()
        for step in id_steps(many_ids, start, 20):
            known = ids_from(many_ids, step)
            if step in known:
                reached.add(step)
            if known != [step]:
                to_do.append(step)
    assert reached == set(ids_from(many_ids))


def test_an_unknown_id_is_compared_with_those_that_begin_so(
    many_ids: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    many_ids.execute("CREATE TABLE choice (filter TEXT, name TEXT, value TEXT)")
    monkeypatch.setattr(query, "_COMPARED", 50)
    with pytest.raises(UsageError, match="did you mean anna-titova-0007"):
        query.find(many_ids, "anna-titowa-0007")
    with pytest.raises(UsageError, match=r"there is anna-orlova-0000, .* and 152 more"):
        query.find(many_ids, "xx")


def test_of_many_records_on_one_thing_the_latest_are_shown(
    write: Callable[..., str], run: Callable[..., Result]
) -> None:
    quote = '[[quotes]]\nid = "q-{}"\nspeaker = "S"\nspeech = "direct"\ntext = "words {}"\n'
    path = write("".join(quote.format(n, n) for n in range(61)))
    out = run("show", "q-0", "--facts", path).out
    assert "See also  10 of earlier days" in out
    assert out.count("“words") == 51
    assert "q-10\n" not in out
    assert "q-60\n" in out
    assert "earlier" not in run("show", "li-yunze-logistics").out
