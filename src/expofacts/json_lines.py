"""Records as lines of JSON, the form in which the index keeps them and programs read them."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from itertools import islice
from typing import Any

from expofacts.facts.unseen_characters import ACTIVE

# Made once: json.loads makes a decoder for each line, which takes as long as to read it.
_decode = json.JSONDecoder(parse_float=Decimal).raw_decode

_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode

# So few lines that to put them together takes no longer than to take them one by one.
_SOME = 20

# Legal in JSON as they are, but a terminal may act on them; escaped they mean the same.
_ACTIVE = re.compile(f"[{ACTIVE}]")


def to_json(record: Mapping[str, Any]) -> str:
    """Return the record as one line of JSON: numbers with all their digits, text unescaped."""
    if any(isinstance(value, Decimal) for value in record.values()):
        members = (f"{_encode(key)}:{_number_or_json(value)}" for key, value in record.items())
        return escape_active(f"{{{','.join(members)}}}")
    return escape_active(_encode(record))


def escape_active(line: str) -> str:
    """Return the JSON with the characters escaped that act on a terminal.

    That changes nothing for a reader of JSON.
    """
    if line.isascii() and "\x7f" not in line:
        return line
    if line.isprintable():  # as most others are: three times as fast as to look for each
        return line
    return _ACTIVE.sub(lambda match: f"\\u{ord(match[0]):04x}", line)


def from_json(line: str) -> Any:
    """Return the record of a line that `to_json` made, numbers exact.

    Its type is that of its kind, of which the line knows nothing.
    """
    record, _ = _decode(line)
    return record


def all_from_json(lines: Iterable[str]) -> Iterator[Any]:
    """Yield the records of lines as `from_json` does, for those that are kept.

    They are taken apart some at a time and share the names of their fields then, which are half of
    what a record takes otherwise.
    """
    lines = iter(lines)
    while some := ",".join(islice(lines, _SOME)):
        yield from _decode(f"[{some}]")[0]


def printed_from_json(line: str) -> dict[str, Any]:
    """Return the record as `from_json` does, but its numbers as text, with all their digits."""
    record: dict[str, Any]
    record, _ = _decode_printed(line)
    return record


def _digits(number: str) -> str:
    return f"{Decimal(number):f}" if "e" in number else number


_decode_printed = json.JSONDecoder(parse_float=_digits, parse_int=str).raw_decode


def _number_or_json(value: object) -> str:
    return f"{value:f}" if isinstance(value, Decimal) else _encode(value)
