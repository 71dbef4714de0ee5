"""Records as data for programs. Each format is a function from lines of JSON to pieces of text.

JSON is passed on as the index has it, so what takes it apart is imported only where it is used.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

from expofacts.render.text import clean_line, markdown, value

# Records are written some at a time: few writes, and memory that does not grow with them.
_BATCH = 1000

Lines = Iterable[str]


def pick(lines: Lines, fields: Sequence[str]) -> Iterator[str]:
    """Yield the lines with only the given fields, in their order."""
    from expofacts.records import from_json, to_json

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
    import csv
    import io

    for batch in _batches(_rows(lines, fields)):
        text = io.StringIO()
        write = csv.writer(text).writerow
        for row in batch:
            # Most rows need no care, or quotation marks at most; that is found out, and done, in
            # a quarter of the time that the writer takes.
            plain = ",".join(row)
            if not plain or '"' in plain or "\n" in plain or "\r" in plain:
                write(row)
            elif plain.count(",") == len(row) - 1:
                text.write(f"{plain}\r\n")
            else:
                text.write(",".join([f'"{cell}"' if "," in cell else cell for cell in row]))
                text.write("\r\n")
        yield text.getvalue()


def as_tsv(lines: Lines, fields: Sequence[str]) -> Iterator[str]:
    """Yield tab-separated values; tabs, line ends and other control characters are visible."""
    for batch in _batches(_rows(lines, fields)):
        clean = (row if "".join(row).isprintable() else map(clean_line, row) for row in batch)
        yield "".join("\t".join(row) + "\n" for row in clean)


def as_markdown(lines: Lines, fields: Sequence[str]) -> Iterator[str]:
    """Yield a Markdown table in which nothing of a record is markup."""
    rows = _rows(lines, fields)
    yield f"| {' | '.join(next(rows))} |\n|{' --- |' * len(fields)}\n"
    for batch in _batches(rows):
        cells = (" | ".join(map(markdown, row)).replace("\n", "<br>") for row in batch)
        yield "".join(f"| {row} |\n" for row in cells)


FORMATS: dict[str, Callable[[Lines, Sequence[str]], Iterator[str]]] = {
    "json": as_json,
    "jsonl": as_jsonl,
    "csv": as_csv,
    "tsv": as_tsv,
    "markdown": as_markdown,
}


def _rows(lines: Lines, fields: Sequence[str]) -> Iterator[list[str]]:
    """Yield the fields' names, then each record's fields as text."""
    from expofacts.records import printed_from_json

    yield list(fields)
    for line in lines:
        # What most fields are is seen to here: a call for each would take as long as all the rest.
        yield [
            one
            if one.__class__ is str
            else ""
            if one is None
            else "; ".join(one)
            if one.__class__ is list
            else value(one)
            for one in map(printed_from_json(line).get, fields)
        ]


def _batches(items: Iterable[Any]) -> Iterator[list[Any]]:
    iterator = iter(items)
    while batch := list(islice(iterator, _BATCH)):
        yield batch
