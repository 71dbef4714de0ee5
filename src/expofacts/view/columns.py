"""Columns that the tables of several kinds of record have."""

from collections.abc import Iterable

from expofacts.facts.kinds import of_all_kinds
from expofacts.view import words
from expofacts.view.cells import FAINT, PLAIN, Cell, Column, Names, Record, field, lines


def region_list(ids: Iterable[str] | None, names: Names) -> str:
    """Return the regions by name."""
    return ", ".join(names.get(id_, id_) for id_ in ids or ())


def joined_names(ids: Iterable[str], names: Names) -> str:
    """Return the names of regions that something joins."""
    return " – ".join(names.get(id_, id_) for id_ in ids)


def joined(key: str, header: str) -> Column:
    """Return a column of the regions that a record joins."""
    return Column(header, lambda record, names: lines((joined_names(record[key], names), PLAIN)))


def paragraph(record: Record) -> str | None:
    """Return in which paragraph of its source a fact is, where that is known."""
    return record["paragraph"] and f"para.{words.NO_BREAK}{record['paragraph']}"


def _source(record: Record, _: Names) -> Cell:
    published = words.published(record)
    return lines((record["publisher"], PLAIN), (published, PLAIN), (paragraph(record), FAINT))


def _regions(record: Record, names: Names) -> Cell:
    return lines((region_list(record["regions"], names), PLAIN))


def _all_regions(record: Record, names: Names) -> Cell:
    keys = of_all_kinds(lambda key: key.regions)
    own_first = sorted(keys, key=lambda key: key == "regions")
    ids = dict.fromkeys(id_ for key in own_first for id_ in record.get(key) or ())
    return lines((region_list(ids, names), PLAIN))


def count(name: str, header: str) -> Column:
    """Return a column of numbers."""
    return field(name, header)._replace(figure=True)


REGIONS = Column("Regions", _regions)
ALL_REGIONS = Column("Regions", _all_regions)
SOURCE = Column("Source", _source, short=True)
