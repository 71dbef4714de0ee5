"""Old indexes go: those that nobody has used for long, and what is more than a cache should take.

When an index was used last is the time of its file, which `cache` sets. One that another process
has open goes on to be read: on POSIX a file is there until it is closed, and elsewhere it cannot
be removed.
"""

import re
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path
from typing import NamedTuple

# Seconds: what has not been used for so long goes; what another version made goes sooner, but not
# while both versions are in use.
_UNUSED = 30 * 86_400
_UNUSED_OF_OTHERS = 86_400

# Bytes of all indexes together.
_MOST = 512 * 1024**2

# A stem, and the checksum of the paths of the fact files: see `cache.place`.
_NAME = re.compile(r".*-[0-9a-f]{8}\.sqlite", re.DOTALL)


class Kept(NamedTuple):
    """An index in the cache: when it was used last, its size in bytes, and the version of it.

    The version is the number of its format and that of the program that made it.
    """

    used: float
    size: int
    path: Path
    version: tuple[object, object]


def kept(folder: Path) -> list[Kept]:
    """Return the indexes in a folder, the longest unused first; what is not ours is left out."""
    return sorted(_kept(folder))


def _kept(folder: Path) -> Iterator[Kept]:
    with suppress(OSError):
        for path in folder.iterdir():
            if _NAME.fullmatch(path.name) and not path.is_symlink():
                with suppress(OSError, ValueError, sqlite3.Error):
                    yield _looked_at(path)


def _looked_at(path: Path) -> Kept:
    """Return what is known of an index; raises sqlite3.Error for what is none of ours."""
    status = path.stat()
    # Opened to be read and never locked, as for a look-up.
    with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro&immutable=1", uri=True)) as index:
        ((format_, program),) = index.execute("SELECT format, version FROM made").fetchall()
        index.execute("SELECT path, size, mtime_ns, ctime_ns FROM file LIMIT 0")
    return Kept(status.st_mtime, status.st_size, path, (format_, program))


def prune(folder: Path, current: Path, version: tuple[object, object]) -> None:
    """Remove old indexes from a folder, never the current one.

    Those go that have not been used for 30 days, or for a day where they are of another version;
    and of the rest the longest unused, until all together take at most 512 MiB.
    """
    now = time.time()
    there = kept(folder)
    total = sum(index.size for index in there)
    for index in there:
        allowed = _UNUSED if index.version == version else _UNUSED_OF_OTHERS
        if index.path != current and (now - index.used > allowed or total > _MOST):
            with suppress(OSError):
                index.path.unlink()
                total -= index.size
