"""What is suspicious in how a fact file is written, whatever it says.

Each function yields where in the text it found something, in characters from its beginning, and
what. The text is TOML, or a reader would not have got this far.
"""

import re
import unicodedata
from collections.abc import Iterator

from expofacts.facts.unseen_characters import CONTROL, LINE_ENDS, MORE_CONTROL, NO_ROOM, TURNING

Found = Iterator[tuple[int, str]]

# Not what joins: Persian and Hindi are written with it.
_HIDDEN = MORE_CONTROL + LINE_ENDS + TURNING + NO_ROOM
_RAW = re.compile(f"[{_HIDDEN}]")
# TOML has those of ASCII only as escapes; the ends of lines and tabs are ordinary.
_ESCAPED = re.compile(f"(?![\t\n])[{CONTROL}{_HIDDEN}]")

_ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|x([0-9a-fA-F]{2})|(.))", re.DOTALL)
_LETTERS = {"b": "\b", "e": "\x1b", "f": "\f", "r": "\r"}

# What a text may have to have for the search to be worth its time.
_HAS_ESCAPES = re.compile(r"\\[uUxbefr]")
_MAY_BE_NEW = re.compile(r"\\[xe]|\{|[0-9]{2}:[0-9]{2}")

_TOKEN = re.compile(
    r"""
      (?P<comment> \#[^\n]* )
    | (?P<text> \"{3} (?: [^"\\]++ | \\. | "{1,2}(?!") )*+ "{3,5} | " (?: [^"\\\n]++ | \\. )*+ " )
    | (?P<literal> '{3} (?: [^']++ | '{1,2}(?!') )*+ '{3,5} | ' [^'\n]*+ ' )
    | (?P<time> \d\d:\d\d (?P<seconds> :\d\d (?: \.\d+ )? )? (?: [+-]\d\d:\d\d )? )
    | (?P<comma> , (?: [ \t\r\n] | \#[^\n]*+\n )*+ (?=\}) )
    | (?P<mark> [][{}\n] )
    """,
    re.VERBOSE | re.DOTALL | re.ASCII,
)


def hidden_characters(text: str) -> Found:
    """Yield the characters that a reader cannot see, as they are or as escapes in a text."""
    found = [(match.start(), match[0]) for match in _RAW.finditer(text)]
    if _HAS_ESCAPES.search(text):
        for start, escape in _escapes(text):
            digits = escape[1] or escape[2] or escape[3]
            char = chr(int(digits, 16)) if digits else _LETTERS.get(escape[4], "")
            if _ESCAPED.match(char):
                found.append((start, char))
    for start, char in sorted(found):
        name = unicodedata.name(char, "a control character").lower()
        yield start, f"U+{ord(char):04X}, {name}, cannot be seen"


def newer_toml(text: str) -> Found:
    """Yield what only TOML 1.1 has: many an editor and program refuses it."""
    if not _MAY_BE_NEW.search(text):
        return
    found = [
        (start, f"the escape {escape[0][:2]}")
        for start, escape in _escapes(text)
        if escape[3] or escape[4] == "e"
    ]
    found += [
        *_newer_tables(text),
        *(
            (token.start(), "a time without seconds")
            for token in _TOKEN.finditer(text)
            if token["time"] and not token["seconds"]
        ),
    ]
    for start, what in sorted(found):
        yield start, f"only TOML 1.1 has {what}"


def _escapes(text: str) -> Iterator[tuple[int, re.Match[str]]]:
    for token in _TOKEN.finditer(text):
        if token["text"]:
            for escape in _ESCAPE.finditer(text, *token.span()):
                yield escape.start(), escape


def _newer_tables(text: str) -> Found:
    """Yield each inline table that runs over several lines, and each that ends in a comma."""
    opened: list[tuple[str, int]] = []
    broken: set[int] = set()
    for token in _TOKEN.finditer(text):
        mark = token["mark"]
        if mark in ("[", "{"):
            opened.append((mark, token.start()))
        elif mark in ("]", "}"):
            opened.pop()
        elif opened and opened[-1][0] == "{":
            if token["comma"]:
                yield token.start(), "a comma behind the last value of an inline table"
            if "\n" in (mark or token["comma"] or ""):
                broken.add(opened[-1][1])
    for start in broken:
        yield start, "an inline table over several lines"
