"""Whether what stands before a phrase denies it. The lists are in docs/evidence.md."""

import re

from expofacts.facts.punctuation import APOSTROPHES

# What turns the words right behind it into their opposite, and what may stand between.
_DENYING = (
    r"(?:\b(?:no|not|never|cannot|no longer|hardly|barely|scarcely|rarely|seldom|neither|nor"
    rf"|without)\b"
    rf"|n[{APOSTROPHES}]t\b|\b(?:yet|fail(?:s|ed|ing)?|unable|refus\w+|declin\w+|ceas\w+) to\b)"
)
_SURE = "doubts?|wonder|question|surprise"
_ADVERB = rf"(?:\s+(?!(?:{_SURE})\b)\w+)?"
# "Not only" does not, nor does "no doubt", nor "not more than", which is a qualifier.
_BUT = rf"(?!\s+(?:only|just|merely|least|more|less|fewer|later|sooner|{_SURE})\b)"
# What denies a whole clause: "it is untrue that", "nobody said", "he denied reports that".
_NOBODY = r"(?:nobody|no one|none)\s+(?:has |have |had )?(?:said|says?|claims?|claimed|believes?)"
_UNTRUE = (
    rf"{_NOBODY}|untrue|false|incorrect|wrong|(?:not|n[{APOSTROPHES}]t) true"
    r"|no (?:evidence|sign|proof|indication)|den(?:y|ies|ied)|reject(?:s|ed)?|refut(?:e|es|ed)"
    r"|disput(?:e|es|ed)|doubt(?:s|ed)?|(?:refus|declin)\w+ to (?:say|confirm)"
)
_CLAIM = r"(?:\s+(?:the\s+)?(?:claims?|reports?|rumou?rs?|idea|view|suggestions?))?(?:\s+that)?"
# A denial denied: nobody doubts, there is no denying.
_TWICE = r"(?:\b(?:no|not|nobody|never|cannot|one|few)|n't)\s+(?:can |could )?"

_NEGATION = re.compile(
    rf"{_DENYING}{_BUT}{_ADVERB}\s*$"
    rf"|(?:(?<!\w)(?:{_UNTRUE})){_CLAIM}\s*$"
    r"|\b(?:не|ни|нельзя|больше не|так и не)(?!\s+(?:только|просто|более|менее)\b)(?:\s+\w+)?\s*$"
    r"|\b(?:неверно|неправда|не соответствует действительности|отриц\w+|опров\w+|нельзя сказать"
    r"|нет (?:данных|доказательств|признаков))\s*,?\s*(?:что|будто)?\s*$"
    r"|(?:未|没有|没|不|并非|并未|不再|从未|从不|不是|否认|并不)(?:说)?$",
    re.IGNORECASE,
)
_NO_DENIAL = re.compile(
    rf"{_TWICE}(?:doubt|den[yi]|disput|refut|question)\w*{_CLAIM}\s*$", re.IGNORECASE
)


def negation(before: str) -> str:
    """Return how what stands before a phrase ends, if it denies it: "not", or "not attracted"."""
    found = _NEGATION.search(before)
    if not found or _NO_DENIAL.search(before):
        return ""
    return " ".join(found[0].split())
