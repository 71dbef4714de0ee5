"""Random histories of projects, for the laws that hold of every one."""

import sqlite3
from collections.abc import Sequence
from typing import Any

from hypothesis import strategies as st

from expofacts.facts.load import Collection
from tests.indexes import fill

STATES = ("proposed", "planned", "under construction", "completed", "open")
STATES += ("suspended", "cancelled")

DAYS = st.sampled_from(
    [
        *("2018", "2018-02", "2018-02-28", "2018-12-31", "2019", "2019-01-01", "2019-06"),
        *("2019-12-31", "2020", "2020-02", "2020-02-29", "2020-03-01", "2021-05-17"),
    ]
)
REPORTS = st.fixed_dictionaries(
    {"project": st.sampled_from(["bridge", "tunnel"]), "status": st.sampled_from(STATES)}
    | {"as_of": DAYS, "source": st.sampled_from(["a", "b"])},
    optional={"happened": DAYS, "expected": DAYS, "expected_status": st.sampled_from(STATES)},
)
HISTORIES = st.lists(REPORTS, max_size=7).map(
    lambda reports: [
        {**report, "id": f"r{n}", "name": "N", "mode": "M", "connects": []}
        for n, report in enumerate(reports)
    ]
)


def index_of(reports: Sequence[dict[str, Any]]) -> sqlite3.Connection:
    """Return the index of the reports: those of source a of 2020, those of b undated."""
    collection: Collection = {
        "sources": [
            {"id": "a", "publisher": "A", "published": "2020"},
            {"id": "b", "publisher": "B"},
        ],
        "regions": [],
        "quotes": [],
        "statistics": [],
        "infrastructure": list(reports),
        "mechanisms": [],
    }
    connection = sqlite3.connect(":memory:")
    fill(connection, collection)
    return connection
