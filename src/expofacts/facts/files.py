"""Which files a collection is made of."""

import os
import stat
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from expofacts.errors import FactFileError, Problem

ENVIRONMENT = "EXPOFACTS_FACTS"


# Standard input, as commands are given it; and where a shell hands over what a program writes.
STANDARD_INPUT = "-"
_HANDED_OVER = ("/dev/stdin", "/dev/fd/", "/proc/self/fd/")

# What has been read of streams: they can be read only once, and are asked for again and again.
# By what a stream is, for the next pipe may well have the name of the last.
_read: dict[tuple[int, int], bytes] = {}


class Stamp(NamedTuple):
    """A fact file, and what changes when the file does."""

    path: str
    size: int
    mtime_ns: int
    ctime_ns: int


def chosen(given: Sequence[str] = ()) -> list[str]:
    """Return the files and folders in use: the given ones, else the environment's, else our own."""
    if given:
        return list(given)
    named = os.environ.get(ENVIRONMENT, "").split(os.pathsep)
    return [path for path in named if path] or [packaged()]


def packaged() -> str:
    """Return the folder of the facts that come with expofacts, installed or in a checkout."""
    package = Path(__file__).parents[1]
    installed = package / "data"
    return str(installed if installed.exists() else package.parents[1] / "data")


def stamps(paths: Sequence[str]) -> list[Stamp]:
    """Return the fact files that the paths name; raises FactFileError with what `find` cannot."""
    found, problems = find(paths)
    if problems:
        raise FactFileError(problems)
    return found


def find(paths: Sequence[str]) -> tuple[list[Stamp], list[Problem]]:
    """Return the fact files that the paths name, each once; a folder means all `*.toml` within it.

    With them, a problem for every path that cannot be read, is neither a file nor a folder, or
    is a folder without fact files.
    """
    problems: list[Problem] = []
    found: dict[tuple[int, int], Stamp] = {}
    for path in paths:
        if is_stream(path):
            try:
                found[_identity(path)] = Stamp(path, len(of_stream(path)), 0, 0)
            except OSError as error:
                problems.append(_unreadable(path, error))
            continue
        try:
            files = list(_within(path)) if Path(path).is_dir() else [path]
        except OSError as error:
            problems.append(_unreadable(path, error))
            continue
        if not files:
            problems.append(Problem(path, 0, 0, "E101", "a folder without .toml files"))
        for file in files:
            try:
                status = os.stat(file)
            except (OSError, ValueError) as error:
                problems.append(_unreadable(file, error))
                continue
            if not stat.S_ISREG(status.st_mode):
                problems.append(Problem(file, 0, 0, "E101", "cannot be read: not a regular file"))
                continue
            stamp = Stamp(file, status.st_size, status.st_mtime_ns, status.st_ctime_ns)
            found.setdefault((status.st_dev, status.st_ino), stamp)
    return list(found.values()), problems


def is_stream(path: str) -> bool:
    """Return whether a path is standard input, or a pipe that a shell hands over: <(...)."""
    if path == STANDARD_INPUT:
        return True
    try:
        return path.startswith(_HANDED_OVER) and stat.S_ISFIFO(os.stat(path).st_mode)
    except OSError:
        return False


def of_stream(path: str) -> bytes:
    """Return all that comes by a stream, which is read when it is first asked for.

    Raises OSError where it cannot be read.
    """
    stream = _identity(path)
    if stream not in _read:
        if path != STANDARD_INPUT:
            _read[stream] = Path(path).read_bytes()
        elif sys.stdin is None:
            raise OSError(0, "standard input is closed")
        else:
            _read[stream] = sys.stdin.buffer.read()
    return _read[stream]


def _identity(path: str) -> tuple[int, int]:
    """Return device and number of a stream; standard input has none, whatever it is."""
    if path == STANDARD_INPUT:
        return 0, 0
    status = os.stat(path)
    return status.st_dev, status.st_ino


def _unreadable(path: str, error: OSError | ValueError) -> Problem:
    where = getattr(error, "filename", None) or path
    reason = getattr(error, "strerror", None) or str(error)
    return Problem(str(where), 0, 0, "E101", f"cannot be read: {reason}")


def _within(folder: str) -> Iterator[str]:
    """Yield the fact files of a folder, in order of name; links to folders are followed once."""

    def fail(error: OSError) -> None:
        raise error

    seen: set[tuple[int, int]] = set()
    for root, folders, names in os.walk(folder, onerror=fail, followlinks=True):
        status = os.stat(root)
        if (status.st_dev, status.st_ino) in seen:  # a folder that contains itself
            folders.clear()
            continue
        seen.add((status.st_dev, status.st_ino))
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            if name.endswith(".toml") and not name.startswith("."):
                yield os.path.join(root, name)
