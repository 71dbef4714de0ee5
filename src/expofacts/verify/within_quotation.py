"""Whether words of a text stand between quotation marks."""

import re
from collections.abc import Iterator

from expofacts.facts.folding import QUOTE
from expofacts.facts.punctuation import ACCENTS, CLOSING, DASHES, OPENING, SINGLE_MARKS
from expofacts.verify.tokens import Words

_SINGLE = SINGLE_MARKS + ACCENTS
# What may stand before a mark that opens, and behind one that closes.
_BEFORE = re.compile(rf"[{DASHES}\s(\[{{]")
_BEHIND = re.compile(rf"[{DASHES}\s)\]}}.,;:!?…]")

# Over how many paragraphs speech may go on with its mark at the beginning alone.
_SPEECH = 20


def in_quotation_marks(words: Words, first: int, end: int) -> bool:
    """Return whether the words from the first up to `end` are within one quotation.

    One that goes on over paragraphs may have a mark at the beginning of each, and is closed in
    the last.
    """
    paragraph = words.paragraph(first)
    begin = words.within(paragraph)[0]
    earlier = words.within(max(paragraph - _SPEECH, 1))[0]
    return _within(words, begin, first, end) or _within(words, earlier, first, end)


def _within(words: Words, begin: int, first: int, end: int) -> bool:
    """Return whether the words are within one quotation of those that begin from `begin` on."""
    last = words.paragraph(end - 1)
    opened: list[bool] = []  # and whether each of them is a single mark, as an apostrophe may be
    for number, opens, single in _marks(words, begin):
        paragraph = words.paragraph(number)
        leads = number == words.within(paragraph)[0]
        if number >= first and not opened:
            return False
        if number >= end and paragraph > last:  # speech goes on with a mark in the very next one
            return (leads and paragraph == last + 1) or not opens
        if opens:
            if leads:
                opened.clear()
            opened.append(single)
        elif single in opened:
            while opened.pop() != single:
                pass
            if number >= end and not opened:
                return True
    return False


def _marks(words: Words, begin: int) -> Iterator[tuple[int, bool, bool]]:
    """Yield each quotation mark from a word on, whether it opens, and whether it is single."""
    inside = False
    for number in range(begin, len(words.keys)):
        if words.keys[number] != QUOTE:
            continue
        start, end = words.starts[number], words.ends[number]
        mark, before = words.text[start], words.text[start - 1 : start]
        behind = words.text[end : end + 1]
        opens = not before or bool(_BEFORE.match(before))
        closes = not behind or bool(_BEHIND.match(behind))
        if opens == closes:
            opens = mark in OPENING or (mark not in CLOSING and not inside)
        inside = opens
        yield number, opens, mark in _SINGLE
