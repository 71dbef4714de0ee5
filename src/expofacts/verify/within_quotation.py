"""Whether words of a text stand between quotation marks."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from expofacts.facts.folding import QUOTE
from expofacts.facts.punctuation import (
    ACCENTS,
    APOSTROPHES,
    CLOSING,
    DASHES,
    OPENING,
    SINGLE_MARKS,
)
from expofacts.verify.tokens import Words

_SINGLE = SINGLE_MARKS + ACCENTS
# What may stand before a mark that opens, and behind one that closes.
_BEFORE = re.compile(rf"[{DASHES}\s(\[{{]")
_BEHIND = re.compile(rf"[{DASHES}\s)\]}}.,;:!?…]")

# Words that begin with an apostrophe, and decades.
_ELIDED = re.compile(
    r"(?:\d0s|\d\d\b|n['’ʼ]|em\b|tis\b|twas\b|til\b|cause\b|bout\b)", re.IGNORECASE
)
# Where the quotation is closed after all, by an apostrophe or by a double mark.
_LONGEST = 2000
_CLOSED_LATER = [
    re.compile(r'[ ]+[a-z][^"“”\n]*?(?:[.,!?…]["”]|["”](?=[.,;:!?)]|$))'),
    re.compile(r"[ ]+[a-z](?:[^'’‘\n]|(?<=\w)['’](?=\w))*?(?:[.,!?…]['’]|['’](?=[.,;:!?)]|$))"),
]
_SPEAKS = re.compile(r"\b(?:sa(?:id|ys?)|told|adds?|added|asked|wrote|called)\b", re.IGNORECASE)

# Dashes that begin speech, and what stands before one that ends it.
_DIALOGUE = ("—", "–", "―")
_TURN = ",.!?…»”"

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
    number = begin - 1
    while (number := number + 1) < len(words.keys):
        if words.keys[number] != QUOTE:
            continue
        mark, last = words.text[words.starts[number]], number
        single = mark in _SINGLE
        if single and _is_doubled(words, number):  # ``as LaTeX has it''
            single, last = False, number + 1
        opens, closes = _sides(words, number, last)
        if last == number and not opens and _is_no_mark(words, number, mark):
            continue
        if opens and _ELIDED.match(words.text, words.ends[number]) and mark in APOSTROPHES:
            continue
        if opens == closes:
            opens = mark in OPENING or (mark not in CLOSING and not inside)
        inside = opens
        yield number, opens, single
        number = last


def _sides(words: Words, first: int, last: int) -> tuple[bool, bool]:
    """Return whether a mark stands as one that opens does, and as one that closes does."""
    before = words.text[: words.starts[first]][-1:]
    behind = words.text[words.ends[last] : words.ends[last] + 1]
    return not before or bool(_BEFORE.match(before)), not behind or bool(_BEHIND.match(behind))


def _is_doubled(words: Words, number: int) -> bool:
    """Return whether a single mark and the next are one double mark."""
    text, start, end = words.text, words.starts[number], words.ends[number]
    return text[end : end + 1] == text[start]


def _is_no_mark(words: Words, number: int, mark: str) -> bool:
    """Return whether what looks like a mark that closes is an apostrophe, or the sign of inches.

    The dogs' run, a 6" pipe: so if a small letter follows, and another mark closes the quotation
    further on, behind punctuation, before anything opens and before anybody is said to speak.
    """
    text, start, end = words.text, words.starts[number], words.ends[number]
    before = text[start - 1 : start]
    if not (before.isdigit() or (mark in APOSTROPHES and before in ("s", "z", "x", "n"))):
        return False
    paragraph = words.within(words.paragraph(number))[1]
    stop = words.ends[paragraph - 1]
    rest = text[end : min(stop, end + _LONGEST)]
    found = _CLOSED_LATER[mark in APOSTROPHES].match(rest)
    return found is not None and not _SPEAKS.search(found[0])


def in_dialogue(turns: Sequence[int], first: int, end: int) -> bool:
    """Return whether the words are speech of a paragraph with these `turns_of_dialogue`."""
    place = bisect_right(turns, first - 1)
    return place % 2 == 1 and (place == len(turns) or turns[place] >= end)


def turns_of_dialogue(words: Words, paragraph: int) -> list[int]:
    """Return where speech begins and ends, by turns, in a paragraph that begins with a dash.

    What is said and who says it take turns there, at dashes behind punctuation, or close to a
    word. Without an attribution it may as well be an item of a list, and has no turns.
    """
    begin, stop = words.within(paragraph)
    if not _is_dash(words, begin):
        return []
    turns = [n for n in range(begin + 1, stop) if _is_dash(words, n) and _takes_turns(words, n)]
    return [begin, *turns] if turns else []


def _is_dash(words: Words, number: int) -> bool:
    return words.text[words.starts[number] : words.ends[number]] in _DIALOGUE


def _takes_turns(words: Words, number: int) -> bool:
    before, behind = (
        words.text[words.starts[number] - 1 : words.starts[number]],
        words.text[words.ends[number] : words.ends[number] + 1],
    )
    if before.isspace() == behind.isspace():
        last = words.text[: words.starts[number]].rstrip()[-1:]
        return last in _TURN
    return True
