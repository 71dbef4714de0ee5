"""The command that writes a collection to a file for others."""

from collections.abc import Callable
from pathlib import Path
from sqlite3 import Connection

from expofacts.cli import options
from expofacts.cli.output import look_up
from expofacts.errors import UsageError
from expofacts.facts.files import chosen
from expofacts.facts.suggestions import there_is
from expofacts.index.export_writing import (
    as_json,
    as_jsonl,
    check_target,
    export_database,
    export_text,
    records,
)
from expofacts.index.query import region_names
from expofacts.view.document import document

# What is written, by the ending of the file's name.
WRITERS: dict[str, Callable[[str, Connection], None]] = {
    ".db": export_database,
    ".sqlite": export_database,
    ".json": lambda file, index: export_text(file, as_json(index)),
    ".jsonl": lambda file, index: export_text(file, as_jsonl(index)),
    ".md": lambda file, index: export_text(file, document(records(index), region_names(index))),
}


def _run(file: str, facts: list[str] | None, force: bool) -> int:
    write = WRITERS.get(Path(file).suffix.lower())
    if not write:
        raise UsageError(f'"{file}" has no known ending{there_is(WRITERS)}')
    paths = chosen(facts or ())
    check_target(file, paths, force=force)
    look_up(paths, lambda index: write(file, index))
    return 0


export = options.command(
    _run,
    """All facts as one file for others: a database, JSON, or Markdown to read.

    expofacts export facts.db
    expofacts export facts.json --force
    expofacts export facts.md

    A database is for SQL, and for Datasette: see docs/publish.md. JSON is one object with a list of
    records for each table, .jsonl a record a line. The file is written whole or not at all.
    """,
    [
        options.argument("file", f"File to write. Its name ends in {', '.join(WRITERS)}."),
        options.facts(),
        options.flag("force", "Overwrite a file that is there.", panel="Output"),
    ],
)
