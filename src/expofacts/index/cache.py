"""The index of a collection: opened where it is fresh, else made anew."""

import os
import sqlite3
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, suppress
from itertools import islice
from pathlib import Path
from typing import TypeVar
from zlib import crc32

from expofacts import __version__
from expofacts.facts.files import Stamp, is_stream, stamps
from expofacts.index.progress import Progress, after_a_second

# Raised with every change of tables.sql or of what is written into it: a test knows what this
# number stands for.
FORMAT = 10

VERSION = (FORMAT, __version__)

ENVIRONMENT = "EXPOFACTS_CACHE_DIR"

# Two changes of a file within one tick of the file system's clock look the same; ticks of
# 10 ms are the longest of the file systems in use that count in fractions of a second.
_TICK_NS = 10_000_000

# A half-written index as old as this is nobody's work any more.
_ABANDONED_S = 3600

# Once a day will do to note that an index is in use.
_USED_S = 86_400

# Bytes of facts from which on it pays to read them in chunks, and from which on that takes more
# than a second on any machine.
_LARGE = 2_500_000
_VERY_LARGE = 10_000_000

Answer = TypeVar("Answer")


def ask(
    paths: Sequence[str],
    question: Callable[[sqlite3.Connection], Answer],
    progress: Progress | None = None,
) -> Answer:
    """Return the question's answer from the index of the fact files and folders.

    The index is made first where there is none or it is not fresh, and made again where it
    turns out to be damaged; `progress` is told of each step where that takes its time, and ""
    at the end. Raises FactFileError for fact files that are not valid.
    """
    connection, answer = _asked(paths, question, progress)
    connection.close()
    return answer


def stream(
    paths: Sequence[str],
    question: Callable[[sqlite3.Connection], Iterator[Answer]],
    progress: Progress | None = None,
) -> Iterator[Answer]:
    """Yield what a question gives, from an index that is open as long as that is read.

    Otherwise as `ask`; where the index turns out to be damaged further on, it is made again, and
    what has not been given yet is taken from that.
    """
    given = 0
    connection, answers = _asked(paths, question, progress)
    try:
        with closing(connection):
            for answer in answers:
                yield answer
                given += 1
            return
    except sqlite3.DatabaseError:
        connection = _made_anew(paths, stamps(paths), progress)
    with closing(connection):
        yield from islice(question(connection), given, None)


def _asked(
    paths: Sequence[str],
    question: Callable[[sqlite3.Connection], Answer],
    progress: Progress | None,
) -> tuple[sqlite3.Connection, Answer]:
    connection = open_index(paths, progress)
    try:
        return connection, question(connection)
    except sqlite3.DatabaseError:
        connection.close()
        connection = _made_anew(paths, stamps(paths), progress)
        return connection, question(connection)
    except BaseException:
        connection.close()
        raise


def open_index(paths: Sequence[str], progress: Progress | None = None) -> sqlite3.Connection:
    """Return a fresh index of the fact files; in memory where no cache can be written.

    What comes by a stream is not kept: nobody can tell whether it would be the same again.
    """
    files = stamps(paths)
    kept = None if any(map(is_stream, paths)) else _open_fresh(place(paths), files)
    return kept or _made_anew(paths, files, progress)


def _made_anew(
    paths: Sequence[str], files: Sequence[Stamp], progress: Progress | None
) -> sqlite3.Connection:
    if not any(map(is_stream, paths)):
        return _make(place(paths), files, progress)
    from expofacts.facts.load import load
    from expofacts.index.build import fill

    index = sqlite3.connect(":memory:")
    fill(index, load([file.path for file in files]))
    return index


def is_fresh(paths: Sequence[str]) -> bool:
    """Return whether the index of the fact files is there and holds what they hold."""
    if any(map(is_stream, paths)):
        return False
    connection = _open_fresh(place(paths), stamps(paths))
    if connection:
        connection.close()
    return bool(connection)


def place(paths: Sequence[str]) -> Path:
    """Return where the index of these fact files and folders is, or would be."""
    named = [os.path.abspath(path) for path in paths]
    key = crc32(os.fsencode("\0".join(named)))
    return cache_folder() / f"{Path(named[0]).stem}-{key:08x}.sqlite"


def cache_folder() -> Path:
    """Return the folder of indexes: the user's cache folder, or EXPOFACTS_CACHE_DIR."""
    if chosen := os.environ.get(ENVIRONMENT):
        return Path(chosen).absolute()
    if sys.platform == "linux":
        # What platformdirs answers there, without the 4 ms of its import at each start.
        base = os.environ.get("XDG_CACHE_HOME", "")
        home = os.path.expanduser("~")  # where there is none, Path.home would raise
        if not base.startswith("/"):
            base = f"{home}/.cache" if home.startswith("/") else os.devnull
        return Path(base) / "expofacts"
    from platformdirs import user_cache_path

    return user_cache_path("expofacts", appauthor=False)


def _open_fresh(path: Path, files: Sequence[Stamp]) -> sqlite3.Connection | None:
    """Return the index if it is there, whole, and made from just these files by this version."""
    connection, known = _opened(path)
    if connection and known != _made_from(files):
        connection.close()
        return None
    if connection:
        _note_use(path)
    return connection


def _note_use(path: Path) -> None:
    """Set the time of an index, by which old ones go, if it is not of today."""
    with suppress(OSError):  # a cache that cannot be written to is not pruned either
        if time.time() - path.stat().st_mtime > _USED_S:
            os.utime(path)


def _opened(path: Path) -> tuple[sqlite3.Connection | None, list[tuple[bytes, int, int, int]]]:
    """Return the index, and what it was made from, if it is there, whole, and of this version."""
    connection = None
    try:
        # Immutable: an index is replaced, never changed, so nothing needs to be locked.
        connection = sqlite3.connect(f"{path.as_uri()}?mode=ro&immutable=1", uri=True)
        made = connection.execute("SELECT format, version FROM made").fetchall()
        known = connection.execute("SELECT * FROM file ORDER BY rowid").fetchall()
        (pages,), (size,) = (
            connection.execute(f"PRAGMA {name}").fetchone() for name in ("page_count", "page_size")
        )
        if made == [VERSION] and path.stat().st_size >= pages * size:
            return connection, known
    except (sqlite3.DatabaseError, OSError, ValueError):
        pass
    if connection:
        connection.close()
    return None, []


def _make(path: Path, files: Sequence[Stamp], progress: Progress | None) -> sqlite3.Connection:
    """Return an index made from the files, kept at the path if that can be written."""
    now = time.time_ns()
    stamped = (when for file in files for when in (file.mtime_ns, file.ctime_ns) if when <= now)
    if (age := now - max(stamped, default=0)) < _TICK_NS:
        time.sleep((_TICK_NS - age) / 1e9)
    size = sum(file.size for file in files)
    report = after_a_second(progress, at_once=size > _VERY_LARGE)
    try:
        index = _compile(path, files, report) if size > _LARGE else None
        return index or _read_whole(path, files, report)
    finally:
        report("")


def _changed(path: Path, files: Sequence[Stamp]) -> list[int]:
    """Return the numbers of the files that have to be read to make the index anew.

    These are the changed ones, if there is an index of the same files as they were before, and
    most of it still holds; else all.
    """
    connection, known = _opened(path)
    if connection:
        connection.close()
    made_from = _made_from(files)
    if [file[0] for file in known] == [file[0] for file in made_from]:
        changed = [n for n, file in enumerate(made_from) if file != known[n]]
        size = sum(files[n].size for n in changed)
        if changed and 2 * size < sum(file.size for file in files):
            return changed
    return list(range(len(files)))


def _compile(path: Path, files: Sequence[Stamp], report: Progress) -> sqlite3.Connection | None:
    """Return an index made from chunks of the files, or None where that cannot be."""
    from expofacts.index.workers import worker_pool

    changed = _changed(path, files)
    with worker_pool(sum(files[n].size for n in changed)) as workers:
        # After it: the workers need as long to import the same.
        from expofacts.facts.chunks import Refused
        from expofacts.index.build import build

        paths = [file.path for file in files]
        old = path if len(changed) < len(files) else None
        try:
            try:
                index = _keep(
                    path, files, lambda new: build(new, paths, changed, old, workers, report)
                )
            except sqlite3.DatabaseError:  # the old index is damaged
                if not old:
                    raise
                all_ = range(len(files))
                index = _keep(
                    path, files, lambda new: build(new, paths, all_, None, workers, report)
                )
        except Refused:
            return None
    if stamps(paths) != list(files):  # a file was written meanwhile, and may have been read half
        index.close()
        return None
    return index


def _read_whole(path: Path, files: Sequence[Stamp], report: Progress) -> sqlite3.Connection:
    """Return an index made by way of `load`, which raises FactFileError with every problem."""
    from expofacts.facts.load import load
    from expofacts.index.build import fill

    report("checking the facts ...")
    collection = load([file.path for file in files])
    report("making the index ...")
    return _keep(path, files, lambda new: fill(new, collection))


def _keep(
    path: Path, files: Sequence[Stamp], fill: Callable[[sqlite3.Connection], None]
) -> sqlite3.Connection:
    """Return an index that `fill` has filled, kept at the path if that can be written."""

    def write(target: sqlite3.Connection) -> None:
        fill(target)
        target.execute("INSERT INTO made VALUES (?, ?)", VERSION)
        target.executemany("INSERT INTO file VALUES (?, ?, ?, ?)", _made_from(files))
        target.commit()

    try:
        from expofacts.index.pruning import prune

        _write_beside(path, write)
        prune(path.parent, path, VERSION)
        if connection := _open_fresh(path, files):
            return connection
    except (OSError, sqlite3.OperationalError):
        pass  # nowhere to write, or the disk is full: the answer matters, the cache does not
    connection = sqlite3.connect(":memory:")
    write(connection)
    return connection


def _write_beside(path: Path, write: Callable[[sqlite3.Connection], None]) -> None:
    """Write an index beside the path and move it there whole, so that nobody sees half of one."""
    from glob import escape

    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    for left in path.parent.glob(f"{escape(path.stem)}.*.tmp"):  # by a process that was killed
        if time.time() - left.stat().st_mtime > _ABANDONED_S:
            left.unlink(missing_ok=True)
    # Named before it is there, so that it is known from its first moment and never left behind.
    temporary = path.with_name(f"{path.stem}.{os.getpid()}-{time.time_ns():x}.tmp")
    try:
        os.close(os.open(temporary, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        with closing(sqlite3.connect(temporary)) as target:
            target.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;")
            write(target)
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)


def _made_from(files: Sequence[Stamp]) -> list[tuple[bytes, int, int, int]]:
    return [(os.fsencode(os.path.abspath(file.path)), *file[1:]) for file in files]
