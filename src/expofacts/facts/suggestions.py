"""The ends of error messages: which names are near to one that is not known, or which there are."""

from collections.abc import Iterable, Mapping
from functools import lru_cache

from expofacts.facts.folding import fold, plain

# Of 100 for the same word: where names begin to be near, and how far behind the nearest one
# name still is a likely meaning.
_NEAR = 75
_MUCH_LESS = 8
_SHORT = 3

# Comparing longer ones takes its time, and nobody meant one of our names by them.
_LONGEST = 100


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
