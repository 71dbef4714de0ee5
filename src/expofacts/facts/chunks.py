"""Fact files in chunks, each read by itself: fast, in little memory, and only where all is well.

A file is cut before headers such as `[[quotes]]`, and each chunk is parsed and validated like a
file of its own. Whatever is wrong, or only unusual, ends in `Refused`; then `load` reads the files
whole, and it alone says what is wrong with them and where.

So nothing may pass here that `load` refuses. It cannot:

- A parser of TOML goes from left to right. Where a cut lies in a text or a list of several lines,
  the chunk before it ends in one that is not closed, which is an error. Hence, from the first one
  on, each cut lies between two tables, where no key or text is open.
- What TOML forbids between far parts of a file is that a table or key is defined twice. Before the
  first header, a file of several chunks may say nothing but its format; all that follows is
  validated as lists of flat records, which are what `[[quotes]]` may be written for again and
  again, in any chunk. A `[quotes]`, `[quotes.x]` or `[format]` is refused by itself.
- What holds between records is checked where all chunks come together: each reference is looked
  up as rows are made (`index/rows.py`), and an id that is taken does not get into the index.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from expofacts.errors import FactFileError
from expofacts.facts.kinds import FORMAT
from expofacts.facts.load import MARK, Collection, check_shape, collect, fill_in, parse
from expofacts.facts.model import TABLES
from expofacts.facts.references import Parsed, check_collection, check_records

_FORMAT = b"format = %d\n" % FORMAT

# Bytes of a chunk, as a rule. Half a megabyte to four were equally fast; memory grows with it.
SIZE = 1_000_000

_HEADER = re.compile(rb"\n\[\[(?:%s)\]\]" % "|".join(TABLES).encode())
_HEADER_OF_PLACES = re.compile(rb"\n\[\[(?:sources|regions)\]\]")
_ANY_HEADER = re.compile(rb"\n\[")


class Refused(Exception):  # noqa: N818  not an error of anybody's: `load` is asked instead
    """A fact file that is not valid, or not of the usual form."""


class Chunk(NamedTuple):
    """A part of a fact file: the number of the file, its path, where the part begins and ends.

    `source` is the id of the one source of the whole file, if it has just one.
    """

    file: int
    path: str
    begin: int
    end: int
    size: int
    source: str | None


class Survey(NamedTuple):
    """What is known of a fact file before it is read: its sources and regions, and its chunks."""

    path: str
    places: dict[str, Any]
    chunks: list[Chunk]


def survey(number: int, path: str) -> Survey:
    """Return what can be seen of a fact file at a glance; raises Refused.

    Its sources and regions are those in plain sight. Who reads the chunks compares.
    """
    try:
        source = Path(path).read_bytes()
    except OSError:
        raise Refused from None
    tables = _valid(path, b"\n".join(_places(source)))
    places = {"sources": tables.get("sources", []), "regions": tables.get("regions", [])}
    own = [one["id"] for one in places["sources"]]
    only = own[0] if len(own) == 1 else None
    chunks = [Chunk(number, path, *ends, len(source), only) for ends in _cuts(source)]
    return Survey(path, places, chunks)


def gather(surveys: Sequence[Survey]) -> Collection:
    """Return the sources and regions of all files as `load` does, without facts; raises Refused."""
    files = [Parsed(survey.path, survey.places) for survey in surveys]
    if any(check_collection(files)):
        raise Refused
    return collect(files)


def read_chunk(chunk: Chunk, published: Mapping[str, str]) -> dict[str, Any]:
    """Return the tables of a chunk, valid and with what facts leave to their source filled in.

    `published` has the dates of the sources that have one. Raises Refused. What a fact refers to
    is not looked up here.
    """
    try:
        with Path(chunk.path).open("rb") as file:
            file.seek(chunk.begin)
            source = file.read(chunk.end - chunk.begin)
    except OSError:
        raise Refused from None
    if chunk.begin:
        source = _FORMAT + source
    elif chunk.end < chunk.size and _parsed(chunk.path, _preamble(source)).keys() != {"format"}:
        raise Refused
    tables = _valid(chunk.path, source)
    if any(check_records([Parsed(chunk.path, tables)])):
        raise Refused
    try:
        fill_in(tables, chunk.source, published)
    except KeyError:
        raise Refused from None
    return tables


def _parsed(path: str, source: bytes) -> dict[str, Any]:
    try:
        return parse(path, source.removeprefix(MARK))
    except FactFileError:
        raise Refused from None


def _valid(path: str, source: bytes) -> dict[str, Any]:
    tables, wrong = check_shape(path, _parsed(path, source))
    if tables is None or wrong:
        raise Refused
    return tables


def _cuts(source: bytes) -> Iterator[tuple[int, int]]:
    """Yield where each chunk begins and ends."""
    begin = end = 0
    while end < len(source):
        end = next(_headers(_HEADER, source, begin, begin + SIZE), len(source))
        yield begin, end
        begin = end


def _places(source: bytes) -> Iterator[bytes]:
    """Yield what stands before the first header, and each source and region."""
    yield _preamble(source)
    for at in _headers(_HEADER_OF_PLACES, source, 0, 0):
        yield source[at : next(_headers(_ANY_HEADER, source, at, at), len(source))]


def _preamble(source: bytes) -> bytes:
    return source[: next(_headers(_ANY_HEADER, source, 0, 0), len(source))]


def _headers(pattern: re.Pattern[bytes], source: bytes, begin: int, after: int) -> Iterator[int]:
    """Yield where headers are, but for those within a text of several lines.

    `begin` is where a table begins. This is a guess, good for all but odd texts and comments.
    """
    marks = 0
    for match in pattern.finditer(source, after):
        at = match.start() + 1
        marks += source.count(b'"""', begin, at) + source.count(b"'''", begin, at)
        begin = at
        if marks % 2 == 0:
            yield at
