"""From the place of a value in a parsed fact file to its line and column."""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import NamedTuple

import tomli
import tree_sitter_toml
from tree_sitter import Language, Node, Parser

# The way to a value: ("quotes", 3, "speech") is the speech of the fourth quote.
Place = tuple[str | int, ...]
Position = tuple[int, int]


class Found(NamedTuple):
    """Where a key and where its value begin; for a record both are its header."""

    key: Position
    value: Position


def locate(source: bytes, wanted: Iterable[Place]) -> dict[Place, Found]:
    """Return the positions of the wanted places, and of all places on the way to them.

    Lines and columns count from 1, columns in characters. A place that the file does not have
    is left out. tree-sitter's tree takes twenty times the size of the file, so this is for
    files in which something has to be pointed at.
    """
    on_the_way = {place[:end] for place in wanted for end in range(1, len(place) + 1)}
    tree = Parser(Language(tree_sitter_toml.language())).parse(source)
    found: dict[Place, Found] = {}
    elements: Counter[Place] = Counter()
    for node in tree.root_node.children:
        if node.type == "pair":
            _pair(source, node, (), on_the_way, found)
        elif node.type in ("table", "table_array_element"):
            *parents, last = _key(source, node.named_children[0])
            header = _resolve((), parents, elements)
            header = (*header, last)
            if node.type == "table_array_element":
                elements[header] += 1
                # The table as a whole is where its first record is.
                position = _position(source, node)
                found.setdefault(header, Found(position, position))
                header = (*header, elements[header] - 1)
            else:
                header = _resolve((), header, elements)
            if header in on_the_way:
                position = _position(source, node)
                found.setdefault(header, Found(position, position))
                for pair in node.named_children[1:]:
                    if pair.type == "pair":
                        _pair(source, pair, header, on_the_way, found)
    return found


def _resolve(place: Place, keys: Iterable[str | int], elements: Counter[Place]) -> Place:
    """Append the keys of a header; a key that is an array of tables means its last element."""
    for key in keys:
        place = (*place, key)
        if elements[place]:
            place = (*place, elements[place] - 1)
    return place


def _pair(
    source: bytes, node: Node, parent: Place, on_the_way: set[Place], found: dict[Place, Found]
) -> None:
    key, value = node.named_children[0], node.named_children[-1]
    place = parent
    for part in _key(source, key):
        place = (*place, part)
        if place not in on_the_way:
            return
        found.setdefault(place, Found(_position(source, key), _position(source, value)))
    _inside(source, value, place, on_the_way, found)


def _inside(
    source: bytes, value: Node, place: Place, on_the_way: set[Place], found: dict[Place, Found]
) -> None:
    # As deep as the wanted places go, however deep the file is nested.
    if value.type == "inline_table":
        for child in value.named_children:
            if child.type == "pair":
                _pair(source, child, place, on_the_way, found)
    elif value.type == "array":
        items = (child for child in value.named_children if child.type != "comment")
        for index, item in enumerate(items):
            if (*place, index) in on_the_way:
                position = _position(source, item)
                found[*place, index] = Found(position, position)
                _inside(source, item, (*place, index), on_the_way, found)


def _key(source: bytes, node: Node) -> list[str]:
    return [_key_text(part) for part in _key_parts(node)][::-1]


def _key_parts(node: Node) -> Iterator[Node]:
    """Yield the parts of a dotted key from the last to the first: the grammar nests leftwards."""
    while node.type == "dotted_key":
        node, last = node.named_children
        yield last
    yield node


def _key_text(node: Node) -> str:
    text = (node.text or b"").decode()
    return next(iter(tomli.loads(f"{text} = 0"))) if node.type == "quoted_key" else text


def _position(source: bytes, node: Node) -> Position:
    row, column = node.start_point
    line = source[node.start_byte - column : node.start_byte]
    return row + 1, len(line.decode(errors="replace")) + 1
