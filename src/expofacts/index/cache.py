"""The cache of indexes: where each is, whether it is fresh, and how it is kept there."""

import os
import sqlite3
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import closing, suppress
from pathlib import Path
from zlib import crc32

from expofacts import __version__
from expofacts.facts.files import Stamp

# Raised with every change of tables.sql or of what is written into it: a test knows what this
# number stands for.
FORMAT = 12

VERSION = (FORMAT, __version__)

ENVIRONMENT = "EXPOFACTS_CACHE_DIR"

# A half-written index as old as this is nobody's work any more.
_ABANDONED_S = 3600

# Once a day will do to note that an index is in use.
_USED_S = 86_400


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


def open_fresh(path: Path, files: Sequence[Stamp]) -> sqlite3.Connection | None:
    """Return the index if it is there, whole, and made from just these files by this version."""
    connection, known = opened(path)
    if connection and known != made_from(files):
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


def opened(path: Path) -> tuple[sqlite3.Connection | None, list[tuple[bytes, int, int, int]]]:
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


def keep(
    path: Path | None, files: Sequence[Stamp], fill: Callable[[sqlite3.Connection], None]
) -> sqlite3.Connection:
    """Return an index that `fill` has filled, kept at the path if there is one to write to."""

    def write(target: sqlite3.Connection) -> None:
        fill(target)
        target.execute("INSERT INTO made VALUES (?, ?)", VERSION)
        target.executemany("INSERT INTO file VALUES (?, ?, ?, ?)", made_from(files))
        target.commit()

    try:
        from expofacts.index.pruning import prune

        if path:
            _write_beside(path, write)
            prune(path.parent, path, VERSION)
            if connection := open_fresh(path, files):
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


def made_from(files: Sequence[Stamp]) -> list[tuple[bytes, int, int, int]]:
    """Return what an index says of the files that it was made from."""
    return [(os.fsencode(os.path.abspath(file.path)), *file[1:]) for file in files]
