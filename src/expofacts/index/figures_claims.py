"""What a statistic claims: its figure as an interval of what the source allows for. Exact."""

from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from typing import Any

from expofacts.facts.dates import period_days
from expofacts.facts.decimal_order import EXACT, LEAST, MOST, order_text
from expofacts.facts.folding import fold
from expofacts.facts.units import unit_of_comparison
from expofacts.index.claim_rows import Claimed

# What "about" allows for on either side, and "nearly" below.
_ABOUT = Decimal("0.05")
_HALF = Decimal("0.5")


def claimed(statistic: Mapping[str, Any]) -> Claimed:
    """Return what a statistic claims of its indicator in its period.

    It is about its unit of comparison, scope and counter.
    """
    period = statistic.get("period")
    return Claimed(
        statistic["indicator"],
        "/".join(period_days(period)) if period else "",
        *interval(statistic),
        (
            unit_of_comparison(statistic["unit"])[0],
            *(_folded(statistic.get(key) or "") for key in ("scope", "counted_by")),
        ),
    )


def interval(statistic: Mapping[str, Any]) -> tuple[str, str]:
    """Return the ends of what a statistic's figure may be, in the unit of comparison of its unit.

    A figure without a qualifier may be off by half of `rounded_to` either way, one with "about"
    by a twentieth if that is more, and one with "nearly" by a twentieth downwards. The other
    qualifiers are bounds, which rounding does not move.
    """
    worth = _worth(statistic["unit"])
    value = EXACT.multiply(Decimal(statistic["value"]), worth)
    qualifier = statistic.get("qualifier")
    match qualifier:
        case "more than":
            return order_text(value, 1), MOST
        case "at least":
            return order_text(value), MOST
        case "less than":
            return LEAST, order_text(value, -1)
        case "at most":
            return LEAST, order_text(value)
        case "nearly":
            below = EXACT.multiply(value.copy_abs(), _ABOUT)
            return order_text(EXACT.subtract(value, below)), order_text(value)
    rounded_to = statistic.get("rounded_to")
    if not rounded_to and not qualifier:
        exactly = order_text(value)
        return exactly, exactly
    margin = EXACT.multiply(EXACT.multiply(Decimal(rounded_to or 0), worth), _HALF)
    if qualifier == "about":
        margin = max(margin, EXACT.multiply(value.copy_abs(), _ABOUT))
    return order_text(EXACT.subtract(value, margin)), order_text(EXACT.add(value, margin))


@cache
def _worth(unit: str) -> Decimal:
    """Return what a unit is worth in its unit of comparison, as a decimal, which it always is."""
    worth = unit_of_comparison(unit)[1]
    return EXACT.divide(Decimal(worth.numerator), Decimal(worth.denominator))


@cache
def _folded(text: str) -> str:
    return fold(text)
