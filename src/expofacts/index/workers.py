"""Processes that help to read large fact files. They hand over bytes and know nothing of facts.

Not multiprocessing: it would run the program of whoever uses expofacts as a library once more in
each process, and ask them to guard it against that.
"""

import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from subprocess import Popen

# Bytes of facts from which on it pays to start processes: each needs 0.15 s to begin.
_MANY = 2_500_000

# More would wait for the one process that writes the index.
_MOST = 3

# Bytes that give the length of what is handed over. More than the longest is no length, but what
# something else has written.
_LENGTH = 8
_LONGEST = 2**32

# -P: nothing is imported from the folder that the user happens to be in.
_PROGRAM = (
    "-P",
    "-c",
    "import sys; sys.path[:] = sys.argv[1:]; from expofacts.index.chunk_rows import work; work()",
)

Workers = Sequence["Popen[bytes]"]


@contextmanager
def worker_pool(size: int) -> Iterator[Workers]:
    """Give the processes that help with so many bytes of facts, none for few; end them at last."""
    workers: list[Popen[bytes]] = []
    try:
        if size > _MANY and _is_python(sys.executable) and (cores := _cores()) > 1:
            # Where no process can be started, we are alone.
            with suppress(OSError), _uninterrupted():
                for _ in range(min(cores, _MOST)):
                    workers.append(_start())
        yield workers
    finally:
        for process in workers:
            process.kill()
            with suppress(OSError), process:  # closes its pipes and waits for it
                pass


@contextmanager
def _uninterrupted() -> Iterator[None]:
    """Hold Ctrl-C back, so that no process is started that we do not know of.

    What is started takes no notice of it either: a terminal tells all of us, and we end the others.
    """
    if sys.platform == "win32":
        yield
        return
    import signal

    before = signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGINT])
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def send_task(process: "Popen[bytes]", task: bytes) -> None:
    """Give a process all that it has to do; one that has ended takes no notice."""
    if process.stdin:
        with suppress(OSError):
            process.stdin.write(task)
            process.stdin.close()


def receive(process: "Popen[bytes]") -> bytes | None:
    """Return the next that a process has made, or None if it has ended."""
    if not process.stdout:
        return None
    length = int.from_bytes(process.stdout.read(_LENGTH), "little")
    if not 0 < length < _LONGEST:
        return None
    result = process.stdout.read(length)
    return result if len(result) == length else None


def read_task() -> bytes:
    """Return, in a process of the workers, what it has to do."""
    return sys.stdin.buffer.read()


def send_result(result: bytes) -> None:
    """Hand over, in a process of the workers, what it has made."""
    sys.stdout.buffer.write(len(result).to_bytes(_LENGTH, "little"))
    sys.stdout.buffer.write(result)
    sys.stdout.buffer.flush()


def _cores() -> int:
    """Return how many processes can run at once."""
    return len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count() or 1


def _is_python(program: str | None) -> bool:
    """Return whether a program is a Python, not one that has a Python in it."""
    return Path(program or "").name.lower().startswith(("python", "pypy"))


def _start() -> "Popen[bytes]":
    from subprocess import DEVNULL, PIPE, Popen

    # If it fails we do its work, so nobody need be told.
    return Popen([sys.executable, *_PROGRAM, *sys.path], stdin=PIPE, stdout=PIPE, stderr=DEVNULL)
