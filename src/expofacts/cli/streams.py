"""Standard output and standard error, and what may go wrong with them."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from io import TextIOWrapper
from typing import IO

from expofacts.errors import ClosedPipe, OutputError
from expofacts.view.safe_text import clean


def prepare() -> None:
    """Let nothing that is printed fail for its characters; what is no terminal gets UTF-8."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            encoding = None if stream.isatty() else "utf-8"
            stream.reconfigure(encoding=encoding, errors="backslashreplace", newline="\n")


@contextmanager
def standard_output() -> Iterator[IO[str]]:
    """Give standard output to write to; a failure to write has an exit code of its own."""
    try:
        yield sys.stdout
        sys.stdout.flush()
    except BrokenPipeError:
        forget(sys.stdout)
        raise ClosedPipe from None
    except OSError as error:
        if error.filename is not None:  # not of standard output
            raise
        forget(sys.stdout)
        raise OutputError(f"the output cannot be written: {error.strerror}") from None


def note(message: str, *, name: str = "expofacts: ") -> None:
    """Print a message for people to standard error, after the name of the program."""
    try:
        if sys.stderr:
            print(f"{name}{clean(message)}", file=sys.stderr)
    except OSError:  # there is nobody to tell, but the exit code still can
        forget(sys.stderr)


def forget(stream: IO[str]) -> None:
    """Keep Python from trying once more, as it exits, to write what could not be written."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
