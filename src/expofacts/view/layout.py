"""How wide each column is, and where lines break: never within a word that fits."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache, lru_cache
from itertools import repeat
from typing import NamedTuple

from rich.cells import cell_len, chop_cells

from expofacts.view.words import NO_BREAK

# What stands between two columns.
GAP = 2

# Chinese, Japanese and Korean break around each character, but neither before closing punctuation
# nor after opening brackets and quotation marks. Their space (U+3000) is a space like any other.
_WIDE = "\u1100-\u11ff\u2e80-\u2fff\u3001-\ua4cf\uac00-\ud7ff\uf900-\ufaff\ufe30-\ufe4f"
_WIDE += "\uff00-\uff60"
_CLOSING = r"、。〉》」』】〕！），．：；？”’,.:;!?)\]%"
_OPENING = r"〈《「『【〔（“‘(\["
_WORD = rf"[{_OPENING}]*(?:[{_WIDE}]|[^\s{_WIDE}]+)[{_CLOSING}]*"
_HOLDS = f"{NO_BREAK}\u202f"  # the narrow one is what French and Russian group digits with
_PIECES = re.compile(rf"[{_HOLDS}]*{_WORD}(?:[{_HOLDS}]+{_WORD})*[{_HOLDS}]*|\s+")

# Most texts are words of letters one cell wide with single spaces between them; what is asked here
# of texts is then a matter of slices, which large tables need. Latin, Greek, Cyrillic, typographic
# quotes and dashes; spaces that hold words together, with a letter on each side.
_LETTER = "!-~\u00a1-\u00ac\u00ae-\u02ff\u0370-\u0377\u0384-\u0482\u048a-\u052f\u2010-\u2027\u20ac"
_SIMPLE = re.compile(rf"(?:[{_LETTER}]+(?:[ {NO_BREAK}][{_LETTER}]+)*)?").fullmatch


def _is_simple(text: str) -> bool:
    # Without a regular expression where that can be: this is asked of every line of a table, twice.
    plain = text.isascii() and text.isprintable() and "  " not in f" {text} "
    return plain or bool(_SIMPLE(text))


def pieces(text: str) -> list[str]:
    """Return the words of a line, and the spaces between them, in order."""
    return _PIECES.findall(text)


class Size(NamedTuple):
    """What a column asks for, in cells: its longest line, its longest word, all its text."""

    natural: int
    least: int
    mass: int


def measure(texts: Iterable[str], indents: Sequence[int] = ()) -> Size:
    """Return the size of a column with these texts, the lines of each indented so many cells."""
    texts = list(texts)
    if texts and not indents:
        # All at once where that can be, or all that are of plain letters.
        joined = " ".join(texts)
        if _is_simple(joined):
            lengths = list(map(len, texts))
            return Size(max(lengths), max(map(len, joined.split(" "))), sum(lengths))
        ascii_ = [text for text in texts if text.isascii()]
        if 0 < len(ascii_) < len(texts):
            return both(measure(ascii_), measure(text for text in texts if not text.isascii()))
    natural = least = mass = 0
    for text, indent in zip(texts, indents or repeat(0), strict=False):
        number, length, word, total = _extent(text)
        mass += indent * number + total
        # Not max, which takes as long as all the rest.
        if indent + length > natural:
            natural = indent + length
        if indent + word > least:
            least = indent + word
    return Size(natural, least, mass)


def both(one: Size, other: Size) -> Size:
    """Return the size of a column with the texts of two."""
    return Size(max(one.natural, other.natural), max(one.least, other.least), one.mass + other.mass)


# Kept, for a large table has the same speakers, regions and sources many times.
@lru_cache(5000)
def _extent(text: str) -> tuple[int, int, int, int]:
    """Return the number of a text's lines, and the cells of the longest, of a word, of all."""
    if _is_simple(text):
        return 1, len(text), max(map(len, text.split(" "))), len(text)
    lines = text.split("\n")
    lengths = [cell_len(line) for line in lines]
    word = max((cell_len(piece) for line in lines for piece in pieces(line)), default=0)
    return len(lines), max(lengths), word, sum(lengths)


def share(sizes: Sequence[Size], width: int) -> list[int] | None:
    """Return the widths of the columns within a width, or None where the words do not fit.

    Each column has room for its longest word, and none more than its longest line; between
    these, columns share by how much text they hold, which keeps the rows low; those with little
    text get more than their part, for a narrow column wastes more at the ends of its lines.
    """
    room = width - GAP * (len(sizes) - 1)
    if room >= sum(size.natural for size in sizes):
        return [size.natural for size in sizes]
    if room < sum(size.least for size in sizes):
        return None

    def widths(rate: float) -> list[int]:
        return [min(max(int(size.mass**0.75 * rate), size.least), size.natural) for size in sizes]

    low, high = 0.0, float(room)
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if sum(widths(middle)) <= room else (low, middle)
    found = widths(low)
    # What rounding left over goes to the first columns that want it.
    for number, size in enumerate(sizes):
        found[number] += min(size.natural - found[number], room - sum(found))
    return found


def wrap(text: str, width: int) -> list[str]:
    """Return the lines of a text, each at most so many cells wide.

    A word longer than the width is broken, for want of a better place.
    """
    if len(text) <= width and text.isascii() and text.isprintable():
        return [text.rstrip(" ")]
    if _is_simple(text):
        if len(text) <= width:
            return [text]
        # The longest line before a space or the end, and so on; a word too long leaves a gap.
        lines = _filling(width)(text)
        if sum(map(len, lines)) + len(lines) - 1 == len(text):
            return lines
    return [line for paragraph in text.split("\n") for line in _wrapped(paragraph, width)]


@cache
def _filling(width: int) -> Callable[[str], list[str]]:
    return re.compile(f"(.{{1,{width}}})(?: |$)").findall


def _wrapped(text: str, width: int) -> Iterator[str]:
    line, used = "", 0
    for piece in pieces(text):
        size = cell_len(piece)
        if line and used + size > width:
            yield line.rstrip(" ")
            line, used = "", 0
            if piece.isspace():
                continue
        if size > width:
            *full, piece = chop_cells(piece, width)
            yield from full
            size = cell_len(piece)
        line += piece
        used += size
    yield line.rstrip(" ")
