"""From the place of a value in a parsed fact file to its line and column."""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple

import tomli

if TYPE_CHECKING:
    from tree_sitter import Node

# The way to a value: ("quotes", 3, "speech") is the speech of the fourth quote.
Place = tuple[str | int, ...]
Position = tuple[int, int]


class Found(NamedTuple):
    """Where a key and where its value begin; for a record both are its header."""

    key: Position
    value: Position


# The same, in bytes from the beginning of the file.
_Offsets = dict[Place, tuple[int, int]]


def locate(source: bytes, wanted: Iterable[Place]) -> dict[Place, Found]:
    """Return the positions of the wanted places, and of all places on the way to them.

    Lines and columns count from 1, columns in characters. A place that the file does not have
    is left out. tree-sitter's tree takes twenty times the size of the file, so this is for
    files in which something has to be pointed at.
    """
    on_the_way = {place[:end] for place in wanted for end in range(1, len(place) + 1)}
    found: _Offsets = {}
    elements: Counter[Place] = Counter()
    for node in _parse(source).children:
        if node.type == "pair":
            _pair(node, (), on_the_way, found)
        elif node.type in ("table", "table_array_element"):
            _table(node, on_the_way, elements, found)
    at = positions(source, {offset for both in found.values() for offset in both})
    return {place: Found(at[key], at[value]) for place, (key, value) in found.items()}


def locate_statement(source: bytes, end: int) -> Position:
    """Return the position of the key and value, or the header, that end at an offset in bytes."""
    node = _parse(source).descendant_for_byte_range(end - 1, end)
    while node and node.type not in ("pair", "table", "table_array_element"):
        node = node.parent
    start = node.start_byte if node else end
    return positions(source, [start])[start]


def _parse(source: bytes) -> "Node":
    # Imported only where something has to be pointed at: it takes 10 ms.
    import tree_sitter_toml
    from tree_sitter import Language, Parser

    return Parser(Language(tree_sitter_toml.language())).parse(source).root_node


def positions(source: bytes, offsets: Iterable[int]) -> dict[int, Position]:
    """Return line and column of each offset in bytes; each byte is looked at once."""
    found: dict[int, Position] = {}
    before, line, column = 0, 1, 1
    for offset in sorted(offsets):
        passed = source[before:offset]
        if lines := passed.count(b"\n"):
            line, column = line + lines, 1
            passed = passed[passed.rindex(b"\n") + 1 :]
        column += len(passed.decode(errors="replace"))
        found[offset] = line, column
        before = offset
    return found


def _table(
    node: "Node",
    on_the_way: set[Place],
    elements: Counter[Place],
    found: _Offsets,
) -> None:
    place: Place = ()
    keys = _key(node.named_children[0])
    for number, key in enumerate(keys, 1):
        place = (*place, key)
        if number == len(keys) and node.type == "table_array_element":
            elements[place] += 1
        # A key that is an array of tables means its last element.
        for step in (place, (*place, elements[place] - 1)) if elements[place] else (place,):
            if step not in on_the_way:
                return
            # A table as a whole is where it, or its first record, is first named.
            found.setdefault(step, (node.start_byte, node.start_byte))
            place = step
    for pair in node.named_children[1:]:
        if pair.type == "pair":
            _pair(pair, place, on_the_way, found)


def _pair(node: "Node", parent: Place, on_the_way: set[Place], found: _Offsets) -> None:
    # A comment behind the value may be a child too.
    key, value = node.named_children[:2]
    place = parent
    for part in _key(key):
        place = (*place, part)
        if place not in on_the_way:
            return
        found.setdefault(place, (key.start_byte, value.start_byte))
    _inside(value, place, on_the_way, found)


def _inside(value: "Node", place: Place, on_the_way: set[Place], found: _Offsets) -> None:
    # As deep as the wanted places go, however deep the file is nested.
    if value.type == "inline_table":
        for child in value.named_children:
            if child.type == "pair":
                _pair(child, place, on_the_way, found)
    elif value.type == "array":
        items = (child for child in value.named_children if child.type != "comment")
        for index, item in enumerate(items):
            if (*place, index) in on_the_way:
                found[*place, index] = item.start_byte, item.start_byte
                _inside(item, (*place, index), on_the_way, found)


def _key(node: "Node") -> list[str]:
    return [_key_text(part) for part in _key_parts(node)][::-1]


def _key_parts(node: "Node") -> "Iterator[Node]":
    """Yield the parts of a dotted key from the last to the first: the grammar nests leftwards."""
    while node.type == "dotted_key":
        # Between the two stand errors where the grammar, of TOML 1.0, does not know an escape.
        yield node.named_children[-1]
        node = node.named_children[0]
    yield node


def _key_text(node: "Node") -> str:
    text = (node.text or b"").decode()
    if node.type != "quoted_key":
        return text
    try:
        return next(iter(tomli.loads(f"{text} = 0")))
    except tomli.TOMLDecodeError:  # no key: the grammar, of TOML 1.0, lost its way in 1.1
        return text
