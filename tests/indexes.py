"""Indexes of collections that are in no file."""

import sqlite3
from pathlib import Path
from unittest.mock import patch

from expofacts.facts.load import Collection
from expofacts.index.build import build


def fill(connection: sqlite3.Connection, collection: Collection, folder: Path = Path()) -> None:
    """Write the tables of the index of a collection, as if all were in one file in the folder."""
    with patch("expofacts.index.build.read_valid", lambda _: collection):
        build(connection, [str(folder / "facts.toml")], lambda _: None, 1)
