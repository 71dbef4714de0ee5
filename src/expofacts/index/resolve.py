"""What a person means by a value: ids, slugs or names as the collection has them."""

import sqlite3
from collections.abc import Sequence

from expofacts.errors import UsageError
from expofacts.facts.folding import fold
from expofacts.facts.key_markers import SUBJECT, Filter
from expofacts.facts.kinds import of_all_kinds
from expofacts.facts.suggestions import did_you_mean, there_is
from expofacts.index.sql import placeholders

# The filters by a key of some kind of fact.
KEYS: dict[str, Filter] = {
    name: key.filter for name, key in of_all_kinds(lambda key: key.filter).items() if key.filter
}

# What claims can be about, of which several sources may have some to make. Where a name is one of
# several, the first counts: what a fact file meant before there were others, it still means.
SUBJECTS = tuple(
    dict.fromkeys(("project", "indicator", *of_all_kinds(lambda key: SUBJECT in key.marks)))
)

# Filters by ids and slugs. One given to the letter is that one, even where others read like it.
_BY_ID = ("region", "source", "topic", *(name for name, key in KEYS.items() if key.is_slug))


def resolve(index: sqlite3.Connection, filter_: str, value: str) -> list[str]:
    """Return what a person means by a value: ids, slugs or names as the collection has them.

    Any name, alias or code will do, without regard to case, accents, spaces and hyphens. Raises
    UsageError for a value that nothing goes by, and for a name that several regions have.
    """
    rows = index.execute(
        "SELECT value FROM choice WHERE filter = ? AND name = ?", [filter_, fold(value)]
    )
    found = [name for (name,) in rows]
    if value in found and filter_ in _BY_ID:
        return [value]
    if len(found) == 1 or (found and filter_ != "region"):
        return found
    if found:
        raise UsageError(
            f'region "{value}" may be any of {", ".join(found)}; give one of these ids'
        )
    raise UsageError(f'unknown {filter_} "{value}"{_near(index, [filter_], value)}')


def resolve_subject(index: sqlite3.Connection, value: str) -> tuple[str, list[str]]:
    """Return the filter that knows a value, one of `SUBJECTS`, and what it means there.

    Otherwise as `resolve`. Where several know it, a slug given to the letter counts for more than
    a name, a project for more than an indicator, and that for more than a series.
    """
    found = index.execute(
        f"SELECT filter FROM choice WHERE filter IN ({placeholders(SUBJECTS)}) AND name = ?"
        " ORDER BY value = ? DESC, instr(?, ' ' || filter || ' ')",
        [*SUBJECTS, fold(value), value, f" {' '.join(SUBJECTS)} "],
    ).fetchone()
    if not found:
        *others, last = SUBJECTS
        what = f"{', '.join(others)} or {last}"
        raise UsageError(f'unknown {what} "{value}"{_near(index, SUBJECTS, value)}')
    return found[0], resolve(index, found[0], value)


def _near(index: sqlite3.Connection, filters: Sequence[str], value: str) -> str:
    """Return the end of an error message: which values are near, or else which there are."""
    known = index.execute(
        f"SELECT name, value FROM choice WHERE filter IN ({placeholders(filters)}) ORDER BY value",
        filters,
    ).fetchall()
    near = did_you_mean(value, dict(known), meant=dict(known))
    return near or there_is(value for _, value in known)
