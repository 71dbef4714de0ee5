"""What the facts of a collection say of each other, and what is printed of it."""

from collections.abc import Callable

import pytest

from expofacts.errors import UsageError
from expofacts.evidence import conflicts
from expofacts.store.index import ask

FACTS = """
[[regions]]
id = "heihe"
name = "Heihe"
level = "city"

[[regions]]
id = "amur"
name = "Amur Oblast"
level = "federal subject"

[[regions]]
id = "blago"
name = "Blagoveshchensk"
level = "city"
within = ["amur"]

[[regions]]
id = "nizhne"
name = "Nizhneleninskoye"
level = "village"

[[quotes]]
id = "quote"
speaker = "Qin Enting"
speech = "indirect"
text = "Something."

[[statistics]]
id = "exact"
indicator = "trade"
name = "Trade"
value = 107.06
unit = "billion USD"
period = "2018"

[[statistics]]
id = "bound"
indicator = "trade"
name = "Trade"
value = 100_000_000_000
unit = "USD"
qualifier = "more than"
period = "2018-01/2018-12"

[[statistics]]
id = "wrong"
indicator = "trade"
name = "Trade"
value = 87_000_000_000
unit = "USD"
period = "2018"

[[statistics]]
id = "before"
indicator = "trade"
name = "Trade"
value = 87_000_000_000
unit = "USD"
period = "2017"

[[infrastructure]]
id = "right-end"
project = "bridge"
name = "Bridge"
mode = "highway bridge"
connects = ["heihe", "blago"]
status = "open"
happened = 2022-06-10
as_of = 2023-10-11

[[infrastructure]]
id = "wide-end"
project = "bridge"
name = "Bridge"
mode = "highway bridge"
connects = ["heihe", "amur"]
status = "under construction"

[[infrastructure]]
id = "wrong-end"
project = "bridge"
name = "Bridge"
mode = "highway bridge"
connects = ["heihe", "nizhne"]
status = "under construction"
as_of = "2022-08"
"""


@pytest.mark.parametrize(
    ("fact", "expected"),
    [
        ("wrong", [("different figures", "bound"), ("different figures", "exact")]),
        ("exact", [("different figures", "wrong")]),
        ("bound", [("different figures", "wrong")]),
        ("before", []),
        (
            "wrong-end",
            [
                ("different ends", "right-end"),
                ("different ends", "wide-end"),
                ("states run backwards", "right-end"),
            ],
        ),
        ("wide-end", [("different ends", "wrong-end")]),
        ("quote", []),
        ("source", []),
        ("heihe", []),
    ],
)
def test_the_contradictions_of_a_fact(
    fact: str, expected: list[tuple[str, str]], write: Callable[..., str]
) -> None:
    found = ask([write(FACTS)], lambda index: conflicts.of_fact(index, fact))
    others = [
        (one.reason, one.right["id"] if one.left["id"] == fact else one.left["id"]) for one in found
    ]
    assert sorted(others) == expected


def test_an_unknown_fact_has_no_contradictions_but_a_suggestion(write: Callable[..., str]) -> None:
    with pytest.raises(UsageError, match="did you mean exact"):
        ask([write(FACTS)], lambda index: conflicts.of_fact(index, "exactt"))
