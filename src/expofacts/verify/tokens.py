"""A text as words in the form in which they are compared, and where each stands in the text.

What does not matter to a reader is the same here: line breaks, hyphenation at line ends, the kind
of space, dash and quotation mark, soft hyphens and what else has no width, ligatures, accents
composed or not. Scripts without spaces have a word a character.
"""

import re
import sys
import unicodedata
from array import array
from bisect import bisect
from collections.abc import Collection, Sequence
from itertools import accumulate
from typing import NamedTuple

from expofacts.facts.folding import HYPHEN, QUOTE, compared
from expofacts.facts.punctuation import APOSTROPHES, DASHES
from expofacts.facts.unseen_characters import UNSEEN

# Chinese, Japanese, Thai, Lao, Burmese and Khmer, which are written without spaces.
_UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3040-\u30ff\u31f0-\u31ff"
_UNSPACED += "\u3400-\u9fff\uf900-\ufaff\uff66-\uff9f\U00020000-\U0003ffff"
# Accents, and the vowel signs of Indic and Arabic; none stands beyond the first plane in a report.
_MARKS = "".join(
    char for char in map(chr, range(0x300, 0xFB20)) if unicodedata.category(char)[0] == "M"
)

_LETTERS = rf"[^\W_{_UNSPACED}]+"
# A word that a soft hyphen breaks at the end of a line goes on behind it.
_WORD = rf"{_LETTERS}(?:\u00ad\s*\n\s*{_LETTERS}|[{_MARKS}{UNSEEN}]+(?:{_LETTERS})?)*"
_WORDS = re.compile(
    rf"{_WORD}(?:(?:[{APOSTROPHES}]|(?<=\d)[.,](?=\d)){_WORD})*"
    rf"|[{_UNSPACED}][{_MARKS}]*|\.(?:\.+|(?:[ \u00a0]\.){{2,}})|[{DASHES}]+|\S"
)

SENTENCE_ENDS = frozenset(".!?…。！？;:") | {"..."}


class Words(NamedTuple):
    """The words of a text: as compared, and where each begins and ends in the text.

    `folded` has them without case in one string, a space before and after each; `offsets` say
    where each begins in it. `paragraphs` says where each paragraph begins in the text.
    """

    text: str
    keys: Sequence[str]
    starts: Sequence[int]
    ends: Sequence[int]
    folded: str
    offsets: Sequence[int]
    paragraphs: Sequence[int]

    def paragraph(self, word: int) -> int:
        """Return the paragraph that the word is in, from 1."""
        return bisect(self.paragraphs, self.starts[word])

    def wording(self, first: int, end: int) -> str:
        """Return what the text says from a word up to another, in one line."""
        if first >= end:
            return ""
        return " ".join(self.text[self.starts[first] : self.ends[end - 1]].split())

    def within(self, paragraph: int) -> tuple[int, int]:
        """Return the first word of a paragraph and that behind it; none where there is no such."""
        if paragraph > len(self.paragraphs):
            return len(self.keys), len(self.keys)
        bounds = [*self.paragraphs[paragraph - 1 : paragraph + 1], len(self.text)]
        first, end = (bisect(self.starts, bound - 1) for bound in bounds[:2])
        return first, end


def words(paragraphs: Sequence[str], known: Collection[str] = ()) -> Words:
    """Return the words of a text.

    A word broken by a hyphen at the end of a line is put together where that gives one that the
    text has elsewhere, or that is `known`, folded; else the hyphen is its own.
    """
    text = "\n\n".join(paragraphs)
    begins = list(accumulate((len(paragraph) + 2 for paragraph in paragraphs), initial=0))[:-1]
    forms: dict[str, str] = {}
    keys: list[str] = []
    starts, ends = array("q"), array("q")
    broken = []
    for match in _WORDS.finditer(text):
        word = match[0]
        key = forms.get(word)
        if key is None:
            key = forms[word] = sys.intern(compared(word))
        if not key:  # nothing that is seen
            continue
        start = match.start()
        if keys and keys[-1] == HYPHEN and start > ends[-1] and "\n" in text[ends[-1] : start]:
            broken.append(len(keys))
        keys.append(key)
        starts.append(start)
        ends.append(match.end())
    if broken:
        there = {key.casefold() for key in forms.values()} | set(known)
        for number in reversed(broken):
            _join(number, keys, starts, ends, there)
    folded = [key.casefold() for key in keys]
    offsets = array("q", accumulate((len(key) + 1 for key in folded), initial=1))
    return Words(text, keys, starts, ends, f" {' '.join(folded)} ", offsets, begins)


def _join(
    number: int, keys: list[str], starts: "array[int]", ends: "array[int]", known: Collection[str]
) -> None:
    """Put the word behind a hyphen at the end of a line and that before it together if known."""
    first = number - 2
    if first < 0 or ends[first] != starts[number - 1]:
        return
    joined = keys[first] + keys[number]
    if joined.casefold() in known:
        keys[first : number + 1] = [joined]
        del starts[first + 1 : number + 1]
        del ends[first:number]


def begins_sentence(words: Words, number: int) -> bool:
    """Return whether a sentence begins with the word, as far as one can see."""
    while number and words.keys[number - 1] in (QUOTE, "(", "["):
        number -= 1
    return (
        not number
        or words.keys[number - 1] in SENTENCE_ENDS
        or words.paragraph(number) != words.paragraph(number - 1)
    )
