"""The graph of regions: what lies within what. A region may lie within several others."""

from collections.abc import Iterable, Mapping, Sequence
from graphlib import TopologicalSorter
from typing import Any


def ancestors(within: Mapping[str, Iterable[str]]) -> dict[str, set[str]]:
    """Return each region's own id and the ids of all regions around it.

    `within` maps each id to those it lies directly within, without circles.
    """
    above: dict[str, set[str]] = {}
    for region in TopologicalSorter(within).static_order():
        above[region] = {region}.union(*(above[outer] for outer in within[region]))
    return above


def inward(above: Mapping[str, Iterable[str]]) -> dict[str, set[str]]:
    """Return each region's own id and the ids of all regions within it."""
    below: dict[str, set[str]] = {region: set() for region in above}
    for region, outers in above.items():
        for outer in outers:
            below[outer].add(region)
    return below


def tree(regions: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Return the regions as the rows of a tree, each with what is drawn before it.

    That is `branch` before its name, and `trunk` before what its name is continued on.

    A region stands below each region that it lies directly within, that is, not by way of
    another of them. What lies within it is drawn below the first one only.
    """
    within = {region["id"]: region["within"] or () for region in regions}
    above = ancestors(within)
    inner: dict[str, list[Mapping[str, Any]]] = {id_: [] for id_ in within}
    roots = []
    for region in regions:
        outers = dict.fromkeys(within[region["id"]])  # a file may name one twice
        direct = [one for one in outers if not any(one in above[o] for o in outers if o != one)]
        for outer in direct:
            inner[outer].append(region)
        if not direct:
            roots.append(region)

    rows: list[dict[str, Any]] = []
    drawn = set()
    # Not by recursion: regions may be nested as deep as a file likes.
    to_draw = [(region, "", "") for region in reversed(roots)]
    while to_draw:
        region, branch, trunk = to_draw.pop()
        rows.append({**region, "branch": branch, "trunk": trunk})
        if region["id"] in drawn:
            continue
        drawn.add(region["id"])
        twigs = [("├─ ", "│  ")] * (len(inner[region["id"]]) - 1) + [("└─ ", "   ")]
        to_draw += [
            (child, trunk + twig, trunk + gap)
            for child, (twig, gap) in zip(inner[region["id"]], twigs, strict=False)
        ][::-1]
    return rows
