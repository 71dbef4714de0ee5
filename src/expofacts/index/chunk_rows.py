"""Chunks of fact files made into rows of the index, by worker processes or by ourselves."""

import gc
import marshal
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from expofacts.facts.chunks import Chunk, Refused, read_chunk
from expofacts.index.rows import FILE, Context, Rows, Tally, rows
from expofacts.index.workers import Workers, read_task, receive, send_result, send_task


class ChunkRows(NamedTuple):
    """The rows of a chunk, what its facts add up to, and its sources and regions as they are."""

    rows: Rows
    tally: Tally
    places: dict[str, list[dict[str, Any]]]


def rows_of_chunks(
    chunks: Sequence[Chunk], context: Context, workers: Workers
) -> Iterator[ChunkRows]:
    """Give the workers their tasks at once, and return the rows of each chunk, in their order.

    What a worker fails to do, for whatever reason, is done here when its turn comes; only then
    Refused is raised.
    """
    for n, process in enumerate(workers):
        share = [tuple(chunk) for chunk in chunks[n :: len(workers)]]
        send_task(process, marshal.dumps((tuple(context), share)))

    def received_or_done(n: int) -> ChunkRows:
        if workers and (received := receive(workers[n % len(workers)])):
            found, tally, places = marshal.loads(received)
            return ChunkRows(found, Tally(*tally), places)
        return rows_of_chunk(chunks[n], context)

    return map(received_or_done, range(len(chunks)))


def rows_of_chunk(chunk: Chunk, context: Context) -> ChunkRows:
    """Return the rows of a chunk; raises Refused."""
    dated = {id_: day for id_, source in context.sources.items() if (day := source["published"])}
    tables = read_chunk(chunk, dated)
    try:
        found, tally = rows(tables, chunk.file * FILE + chunk.begin, context)
    except KeyError:
        raise Refused from None
    places = {table: tables.get(table, []) for table in ("sources", "regions")}
    return ChunkRows(found, tally, places)


def work() -> None:
    """Do, as a worker, what it is given to do; it ends where that fails."""
    gc.disable()  # there is no garbage, and much to search in vain
    context, chunks = marshal.loads(read_task())
    for chunk in chunks:
        done = rows_of_chunk(Chunk(*chunk), Context(*context))
        send_result(marshal.dumps((done.rows, tuple(done.tally), done.places)))
