"""Exact numbers as texts whose order is that of the numbers: what SQLite can sort and compare."""

from decimal import Context, Decimal, Inexact

# Sums and products of figures and units, all digits of them, or an error.
EXACT = Context(prec=2000, traps=[Inexact])

LEAST, MOST = "0", "3"

# The first is below all negative numbers, the last above all positive ones.
_NEGATIVE, _ZERO, _POSITIVE = "0", "1", "2"

# So many powers of ten are more than a figure has in a unit of many millions.
_POWERS = 50_000

# What a number ends with: a hair below it, the number itself, a hair above it. All come before the
# digits that a larger number may have there; of what is negative, after those of a smaller one.
_ENDS = {_POSITIVE: "+,-", _NEGATIVE: ":;<", _ZERO: "+,-"}

_COMPLEMENT = str.maketrans("0123456789", "9876543210")


def order_text(number: Decimal, hair: int = 0) -> str:
    """Return a text that sorts as the number does, or as what is a hair above (1) or below (-1) it.

    All sort after `LEAST`, and before `MOST`.
    """
    if not number:
        return f"{_ZERO}{_ENDS[_ZERO][1 + hair]}"
    digits, _, power = f"{number:E}".lstrip("-").replace(".", "").partition("E")
    text = f"{_POWERS + int(power):05}{digits.rstrip('0')}"
    if number > 0:
        return f"{_POSITIVE}{text}{_ENDS[_POSITIVE][1 + hair]}"
    return f"{_NEGATIVE}{text.translate(_COMPLEMENT)}{_ENDS[_NEGATIVE][1 + hair]}"
