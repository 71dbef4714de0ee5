"""Words that do occur, near to those that were looked for in vain."""

import re
import sqlite3
from collections.abc import Iterable
from contextlib import closing

from expofacts.facts.suggestions import nearest
from expofacts.index.sql import TOKENIZER


def near_words(index: sqlite3.Connection, words: Iterable[str]) -> list[str]:
    """Return up to three words that do occur and are near to some that do not."""
    for name in ("row", "instance"):
        # If not there yet: a library asks the same connection again and again.
        vocabulary = f"fts5vocab (main, search, {name})"
        index.execute(f"CREATE VIRTUAL TABLE IF NOT EXISTS temp.by_{name} USING {vocabulary}")
    # Shorter ones are part of too much to be meant.
    stems = [
        stem for (stem,) in index.execute("SELECT term FROM temp.by_row WHERE length(term) > 2")
    ]
    found: dict[str, None] = {}
    for word in words:
        for stem in nearest(word, stems):
            # The vocabulary has stems; the word itself is in a fact that has it.
            (fact,) = index.execute(
                "SELECT names || ' ' || text || ' ' || notes FROM words WHERE fact ="
                " (SELECT doc FROM temp.by_instance WHERE term = ? LIMIT 1)",
                [stem],
            ).fetchone()
            found |= dict.fromkeys(_with_stem(stem, fact))
    return list(found)[:3]


def _with_stem(stem: str, text: str) -> list[str]:
    """Return the first word of a text with the stem, which may be none of its letters' beginning.

    That of "railway" is "railwai"; SQLite tells, for it stems.
    """
    with closing(sqlite3.connect(":memory:")) as scratch:
        scratch.execute(f"CREATE VIRTUAL TABLE t USING fts5 (word, tokenize='{TOKENIZER}')")
        scratch.execute("CREATE VIRTUAL TABLE v USING fts5vocab (t, instance)")
        words = dict.fromkeys(re.findall(r"\w+", text))
        scratch.executemany("INSERT INTO t VALUES (?)", ((word,) for word in words))
        statement = "SELECT word FROM v JOIN t ON t.rowid = doc WHERE term = ? ORDER BY doc LIMIT 1"
        return [word for (word,) in scratch.execute(statement, [stem])]
