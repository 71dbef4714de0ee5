"""Units and currencies: what each is called, and what one is worth in another. Exact."""

import re
from collections.abc import Iterable
from fractions import Fraction
from functools import cache
from typing import NamedTuple

from expofacts.facts.folding import readable
from expofacts.facts.scales import scale_before

# What is longer is no unit that anybody knows: millions of millions take their time to multiply.
_LONGEST = 100


class Unit(NamedTuple):
    """A unit: the one in which it is compared, what one is worth in that, and its names.

    Names are words in English, Chinese and Russian, of any of which there may be several between
    bars: in the singular and the nominative, as `_word` takes them. `signs` are short forms, as
    the unit's symbol is. A name that several units have may mean any of them.
    """

    compared_in: str
    worth: Fraction
    english: str = ""
    chinese: str = ""
    russian: str = ""
    signs: str = ""


_LENGTHS = {
    "mm": Unit("m", Fraction("0.001"), "millimetre|millimeter", "毫米", "миллиметр|мм"),
    "cm": Unit("m", Fraction("0.01"), "centimetre|centimeter", "厘米", "сантиметр|см"),
    "m": Unit("m", Fraction(1), "metre|meter", "米", "метр|м"),
    "km": Unit("m", Fraction(1000), "kilometre|kilometer", "公里|千米", "километр|км"),
    "mi": Unit("m", Fraction("1609.344"), "mile", "英里", "миля"),
    "ft": Unit("m", Fraction("0.3048"), "foot|feet", "英尺", "фут"),
}
# What makes a square or a cube of a length, before its symbol or any of its names.
_POWERS = {
    2: ("sq. |square ", "平方|平", "кв. |квадратный "),
    3: ("cu. |cubic ", "立方", "куб. |кубический "),
}
# What makes a thousand, a million ... of a unit: of its symbol, in the three languages, and of
# its sign in Russian.
_THOUSANDS = (
    *(("", "", "", "", ""), ("k", "kilo", "千", "кило", "к"), ("M", "mega", "兆", "мега", "М")),
    *(("G", "giga", "吉", "гига", "Г"), ("T", "tera", "太", "тера", "Т")),
)


def _each(before: str, names: str) -> str:
    return "|".join(one + name for one in before.split("|") for name in names.split("|"))


def _currency(code: str, english: str, chinese: str, russian: str, signs: str = "") -> Unit:
    return Unit(code, Fraction(1), english, chinese, russian, signs)


def _dollar(code: str, english: str, chinese: str, russian: str, sign: str) -> Unit:
    """Return a dollar; where no country is named it may be any."""
    return _currency(
        code, f"{english}|dollar", chinese, f"{russian} доллар|доллар|долл", f"{sign}|$"
    )


# By symbol. Of units that share a name the likeliest comes first.
UNITS: dict[str, Unit] = {
    **_LENGTHS,
    **{
        f"{symbol}{power}": Unit(
            f"m{power}",
            unit.worth**power,
            _each(english, f"{symbol}|{unit.english}"),
            _each(chinese, unit.chinese),
            _each(russian, unit.russian),
        )
        for symbol, unit in _LENGTHS.items()
        for power, (english, chinese, russian) in _POWERS.items()
    },
    "ha": Unit("m2", Fraction(10_000), "hectare", "公顷", "гектар|га"),
    "l": Unit("m3", Fraction("0.001"), "litre|liter", "升", "литр"),
    "g": Unit("t", Fraction("0.000001"), "gram", "克", "грамм"),
    "kg": Unit("t", Fraction("0.001"), "kilogram", "公斤|千克", "килограмм|кг"),
    "t": Unit("t", Fraction(1), "tonne|metric ton|ton", "吨|公吨", "тонна|т"),
    "short ton": Unit("t", Fraction("0.90718474"), "short ton|ton", "短吨"),
    "long ton": Unit("t", Fraction("1.0160469088"), "long ton|ton", "长吨"),
    **{
        f"{k}W": Unit(
            "W", Fraction(1000**n), f"{english}watt", f"{chinese}瓦", f"{russian}ватт", f"{sign}Вт"
        )
        for n, (k, english, chinese, russian, sign) in enumerate(_THOUSANDS)
    },
    **{
        f"{k}Wh": Unit(
            "Wh",
            Fraction(1000**n),
            f"{english}watt hour",
            f"{chinese}瓦时",
            f"{russian}ватт-час|{sign}Вт·ч",
        )
        for n, (k, english, chinese, russian, sign) in enumerate(_THOUSANDS)
    },
    "%": Unit("%", Fraction(1), "per cent", "", "процент", "pct"),
    "percentage points": Unit(
        "percentage points", Fraction(1), "percentage point", "个百分点", "процентный пункт"
    ),
    "USD": _dollar(
        "USD", "U.S. dollar|American dollar", "美元", "доллар США|долл. США|американский", "US$"
    ),
    "HKD": _dollar("HKD", "Hong Kong dollar", "港元|港币", "гонконгский", "HK$"),
    "AUD": _dollar("AUD", "Australian dollar", "澳元", "австралийский", "A$"),
    "CAD": _dollar("CAD", "Canadian dollar", "加元", "канадский", "C$"),
    "SGD": _dollar("SGD", "Singapore dollar", "新加坡元|新元", "сингапурский", "S$"),
    "TWD": _dollar("TWD", "New Taiwan dollar", "新台币", "тайваньский", "NT$"),
    "NZD": _dollar("NZD", "New Zealand dollar", "新西兰元", "новозеландский", "NZ$"),
    "CNY": _currency("CNY", "yuan|renminbi", "元|人民币|元人民币", "юань", "RMB|¥"),
    "JPY": _currency("JPY", "yen", "日元", "иена", "¥"),
    "RUB": _currency("RUB", "ruble|rouble", "卢布", "рубль|руб", "₽"),
    "EUR": _currency("EUR", "euro", "欧元", "евро", "€"),
    "GBP": _currency("GBP", "pound sterling", "英镑", "фунт стерлингов", "£"),
}

_CODE = re.compile("[A-Z]{3}")
# The plural, and the cases: so метров and метру are метр, but метро and тоннель are no units.
_ENDINGS = re.compile(
    "(?:(?<=[a-z]{3})s|(?<=[а-я]{2})"
    "(?:[аяыи]ми|ого|ому|[ое]в|[ыиое]й|[аяоеыи]м|[аяыи]х|ые|[аяуюыиеь]))\\b"
)
_BETWEEN = re.compile(r"(?<=\w)[ .·-]+(?=\w)|\.$")


def is_currency(symbol: str) -> bool:
    """Return whether it is a code as ISO 4217 has them, which may be of a currency not known."""
    return bool(_CODE.fullmatch(symbol))


@cache
def unit_of_comparison(unit: str) -> tuple[str, Fraction]:
    """Return the unit in which a unit is compared, and how many of it one is worth, exactly.

    A unit that is not known, or whose name may mean several, is its own, after "million" and the
    like. So is each currency.
    """
    if len(unit) > _LONGEST:
        return unit, Fraction(1)
    scale, name = scale_before(readable(unit) or unit)
    symbols = units_named(name)
    if len(symbols) != 1:
        return name, Fraction(scale)
    known = UNITS[symbols[0]]
    return known.compared_in, known.worth * scale


def units_named(name: str, *, any_case: bool = False) -> tuple[str, ...]:
    """Return the symbols of the units that a name may mean, the likeliest first.

    Symbols and signs are taken to the letter, for an M is no m, unless `any_case` will do.
    """
    sign = name.lower() if any_case else name
    return _signs(any_case=any_case).get(sign) or _words().get(_word(name)) or ()


@cache
def _signs(*, any_case: bool) -> dict[str, tuple[str, ...]]:
    """Return what each symbol and sign may mean, in lower case where any case will do."""
    signs = [
        (sign, symbol)
        for symbol, unit in UNITS.items()
        for sign in (symbol, *filter(None, unit.signs.split("|")))
    ]
    return (
        _grouped((sign.lower(), symbol) for sign, symbol in signs) if any_case else _grouped(signs)
    )


@cache
def _words() -> dict[str, tuple[str, ...]]:
    """Return what each name may mean, as `_word` has it."""
    return _grouped(
        (_word(name), symbol)
        for symbol, unit in UNITS.items()
        for names in (unit.english, unit.chinese, unit.russian)
        for name in filter(None, names.split("|"))
    )


def _grouped(pairs: Iterable[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for name, symbol in pairs:
        found[name] = tuple(dict.fromkeys((*found.get(name, ()), symbol)))
    return found


def _word(name: str) -> str:
    """Return a name without case, endings, and what may stand between its words."""
    return _BETWEEN.sub("", _ENDINGS.sub("", name.lower()))
