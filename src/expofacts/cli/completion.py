"""Values for the shell to complete, from the collection that the command line names."""

import re
from collections.abc import Callable, Iterable
from os.path import expandvars
from pathlib import Path
from sqlite3 import Connection
from typing import Any

from expofacts.cli.output import FORMAT_NAMES
from expofacts.errors import ExpofactsError
from expofacts.facts.files import chosen, is_stream
from expofacts.index.ids import id_steps
from expofacts.index.opening import ask
from expofacts.index.resolve import SUBJECTS

# A shell puts values into its line as they are: nothing with a space, a quote or a dollar sign.
_PLAIN = re.compile(r"[^\W_][\w.:+-]*")

# More ids than these are offered a step at a time, as paths are: up to the next hyphen.
_MOST = 500

# The values that there are, in an index, for what somebody has begun to type.
Values = Callable[[Connection, str], Iterable[str]]


def completer(
    values: Values, *, several: bool = False
) -> Callable[[Any, list[str], str], list[str]]:
    """Return what Typer asks for the values that an option or argument may be completed to.

    Of `several` with commas between them, the last is the one to be completed.
    """

    def complete(ctx: Any, _: list[str], incomplete: str) -> list[str]:
        before, comma, start = incomplete.rpartition(",") if several else ("", "", incomplete)
        given = ctx.params.get("facts") or ()
        try:
            # A shell hands a word over as it is written, with ~ and $HOME.
            paths = chosen([str(Path(expandvars(one)).expanduser()) for one in given])
            if any(map(is_stream, paths)):
                return []  # nobody but the command itself may read it
            # As a list: what is asked of an index that is damaged is asked again.
            found = ask(paths, lambda index: list(values(index, start)))
        except (ExpofactsError, UnicodeError, RuntimeError):
            return []  # a shell's line is no place for what is wrong with a file
        plain = {value for value in found if value.startswith(start) and _PLAIN.fullmatch(value)}
        return [f"{before}{comma}{value}" for value in sorted(plain)]

    return complete


def choices(*filters: str) -> Values:
    """Return what completes the values of some filters: ids and slugs, and names in that form."""

    def values(index: Connection, _: str) -> Iterable[str]:
        statement = "SELECT DISTINCT value FROM choice WHERE filter = ?"
        rows = (row for filter_ in filters for row in index.execute(statement, [filter_]))
        # li-yunze is Li Yunze: names are compared without spaces and case.
        return ("-".join(value.lower().split()) for (value,) in rows)

    return values


subjects = choices(*SUBJECTS)


def ids(index: Connection, start: str) -> Iterable[str]:
    """Return the ids that begin so, or the steps to them where they are many."""
    return id_steps(index, start, _MOST)


def formats(index: Connection, _: str) -> Iterable[str]:
    """Return the names of the formats."""
    return FORMAT_NAMES
