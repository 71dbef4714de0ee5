"""A collection as a file for others: a database, JSON, or whatever text is given."""

import os
import sqlite3
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

from expofacts.errors import OutputError, UsageError
from expofacts.facts.files import is_stream, stamps
from expofacts.facts.kinds import BASES, FORMAT, KINDS
from expofacts.index.exported_database import write_database
from expofacts.index.filters import Filters
from expofacts.index.query import Order, select

# What SQLite keeps beside a database, and would take for part of the one that replaces it.
_BESIDE = ("-journal", "-wal", "-shm")


def check_target(file: str, paths: Sequence[str], *, force: bool) -> None:
    """Raise UsageError for a file that is there already, unless it may be overwritten.

    One of the fact files at the paths never may. Raises OutputError for a folder, and for a file
    in a folder that is not there.
    """
    path = Path(file)
    try:
        if path.exists():
            files = (stamp.path for stamp in stamps(paths) if not is_stream(stamp.path))
            if any(map(path.samefile, files)):
                raise UsageError(f"{file} is one of the fact files")
            if path.is_dir():
                raise OutputError(f"{file} cannot be written: Is a directory")
            if not force:
                raise UsageError(f"{file} is there already; --force overwrites it")
        elif not path.parent.is_dir():
            raise OutputError(f"{file} cannot be written: there is no folder {path.parent}")
    except OSError as error:
        raise OutputError(f"{file} cannot be written: {error.strerror}") from None


def export_text(file: str, pieces: Iterable[str]) -> None:
    """Write the pieces of text to a file, whole or not at all; raises OutputError."""
    with _whole(file) as temporary, temporary.open("w", encoding="utf-8", newline="\n") as target:
        target.writelines(pieces)


def export_database(file: str, index: sqlite3.Connection) -> None:
    """Write the collection to a file as a database, whole or not at all; raises OutputError."""
    with _whole(file) as temporary, closing(sqlite3.connect(temporary)) as target:
        # There is nothing to go back to: what is not whole is deleted.
        target.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;")
        write_database(target, index)
        target.commit()


def records(index: sqlite3.Connection) -> Iterator[tuple[str, Iterable[str]]]:
    """Yield each table of the collection with its records, each as a line of JSON.

    They are what the listings give, each with its `kind` first, "source" and "region" too.
    """
    for name, base in BASES.items():
        lines = select(index, name, Filters(), Order())
        yield base.table, _with_kind(name, lines)
    for name, kind in KINDS.items():
        yield kind.table, select(index, name, Filters(), Order())


def _with_kind(kind: str, lines: Iterable[str]) -> Iterator[str]:
    return (f'{{"kind":"{kind}",{line[1:]}' for line in lines)


def as_json(index: sqlite3.Connection) -> Iterator[str]:
    """Yield the collection as one object: the format, and each table as an array of records."""
    yield f'{{\n"format": {FORMAT}'
    for table, lines in records(index):
        yield f',\n"{table}": ['
        before = "\n"
        for line in lines:
            yield before + line
            before = ",\n"
        yield "]" if before == "\n" else "\n]"
    yield "\n}\n"


def as_jsonl(index: sqlite3.Connection) -> Iterator[str]:
    """Yield the collection as a record a line."""
    return (f"{line}\n" for _, lines in records(index) for line in lines)


@contextmanager
def _whole(file: str) -> Iterator[Path]:
    """Give a new file beside the file, which takes its place when it is written."""
    path = Path(os.path.realpath(file))
    temporary = path.with_name(f".expofacts-{os.getpid()}-{time.time_ns():x}.tmp")
    try:
        os.close(os.open(temporary, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o666))
        if path.exists():
            temporary.chmod(path.stat().st_mode)  # what was private stays so
        yield temporary
        with temporary.open("rb+") as written:
            os.fsync(written)
        temporary.replace(path)
        for ending in _BESIDE:
            path.with_name(path.name + ending).unlink(missing_ok=True)
    except OSError as error:
        raise OutputError(f"{file} cannot be written: {error.strerror}") from None
    except sqlite3.OperationalError as error:
        raise OutputError(f"{file} cannot be written: {error}") from None
    finally:
        temporary.unlink(missing_ok=True)
