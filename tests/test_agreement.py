"""When figures for one thing agree, contradict each other, or are two counts."""

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction
from itertools import permutations
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from expofacts.compare.findings import AGREEMENT, CONTRADICTION, TWO_COUNTS, Finding
from expofacts.facts.decimal_order import order_text
from expofacts.facts.units import unit_of_comparison
from expofacts.index.figures_claims import interval
from tests.comparing import comparable, compare

ALL = (CONTRADICTION, TWO_COUNTS, AGREEMENT)
BILLION = 10**9
QUALIFIERS = (None, "about", "nearly", "more than", "at least", "less than", "at most")


def figure(value: int | str | Decimal, qualifier: str | None = None, **more: Any) -> dict[str, Any]:
    """Return a statistic; a value with decimals is given as text."""
    record = {
        "kind": "statistic",
        "id": "",
        "indicator": "trade",
        "value": Decimal(value) if isinstance(value, str) else value,
        "unit": "USD",
        "qualifier": qualifier,
        "rounded_to": None,
        "period": None,
        "scope": None,
        "counted_by": None,
    }
    return record | more


def named(*records: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the records with ids: a, b, c ..."""
    return [{**record, "id": chr(ord("a") + n)} for n, record in enumerate(records)]


def said(findings: Iterable[Finding]) -> set[tuple[str, str]]:
    """Return of each finding its kind, and the two ids as one word."""
    return {
        (found.kind, "".join(sorted((found.left["id"], found.right["id"])))) for found in findings
    }


def verdict(one: dict[str, Any], other: dict[str, Any]) -> str | None:
    """Return what two figures say of each other; None where they cannot be compared."""
    found = list(compare(named(one, other), kinds=ALL))
    assert len(found) <= 1
    return found[0].kind if found else None


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        # A bound and what lies beyond it, on it, before it.
        (figure(100, "more than"), figure(101), AGREEMENT),
        (figure(100, "more than"), figure("100.0000000000000000000000001"), AGREEMENT),
        (figure(100, "more than"), figure(100), CONTRADICTION),
        (figure(100, "more than"), figure(87), CONTRADICTION),
        (figure(100, "at least"), figure(100), AGREEMENT),
        (figure(100, "at least"), figure("99.99"), CONTRADICTION),
        (figure(100, "less than"), figure(100), CONTRADICTION),
        (figure(100, "less than"), figure("99.99"), AGREEMENT),
        (figure(100, "at most"), figure(100), AGREEMENT),
        (figure(100, "at most"), figure(101), CONTRADICTION),
        # Two bounds.
        (figure(100, "more than"), figure(90, "more than"), AGREEMENT),
        (figure(100, "more than"), figure(100, "at most"), CONTRADICTION),
        (figure(100, "at least"), figure(100, "at most"), AGREEMENT),
        (figure(100, "at least"), figure(100, "less than"), CONTRADICTION),
        (figure(100, "more than"), figure(100, "less than"), CONTRADICTION),
        # No qualifier: exact, but for what was rounded.
        (figure(3000), figure(3000), AGREEMENT),
        (figure(3000), figure("3000.0"), AGREEMENT),
        (figure(3000), figure(2981), CONTRADICTION),
        (figure(3000, rounded_to=100), figure(2981), AGREEMENT),
        (figure(3000, rounded_to=100), figure(2950), AGREEMENT),
        (figure(3000, rounded_to=100), figure(2949), CONTRADICTION),
        (figure(3000, rounded_to=100), figure(3050), AGREEMENT),
        (figure(3000, rounded_to=100), figure(3051), CONTRADICTION),
        (figure("1.5", rounded_to=Decimal("0.1")), figure("1.55"), AGREEMENT),
        (figure("1.5", rounded_to=Decimal("0.1")), figure("1.56"), CONTRADICTION),
        # Rounding does not move a bound.
        (figure(1300, "more than", rounded_to=100), figure(1300), CONTRADICTION),
        (figure(1300, "at most", rounded_to=100), figure(1301), CONTRADICTION),
        # About is a twentieth, or what was rounded if that is more.
        (figure(100, "about"), figure(95), AGREEMENT),
        (figure(100, "about"), figure(105), AGREEMENT),
        (figure(100, "about"), figure("94.99"), CONTRADICTION),
        (figure(100, "about"), figure("105.01"), CONTRADICTION),
        (figure(100, "about", rounded_to=100), figure(150), AGREEMENT),
        (figure(100, "about", rounded_to=100), figure(151), CONTRADICTION),
        (figure(1000, "about", rounded_to=1), figure(1050), AGREEMENT),
        (figure(-100, "about"), figure(-105), AGREEMENT),
        (figure(-100, "about"), figure(-106), CONTRADICTION),
        (figure(0, "about"), figure(1), CONTRADICTION),
        (figure(100, "nearly"), figure(95), AGREEMENT),
        (figure(100, "nearly"), figure(100), AGREEMENT),
        (figure(100, "nearly"), figure("94.99"), CONTRADICTION),
        (figure(100, "nearly"), figure("100.01"), CONTRADICTION),
        (figure(100, "nearly"), figure(100, "more than"), CONTRADICTION),
        (figure(-100, "nearly"), figure(-105), AGREEMENT),
        # The ranks of editions are figures too.
        (figure(6, unit="ordinal"), figure(6, unit="ordinal"), AGREEMENT),
        (figure(6, unit="ordinal"), figure(7, unit="ordinal"), CONTRADICTION),
        # Units.
        (figure(3000, unit="km"), figure(3_000_000, unit="m"), AGREEMENT),
        (figure(3000, unit="km"), figure(3000, unit="m"), CONTRADICTION),
        (figure(100, unit="billion USD"), figure(100 * BILLION), AGREEMENT),
        (figure(100), figure(100, unit="CNY"), None),
        (figure(6, unit="ordinal"), figure(6), None),
        # Periods are the same where their days are.
        (figure(1, period="2018"), figure(2, period="2018"), CONTRADICTION),
        (figure(1, period="2018"), figure(2, period="2018-01/2018-12"), CONTRADICTION),
        (figure(1, period="2018-Q1"), figure(2, period="2018-01/2018-03"), CONTRADICTION),
        (figure(1, period="2018"), figure(2, period="2018-Q1"), None),
        (figure(1, period="2018"), figure(2, period="2019"), None),
        (figure(1, period="2018"), figure(2), None),
        # What is counted, and by whom.
        (figure(1, scope="goods"), figure(2, scope="services"), None),
        (figure(1, scope="goods"), figure(1, scope="services"), None),
        (figure(1, scope="goods"), figure(2, scope="Goods"), CONTRADICTION),
        (figure(1, scope="goods"), figure(2), CONTRADICTION),
        (figure(1, counted_by="A"), figure(2, counted_by="A"), CONTRADICTION),
        (figure(1, counted_by="A"), figure(2), CONTRADICTION),
        (figure(1, counted_by="A"), figure(2, counted_by="B"), TWO_COUNTS),
        (figure(1, counted_by="A"), figure(1, counted_by="B"), None),
        (figure(1, counted_by="A", scope="x"), figure(2, counted_by="B", scope="y"), None),
        (figure(1, counted_by="A", scope="x"), figure(2, counted_by="B"), TWO_COUNTS),
        (figure(1), figure(2, indicator="border"), None),
    ],
)
def test_two_figures(one: dict[str, Any], other: dict[str, Any], expected: str | None) -> None:
    assert verdict(one, other) == expected
    assert verdict(other, one) == expected


def test_a_figure_alone_contradicts_all_others() -> None:
    trade = named(
        figure(100 * BILLION, "more than", rounded_to=BILLION),
        figure("107060000000", counted_by="Chinese customs"),
        figure("108300000000", counted_by="Russian customs"),
        figure(109 * BILLION, "about", counted_by="Russian customs"),
        figure(87 * BILLION),
    )
    expected = {
        *((CONTRADICTION, pair) for pair in ("ae", "be", "ce", "de")),
        (TWO_COUNTS, "bc"),
        *((AGREEMENT, pair) for pair in ("ab", "ac", "ad", "cd")),
    }
    for order in permutations(trade):
        assert said(compare(order, kinds=ALL)) == expected
    assert said(compare(trade)) == {one for one in expected if one[0] == CONTRADICTION}
    assert comparable(trade) == 5


def test_findings_have_the_lower_figure_left_and_their_reason() -> None:
    (found,) = compare(named(figure(2), figure(1)))
    assert found == (
        CONTRADICTION,
        "trade",
        "different figures",
        *named(figure(2), figure(1))[::-1],
    )


@pytest.mark.parametrize(
    ("records", "expected"),
    [
        ([], 0),
        ([figure(1)], 0),
        ([figure(1), figure(2)], 2),
        ([figure(1), figure(2, period="2018")], 0),
        ([figure(1, scope="x"), figure(2, scope="y")], 0),
        ([figure(1, scope="x"), figure(2, scope="y"), figure(3, scope="x")], 2),
        ([figure(1, scope="x"), figure(2, scope="y"), figure(3)], 3),
        ([figure(1, counted_by="A"), figure(2, counted_by="B")], 0),
    ],
)
def test_how_many_can_be_compared(records: list[dict[str, Any]], expected: int) -> None:
    assert comparable(named(*records)) == expected


@pytest.mark.parametrize(
    ("unit", "expected"),
    [
        ("m", ("m", 1)),
        ("km", ("m", 1000)),
        ("Kilometres", ("m", 1000)),
        ("meter", ("m", 1)),
        ("thousand km", ("m", 10**6)),
        ("miles", ("m", Fraction("1609.344"))),
        ("feet", ("m", Fraction("0.3048"))),
        ("km2", ("m2", 10**6)),
        ("km²", ("m2", 10**6)),
        ("square kilometers", ("m2", 10**6)),
        ("sq. m", ("m2", 1)),
        ("mm2", ("m2", Fraction(1, 10**6))),
        ("hectares", ("m2", 10_000)),
        ("billion m3", ("m3", 10**9)),
        ("bn cubic metres", ("m3", 10**9)),
        ("litres", ("m3", Fraction(1, 1000))),
        ("million tonnes", ("t", 10**6)),
        ("kg", ("t", Fraction(1, 1000))),
        ("metric tons", ("t", 1)),
        ("MW", ("W", 10**6)),
        ("TWh", ("Wh", 10**12)),
        ("percent", ("%", 1)),
        ("billion USD", ("USD", 10**9)),
        ("bn yuan", ("CNY", 10**9)),
        ("thousand million USD", ("USD", 10**9)),
        # Not what they look like.
        ("million", ("million", 1)),
        ("M", ("M", 1)),
        ("ms", ("ms", 1)),
        ("KM", ("KM", 1)),
        ("mW", ("mW", 1)),
        ("tons", ("tons", 1)),
        ("square", ("square", 1)),
        ("2", ("2", 1)),
        ("floor m2", ("floor m2", 1)),
        ("km4", ("km4", 1)),
        ("kg2", ("kg2", 1)),
        ("square kg", ("square kg", 1)),
        ("percentage points", ("percentage points", 1)),
        ("enterprises", ("enterprises", 1)),
        ("\x1c", ("\x1c", 1)),
    ],
)
def test_units(unit: str, expected: tuple[str, Fraction]) -> None:
    assert unit_of_comparison(unit) == expected


numbers = st.one_of(
    st.integers(-30, 30),
    st.decimals(-30, 30, places=2),
    st.sampled_from([Decimal("1e-30"), 10**29]),
)
# Units that convert into each other, and one that does not.
units = st.sampled_from(["m", "km", "thousand m", "mile", "USD"])
figures = st.builds(
    figure,
    numbers,
    st.sampled_from(QUALIFIERS),
    unit=units,
    rounded_to=st.sampled_from([None, 1, 10, Decimal("0.5")]),
    period=st.sampled_from([None, "2018", "2018-01/2018-12", "2018-Q1"]),
    scope=st.sampled_from([None, "x", "y"]),
    counted_by=st.sampled_from([None, "A", "B"]),
)


@settings(deadline=None, max_examples=150)
@given(st.lists(figures, max_size=8), st.randoms())
def test_the_order_of_records_has_no_effect(records: list[dict[str, Any]], random: Any) -> None:
    records = named(*records)
    shuffled = random.sample(records, len(records))
    assert list(compare(records, kinds=ALL)) == list(compare(shuffled, kinds=ALL))


@settings(deadline=None, max_examples=150)
@given(st.lists(figures, max_size=8))
def test_no_figure_is_compared_with_itself_and_no_two_are_twice(
    records: list[dict[str, Any]],
) -> None:
    found = [(one.left["id"], one.right["id"]) for one in compare(named(*records), kinds=ALL)]
    pairs = [frozenset(pair) for pair in found]
    assert all(len(pair) == 2 for pair in pairs)
    assert len(set(pairs)) == len(pairs)


@settings(deadline=None, max_examples=150)
@given(st.lists(figures, min_size=2, max_size=6))
def test_all_at_once_say_what_each_two_say(records: list[dict[str, Any]]) -> None:
    records = named(*records)
    two_by_two = {
        found
        for n, one in enumerate(records)
        for other in records[n + 1 :]
        for found in said(compare([one, other], kinds=ALL))
    }
    assert said(compare(records, kinds=ALL)) == two_by_two


@settings(deadline=None, max_examples=300)
@given(figures, figures)
def test_symmetry(one: dict[str, Any], other: dict[str, Any]) -> None:
    assert verdict(one, other) == verdict(other, one)


def wider(one: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the figure with each change that lets it be more than it says now."""
    changes: dict[str | None, list[dict[str, Any]]] = {
        None: [{"rounded_to": (one["rounded_to"] or 0) * 2 + 1}],
        "nearly": [{"qualifier": "about"}, {"qualifier": "at most"}],
        "about": [{"rounded_to": (one["rounded_to"] or 0) * 2 + 1}],
        "more than": [{"qualifier": "at least"}, {"value": one["value"] - 7}],
        "at least": [{"value": one["value"] - 7}],
        "less than": [{"qualifier": "at most"}, {"value": one["value"] + 7}],
        "at most": [{"value": one["value"] + 7}],
    }
    if one["qualifier"] is None and not one["rounded_to"]:
        changes[None] += [{"qualifier": name} for name in ("about", "at least", "at most")]
    return [one | change for change in changes[one["qualifier"]]]


@settings(deadline=None, max_examples=300)
@given(figures, figures)
def test_widening_never_makes_a_contradiction(one: dict[str, Any], other: dict[str, Any]) -> None:
    for wide in wider(one):
        assert interval(wide)[0] <= interval(one)[0]
        assert interval(wide)[1] >= interval(one)[1]
        if verdict(one, other) == AGREEMENT:
            assert verdict(wide, other) == AGREEMENT


@settings(deadline=None, max_examples=200)
@given(figures, figures, st.sampled_from([1, 1000, 10**6]))
def test_converting_a_unit_changes_nothing(
    one: dict[str, Any], other: dict[str, Any], factor: int
) -> None:
    scale = {1: "", 1000: "thousand ", 10**6: "million "}[factor]
    larger = one | {"unit": f"{scale}{one['unit']}"}
    smaller = one | {
        "value": one["value"] * factor,
        "rounded_to": one["rounded_to"] and one["rounded_to"] * factor,
    }
    assert interval(larger) == interval(smaller)
    assert verdict(larger, other) == verdict(smaller, other)


@given(figures)
@settings(deadline=None, max_examples=200)
def test_a_figure_is_within_what_it_allows_for_or_at_its_end(one: dict[str, Any]) -> None:
    low, high = interval(one)
    value = Fraction(one["value"]) * unit_of_comparison(one["unit"])[1]
    exactly = order_text(Decimal(value.numerator) / Decimal(value.denominator))
    assert low[:-1] <= exactly
    assert exactly[:-1] <= high
    assert low <= high
