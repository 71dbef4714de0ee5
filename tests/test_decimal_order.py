"""Texts that sort as exact numbers do."""

from decimal import Decimal
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from expofacts.facts.decimal_order import EXACT, LEAST, MOST, order_text
from expofacts.facts.units import UNITS

NUMBERS = st.one_of(
    st.integers(-(10**29), 10**29).map(Decimal),
    st.integers(-30, 30).map(Decimal),
    st.decimals(allow_nan=False, allow_infinity=False, min_value=-50, max_value=50, places=3),
    st.builds(
        lambda number, power: Decimal(number).scaleb(power, EXACT),
        st.integers(-1000, 1000),
        st.integers(-1000, 1000),
    ),
)
HAIRS = st.sampled_from([-1, 0, 1])


@settings(deadline=None)
@given(NUMBERS, HAIRS, NUMBERS, HAIRS)
def test_texts_are_in_the_order_of_numbers(
    one: Decimal, hair: int, other: Decimal, other_hair: int
) -> None:
    left, right = order_text(one, hair), order_text(other, other_hair)
    exactly, others = (Fraction(one), hair), (Fraction(other), other_hair)
    assert (left < right) == (exactly < others)
    assert (left == right) == (exactly == others)
    assert LEAST < left < MOST


@settings(deadline=None)
@given(NUMBERS, st.integers(1, 9), st.integers(1, 200), HAIRS)
def test_a_hair_is_less_than_any_difference(
    number: Decimal, digit: int, far: int, hair: int
) -> None:
    more = EXACT.add(number, Decimal(digit).scaleb(-far))
    assert order_text(number, 1) < order_text(more, -1)
    assert order_text(number, hair) < order_text(more, hair)


def test_each_unit_is_worth_an_exact_decimal_of_another() -> None:
    for unit in UNITS.values():
        worth = EXACT.divide(Decimal(unit.worth.numerator), Decimal(unit.worth.denominator))
        assert Fraction(worth) == unit.worth
