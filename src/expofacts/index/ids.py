"""The ids of a collection, however many: those that begin so, and the steps that lead to them."""

import sqlite3
from collections.abc import Iterator
from itertools import islice
from re import match

from expofacts.index.sql import HAS_ID


def ids_from(
    index: sqlite3.Connection, start: str = "", *, after: str = "", limit: int = -1
) -> list[str]:
    """Return the ids of the facts, sources and regions that begin so, in order, from one on."""
    rows = index.execute(
        f"SELECT id FROM record WHERE {HAS_ID} AND id BETWEEN ? AND ? ORDER BY id LIMIT ?",
        [max(start, after), f"{start}\U0010ffff", limit],
    )
    return [id_ for (id_,) in rows]


def total(index: sqlite3.Connection) -> int:
    """Return how many ids there are."""
    kinds = f"SELECT count(*) FROM record WHERE {HAS_ID}"
    return int(index.execute(kinds).fetchone()[0])


def id_steps(index: sqlite3.Connection, start: str, most: int) -> list[str]:
    """Return the ids that begin so, or where these are more, how they go on.

    That is up to the next hyphen, or by one character where that is too many still. As in a path,
    what is returned then begins further ids, and is never a single one.
    """
    if len(all_ := ids_from(index, start, limit=most + 1)) <= most:
        return all_
    for pattern in (r"[^-]*-?", r"."):
        steps = [start]
        while len(steps) == 1:
            steps = list(islice(_steps(index, steps[0], pattern), most + 1))
        if len(steps) <= most:
            break
    return steps


def _steps(index: sqlite3.Connection, start: str, pattern: str) -> Iterator[str]:
    """Yield how the ids that begin so go on, by what matches the pattern, each once."""
    after = start
    while found := ids_from(index, start, after=after, limit=1):
        going_on = match(pattern, found[0][len(start) :])
        step = start + (going_on[0] if going_on else "")
        yield step
        # From the first id of one step straight to that of the next.
        after = f"{step}\0" if step == found[0] else f"{step}\U0010ffff"
