"""Where a text has a phrase: to the letter, or near."""

from bisect import bisect
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from heapq import nlargest
from typing import NamedTuple

from rapidfuzz.distance import LCSseq, Levenshtein

from expofacts.verify.tokens import SENTENCE_ENDS, Words, begins_sentence
from expofacts.verify.within_quotation import in_dialogue, in_quotation_marks, turns_of_dialogue

# Of 100 for the same words: from here on a passage is the phrase, changed.
NEAR = 60

# How many places of a phrase's rarest words are looked at, and how many of them closely.
_PLACES = 2_000
_CLOSELY = 4


class Passage(NamedTuple):
    """Words of a text, from the first up to `end`, and how near they are to a phrase, of 100."""

    first: int
    end: int
    score: int


class Change(NamedTuple):
    """A part of a phrase, and what stands in its place in a text: the same, another, or nothing.

    Both are given by their first word and the one behind their last.
    """

    same: bool
    old: tuple[int, int]
    new: tuple[int, int]


class Searched:
    """A text to look phrases up in. What is needed to find near ones is made when first needed."""

    def __init__(self, words: Words) -> None:
        self.words = words
        self._turns: dict[int, list[int]] = {}

    @cached_property
    def places(self) -> dict[str, list[int]]:
        """Return where each word stands."""
        found: dict[str, list[int]] = defaultdict(list)
        for number, key in enumerate(self.words.folded.split(" ")[1:-1]):
            found[key].append(number)
        return found

    def exact(self, phrase: Words) -> Iterator[Passage]:
        """Yield each passage that says the phrase, without regard to case where sentences begin."""
        if not phrase.keys:
            return
        at = self.words.folded.find(phrase.folded)
        while at >= 0:
            first = bisect(self.words.offsets, at + 1) - 1
            passage = Passage(first, first + len(phrase.keys), 100)
            pairs = range(len(phrase.keys))
            if all(same_case(phrase, number, self.words, first + number) for number in pairs):
                yield passage
            at = self.words.folded.find(phrase.folded, at + 1)

    def is_spoken(self, at: Passage) -> bool:
        """Return whether a passage stands within quotation marks, or is speech of a dialogue."""
        if in_quotation_marks(self.words, at.first, at.end):
            return True
        paragraph = self.words.paragraph(at.first)
        if paragraph not in self._turns:  # a long one may have a phrase many times
            self._turns[paragraph] = turns_of_dialogue(self.words, paragraph)
        ends_there = self.words.paragraph(at.end - 1) == paragraph
        return ends_there and in_dialogue(self._turns[paragraph], at.first, at.end)

    def nearest(
        self, phrase: Words, paragraph: int | None = None, *, only: bool = False
    ) -> Passage | None:
        """Return the passage that is most like the phrase, of two alike the one in the paragraph.

        With `only`, it is looked for nowhere else. None where they have no word in common.
        """
        bounds = (0, len(self.words.keys))
        if only and paragraph:
            bounds = self.words.within(paragraph)
        wanted = phrase.folded.split()
        return max(
            (self._fitted(wanted, start, bounds) for start in self._starts(wanted, bounds)),
            key=lambda found: (found.score, self.words.paragraph(found.first) == paragraph),
            default=None,
        )

    def _starts(self, wanted: Sequence[str], bounds: tuple[int, int]) -> list[int]:
        """Return where a passage like the phrase may begin, the likeliest first.

        Every place of one of its words speaks for a start, that of a rare word more than that of
        a frequent one; those close together add up.
        """
        offsets: dict[str, list[int]] = defaultdict(list)
        for offset, key in enumerate(wanted):
            offsets[key].append(offset)
        rarest = sorted((len(self.places[key]), key) for key in offsets if key in self.places)
        width = max(len(wanted) // 2, 4)
        weights: dict[int, float] = defaultdict(float)
        votes: dict[int, int] = defaultdict(int)
        looked_at = 0
        for count, key in rarest:
            looked_at += count
            if looked_at > _PLACES and weights:
                break
            for place in self.places[key][: 10 * _PLACES]:
                if bounds[0] <= place < bounds[1]:
                    for offset in offsets[key][:_CLOSELY]:
                        start = place - offset
                        votes[start] += 1
                        weights[start // width] += 1 / count
        # A start is not far from another in the next part.
        near = {part: weight + weights.get(part + 1, 0) for part, weight in weights.items()}
        return [
            max(range(part * width, (part + 2) * width), key=lambda start: votes.get(start, 0))
            for part in nlargest(_CLOSELY, near, key=lambda part: near[part])
        ]

    def _fitted(self, wanted: Sequence[str], start: int, bounds: tuple[int, int]) -> Passage:
        """Return the passage that begins about there and has the fewest words changed."""
        length = len(wanted)
        play = length // 3 + 3
        base = min(max(start - play, bounds[0]), bounds[1] - 1)
        top = max(min(start + length + play, bounds[1]), base + 1)
        offsets = self.words.offsets
        text = self.words.folded[offsets[base] : offsets[top]].split()

        def least_changed(spans: Iterable[tuple[int, int]]) -> tuple[int, int]:
            distances = {
                (first, end): Levenshtein.distance(wanted, text[first:end]) for first, end in spans
            }
            least = min(distances.values())
            # Of those changed alike, the one with most of the words, within a sentence, and as long
            # as the phrase: "has not been" and not just "not been" for "has been".
            return min(
                (span for span, distance in distances.items() if distance == least),
                key=lambda span: (
                    -LCSseq.similarity(wanted, text[slice(*span)]),
                    sum(key in SENTENCE_ENDS for key in text[slice(*span)]),
                    abs(span[1] - span[0] - length),
                ),
            )

        first, end = min(max(start - base, 0), len(text) - 1), len(text)
        for _ in range(2):
            first, end = least_changed((first, end) for end in range(first + 1, len(text) + 1))
            first, end = least_changed((first, end) for first in range(end))
        score = 100 * Levenshtein.normalized_similarity(wanted, text[first:end])
        return Passage(base + first, base + end, min(int(score), 99))


def same_case(phrase: Words, number: int, text: Words, other: int) -> bool:
    """Return whether words that differ at most in case are the same to a reader.

    They are if they do not differ, or only in that one of them begins a sentence.
    """
    old, new = phrase.keys[number], text.keys[other]
    return old == new or (
        old[1:] == new[1:] and (begins_sentence(phrase, number) or begins_sentence(text, other))
    )


def changes(phrase: Words, text: Words, passage: Passage) -> list[Change]:
    """Return what of the phrase is the same in the passage, and what is not, in order."""
    found: list[Change] = []
    for change in _word_by_word(phrase, text, passage):
        if found and found[-1].same == change.same:
            last = found.pop()
            old, new = (last.old[0], change.old[1]), (last.new[0], change.new[1])
            change = Change(change.same, old, new)
        found.append(change)
    return found


def _word_by_word(phrase: Words, text: Words, passage: Passage) -> Iterator[Change]:
    new = text.folded[text.offsets[passage.first] : text.offsets[passage.end]].split()
    for step in Levenshtein.opcodes(phrase.folded.split(), new):
        first, end = passage.first + step.dest_start, passage.first + step.dest_end
        if step.tag != "equal":
            yield Change(False, (step.src_start, step.src_end), (first, end))
            continue
        for old, number in enumerate(range(first, end), step.src_start):
            same = same_case(phrase, old, text, number)
            yield Change(same, (old, old + 1), (number, number + 1))


def marked(phrase: Words, text: Words, passage: Passage) -> str:
    """Return the passage with its differences from the phrase marked: [-phrase-]{+text+}."""
    pieces: list[str] = []
    for change in changes(phrase, text, passage):
        old, new = phrase.wording(*change.old), text.wording(*change.new)
        begins = (text, change.new) if new else (phrase, change.old)
        if pieces and _is_apart(begins[0], begins[1][0]):
            pieces.append(" ")
        if change.same:
            pieces.append(new)
        else:
            pieces.append((f"[-{old}-]" if old else "") + (f"{{+{new}+}}" if new else ""))
    return "".join(pieces)


def _is_apart(words: Words, number: int) -> bool:
    """Return whether there is a space before the word."""
    return number > 0 and words.ends[number - 1] < words.starts[number]
