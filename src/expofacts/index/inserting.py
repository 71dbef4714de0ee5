"""Rows into the tables of the index."""

import sqlite3
from collections.abc import Iterable, Mapping

from expofacts.index.rows import FIELD
from expofacts.index.sql import placeholders


def insert(connection: sqlite3.Connection, table: str, rows: Iterable[tuple[object, ...]]) -> None:
    """Insert the rows, each with all columns of the table."""
    columns = connection.execute(f"SELECT * FROM {table} LIMIT 0").description
    connection.executemany(f"INSERT INTO {table} VALUES ({placeholders(columns)})", rows)


def insert_words(
    connection: sqlite3.Connection,
    rows: Iterable[tuple[int, str, str, str, str]],
    names: Mapping[str, str],
) -> None:
    """Insert what is searched of facts: its names and those of its regions, its text, its notes.

    The rows have the number of the fact, its names, its text, its notes, and the ids of its
    regions with spaces between them; `names` has those of the regions.
    """
    searched = [
        (n, FIELD.join([of_fact, *(names[region] for region in regions.split())]), text, notes)
        for n, of_fact, text, notes, regions in rows
    ]
    insert(connection, "words", searched)
    statement = "INSERT INTO search (rowid, names, text, notes) VALUES (?, ?, ?, ?)"
    connection.executemany(statement, searched)
