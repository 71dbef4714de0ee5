"""When two names are the same to a reader, and which names are near to one."""

import unicodedata
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache

from expofacts.facts.characters import DASHES, DOUBLE_MARKS, SINGLE_MARKS

# Canonical combining classes from 200 up are accents above and below a letter; the classes
# below hold signs that tell words apart (Japanese voicing marks, Indic and Arabic vowels).
_ACCENTS_FROM = 200

# Of 100 for the same word: where names begin to be near, and how far behind the nearest one
# name still is a likely meaning.
_NEAR = 75
_MUCH_LESS = 8
_SHORT = 3

# Comparing longer ones takes its time, and nobody meant one of our names by them.
_LONGEST = 100

# How many letters names have of which one may be a slip; longer ones are no names of people.
_NEARLY_FROM = 6
_NEARLY_TO = 100


_QUOTES = str.maketrans(dict.fromkeys(DOUBLE_MARKS, '"') | dict.fromkeys(SINGLE_MARKS, "'"))


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
    letters = _decompose(char.translate(_QUOTES))
    return "".join(
        f" {one} " if _is_chinese(one) else one
        for one in letters
        if unicodedata.combining(one) < _ACCENTS_FROM
    )


def _is_chinese(char: str) -> bool:
    return "\u3400" <= char <= "\u9fff" or "\U00020000" <= char <= "\U0003ffff"


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


def nearest(word: str, candidates: Iterable[str]) -> list[str]:
    """Return the candidates that are most like the word, the best first; none that is far."""
    return list(_nearest(word, tuple(candidates))) if len(word) <= _LONGEST else []


@lru_cache
def _nearest(word: str, candidates: tuple[str, ...]) -> tuple[str, ...]:
    # Kept, for the same mistake is often made in every record of a file.
    from rapidfuzz import fuzz, process  # 11 ms, needed only where something went wrong

    # Within a longer name, parts count too; a word of two letters is part of too much.
    scorer = fuzz.WRatio if len(word) > _SHORT else fuzz.ratio
    folded = {name: _folded(name) for name in candidates}
    found = process.extract(fold(word), folded, scorer=scorer, score_cutoff=_NEAR, limit=9)
    if not found:
        return _with_the_parts(word, folded)
    best = found[0][1]
    return tuple(name for _, score, name in found if score > best - _MUCH_LESS)


def _with_the_parts(word: str, folded: Mapping[str, str]) -> tuple[str, ...]:
    """Return the names that have each part of a word of several, the shortest first.

    So heihe-bridge is near to heihe-blagoveshchensk-highway-bridge.
    """
    parts = [fold(part) for part in plain(word).split()]
    if len(parts) < 2 or min(map(len, parts)) < _SHORT:
        return ()
    having = [name for name, form in folded.items() if all(part in form for part in parts)]
    return tuple(sorted(having, key=len))


_folded = lru_cache(10_000)(fold)


def did_you_mean(
    word: str, candidates: Iterable[str], meant: Mapping[str, str] | None = None
) -> str:
    """Return the end of an error message: "; did you mean sichuan?", or "" where none is near.

    `meant` has, for candidates that stand for something else, what to suggest in their place.
    """
    meant = meant or {}
    close = dict.fromkeys(meant.get(name, name) for name in nearest(word, candidates))
    if not close:
        return ""
    *others, last = list(close)[:3]
    return f"; did you mean {', '.join(others)} or {last}?" if others else f"; did you mean {last}?"


def suggest(word: str, known: Iterable[str]) -> str:
    """Return the end of an error message: what is near, or else what there is."""
    names = list(known)
    return did_you_mean(word, names) or there_is(names)


def there_is(names: Iterable[str], total: int = 0) -> str:
    """Return the end of an error message: "; there is a, b", at most eight of them.

    The names may be the first ones only of a total.
    """
    some = list(dict.fromkeys(names))
    number = total or len(some)
    more = f" and {number - 8} more" if number > 8 else ""
    return f"; there is {', '.join(some[:8])}{more}" if some else ""


def one_letter_apart(names: Iterable[str]) -> dict[str, str]:
    """Return, for each name that is nearly an earlier one, that earlier one.

    They differ in one letter, or in two that have changed places, or only in what `fold` leaves
    out. Digits tell names apart, and short names are one letter apart too easily. Each name
    leaves the forms behind in which a near one meets it, so no two names are compared.
    """
    found: dict[str, str] = {}
    left: dict[tuple[str, str], str] = {}
    for name in names:
        letters = fold(name)
        cuts, gaps, swaps = _near_forms(letters)
        meets = [("same", letters), ("cut", letters)]
        meets += [("same", form) for form in (*cuts, *swaps)] + [("gap", form) for form in gaps]
        if earlier := next((left[form] for form in meets if form in left), None):
            found[name] = earlier
        left.setdefault(("same", letters), name)
        for form in cuts:
            left.setdefault(("cut", form), name)
        for form in gaps:
            left.setdefault(("gap", form), name)
    return found


def _near_forms(letters: str) -> tuple[list[str], list[str], list[str]]:
    """Return the letters without each one, with a gap for each one, and with each two swapped."""
    if not _NEARLY_FROM <= len(letters) <= _NEARLY_TO:
        return [], [], []
    cuts, gaps, swaps = [], [], []
    for n, letter in enumerate(letters):
        before, behind = letters[:n], letters[n + 1 :]
        if not letter.isdigit():
            cuts.append(before + behind)
            gaps.append(f"{before} {behind}")
        if behind and not (letter + behind[0]).isdigit():
            swaps.append(before + behind[0] + letter + behind[1:])
    return cuts, gaps, swaps
