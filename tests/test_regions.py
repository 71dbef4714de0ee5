"""The graph of regions: what lies within what, and how that is drawn."""

import sys
from collections.abc import Mapping, Sequence

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from expofacts.index.region_tree import ancestors, inward, tree

Graph = dict[str, list[str]]

unhurried = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])

BASIN = {
    "asia": [],
    "north": ["asia"],
    "basin": ["asia"],
    "hills": ["north", "basin"],
    "town": ["hills"],
    "isle": [],
}


@st.composite
def graphs(draw: st.DrawFn) -> Graph:
    """Return regions in any order, each within some of a fixed order before it."""
    names = [f"r{n}" for n in range(draw(st.integers(1, 8)))]
    graph = {
        name: draw(st.lists(st.sampled_from(names[:n]), max_size=3)) if n else []
        for n, name in enumerate(names)
    }
    return {name: graph[name] for name in draw(st.permutations(names))}


def lies_within(graph: Mapping[str, Sequence[str]], inner: str, outer: str) -> bool:
    return inner == outer or any(lies_within(graph, one, outer) for one in graph[inner])


def rows(graph: Mapping[str, Sequence[str] | None]) -> list[dict[str, str]]:
    return tree([{"id": id_, "within": within} for id_, within in graph.items()])


def drawn(graph: Mapping[str, Sequence[str] | None]) -> list[str]:
    return [row["branch"] + row["id"] for row in rows(graph)]


def parents(graph: Mapping[str, Sequence[str]]) -> list[tuple[str, str]]:
    """Return each row's region and the region that it is drawn below, read off the branches."""
    path: list[str] = []
    found = []
    for row in rows(graph):
        depth = len(row["branch"]) // 3
        path[depth:] = [row["id"]]
        found.append((row["id"], path[depth - 1] if depth else ""))
    return found


def test_a_region_lies_within_itself_and_all_around_any_of_its_parents() -> None:
    assert ancestors(BASIN) == {
        "asia": {"asia"},
        "north": {"north", "asia"},
        "basin": {"basin", "asia"},
        "hills": {"hills", "north", "basin", "asia"},
        "town": {"town", "hills", "north", "basin", "asia"},
        "isle": {"isle"},
    }


def test_inward_is_the_other_way_round() -> None:
    assert inward(ancestors(BASIN)) == {
        "asia": {"asia", "north", "basin", "hills", "town"},
        "north": {"north", "hills", "town"},
        "basin": {"basin", "hills", "town"},
        "hills": {"hills", "town"},
        "town": {"town"},
        "isle": {"isle"},
    }


@given(graphs())
@unhurried
def test_ancestors_are_what_can_be_reached(graph: Graph) -> None:
    above = ancestors(graph)
    below = inward(above)
    for inner in graph:
        for outer in graph:
            assert (outer in above[inner]) == lies_within(graph, inner, outer)
            assert (inner in below[outer]) == lies_within(graph, inner, outer)


def test_a_tree_is_drawn_with_branches_and_trunks() -> None:
    found = [(row["branch"] + row["id"], row["trunk"]) for row in rows(BASIN)]
    assert found == [
        ("asia", ""),
        ("├─ north", "│  "),
        ("│  └─ hills", "│     "),
        ("│     └─ town", "│        "),
        ("└─ basin", "   "),
        ("   └─ hills", "      "),  # what lies within it stands below the first one
        ("isle", ""),
    ]


def test_a_tree_keeps_the_order_of_the_files_and_what_the_records_say() -> None:
    regions = [
        {"id": "b", "within": None, "name": "Bee", "facts": 2},
        {"id": "z", "within": ["b"], "name": "Zed", "facts": 1},
        {"id": "a", "within": ["b"], "name": "Ay", "facts": 0},
    ]
    found = tree(regions)
    assert [row["name"] for row in found] == ["Bee", "Zed", "Ay"]
    assert [row["facts"] for row in found] == [2, 1, 0]
    assert "branch" not in regions[0]


def test_a_region_is_not_drawn_again_below_what_lies_around_its_parent() -> None:
    assert drawn({"land": [], "province": ["land"], "city": ["land", "province"]}) == [
        "land",
        "└─ province",
        "   └─ city",
    ]


def test_a_parent_named_twice_is_one_parent() -> None:
    assert drawn({"land": [], "city": ["land", "land"]}) == ["land", "└─ city"]


def test_a_child_before_its_parent_in_the_file_is_drawn_below_it() -> None:
    assert drawn({"city": ["land"], "land": []}) == ["land", "└─ city"]


@pytest.mark.parametrize("graph", [{}, {"only": None}, {"only": []}])
def test_small_trees(graph: dict[str, None]) -> None:
    assert drawn(graph) == list(graph)


@given(graphs())
@unhurried
def test_each_region_stands_once_below_each_region_it_lies_directly_within(graph: Graph) -> None:
    found = parents(graph)
    expected = set()
    for id_, within in graph.items():
        direct = [
            outer
            for outer in within
            if not any(other != outer and lies_within(graph, other, outer) for other in within)
        ]
        expected |= {(id_, outer) for outer in direct or [""]}
    assert len(found) == len(set(found))
    # What lies within a region is drawn only once, so the rows below its other places are left out.
    assert set(found) == expected


@given(graphs())
@unhurried
def test_branches_and_trunks_are_as_wide_as_the_region_is_deep(graph: Graph) -> None:
    for row in rows(graph):
        assert len(row["branch"]) == len(row["trunk"])
        assert row["branch"][:-3] == row["trunk"][:-3]
        assert row["branch"][-3:] in ("", "├─ ", "└─ ")
        assert set(row["trunk"]) <= {"│", " "}
        assert row["trunk"].endswith("│  ") == row["branch"].endswith("├─ ")


def test_regions_may_be_nested_deeper_than_python_calls() -> None:
    depth = sys.getrecursionlimit() + 500
    chain = {f"r{n}": [f"r{n - 1}"] if n else [] for n in range(depth)}
    found = rows(chain)
    assert [row["id"] for row in found] == list(chain)
    assert len(found[-1]["branch"]) == 3 * (depth - 1)
