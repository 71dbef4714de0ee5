"""What a fact file must keep beyond the shape of its records: ids, references, regions.

Every rule reads records as they were parsed, so that one file with a wrong type in one record
still has all other problems named; values of a wrong type are the business of the model.
"""

from collections.abc import Iterator, Mapping, Sequence
from graphlib import CycleError, TopologicalSorter
from typing import Any, NamedTuple

from expofacts.facts.folding import fold
from expofacts.facts.kinds import KINDS, region_keys, tables
from expofacts.facts.locate import Place
from expofacts.facts.punctuation import QUOTATION_MARKS, TITLE_MARKS
from expofacts.facts.suggestions import did_you_mean
from expofacts.plurals import counted

Record = Mapping[str, Any]

# What is said of a source or a region that no file has.
REFERENCES = ("E132", "E133")

_DEEPEST = 100
# What a paraphrase must not stand between. A title alone is none either.
MARKS = tuple(QUOTATION_MARKS + TITLE_MARKS)


class Finding(NamedTuple):
    """Something wrong or suspicious at a place in a file.

    `at_key` points at the key instead of the value; `other` is a second place that the message
    ends with.
    """

    file: str
    place: Place
    code: str
    message: str
    at_key: bool = False
    other: tuple[str, Place] | None = None


class Parsed(NamedTuple):
    """A fact file as parsed: its path, and its tables of records."""

    path: str
    tables: Mapping[str, Any]

    def records(self, table: str) -> Iterator[tuple[Place, Record]]:
        """Yield the place and the record of each record of the table that is one."""
        records = self.tables.get(table)
        for index, record in enumerate(records if isinstance(records, list) else ()):
            if isinstance(record, dict):
                yield (table, index), record


def check_collection(files: Sequence[Parsed]) -> Iterator[Finding]:
    """Yield what is wrong between the records of one or more files."""
    yield from check_ids(files)
    yield from check_records(files)
    yield from check_sources(files)
    yield from check_regions(files)
    yield from check_region_names(files)
    yield from check_region_circles(files)


def check_ids(files: Sequence[Parsed]) -> Iterator[Finding]:
    """Yield each id that an earlier record of any file has already."""
    ids = [
        str(record.get("id"))
        for file in files
        for table in tables()
        for _, record in file.records(table)
    ]
    if len(set(ids)) == len(ids):  # as a rule; then no place needs to be kept
        return
    first: dict[str, tuple[str, Place]] = {}
    for file in files:
        for table in tables():
            for place, record in file.records(table):
                id_ = record.get("id")
                if not isinstance(id_, str):
                    continue
                earlier = first.setdefault(id_, (file.path, (*place, "id")))
                if earlier != (file.path, (*place, "id")):
                    message = f'id "{id_}" is taken already, at '
                    yield Finding(file.path, (*place, "id"), "E131", message, other=earlier)


def check_records(files: Sequence[Parsed]) -> Iterator[Finding]:
    """Yield what is wrong within single records, beyond the shape of their values."""
    yield from check_alternatives(files)
    yield from check_paraphrases(files)


def check_alternatives(files: Sequence[Parsed]) -> Iterator[Finding]:
    """Yield each fact that has none of the keys of which it has to have one."""
    for kind in KINDS.values():
        if kind.one_of:
            names = " or ".join(f'"{key}"' for key in kind.one_of)
            message = f"missing key {names}"
            for file in files:
                for place, fact in file.records(kind.table):
                    if not any(key in fact for key in kind.one_of):
                        yield Finding(file.path, place, "E112", message)


def check_paraphrases(files: Sequence[Parsed]) -> Iterator[Finding]:
    """Yield each paraphrase that would read as a quotation: all of it in quotation marks."""
    for file in files:
        for place, quote in file.records("quotes"):
            text = quote.get("text")
            if quote.get("speech") == "indirect" and isinstance(text, str):
                stripped = text.strip()
                if stripped[:1] in MARKS and stripped[-1:] in MARKS:
                    message = '"text" of indirect speech must not stand in quotation marks'
                    yield Finding(file.path, (*place, "text"), "E139", message)


def check_sources(files: Sequence[Parsed]) -> Iterator[Finding]:
    """Yield each fact without a source that exists, or without a day for which it holds."""
    sources = _by_id(files, "sources")
    for file in files:
        own = [source for _, source in file.records("sources")]
        for kind in KINDS.values():
            for place, fact in file.records(kind.table):
                name = fact.get("source")
                if name is None:
                    if len(own) != 1:
                        count = "no source" if not own else counted(len(own), "source")
                        message = f'missing key "source": this file has {count}'
                        yield Finding(file.path, place, "E134", message)
                        continue
                    source = own[0]
                elif not isinstance(name, str):
                    continue
                elif name not in sources:
                    near = did_you_mean(name, sources)
                    message = f'unknown source "{name}"{near}'
                    yield Finding(file.path, (*place, "source"), "E132", message)
                    continue
                else:
                    source = sources[name]
                if "published" not in source and "as_of" not in fact:
                    message = f'missing key "as_of": source "{source.get("id")}" has no "published"'
                    yield Finding(file.path, place, "E135", message)


def check_regions(files: Sequence[Parsed]) -> Iterator[Finding]:
    """Yield each reference to a region that no file has."""
    known = _by_id(files, "regions")
    for file in files:
        for table, of_table in tables().items():
            for place, record in file.records(table):
                for key in region_keys(of_table):
                    if key not in record:
                        continue
                    for index, name in enumerate(texts(record[key])):
                        if name is not None and name not in known:
                            near = did_you_mean(name, known)
                            message = f'unknown region "{name}"{near}'
                            yield Finding(file.path, (*place, key, index), "E133", message)


def check_region_names(files: Sequence[Parsed]) -> Iterator[Finding]:
    """Yield each alias or ISO code that is also a name of another region.

    Two regions may share their `name`, as towns do: who asks for it is shown both. An alias
    that leads to two regions is a mistake.
    """
    first: dict[str, tuple[str, str]] = {}
    regions = [(file, *item) for file in files for item in file.records("regions")]
    for _, _, region in regions:
        for key in ("id", "name"):
            if isinstance(name := region.get(key), str):
                first.setdefault(fold(name), (str(region.get("id")), name))
    for file, place, region in regions:
        id_ = str(region.get("id"))
        names: list[tuple[Place, str | None]] = [
            (("aliases", index), name) for index, name in enumerate(texts(region.get("aliases")))
        ]
        names += [(("iso",), name) for name in texts([region.get("iso")])]
        for where, name in names:
            if name is None:
                continue
            owner, as_written = first.setdefault(fold(name), (id_, name))
            if owner != id_:
                message = f'"{name}" is a name of region "{owner}" already'
                message += "" if name == as_written else f' ("{as_written}")'
                yield Finding(file.path, (*place, *where), "E136", message)


def check_region_circles(files: Sequence[Parsed]) -> Iterator[Finding]:
    """Yield a finding if regions lie within each other in a circle, or deeper than any map goes.

    All that lies around a region is kept with it, so a chain of thousands would fill the disk.
    """
    graph: dict[str, list[str]] = {}
    places: dict[str, tuple[str, Place]] = {}
    for file in files:
        for place, region in file.records("regions"):
            id_ = str(region.get("id"))
            graph[id_] = [name for name in texts(region.get("within")) if name is not None]
            places[id_] = (file.path, (*place, "within"))
    try:
        order = list(TopologicalSorter(graph).static_order())
    except CycleError as error:
        # The sorter names the circle from the outermost region inwards.
        circle: list[str] = error.args[1][::-1]
        message = f"regions lie within each other in a circle: {' in '.join(circle)}"
        yield Finding(*places[circle[0]], "E137", message)
        return
    depth: dict[str, int] = {}
    for id_ in order:
        depth[id_] = 1 + max((depth[outer] for outer in graph.get(id_, ())), default=0)
        if depth[id_] > _DEEPEST:
            message = f"regions lie within each other {_DEEPEST} deep and more"
            yield Finding(*places[id_], "E138", message)
            return


def _by_id(files: Sequence[Parsed], table: str) -> dict[str, Record]:
    """Return the records of a table by id; those without one are left out."""
    records = (record for file in files for _, record in file.records(table))
    return {record["id"]: record for record in records if isinstance(record.get("id"), str)}


def texts(value: object) -> list[str | None]:
    """Return a list with what is not a text replaced by None, or an empty list for no list."""
    if not isinstance(value, list):
        return []
    return [item if isinstance(item, str) else None for item in value]
