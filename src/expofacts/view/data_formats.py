"""Records as data for programs. Each format is a function from lines of JSON to pieces of text.

JSON is passed on as the index has it, so what takes it apart is imported only where it is used.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from operator import itemgetter
from typing import Any

from expofacts.view.safe_text import clean_line, markdown, value

# Records are written some at a time: few writes, and memory that does not grow with them.
_BATCH = 200

# An empty cell that is alone in its row, in CSV.
_NOTHING = '""'

Lines = Iterable[str]


def pick(lines: Lines, fields: Sequence[str]) -> Iterator[str]:
    """Yield the lines with only the given fields, in their order."""
    from expofacts.json_lines import from_json, to_json

    for line in lines:
        record = from_json(line)
        yield to_json({name: record.get(name) for name in fields})


def as_json(lines: Lines, fields: Sequence[str]) -> Iterator[str]:
    """Yield a JSON array, a record a line."""
    before = "[\n"
    for batch in _batches(lines):
        yield before + ",\n".join(batch)
        before = ",\n"
    yield "[]\n" if before == "[\n" else "\n]\n"


def as_jsonl(lines: Lines, fields: Sequence[str]) -> Iterator[str]:
    """Yield a JSON object a line."""
    for batch in _batches(lines):
        yield "\n".join(batch) + "\n"


def as_csv(lines: Lines, fields: Sequence[str]) -> Iterator[str]:
    """Yield CSV as RFC 4180 has it, with every character that the fact file has."""
    for columns in _columns(lines, fields):
        rows = map(",".join, zip(*map(_quoted, columns), strict=True))
        # An empty line would be no record.
        yield "".join([f"{row or _NOTHING}\r\n" for row in rows])


def as_tsv(lines: Lines, fields: Sequence[str]) -> Iterator[str]:
    """Yield tab-separated values; tabs, line ends and other control characters are visible."""
    for columns in _columns(lines, fields):
        cleaned = [
            column if "".join(column).isprintable() else map(clean_line, column)
            for column in columns
        ]
        yield "".join([f"{row}\n" for row in map("\t".join, zip(*cleaned, strict=True))])


def as_markdown(lines: Lines, fields: Sequence[str]) -> Iterator[str]:
    """Yield a Markdown table in which nothing of a record is markup."""
    below = f"|{' --- |' * len(fields)}\n"
    for columns in _columns(lines, fields):
        cells = [[markdown(cell).replace("\n", "<br>") for cell in column] for column in columns]
        rows = map(" | ".join, zip(*cells, strict=True))
        yield "".join([f"| {row} |\n" for row in rows]) + below
        below = ""


FORMATS: dict[str, Callable[[Lines, Sequence[str]], Iterator[str]]] = {
    "json": as_json,
    "jsonl": as_jsonl,
    "csv": as_csv,
    "tsv": as_tsv,
    "markdown": as_markdown,
}


def _columns(lines: Lines, fields: Sequence[str]) -> Iterator[list[Sequence[str]]]:
    """Yield the fields' names, then the records some at a time, as columns of text.

    What a column is made of is found out once for all its cells: for each by itself that takes as
    long as all the rest.
    """
    from expofacts.json_lines import printed_from_json

    yield [[field] for field in fields]
    # With one field more, for of a single one it gives no tuple.
    get = itemgetter(*fields, fields[0])
    for batch in _batches(lines):
        try:
            rows = [get(printed_from_json(line)) for line in batch]
        except KeyError:  # facts of several kinds, each without the fields of others
            rows = [tuple(map(printed_from_json(line).get, fields)) for line in batch]
        columns = list(zip(*rows, strict=True))[: len(fields)]
        yield [_as_text(column) for column in columns]


def _as_text(column: Sequence[Any]) -> Sequence[str]:
    try:
        "".join(column)
    except TypeError:
        # What most fields are is seen to here, for a call takes as long as all the rest.
        return [
            cell
            if cell.__class__ is str
            else ""
            if cell is None
            else "; ".join(cell)
            if cell.__class__ is list
            else value(cell)
            for cell in column
        ]
    return column


def _quoted(column: Sequence[str]) -> Sequence[str]:
    """Return the cells of a column, in quotation marks where CSV has to have them so."""
    text = "".join(column)
    if "," in text or '"' in text or "\n" in text or "\r" in text:
        return [
            '"{}"'.format(cell.replace('"', '""'))
            if "," in cell or '"' in cell or "\n" in cell or "\r" in cell
            else cell
            for cell in column
        ]
    return column


def _batches(items: Iterable[Any]) -> Iterator[list[Any]]:
    iterator = iter(items)
    while batch := list(islice(iterator, _BATCH)):
        yield batch
