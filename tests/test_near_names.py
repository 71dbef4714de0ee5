"""Which names are so near that one may be a slip."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from expofacts.facts.near_names import one_letter_apart


@pytest.mark.parametrize(
    ("names", "found"),
    [
        (["Ivanov", "Ivanow"], {"Ivanow": "Ivanov"}),
        (["Ivanov", "Ivano"], {"Ivano": "Ivanov"}),
        (["Ivano", "Ivanov"], {"Ivanov": "Ivano"}),
        (["Ivano", "Ivana"], {}),
        (["Ivanov", "Ivaonv"], {"Ivaonv": "Ivanov"}),
        (["Ivanov", "Petrov", "Ivanovv", "Ivanova"], {"Ivanovv": "Ivanov", "Ivanova": "Ivanov"}),
        (["Ivanov", "Ivonav"], {}),
        (["Ivanov", "Ivanovaa"], {}),
        (["Li Bo", "Li Po", "LI BO"], {"LI BO": "Li Bo"}),
        (["Driver 1", "Driver 2", "Driver 12", "Driver 21", "Driver A"], {}),
        (["x" * 100 + "a", "x" * 100 + "b"], {}),
        (["x" * 99 + "a", "x" * 99 + "b"], {"x" * 99 + "b": "x" * 99 + "a"}),
    ],
)
def test_names_that_are_one_letter_apart(names: list[str], found: dict[str, str]) -> None:
    assert one_letter_apart(names) == found


@settings(deadline=None)
@given(st.lists(st.text("abc", min_size=7, max_size=10), unique=True, max_size=8))
def test_one_letter_apart_is_a_distance_of_one(names: list[str]) -> None:
    found = one_letter_apart(names)
    for number, name in enumerate(names):
        near = [other for other in names[:number] if OSA.distance(name, other) == 1]
        assert (name in found) == bool(near)
        assert found.get(name) in (near or [None])
