"""An index made of fact files: from the old one where most of that still holds, else anew."""

import sqlite3
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path

from expofacts.errors import FactFileError, Problem
from expofacts.facts.files import Stamp, is_stream, stamps
from expofacts.index.cache import keep, made_from, opened, place
from expofacts.index.progress import Progress, after_a_second

# Two changes of a file within one tick of the file system's clock look the same; ticks of
# 10 ms are the longest of the file systems in use that count in fractions of a second.
_TICK_NS = 10_000_000

# Bytes of facts that take more than a second to read on any machine.
_LARGE = 10_000_000

# How often files are read that are written to meanwhile.
_TRIES = 3


def make(paths: Sequence[str], progress: Progress | None, *, workers: bool) -> sqlite3.Connection:
    """Return an index made from the fact files, kept if that can be.

    Raises FactFileError with every problem.
    """
    from expofacts.facts.load import load
    from expofacts.facts.valid_file import Refused

    for _ in range(_TRIES):
        files = stamps(paths)
        _wait_for_the_clock(files)
        try:
            index = _of_files(paths, files, progress, workers=workers)
        except Refused:
            load([file.path for file in files])  # says what is wrong
            continue
        if stamps(paths) == files:
            return index
        index.close()
    raise FactFileError([Problem(paths[0], 0, 0, "E101", "is written to all the time: try again")])


def _wait_for_the_clock(files: Sequence[Stamp]) -> None:
    """Wait until the next change of a file will be seen by its time."""
    now = time.time_ns()
    stamped = (when for file in files for when in (file.mtime_ns, file.ctime_ns) if when <= now)
    if (age := now - max(stamped, default=0)) < _TICK_NS:
        time.sleep((_TICK_NS - age) / 1e9)


def _of_files(
    paths: Sequence[str], files: Sequence[Stamp], progress: Progress | None, *, workers: bool
) -> sqlite3.Connection:
    """Return an index of the files, from the old one where most of that still holds.

    Raises Refused where they are not valid.
    """
    from expofacts.index.build import Outdated, build, renew
    from expofacts.index.workers import workers_for

    path = None if any(map(is_stream, paths)) else place(paths)

    def kept(read: Sequence[int], write: Callable[..., None]) -> sqlite3.Connection:
        size = sum(files[n].size for n in read)
        count = workers_for(len(read), size) if workers else 1
        report = after_a_second(progress, at_once=size > _LARGE)
        done = _share_done(report, files, size)
        try:
            names = [file.path for file in files]
            return keep(path, files, lambda new: write(new, names, done, count))
        finally:
            report("")

    if path and (changed := _changed(path, files)):
        with suppress(Outdated, sqlite3.DatabaseError):
            return kept(changed, partial(renew, old=path, changed=changed))
    many = sum(file.size for file in files) > _LARGE
    return kept(range(len(files)), partial(build, many=many))


def _share_done(report: Progress, files: Sequence[Stamp], size: int) -> Callable[[int], None]:
    """Return what reports how much of so many bytes is done, given the number of each file done."""
    done = 0

    def of_bytes(more: int) -> None:
        nonlocal done
        done += more
        report(f"indexing {size / 1e6:.0f} MB of facts: {done / max(size, 1):.0%}")

    of_bytes(0)
    return lambda number: of_bytes(files[number].size)


def _changed(path: Path, files: Sequence[Stamp]) -> list[int]:
    """Return the numbers of the files that have changed since an index of the same was made.

    None where there is no such index, or less than half of it still holds: then all are read.
    """
    connection, known = opened(path)
    if connection:
        connection.close()
    now = made_from(files)
    if [file[0] for file in known] != [file[0] for file in now]:
        return []
    changed = [n for n, file in enumerate(now) if file != known[n]]
    size = sum(files[n].size for n in changed)
    return changed if 2 * size < sum(file.size for file in files) else []
