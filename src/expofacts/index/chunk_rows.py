"""Chunks of fact files made into rows of the index, by the processes of a crew or by ourselves."""

import gc
import marshal
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from expofacts.facts.chunks import Chunk, Refused, read_chunk
from expofacts.index.rows import FILE, Places, Rows, Tally, rows
from expofacts.index.workers import Crew, deliver, hand_over, receive, task


class Made(NamedTuple):
    """What a chunk is made into; and its sources and regions, as they are."""

    rows: Rows
    tally: Tally
    places: dict[str, list[dict[str, Any]]]


def make_all(chunks: Sequence[Chunk], around: Places, crew: Crew) -> Iterator[Made]:
    """Set the crew to work at once, and return what each chunk is made into, in their order.

    What the crew fails to make, for whatever reason, is made here when its turn comes; only then
    Refused is raised.
    """
    for n, process in enumerate(crew):
        share = [tuple(chunk) for chunk in chunks[n :: len(crew)]]
        hand_over(process, marshal.dumps((tuple(around), share)))

    def made(n: int) -> Made:
        if crew and (received := receive(crew[n % len(crew)])):
            made, tally, places = marshal.loads(received)
            return Made(made, Tally(*tally), places)
        return make(chunks[n], around)

    return map(made, range(len(chunks)))


def make(chunk: Chunk, around: Places) -> Made:
    """Return what a chunk is made into; raises Refused."""
    dated = {id_: day for id_, source in around.sources.items() if (day := source["published"])}
    tables = read_chunk(chunk, dated)
    try:
        made, tally = rows(tables, chunk.file * FILE + chunk.begin, around)
    except KeyError:
        raise Refused from None
    return Made(made, tally, {table: tables.get(table, []) for table in ("sources", "regions")})


def serve() -> None:
    """Make, in a process of the crew, what it is given to make; it ends where that fails."""
    gc.disable()  # there is no garbage, and much to search in vain
    around, chunks = marshal.loads(task())
    for chunk in chunks:
        made = make(Chunk(*chunk), Places(*around))
        deliver(marshal.dumps((made.rows, tuple(made.tally), made.places)))
