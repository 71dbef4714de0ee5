"""Units that can be compared, and what one is worth in the other. Exact."""

import unicodedata
from fractions import Fraction
from functools import cache

_SCALES = {
    "thousand": 10**3,
    **dict.fromkeys(("million", "mln", "mn"), 10**6),
    **dict.fromkeys(("billion", "bln", "bn"), 10**9),
    **dict.fromkeys(("trillion", "trn"), 10**12),
}
# In metres.
_LENGTHS = {
    **dict.fromkeys(("mm", "millimetre", "millimeter"), Fraction(1, 1000)),
    **dict.fromkeys(("cm", "centimetre", "centimeter"), Fraction(1, 100)),
    **dict.fromkeys(("m", "metre", "meter"), Fraction(1)),
    **dict.fromkeys(("km", "kilometre", "kilometer"), Fraction(1000)),
    "mile": Fraction("1609.344"),
    **dict.fromkeys(("ft", "foot", "feet"), Fraction("0.3048")),
}
_POWERS = {"square": 2, "sq": 2, "cubic": 3, "cu": 3}

# Longer ones are names, which have a plural and any case; a symbol is taken to the letter, for an
# M is no m, and ms are no metres.
_LONGEST_SYMBOL = 3

# What is longer is no unit that anybody knows: millions of millions take their time to multiply.
_LONGEST = 100

# The unit of comparison, and what one is worth. A ton is in no list: it may be one of three.
_UNITS = {
    **{name: ("m", metres) for name, metres in _LENGTHS.items()},
    **dict.fromkeys(("ha", "hectare"), ("m2", Fraction(10_000))),
    **dict.fromkeys(("l", "litre", "liter"), ("m3", Fraction(1, 1000))),
    **dict.fromkeys(("g", "gram"), ("t", Fraction(1, 10**6))),
    **dict.fromkeys(("kg", "kilogram"), ("t", Fraction(1, 1000))),
    **dict.fromkeys(("t", "tonne", "metric ton"), ("t", Fraction(1))),
    **{
        f"{prefix}W": ("W", Fraction(10**n))
        for prefix, n in (("", 0), ("k", 3), ("M", 6), ("G", 9))
    },
    **{
        f"{prefix}Wh": ("Wh", Fraction(10**n))
        for prefix, n in (("k", 3), ("M", 6), ("G", 9), ("T", 12))
    },
    **dict.fromkeys(("%", "percent", "per cent"), ("%", Fraction(1))),
}


@cache
def unit_of_comparison(unit: str) -> tuple[str, Fraction]:
    """Return the unit in which a unit is compared, and how many of it one is worth, exactly.

    A unit that is not known is its own, after "million" and the like: so is every currency.
    """
    if len(unit) > _LONGEST:
        return unit, Fraction(1)
    words = unicodedata.normalize("NFKC", unit).split() or [unit]
    worth = Fraction(1)
    while len(words) > 1 and words[0].lower() in _SCALES:
        worth *= _SCALES[words.pop(0).lower()]
    name = " ".join(words)
    known, factor = _known(name) or _power(words) or (name, Fraction(1))
    return known, worth * factor


def _known(name: str) -> tuple[str, Fraction] | None:
    """Return unit of comparison and worth of a unit by its symbol, or its name, one or many."""
    if len(name) <= _LONGEST_SYMBOL:
        return _UNITS.get(name)
    name = name.lower()
    return _UNITS.get(name) or _UNITS.get(name.removesuffix("s"))


def _power(words: list[str]) -> tuple[str, Fraction] | None:
    """Return the same for a square or cubic length: "km2", "square kilometres"."""
    first, *rest = words
    power, name = _POWERS.get(first.lower().rstrip(".")), " ".join(rest)
    if not rest and first[-1] in "23":
        power, name = int(first[-1]), first[:-1]
    length = _known(name)
    return (f"m{power}", length[1] ** power) if power and length and length[0] == "m" else None
