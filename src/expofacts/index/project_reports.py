"""The reports on projects, in the order of history."""

import sqlite3
from collections.abc import Iterator

from expofacts.index.filters import Filters, conditions
from expofacts.index.history_order import DATED, HISTORY
from expofacts.index.query import lines


def history(index: sqlite3.Connection, filters: Filters) -> Iterator[str]:
    """Return the reports on projects that match, one project after the other, as lines of JSON.

    Those of a project are in the order of history, that is of the days on which it came into the
    states that are reported, else of the days for which these are reported; projects in the order
    of their first. Raises UsageError as `select` does.
    """
    where, values = conditions(index, "infrastructure", filters)
    rows = index.execute(
        "SELECT data FROM (SELECT n, place, min(place) OVER (PARTITION BY project) AS began FROM"
        f" (SELECT n, project, row_number() OVER (ORDER BY {HISTORY}) AS place"
        f" FROM {DATED} WHERE {where})) JOIN record USING (n) ORDER BY began, place",
        values,
    )
    return lines(rows)
