"""What keeps large collections as fast as small ones, held without measuring time."""

import sqlite3
from collections.abc import Callable, Iterator

import pytest

from expofacts.factfile.files import chosen
from expofacts.store import query
from expofacts.store.index import open_index
from expofacts.store.query import Filters, Order

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
        ("quote", Filters(region=["sichuan"])),
        ("quote", Filters(between=("china", "russia"))),
        ("quote", Filters(topic=["trade"])),
        ("quote", Filters(source=["xinhua-2019-06-18"])),
        ("quote", Filters(speaker=["Li Yunze"], since="2019")),
        ("statistic", Filters(indicator=["china-russia-trade"])),
        ("infrastructure", Filters(project=["heihe-blagoveshchensk-highway-bridge"])),
        (None, Filters(region=["sichuan"])),
    ],
)
def test_a_filter_leads_to_its_facts_without_a_look_at_all_others(
    index: sqlite3.Connection, kind: str | None, filters: Filters
) -> None:
    where, values = query.conditions(index, kind, filters)
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
