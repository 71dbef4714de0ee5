"""Full-text search over all kinds of fact: what a person types, and what it finds."""

import re
import sqlite3
import sys
from array import array
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from typing import Any, NamedTuple, TypeVar

from expofacts.facts.folding import plain, plain_char
from expofacts.facts.kinds import KINDS, of_all_kinds
from expofacts.index.filters import Filters, conditions
from expofacts.index.near_words import near_words
from expofacts.index.query import fields
from expofacts.index.sql import TOKENIZER, placeholders
from expofacts.json_lines import from_json

# The fields that are searched. The names and aliases of a fact's regions are, with its names.
_SEARCHED = frozenset(of_all_kinds(lambda key: key.searched))
_REGIONS = tuple(of_all_kinds(lambda key: key.regions))

# What a match in a name, in the text and in a note counts for.
_WEIGHTS = "bm25(10.0, 4.0, 1.0)"

# More words than a person looks for; FTS5 takes no more than 256 in one expression.
_MOST_WORDS = 64

# A minus sign too, for a hyphen before a word looks like an option to a shell's programs.
_TERMS = re.compile(r'([-−]?)"([^"]+)"|([-−]?)(\S+)')

# The fields of a hit beside those of its fact.
_OF_HITS = {"score": "How well the fact fits, more is better", "matched": "Fields with a match"}

# So many facts are marked together: few questions, and memory that does not grow with them.
TOGETHER = 200

Record = dict[str, Any]
T = TypeVar("T")

_BEGIN, _END = "\x01", "\x02"


class Wanted(NamedTuple):
    """What a person looks for: words and phrases, and those that must not be there.

    Each is an expression of FTS5 for what was typed; nothing in it is syntax.
    """

    words: Sequence[str]
    without: Sequence[str]

    @property
    def all(self) -> str:
        """An expression for what has all the words."""
        return self._but_without(" AND ".join(self.words))

    @property
    def any(self) -> str:
        """An expression for what has at least one of the words."""
        return self._but_without(" OR ".join(self.words))

    def _but_without(self, expression: str) -> str:
        return f"({expression}) NOT ({' OR '.join(self.without)})" if self.without else expression


class Found(NamedTuple):
    """What a search found.

    The best facts, for `hits`: their numbers in the index and their scores, more is better; how
    many there are in all; the expression for what was looked for, for `mark`. `partial` if no fact
    has all the words; `near` are words that do occur, where none of them does.
    """

    numbers: Sequence[int] = ()
    scores: Sequence[float] = ()
    total: int = 0
    expression: str = ""
    partial: bool = False
    near: Sequence[str] = ()


def fields_of_hits(index: sqlite3.Connection) -> dict[str, str]:
    """Return the fields that facts of any kind have, and those of a hit, with descriptions."""
    of_kinds = [fields(index, kind) for kind in KINDS]
    common = [name for name in of_kinds[0] if all(name in known for known in of_kinds)]
    own = {name: about for known in of_kinds for name, about in known.items()}
    first = common[: common.index("id") + 1]
    rest = [name for name in common if name not in first]
    order = [*first, *(name for name in own if name not in common), *rest]
    return {name: own[name] for name in order} | _OF_HITS


def wanted(text: str) -> Wanted:
    """Return what is looked for: all words, "exact phrases", prefixes*, and none -without.

    Whatever else a person types is taken as words. What has no letter or digit is left out.
    """
    words: dict[str, None] = {}
    without: dict[str, None] = {}
    for minus, phrase, hyphen, word in _TERMS.findall(text):
        if term := _term(phrase or word):
            (without if minus or hyphen else words)[term] = None
    if not words:  # nothing but what must not be there: then that is what is meant
        words, without = without, {}
    return Wanted(list(words)[:_MOST_WORDS], list(without)[:_MOST_WORDS])


def _term(text: str) -> str | None:
    words = plain(text).translate({ord('"'): " ", 0: " "}).strip()
    if not any(map(str.isalnum, words)):
        return None
    return f'"{words.removesuffix("*")}"' + ("*" if words.endswith("*") else "")


def find(index: sqlite3.Connection, text: str, filters: Filters, limit: int) -> Found:
    """Return the best facts with all the words of a text, or else with at least one of them.

    Raises UsageError as `select` does.
    """
    looked_for = wanted(text)
    if not looked_for.words:
        return Found()
    for expression in (looked_for.all, looked_for.any):
        if total := _count(index, expression, filters):
            best = _best(index, expression, filters, limit)
            return Found(*best, total, looked_for.any, expression != looked_for.all)
    # What does occur, though not where the filters allow it, is no slip.
    missing = (word for word in looked_for.words if not _count(index, word, Filters()))
    typed = " ".join(missing).replace('"', "").replace("*", "").split()
    return Found(near=near_words(index, typed))


def hits(index: sqlite3.Connection, found: Found) -> Iterator[Record]:
    """Yield the best facts, each with its `score` and the fields with a match, `matched`."""
    for numbers, scores in zip(_some(found.numbers), _some(found.scores), strict=True):
        rows = index.execute(
            f"SELECT n, data FROM record WHERE n IN ({placeholders(numbers)})", numbers
        )
        lines = dict(rows.fetchall())
        if len(lines) < len(numbers):
            raise sqlite3.DatabaseError("damaged: what is searched is not what is there")
        records = [
            {**from_json(lines[n]), "score": score}
            for n, score in zip(numbers, scores, strict=True)
        ]
        _add_matched(index, found.expression, records)
        yield from records


def in_order(index: sqlite3.Connection, found: Found, field: str | None, reverse: bool) -> Found:
    """Return the best facts sorted by a field, empty ones last; without one as they are."""
    every = range(len(found.numbers))
    places: Iterable[int] = every
    if field in (None, "score"):
        # The best come first; sorted by the score, which is ascending, they come last.
        places = every if reverse == (field == "score") else reversed(every)
    elif field == "matched":
        matched = [hit["matched"] for hit in hits(index, found)]
        places = sorted(every, key=matched.__getitem__, reverse=reverse)
    else:
        direction = "DESC" if reverse else ""
        rows = index.execute(
            "SELECT key, json_extract(data, ?) AS field FROM json_each(?) JOIN record ON n = value"
            f" ORDER BY field IS NULL, field COLLATE NOCASE {direction}, key",
            [f"$.{field}", f"[{', '.join(map(str, found.numbers))}]"],
        )
        places = (place for place, _ in rows)
    order = list(places)
    return found._replace(
        numbers=array("q", map(found.numbers.__getitem__, order)),
        scores=array("d", map(found.scores.__getitem__, order)),
    )


def sources(index: sqlite3.Connection, found: Found) -> int:
    """Return from how many sources the best facts are."""
    names: set[str] = set()
    for numbers in _some(found.numbers):
        rows = index.execute(
            f"SELECT DISTINCT source FROM record WHERE n IN ({placeholders(numbers)})", numbers
        )
        names.update(name for (name,) in rows)
    return len(names)


def _some(items: Sequence[T]) -> Iterator[Sequence[T]]:
    return (items[start : start + TOGETHER] for start in range(0, len(items), TOGETHER))


def _best(
    index: sqlite3.Connection, expression: str, filters: Filters, limit: int
) -> tuple[Sequence[int], Sequence[float]]:
    """Return the numbers and the scores of the best facts."""
    where, values = _where(index, filters)
    rows = index.execute(
        "SELECT rowid, -rank FROM search"
        f" WHERE search MATCH ? AND rank MATCH '{_WEIGHTS}'{where} ORDER BY rank, rowid LIMIT ?",
        [expression, *values, min(limit, sys.maxsize)],
    )
    # As arrays, for they may be of all facts: 16 bytes each, not 120.
    numbers, scores = array("q"), array("d")
    for n, score in rows:
        numbers.append(n)
        scores.append(float(f"{score:.6g}"))
    return numbers, scores


def _count(index: sqlite3.Connection, expression: str, filters: Filters) -> int:
    where, values = _where(index, filters)
    statement = f"SELECT count(*) FROM search WHERE search MATCH ?{where}"
    return int(index.execute(statement, [expression, *values]).fetchone()[0])


def _add_matched(index: sqlite3.Connection, expression: str, records: Sequence[Record]) -> None:
    """Add to each record the names of its fields that have a match."""
    texts = []
    for record in records:
        record["matched"] = []
        regions = [id_ for key in _REGIONS for id_ in record.get(key) or ()]
        names = {"regions": "\n".join(_region_words(index, id_) for id_ in regions)}
        for name, given in (record | names).items():
            if given and (name == "regions" or name in _SEARCHED):
                texts.append((record, name, given if isinstance(given, str) else "\n".join(given)))
    marked = mark(expression, [text for _, _, text in texts])
    for (record, name, _), spans in zip(texts, marked, strict=True):
        if spans:
            record["matched"].append(name)


def _where(index: sqlite3.Connection, filters: Filters) -> tuple[str, Sequence[str]]:
    if filters == Filters():
        return "", ()
    where, values = conditions(index, None, filters)
    return f" AND rowid IN (SELECT n FROM record WHERE {where})", values


def _region_words(index: sqlite3.Connection, id_: str) -> str:
    """Return the name and the aliases of a region, each on a line."""
    statement = "SELECT data FROM record WHERE kind = 'region' AND id = ?"
    (line,) = index.execute(statement, [id_]).fetchone()
    region = from_json(line)
    return "\n".join([region["name"], *(region["aliases"] or ())])


def mark(expression: str, texts: Sequence[str]) -> list[list[tuple[int, int]]]:
    """Return for each text where the words of an expression are: first and last + 1, in order.

    SQLite does it, for it stems and folds words as it did in the index.
    """
    folded = ["".join(map(plain_char, text)) for text in texts]
    with closing(sqlite3.connect(":memory:")) as scratch:
        scratch.execute(f"CREATE VIRTUAL TABLE t USING fts5 (text, tokenize='{TOKENIZER}')")
        scratch.executemany("INSERT INTO t (rowid, text) VALUES (?, ?)", enumerate(folded))
        marked = dict(
            scratch.execute(
                f"SELECT rowid, highlight(t, 0, '{_BEGIN}', '{_END}') FROM t WHERE t MATCH ?",
                [expression],
            ).fetchall()
        )
    return [list(_spans(text, marked[n])) if n in marked else [] for n, text in enumerate(texts)]


def _spans(text: str, marked: str) -> Iterator[tuple[int, int]]:
    """Yield where the marks of a folded text are in the text itself."""
    # Where in the text each folded character came from.
    origin = [n for n, char in enumerate(text) for _ in plain_char(char)] + [len(text)]
    at = begin = 0
    for char in marked:
        if char == _BEGIN:
            begin = at
        elif char == _END:
            yield origin[begin], origin[at - 1] + 1
        else:
            at += 1
