"""How long 1,000 phrases take to be looked up in a text of 1 MB, a tenth of them changed.

Run it with the Python of an environment that has expofacts installed:

    python benchmarks/verify.py

Text and phrases are made up, always the same, with words as unevenly frequent as in a language.
The yardstick is what one would write without an index of words: `str.find` for each phrase, and for
those not found rapidfuzz over the whole text, of which only the first few are measured, since it
takes its time. What is measured is the time of the processor, so that a busy machine is none the
slower.
"""

import argparse
import itertools
import random
import time

from rapidfuzz import fuzz

from expofacts.verify.verification import look_up

WORDS = 8_000
PARAGRAPH = 80
# Of how many changed phrases the yardstick is measured.
SOME = 5


def make(size: int, count: int) -> tuple[list[str], list[str]]:
    """Return the paragraphs of a text of so many bytes, and phrases of it, each tenth changed."""
    draw = random.Random(1)
    letters = "etaoinshrdlucmfwypvbgk"
    vocabulary = ["".join(draw.choices(letters, k=draw.randint(2, 9))) for _ in range(WORDS)]
    weights = list(itertools.accumulate(1 / rank for rank in range(1, WORDS + 1)))
    words: list[str] = []
    while sum(map(len, words)) + len(words) < size:
        words += draw.choices(vocabulary, cum_weights=weights, k=size // 200)
    paragraphs = [
        " ".join(words[start : start + PARAGRAPH]) for start in range(0, len(words), PARAGRAPH)
    ]
    phrases = []
    for number in range(count):
        start = draw.randrange(len(words) - 30)
        phrase = words[start : start + draw.randint(6, 25)]
        if number % 10 == 0:
            phrase[draw.randrange(1, len(phrase) - 1)] = "changed"
        phrases.append(" ".join(phrase))
    return paragraphs, phrases


def main() -> int:
    """Measure, print, and return 1 if it takes longer than it may."""
    parser = argparse.ArgumentParser(description="Measure how fast phrases are looked up.")
    parser.add_argument("--most", type=float, default=3.0, help="seconds that it may take")
    options = parser.parse_args()
    paragraphs, phrases = make(1_000_000, 1_000)
    fact = {"id": "fact", "source": "source", "kind": "quote", "paragraph": None}

    start = time.process_time()
    own = [("stated", phrase) for phrase in phrases]
    found = list(look_up([(fact, own)], paragraphs, "en"))
    ours = time.process_time() - start

    text = " ".join(paragraphs)
    start = time.process_time()
    missing = [phrase for phrase in phrases if text.find(phrase) < 0]
    finding = time.process_time() - start
    start = time.process_time()
    for phrase in missing[:SOME]:
        fuzz.partial_ratio_alignment(phrase, text)
    yardstick = finding + (time.process_time() - start) / SOME * len(missing)

    drifted = sum(one.result == "drifted" for one in found)
    print(f"{len(text):,} characters, {len(found):,} phrases, {drifted} of them drifted")
    print(f"verify             {ours:6.2f} s  (at most {options.most})")
    print(f"find and rapidfuzz {yardstick:6.2f} s  ratio {ours / yardstick:.3f}")
    return 0 if ours <= options.most and drifted == len(missing) else 1


if __name__ == "__main__":
    raise SystemExit(main())
