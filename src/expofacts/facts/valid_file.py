"""A fact file that is valid by itself, read whole. What is wrong with others, `load` says."""

from typing import Any

from expofacts.errors import FactFileError
from expofacts.facts.kinds import KINDS
from expofacts.facts.load import check_shape, fill_in, parse, read
from expofacts.facts.references import Parsed, check_records

Tables = dict[str, list[dict[str, Any]]]


class Refused(Exception):  # noqa: N818  not an error of anybody's: `load` is asked what is wrong
    """A fact file, or a collection of them, that is not valid."""


def read_valid(path: str) -> Tables:
    """Return the records of a fact file by table, with what facts leave to its sources filled in.

    A fact whose source is in another file may be without `as_of`. Raises Refused, also for a file
    that cannot be read; what holds between files is not looked at.
    """
    try:
        tables, wrong = check_shape(path, parse(path, read(path)))
    except FactFileError:
        raise Refused from None
    if tables is None or wrong or any(check_records([Parsed(path, tables)])):
        raise Refused
    sources = tables.get("sources", [])
    own = {source["id"]: source for source in sources}
    fill_in(tables, sources[0]["id"] if len(sources) == 1 else None, own)
    for kind in KINDS.values():
        for fact in tables.get(kind.table, ()):
            if "source" not in fact or ("as_of" not in fact and fact["source"] in own):
                raise Refused
    return tables
