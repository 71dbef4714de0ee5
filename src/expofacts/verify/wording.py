"""How reports word what a fact has as a key: its qualifier and its unit.

The lists are in docs/evidence.md. Each pattern is one of English, Chinese and Russian words, and
is looked for in a text that `readable` gave, without regard to case.
"""

import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from expofacts.facts.scales import scale_before
from expofacts.facts.units import is_currency, units_named
from expofacts.verify.numerals import Figure

Meaning = tuple[str, ...]  # one word, or several of which any may be meant


class Said(NamedTuple):
    """What words mean, one of alternatives, and where they begin and end in their text."""

    meaning: frozenset[str]
    start: int
    end: int


# What stands before a figure. Where a word can mean two, either is right.
_BEFORE: dict[Meaning, str] = {
    ("more than",): (
        "more than|over|above|beyond|exceed(?:s|ed|ing)?|in excess of|surpass(?:es|ed|ing)?"
        "|top(?:s|ped|ping)?|upwards? of|greater than|higher than|larger than|pass(?:ed|ing)"
        "|超过|超|逾|突破|高于|多于|大于|более|больше|свыше|превы[сш]\\w+|превзош\\w+"
    ),
    ("at least",): (
        "at least|(?:no|not) (?:fewer|less) than|a minimum of|至少|最少|不少于|不低于"
        "|не менее|не меньше|как минимум|минимум|по меньшей мере"
    ),
    ("less than",): (
        "less than|fewer than|under|below|lower than|short of|不到|不足|少于|低于|小于|未达"
        "|менее|меньше|ниже|не достиг\\w+"
    ),
    ("at most",): (
        "at most|up to|(?:no|not) more than|not exceed(?:ing)?|a maximum of|as (?:many|much) as"
        "|至多|最多|不超过|не более|не больше|максимум|до|не превы[сш]\\w+"
    ),
    ("about",): (
        "about|around|some|approximately|approx\\.?|roughly|circa|ca?\\.|an estimated|~|≈"
        "|约|大约|约为|大概|около|примерно|порядка|приблизительно|ориентировочно"
    ),
    ("nearly", "about", "less than"): (
        "nearly|almost|close to|approaching|nearing|近|将近|接近|почти|без малого"
    ),
}
# What stands behind one.
_AFTER: dict[Meaning, str] = {
    ("more than", "at least"): (
        "or more|and more|or above|and above|plus|\\+|以上|及以上|и более|и больше|и выше"
    ),
    ("more than",): "多|余|有余|с лишним|с небольшим",
    ("less than", "at most"): "or less|or fewer|and below|以下|以内|и менее|и меньше",
    ("about",): "or so|or thereabouts|left and right|左右|上下|或так",
}
# What may stand between a qualifier and its figure: "exceeded the US$ 100 billion mark".
_TO_FIGURE = re.compile(
    r"\W*(?:(?:than|the|an?|of|to|by|at|us|usd|rmb|cny|rub|eur|чем|на|в|了|到|达)\b\W*)*",
    re.IGNORECASE,
)
# And between a figure and a qualifier behind it: 1,300 enterprises or more, 1300家以上.
_FROM_FIGURE = re.compile(r"\W*(?:[^\W\d]+\W+){0,2}|\W*[^\W\d]{0,3}")

_CHINESE = re.compile("[\u3400-\u9fff]")


def alternatives(words: Mapping[Meaning, str]) -> "re.Pattern[str]":
    """Return a pattern with a group for each meaning, named by its place in the mapping."""
    groups = (f"(?P<m{number}>{_bounded(part)})" for number, part in enumerate(words.values()))
    return re.compile("|".join(groups), re.IGNORECASE)


def _bounded(alternatives: str) -> str:
    """Return the alternatives, the longest first, each a whole word where words are apart."""
    parts = sorted(re.split(r"\|(?![^(]*\))", alternatives), key=len, reverse=True)
    return "|".join(
        part if _CHINESE.search(part) or not part[0].isalpha() else rf"\b{part}(?!\w)"
        for part in parts
    )


_QUALIFIERS_BEFORE, _QUALIFIERS_AFTER = alternatives(_BEFORE), alternatives(_AFTER)


def _said(pattern: "re.Pattern[str]", meanings: Iterable[Meaning], text: str) -> list[Said]:
    known = [frozenset(meaning) for meaning in meanings]
    return [
        Said(known[int((match.lastgroup or "m0")[1:])], match.start(), match.end())
        for match in pattern.finditer(text)
    ]


def qualifiers(text: str) -> list[Said]:
    """Return every qualifier that the text may have, wherever it stands."""
    return [
        *_said(_QUALIFIERS_BEFORE, _BEFORE, text),
        *_said(_QUALIFIERS_AFTER, _AFTER, text),
    ]


def qualifier_of(text: str, figure: Figure) -> Said | None:
    """Return the qualifier that stands with the figure, if one does."""
    for said in reversed(_said(_QUALIFIERS_BEFORE, _BEFORE, text[: figure.start])):
        if _TO_FIGURE.fullmatch(text, said.end, figure.start):
            return said
    for said in _said(_QUALIFIERS_AFTER, _AFTER, text):
        within = figure.start < said.start < figure.end  # 1300多万
        if within or (
            said.start >= figure.end and _FROM_FIGURE.fullmatch(text, figure.end, said.start)
        ):
            return said
    return None


# What may stand between a figure and its unit, and how long the name of one is at most.
_TO_UNIT = re.compile(r"^[\s-]*(?:of )?")
_LONGEST_NAME = 40
_PERCENT = re.compile("百分之$")


def units(text: str) -> frozenset[str]:
    """Return what the unit of a fact may be, "million U.S. dollars" as well as USD.

    None if it is not a known one.
    """
    return frozenset(units_named(scale_before(text)[1], any_case=True))


def unit_of(text: str, figure: Figure) -> frozenset[str]:
    """Return what the unit that stands with the figure may be; none if it is not a known one."""
    before, behind = text[: figure.start], text[figure.end :]
    if _PERCENT.search(before):
        return frozenset({"%"})
    return frozenset(_currency_before(before.rstrip()) or _unit_behind(_TO_UNIT.sub("", behind)))


def _currency_before(text: str) -> tuple[str, ...]:
    """Return what the currency that a text ends with may be, for no other unit leads."""
    if text.endswith("."):
        return ()
    for begin in range(max(len(text) - _LONGEST_NAME, 0), len(text)):
        named = units_named(text[begin:], any_case=True) if _ends_word(text, begin) else ()
        if named and all(map(is_currency, named)):  # in 每吨5元 the tonne is another's
            return named
    return ()


def _unit_behind(text: str) -> tuple[str, ...]:
    """Return what the unit that a text begins with may be."""
    for end in range(min(_LONGEST_NAME, len(text)), 0, -1):
        if _ends_word(text, end) and (named := units_named(text[:end], any_case=True)):
            return named
    return ()


def _ends_word(text: str, place: int) -> bool:
    """Return whether a word may end or begin at the place: between Chinese characters any may."""
    around = text[max(place - 1, 0) : place + 1]
    return len(around) < 2 or not around.isalnum() or bool(_CHINESE.search(around))
