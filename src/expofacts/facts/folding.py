"""The forms in which texts are compared: for each purpose what is the same to a reader then.

`fold` is for names, `plain` for search, `readable` for figures and words of a language, `compared`
for quoted words. The first two are for what people type, and forgive more; they make the index.
"""

import unicodedata
from functools import cache

from expofacts.facts.punctuation import (
    ACCENTS,
    APOSTROPHES,
    DASHES,
    DOUBLE_MARKS,
    QUOTATION_MARKS,
    SINGLE_MARKS,
)
from expofacts.facts.unseen_characters import UNSEEN

# Canonical combining classes from 200 up are accents above and below a letter; the classes
# below hold signs that tell words apart (Japanese voicing marks, Indic and Arabic vowels).
_ACCENTS_FROM = 200

# What verify takes for any quotation mark, and any dash.
QUOTE, HYPHEN = '"', "-"

_STRAIGHT = str.maketrans(dict.fromkeys(DOUBLE_MARKS, '"') | dict.fromkeys(SINGLE_MARKS, "'"))
_ALIKE = str.maketrans(
    dict.fromkeys(DASHES, HYPHEN) | dict.fromkeys(APOSTROPHES, "'") | dict.fromkeys(UNSEEN, "")
)
_ANY_QUOTE = frozenset(QUOTATION_MARKS + ACCENTS)
# These would be another number, were they written as plain digits.
_RAISED = ("<super>", "<sub>", "<fraction>", "<circle>")


def fold(name: str) -> str:
    """Return the form in which names are compared: without case, accents, spaces and hyphens.

    Whatever is neither letter, digit nor sign is left out too, ё becomes е, and wide or
    compatibility forms become plain ones. A name of nothing else stays as it is.
    """
    if name.isascii():  # as most are; then all this comes to letters and digits
        return "".join(filter(str.isalnum, name.lower())) or name
    return "".join(filter(_counts, _decompose(name))) or name


def _decompose(text: str) -> str:
    # Decomposed first: only then has ℡ letters that have a case.
    return unicodedata.normalize("NFKD", text).casefold()


def _counts(char: str) -> bool:
    return char.isalnum() or (
        unicodedata.category(char)[0] == "M" and unicodedata.combining(char) < _ACCENTS_FROM
    )


def plain(text: str) -> str:
    """Return the text as it is matched: no case, no accents, straight quotes, dashes as spaces.

    Chinese characters stand apart, so that each is found as a word.
    """
    if text.isascii():  # as most are, and indexing is in a hurry
        return " ".join(text.lower().replace("-", " ").split())
    return " ".join(text.translate(_plain_chars).split())


class _PlainChars(dict[int, str]):
    """What each character is matched as, by its code, as far as that was asked."""

    def __missing__(self, code: int) -> str:
        self[code] = plain_char(chr(code))
        return self[code]


_plain_chars = _PlainChars()


@cache
def plain_char(char: str) -> str:
    """Return what a character is matched as; nothing for an accent."""
    if char in DASHES or unicodedata.category(char) == "Pd":  # of any script
        return " "
    letters = _decompose(char.translate(_STRAIGHT))
    return "".join(
        f" {one} " if _is_chinese(one) else one
        for one in letters
        if unicodedata.combining(one) < _ACCENTS_FROM
    )


def _is_chinese(char: str) -> bool:
    return "\u3400" <= char <= "\u9fff" or "\U00020000" <= char <= "\U0003ffff"


def readable(text: str) -> str:
    """Return the text as figures, units and words of a language are looked for in it.

    In one line, of plain forms: km², ё and ’ are km2, е and '. Case and accents stay, for an M is
    no m; so do quotation marks, which may be apostrophes.
    """
    text = unicodedata.normalize("NFKC", text).translate(_ALIKE)
    return " ".join(text.replace("ё", "е").replace("Ё", "Е").split())


def compared(word: str) -> str:
    """Return a word, or a single mark, as quoted words are compared; "" for what nobody sees.

    Here only what printing does to a text is the same: the kind of dash and quotation mark,
    ligatures, composed accents. km² is not km2, for a letter changed is a quotation changed.
    """
    if word.isascii() and word.isalnum():
        return word
    if word in _ANY_QUOTE:
        return QUOTE
    seen = unicodedata.normalize("NFC", "".join(word.translate(_ALIKE).split()))
    whole = "".join(map(_compatible, seen)).translate(_ALIKE)  # there is an apostrophe in ŉ
    if whole in _ANY_QUOTE:
        return QUOTE
    return whole if whole.strip(HYPHEN) else whole[:1]  # a dash may be typed as several


def _compatible(char: str) -> str:
    raised = unicodedata.decomposition(char).startswith(_RAISED)
    return char if raised else unicodedata.normalize("NFKC", char)
