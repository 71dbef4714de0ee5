"""What has a table of its own is written down nowhere else in the source."""

import ast
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from expofacts.facts.punctuation import DASHES, QUOTATION_MARKS, TITLE_MARKS
from expofacts.facts.scales import SCALES
from expofacts.facts.states import STATES
from expofacts.facts.units import UNITS
from expofacts.facts.unseen_characters import ACTIVE, UNSEEN

PACKAGE = Path(__file__).parents[1] / "src" / "expofacts"

Find = Callable[[ast.AST], bool]


def texts(node: ast.AST) -> list[str]:
    """Return the texts that a list, a set, a dict or the like has as they stand; one text's own.

    What stands between commas or bars in a text is a list too.
    """
    match node:
        case ast.List() | ast.Tuple() | ast.Set():
            parts = node.elts
        case ast.Dict():
            parts = [key for key in node.keys if key]
        case ast.Constant(value=str(text)):
            return re.split(r", |\||\s*\n\s*", text)
        case _:
            return []
    return [part.value for part in parts if isinstance(part, ast.Constant) and part.value]


def lists_two_of(known: set[str]) -> Find:
    return lambda node: len(known & set(texts(node))) > 1


def has(number: int, marks: str) -> Find:
    """Return what tells whether a text has so many of the characters."""
    return lambda node: (
        isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and len(set(marks) & set(_unescaped(node.value))) >= number
    )


def _unescaped(text: str) -> str:
    """Return the text with what an escape in a pattern stands for behind it."""
    escaped = re.findall(r"\\u([0-9a-f]{4})|\\x([0-9a-f]{2})", text)
    return text + "".join(chr(int(one or other, 16)) for one, other in escaped)


def times_a_placeholder(node: ast.AST) -> bool:
    match node:
        case ast.BinOp(left=ast.Constant(value="?"), op=ast.Mult()):
            return True
    return False


def adds_an_s(node: ast.AST) -> bool:
    match node:
        case ast.BinOp(op=ast.Add(), right=ast.Constant(value="s")):
            return True
        case ast.JoinedStr(values=[*_, ast.FormattedValue(), ast.Constant(value="s")]):
            return True
    return False


SCALE_WORDS = {word for words in SCALES.values() for word in words.split("|")}
NOT_ASCII = "".join(mark for mark in QUOTATION_MARKS + TITLE_MARKS if not mark.isascii())

# What is looked for, where it is at home, and where else it may be, with the reason.
TABLES: dict[str, tuple[Find, str, dict[str, str]]] = {
    "states": (lists_two_of(set(STATES)), "facts/states.py", {}),
    "units": (lists_two_of({one for one in UNITS if len(one) > 1}), "facts/units.py", {}),
    "scales": (lists_two_of(SCALE_WORDS), "facts/scales.py", {}),
    "quotation marks": (
        has(3, NOT_ASCII),
        "facts/punctuation.py",
        {"view/layout.py": "beside which punctuation a line may break is another matter"},
    ),
    "dashes": (has(2, DASHES.replace("-", "")), "facts/punctuation.py", {}),
    "what is not seen": (
        has(1, UNSEEN + ACTIVE),
        "facts/unseen_characters.py",
        {
            "facts/accepted_values.py": "an address, as JSON Schema says it",
            "json_lines.py": "the one such character of ASCII, at a glance",
            "verify/tokens.py": "a soft hyphen that breaks a word has been typed or printed",
        },
    ),
    "placeholders": (times_a_placeholder, "index/sql.py", {}),
    "plurals": (adds_an_s, "plurals.py", {}),
}


def found(find: Find) -> Iterator[str]:
    for path in sorted(PACKAGE.rglob("*.py")):
        if any(map(find, ast.walk(ast.parse(path.read_text("utf-8"))))):
            yield path.relative_to(PACKAGE).as_posix()


@pytest.mark.parametrize("what", TABLES)
def test_it_is_written_down_once(what: str) -> None:
    find, home, elsewhere = TABLES[what]
    assert set(found(find)) == {home, *elsewhere}
