"""The index of a collection: opened where it is fresh, else made first; and asked."""

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from itertools import islice
from typing import TypeVar

from expofacts.facts.files import is_stream, stamps
from expofacts.index.cache import open_fresh, place
from expofacts.index.progress import Progress

Answer = TypeVar("Answer")


def ask(
    paths: Sequence[str],
    question: Callable[[sqlite3.Connection], Answer],
    progress: Progress | None = None,
    *,
    workers: bool = False,
) -> Answer:
    """Return the question's answer from the index of the fact files and folders.

    The index is made first where there is none or it is not fresh, and made again where it
    turns out to be damaged; `progress` is told of each step where that takes its time, and ""
    at the end. With `workers`, other processes help where that pays. Raises FactFileError for
    fact files that are not valid.
    """
    connection, answer = _asked(paths, question, progress, workers=workers)
    connection.close()
    return answer


def stream(
    paths: Sequence[str],
    question: Callable[[sqlite3.Connection], Iterator[Answer]],
    progress: Progress | None = None,
    *,
    workers: bool = False,
) -> Iterator[Answer]:
    """Yield what a question gives, from an index that is open as long as that is read.

    Otherwise as `ask`; where the index turns out to be damaged further on, it is made again, and
    what has not been given yet is taken from that.
    """
    given = 0
    connection, answers = _asked(paths, question, progress, workers=workers)
    try:
        with closing(connection):
            for answer in answers:
                yield answer
                given += 1
            return
    except sqlite3.DatabaseError:
        connection = _made(paths, progress, workers=workers)
    with closing(connection):
        yield from islice(question(connection), given, None)


def _asked(
    paths: Sequence[str],
    question: Callable[[sqlite3.Connection], Answer],
    progress: Progress | None,
    *,
    workers: bool,
) -> tuple[sqlite3.Connection, Answer]:
    connection = open_index(paths, progress, workers=workers)
    try:
        return connection, question(connection)
    except sqlite3.DatabaseError:
        connection.close()
        connection = _made(paths, progress, workers=workers)
        return connection, question(connection)
    except BaseException:
        connection.close()
        raise


def open_index(
    paths: Sequence[str], progress: Progress | None = None, *, workers: bool = False
) -> sqlite3.Connection:
    """Return a fresh index of the fact files; in memory where no cache can be written.

    What comes by a stream is not kept: nobody can tell whether it would be the same again.
    """
    kept = None if any(map(is_stream, paths)) else open_fresh(place(paths), stamps(paths))
    return kept or _made(paths, progress, workers=workers)


def is_fresh(paths: Sequence[str]) -> bool:
    """Return whether the index of the fact files is there and holds what they hold."""
    if any(map(is_stream, paths)):
        return False
    connection = open_fresh(place(paths), stamps(paths))
    if connection:
        connection.close()
    return bool(connection)


def _made(paths: Sequence[str], progress: Progress | None, *, workers: bool) -> sqlite3.Connection:
    from expofacts.index.renewal import make  # seldom needed, so not a part of every start

    return make(paths, progress, workers=workers)
