"""What can go wrong, and the exit code of each."""

from collections.abc import Sequence
from typing import NamedTuple


class ExpofactsError(Exception):
    """A failure that the user is told of in one sentence, without a traceback."""

    exit_code = 1


class ClosedPipe(ExpofactsError):  # noqa: N818  nobody is told of it, and nothing went wrong
    """Whoever read the output has seen enough."""

    exit_code = 0


class UsageError(ExpofactsError):
    """A region, speaker, id, field ... that the collection does not have."""

    exit_code = 2


class Problem(NamedTuple):
    """Something wrong in a fact file, or suspicious in it.

    Lines and columns count from 1, columns in characters; line 0 means the file as a whole.
    The code is stable: E and a number for an error, W and a number for a warning.
    """

    file: str
    line: int
    column: int
    code: str
    message: str

    @property
    def severity(self) -> str:
        """Return "error" or "warning"; with an error in it, nothing of a file is used."""
        return "warning" if self.code.startswith("W") else "error"

    @property
    def place(self) -> str:
        """Return "file:line:column", or the file alone."""
        return f"{self.file}:{self.line}:{self.column}" if self.line else self.file

    def __str__(self) -> str:
        # A key of the file may have line ends, and must not look like a problem of its own.
        return f"{self.place}: {self.code} {self.message}".replace("\n", "␊")


class FactFileError(ExpofactsError):
    """A fact file that cannot be read or is not valid, with every problem in it."""

    exit_code = 3

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = tuple(problems)


class OutputError(ExpofactsError):
    """The output cannot be written, for instance to a full disk."""

    exit_code = 4
