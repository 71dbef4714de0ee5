"""Values for the shell to complete, from the collection that the command line names."""

import re
from collections.abc import Callable, Iterable
from os.path import expandvars
from pathlib import Path
from sqlite3 import Connection

import typer

from expofacts.cli.output import FORMAT_NAMES
from expofacts.errors import ExpofactsError
from expofacts.facts.files import chosen
from expofacts.index import query
from expofacts.index.cache import ask
from expofacts.index.ids import id_steps

# A shell puts values into its line as they are: nothing with a space, a quote or a dollar sign.
_PLAIN = re.compile(r"[^\W_][\w.:+-]*")

# More ids than these are offered a step at a time, as paths are: up to the next hyphen.
_MOST = 500

# What the commands are about whose fields are named otherwise than their kind.
_KINDS = {
    "quotes": ["quote"],
    "stats": ["statistic"],
    "infra": ["infrastructure"],
    "infrastructure": ["infrastructure"],
    "mechanisms": ["mechanism"],
    "regions": ["region"],
    "sources": ["source"],
    "topics": ["topic"],
    "speakers": ["speaker"],
}

Complete = Callable[[typer.Context, str], list[str]]


def completer(name: str) -> Complete:
    """Return what completes a value of a filter, or `format`, `style`, `fields` or `ids`."""

    def complete(ctx: typer.Context, incomplete: str) -> list[str]:
        # Of a list of fields, the last is the one to be completed.
        before, comma, start = (
            incomplete.rpartition(",") if name == "fields" else ("", "", incomplete)
        )
        given = ctx.params.get("facts")
        try:
            # As a list: what is asked of an index that is damaged is asked again.
            found = ask(
                # A shell hands a word over as it is written, with ~ and $HOME.
                chosen([str(Path(expandvars(one)).expanduser()) for one in given or ()]),
                lambda index: list(_values(index, name, start, ctx.info_name or "")),
            )
        except (ExpofactsError, UnicodeError, RuntimeError):
            return []  # a shell's line is no place for what is wrong with a file
        plain = {value for value in found if value.startswith(start) and _PLAIN.fullmatch(value)}
        return [f"{before}{comma}{value}" for value in sorted(plain)]

    return complete


def _values(index: Connection, name: str, start: str, command: str) -> Iterable[str]:
    """Return the values that there are: ids and slugs, and names in that form."""
    if name == "format":
        return FORMAT_NAMES
    if name == "style":
        from expofacts.view.citation import STYLES

        return STYLES
    if name == "fields":
        return _fields(index, command)
    if name == "ids":
        return id_steps(index, start, _MOST)
    filters = ("project", "indicator") if name == "subject" else (name, name)
    rows = index.execute("SELECT DISTINCT value FROM choice WHERE filter IN (?, ?)", filters)
    # li-yunze is Li Yunze: names are compared without spaces and case.
    return ("-".join(value.lower().split()) for (value,) in rows)


def _fields(index: Connection, command: str) -> Iterable[str]:
    """Return the fields that a command knows."""
    match command:
        case "timeline":
            from expofacts.compare import timelines

            return [field for fields in timelines.FIELDS.values() for field in fields]
        case "conflicts":
            from expofacts.view import contradiction_view

            return contradiction_view.FIELDS
        case "verify":
            from expofacts.verify import phrases

            return phrases.FIELDS
        case "search":
            from expofacts.cli.search import fields_of_hits

            return fields_of_hits(index)
        case _:
            kinds = _KINDS.get(command, query.FACTS)
            return [field for kind in kinds for field in query.fields(index, kind)]
