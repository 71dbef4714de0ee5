"""The text of a source: read from where it is allowed to be, and taken apart into paragraphs."""

import os
import re
import stat
from collections.abc import Iterable, Iterator
from html import unescape
from pathlib import Path, PurePath

from expofacts.errors import ExpofactsError
from expofacts.verify.html_text import text_of_html

# More than the text of any source; what is longer is something else.
LARGEST = 50_000_000

# A raised number behind a word of letters, a number in brackets, or a dagger: a mark of a footnote.
# Raised figures behind a unit are its power.
_FOOTNOTE_MARK = re.compile(
    r"(?<=\w)\[\d{1,3}\]|(?<=[\w.,;:!?”’\"])[†‡]+"
    r"|(?<=[^\W\d_]{3})(?<!\b[kcdm]m)[¹²³⁰⁴-⁹]+(?!\w)"
)

_HTML = re.compile(r"\s*(?:<\?xml[^>]*>\s*)?<(?:!doctype html|html)[\s>]", re.IGNORECASE)


class TextError(ExpofactsError):
    """A text that cannot be read, or that is none."""

    exit_code = 2


def read_beside(folder: Path, path: str) -> list[str]:
    """Return the paragraphs of the text that a fact file in the folder names.

    A fact file may be a stranger's: it names a regular file within its folder, or TextError is
    raised.
    """
    if "\0" in path or Path(path).is_absolute() or PurePath(path).drive:
        raise TextError(f'"{path}" is not a path relative to the fact file')
    try:
        whole = (folder / path).resolve(strict=True)
        if not whole.is_relative_to(folder.resolve()):
            raise TextError(f'"{path}" is outside the folder of the fact file')
        # Not to wait for a pipe that nobody writes into, it is opened so, and then looked at.
        opened = os.open(whole, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0))
        with os.fdopen(opened, "rb") as file:
            if not stat.S_ISREG(os.fstat(opened).st_mode):
                raise TextError(f'"{path}" is not a regular file')
            return paragraphs(decode(file.read(LARGEST + 1), path), whole.suffix)
    except (OSError, RuntimeError) as error:  # a circle of links is a RuntimeError before 3.13
        raise _unreadable(path, error) from None


def read_given(path: str) -> list[str]:
    """Return the paragraphs of a text that the user names, whatever it is; raises TextError."""
    try:
        with Path(path).open("rb") as file:
            return paragraphs(decode(file.read(LARGEST + 1), path), Path(path).suffix)
    except (OSError, ValueError) as error:
        raise _unreadable(path, error) from None


def _unreadable(path: str, error: Exception) -> TextError:
    return TextError(f'"{path}" cannot be read: {getattr(error, "strerror", None) or error}')


def decode(data: bytes, name: str) -> str:
    """Return the text of the bytes; raises TextError where they are none, or too many."""
    if len(data) > LARGEST:
        raise TextError(f'"{name}" is larger than {LARGEST // 1_000_000} MB')
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise TextError(f'"{name}" is not text in UTF-8') from None
    if "\0" in text:
        raise TextError(f'"{name}" is not text: it has a NUL')
    return text


def paragraphs(text: str, ending: str = "") -> list[str]:
    """Return the paragraphs of a text: of HTML or Markdown by the file's ending, else plain.

    Where there are blank lines, what stands between them is a paragraph, else every line is one.
    A text without an ending may be HTML all the same.
    """
    ending = ending.lower()
    if ending in (".html", ".htm", ".xhtml") or _HTML.match(text):
        text = text_of_html(text)
    elif ending in (".md", ".markdown"):
        text = "\n".join(_text_of_markdown(text.splitlines()))
    blocks = list(_blocks(_FOOTNOTE_MARK.sub("", text).splitlines()))
    return blocks[0].split("\n") if len(blocks) == 1 else blocks


def _blocks(lines: Iterable[str]) -> Iterator[str]:
    """Yield what stands between blank lines."""
    block: list[str] = []
    for line in lines:
        if line.strip():
            block.append(line)
        elif block:
            yield "\n".join(block)
            block = []
    if block:
        yield "\n".join(block)


# Markup that is a line of its own, or that begins one.
_RULE = re.compile(r"\s*(?:[-*_=]\s*){3,}$|\s*=+\s*$|\s*-+\s*$")
_FENCE = re.compile(r"\s*(?:```|~~~)")
_DEFINITION = re.compile(r"\s{0,3}\[[^\]]+\]:\s*\S+")
_HEADING = re.compile(r"\s{0,3}#{1,6}\s+(.*?)(?:\s+#+)?\s*$")
_QUOTED = re.compile(r"(?:\s{0,3}>\s?)+")
_ITEM = re.compile(r"\s*(?:[-*+]|\d{1,9}[.)])\s+")

# Markup within a line, and what is left of it.
_INLINE = (
    (re.compile(r"!?\[((?:[^\[\]]|\[[^\[\]]*\])*)\](?:\([^()\s]*(?:\s+\"[^\"]*\")?\)|\[[^\]]*\])"),
     r"\1"),
    (re.compile(r"\[\^[^\]]+\]"), ""),
    (re.compile(r"<((?:https?|mailto):[^<>\s]+)>"), r"\1"),
    (re.compile(r"</?[A-Za-z][^<>]*>"), ""),
    (re.compile(r"(?<![\\\w])(_{1,3})(?=\S)(.+?)(?<=\S)\1(?!\w)", re.DOTALL), r"\2"),
    (re.compile(r"(?<!\\)(?:\*+(?=\S)|(?<=\S)\*+)|`+|~~"), ""),
    (re.compile(r"\\([!-/:-@\[-`{-~])"), r"\1"),
)  # fmt: skip


def _text_of_markdown(lines: list[str]) -> Iterator[str]:
    """Yield the lines without markup, headings and items of lists as paragraphs."""
    if lines and lines[0].rstrip() == "---":  # what describes the page, between two such lines
        ends = (number for number, line in enumerate(lines[1:], 1) if line.rstrip() == "---")
        lines = lines[next(ends, -1) + 1 :]
    block: list[str] = []
    listed = False
    for line in [*lines, ""]:
        bare = _QUOTED.sub("", line, count=1) if _QUOTED.match(line) else line
        heading, item = _HEADING.match(bare), _ITEM.match(bare)
        if _FENCE.match(bare) or _DEFINITION.match(bare) or _RULE.match(bare):
            bare, heading = "", None
        elif heading:
            bare = heading[1]
        elif item and (not block or listed or item[0].strip() in ("-", "*", "+", "1.", "1)")):
            bare = bare[item.end() :]
        else:
            item = None
        if not bare.strip() or heading or item:
            yield from (_without_markup("\n".join(block)), "")
            block = []
            listed = bool(item)
        if bare.strip():
            block.append(bare.rstrip("\\"))
        if heading:
            yield from (_without_markup("\n".join(block)), "")
            block = []


def _without_markup(block: str) -> str:
    for markup, left in _INLINE:
        block = markup.sub(left, block)
    return unescape(block)
