"""The numbers that a text prints, in digits or in words: English, Chinese and Russian."""

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import product
from typing import NamedTuple

from expofacts.facts.scales import CHINESE, scale_of


class Figure(NamedTuple):
    """A number in a text: what it may mean, and where it begins and ends.

    1,300 is one number in English and another in Russian; where the language is not known it may
    mean both.
    """

    values: frozenset[Decimal]
    start: int
    end: int


# A word for a number is known by how it begins where it has endings, as in Russian.
_NUMBERS = {
    word: number
    for numbers in (
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen"
        " fifteen sixteen seventeen eighteen nineteen",
        "zeroth first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth"
        " thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth",
    )
    for number, word in enumerate(numbers.split())
}
for _tens in (
    "twenty thirty forty fifty sixty seventy eighty ninety",
    "twentieth thirtieth fortieth fiftieth sixtieth seventieth eightieth ninetieth",
):
    _NUMBERS |= {word: number * 10 for number, word in enumerate(_tens.split(), 2)}

_STEMS = {
    stem: number
    for number, stems in {
        0: "нол",
        1: "один одн перв",
        2: "два две двух двум втор",
        3: "три трех трем трет",
        4: "четыр четверт",
        5: "пят",
        6: "шест",
        7: "сем седьм",
        8: "восем восьм",
        9: "девят",
        10: "десят",
        11: "одиннадцат",
        12: "двенадцат",
        13: "тринадцат",
        14: "четырнадцат",
        15: "пятнадцат",
        16: "шестнадцат",
        17: "семнадцат",
        18: "восемнадцат",
        19: "девятнадцат",
        20: "двадцат",
        30: "тридцат",
        40: "сорок",
        50: "пятьдесят пятидесят",
        60: "шестьдесят шестидесят",
        70: "семьдесят семидесят",
        80: "восемьдесят восьмидесят",
        90: "девяност",
        200: "двести двухсот",
        300: "триста трехсот",
        400: "четыреста четырехсот",
        500: "пятьсот пятисот",
        600: "шестьсот шестисот",
        700: "семьсот семисот",
        800: "восемьсот восьмисот",
        900: "девятьсот девятисот",
    }.items()
    for stem in stems.split()
}
_STEM = re.compile("|".join(sorted(_STEMS, key=len, reverse=True)))
_NUMBERS |= {"сто": 100, "ста": 100}

# Of $5m and 5k one cannot tell without what stands around.
_LETTERS = {"k": 10**3, "m": 10**6, "b": 10**9}

_CHINESE = {char: number for number, char in enumerate("零一二三四五六七八九")}
_CHINESE |= {"〇": 0, "○": 0, "两": 2, "俩": 2, "壹": 1, "贰": 2, "叁": 3}
_DIGITS = r"\d{1,3}(?:[ '.,]\d{3})+(?!\d)(?:[.,]\d+)?|\d+(?:[.,]\d+)?"
_HAN = "".join({**_CHINESE, **CHINESE})

_TOKENS = re.compile(
    # 1300多万: more than 13 million; and a number in Chinese characters, with or without digits.
    rf"(?P<chinese>(?:{_DIGITS})?[多余]?[{_HAN}](?:[{_HAN}]|[多余](?=[万亿])|{_DIGITS})*)"
    rf"|(?P<digits>{_DIGITS})(?:st|nd|rd|th|-?(?:й|я|е|го|му|м|х|ой|ая|ое|ый)\b)?"
    r"|(?P<roman>\b(?=[IVXL]+\b)(?:XL|L?X{0,3})(?:IX|IV|V?I{0,3})(?!\w))"
    rf"|(?P<word>(?:(?![{_HAN}])[^\W\d_])+)|(?P<between>[\s.-]+)|(?P<other>.)",
    re.DOTALL,
)


def figures(text: str, language: str | None = None) -> list[Figure]:
    """Return the numbers of a text that `readable` gave, in order, each as long as it goes.

    `language` is a BCP 47 tag: whether a comma begins decimals depends on it.
    """
    found = []
    builder: _Builder | None = None
    for match in _TOKENS.finditer(text):
        kind, part = match.lastgroup, match[0]
        if kind == "between":
            continue
        if kind == "word" and builder and part == "and":
            continue
        if builder and builder.take(kind, part, match.end()):
            continue
        if builder:
            found.append(builder.figure())
        builder = _begin(kind, match, language)
    if builder:
        found.append(builder.figure())
    return found


class _Builder:
    """A number that is being read: 100 billion, two hundred and twenty-one."""

    def __init__(self, start: int, end: int, values: frozenset[Decimal], *, small: bool) -> None:
        self.start, self.end = start, end
        self.whole = frozenset({Decimal(0)})
        self.values = values
        self.small = small  # whether smaller numbers in words may be added: twenty-one
        self.also: frozenset[Decimal] = frozenset()

    def take(self, kind: str | None, part: str, end: int) -> bool:
        """Take the part in if the number goes on with it."""
        if kind != "word":
            return False
        word = part.lower()
        if scale := scale_of(word):
            if scale < 1000:
                self.values = frozenset(value * scale for value in self.values)
            elif self.values == {0}:  # a thousand million
                self.whole = frozenset(value * scale for value in self.whole)
            else:
                self.whole = self._sum(frozenset(value * scale for value in self.values))
                self.values = frozenset({Decimal(0)})
                self.small = True
        elif (letter := _LETTERS.get(word)) and part.islower():
            self.also = frozenset(value * letter for value in self.values)
        elif self.small and (number := _number(word)) is not None and self._fits(number):
            self.values = frozenset(value + number for value in self.values)
        else:
            return False
        self.end = end
        return True

    def _fits(self, number: int) -> bool:
        place = 10 ** len(str(number))
        return all(value % place == 0 for value in self.values) and number > 0

    def _sum(self, values: frozenset[Decimal]) -> frozenset[Decimal]:
        return frozenset(one + other for one, other in product(self.whole, values))

    def figure(self) -> Figure:
        return Figure(self._sum(self.values) | self.also, self.start, self.end)


def _begin(kind: str | None, match: "re.Match[str]", language: str | None) -> _Builder | None:
    """Return the number that begins with the part of a text, if one does."""
    part = match[0]
    values: frozenset[Decimal] = frozenset()
    if kind == "digits":
        values = readings(match["digits"], language)
    elif kind == "chinese":
        values = frozenset({_chinese(part, language)})
    elif kind == "roman":
        values = frozenset({_roman(part)})
    elif kind == "word":
        word = part.lower()
        number = _number(word)
        if number is None and (scale := scale_of(word)):  # a million
            number = scale
        if number is not None:
            values = frozenset({Decimal(number)})
    if not values:
        return None
    return _Builder(match.start(), match.end(), values, small=kind == "word")


def _number(word: str) -> int | None:
    if word in _NUMBERS:
        return _NUMBERS[word]
    stem = _STEM.match(word)
    return _STEMS[stem[0]] if stem else None


# Languages that print 1,300 and 1.3; in most others the comma begins decimals.
_POINT = ("en", "zh", "ja", "ko", "th")


def readings(digits: str, language: str | None) -> frozenset[Decimal]:
    """Return what digits with commas, points or spaces in them may mean in a language.

    Where no language is given, both ways are possible.
    """
    digits = re.sub("[ ']", "", digits)
    marks = re.findall("[.,]", digits)
    if not marks:
        return frozenset({Decimal(digits)})
    last = marks[-1]
    grouped = Decimal(re.sub("[.,]", "", digits))
    whole, _, decimals = digits.rpartition(last)
    exact = Decimal(f"{re.sub('[.,]', '', whole)}.{decimals}")
    if marks.count(last) > 1:  # 1,300,000
        return frozenset({grouped})
    if len(set(marks)) == 2 or len(decimals) != 3 or not 0 < len(whole) < 4 or whole[0] == "0":
        return frozenset({exact})
    if language is None:
        return frozenset({grouped, exact})
    point = language.lower().split("-")[0] in _POINT
    return frozenset({grouped if (last == ",") == point else exact})


def _chinese(text: str, language: str | None) -> Decimal:
    """Return the number of Chinese characters and digits: 三千五百万, 1.3亿."""
    total = section = number = Decimal(0)
    for part in re.findall(rf"{_DIGITS}|[{_HAN}]", text):
        if part in _CHINESE:
            number = number * 10 + _CHINESE[part]
        elif part not in CHINESE:
            number = min(readings(part, language or "zh"))
        elif (unit := CHINESE[part]) < 10**4:
            section += (number or 1) * unit
            number = Decimal(0)
        else:
            section += number
            if not total or not section or unit > total:
                total = (total + section or Decimal(1)) * unit
            else:
                total += section * unit
            section = number = Decimal(0)
    return total + section + number


def _roman(text: str) -> Decimal:
    values = [{"I": 1, "V": 5, "X": 10, "L": 50}[char] for char in text]
    pairs: Iterator[tuple[int, int]] = zip(values, [*values[1:], 0], strict=True)
    return Decimal(sum(-one if one < following else one for one, following in pairs))
