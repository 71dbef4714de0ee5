"""When two names are the same to a reader, and which names are near to one."""

import unicodedata
from collections.abc import Iterable, Mapping

# Canonical combining classes from 200 up are accents above and below a letter; the classes
# below hold signs that tell words apart (Japanese voicing marks, Indic and Arabic vowels).
_ACCENTS_FROM = 200

# Of 100 for the same word: where names begin to be near, and how far behind the nearest one
# name still is a likely meaning.
_NEAR = 75
_MUCH_LESS = 8


_QUOTES = str.maketrans("‘’‚“”„", "'''\"\"\"")


def plain(text: str) -> str:
    """Return the text as it is matched: no case, no accents, straight quotes, dashes as spaces."""
    letters = (
        " " if unicodedata.category(char) == "Pd" else char
        for char in _decompose(text.translate(_QUOTES))
        if unicodedata.combining(char) < _ACCENTS_FROM
    )
    return " ".join("".join(letters).split())


def fold(name: str) -> str:
    """Return the form in which names are compared: without case, accents, spaces and hyphens.

    Whatever is neither letter, digit nor sign is left out too, ё becomes е, and wide or
    compatibility forms become plain ones. A name of nothing else stays as it is.
    """
    return "".join(filter(_counts, _decompose(name))) or name


def _decompose(text: str) -> str:
    # Decomposed first: only then has ℡ letters that have a case.
    return unicodedata.normalize("NFKD", text).casefold()


def _counts(char: str) -> bool:
    return char.isalnum() or (
        unicodedata.category(char)[0] == "M" and unicodedata.combining(char) < _ACCENTS_FROM
    )


def did_you_mean(
    word: str, candidates: Iterable[str], meant: Mapping[str, str] | None = None
) -> str:
    """Return the end of an error message: "; did you mean sichuan?", or "" where none is near.

    `meant` has, for candidates that stand for something else, what to suggest in their place.
    """
    from rapidfuzz import fuzz, process  # 11 ms, needed only where something went wrong

    meant = meant or {}
    folded = {name: fold(name) for name in candidates}
    found = process.extract(fold(word), folded, scorer=fuzz.WRatio, score_cutoff=_NEAR, limit=9)
    if not found:
        return ""
    best = found[0][1]
    close = dict.fromkeys(
        meant.get(name, name) for _, score, name in found if score > best - _MUCH_LESS
    )
    *others, last = list(close)[:3]
    return f"; did you mean {', '.join(others)} or {last}?" if others else f"; did you mean {last}?"
