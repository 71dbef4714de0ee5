"""Which states of something built a text reports, which it promises, and which it denies.

What decides stands about the word, within its clause; the lists are in docs/evidence.md. Patterns
are of English, Chinese and Russian words, for a text that `readable` gave, without regard to case.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from expofacts.facts.states import STATES
from expofacts.verify.wording import alternatives

# What may stand between a word that governs a state and the state: auxiliaries and adverbs.
_EN = (
    r"(?!\s+(?:only|just|merely)\b)"
    r"(?:\s+(?:(?:be|been|being|have|has|had|get|yet|also|then|soon|both|even|ever)\b|\w+ly\b))*\s*$"
)
_RU = r"(?:\s+(?:был[аио]?|быть|пока|еще|уже|полностью|официально|торжественно))*\s*$"
# Up to so many words before it in the clause, where the order of words is free.
_FEW = r"(?:\s+[^\s,;:.]+){0,4}\s*$"
_CLAUSE = "[^，。；！？、,]{0,14}$"

_TO_COME = re.compile(
    r"\b(?:will|would|shall|should|may|might|could|can|must|to|'ll)" + _EN
    + r"|\b(?:due|expected|scheduled|set|planned|plans?|likely|about) to" + _EN
    + r"|\b(?:planned|future|upcoming|soon-to-be)\s*$"
    # Whatever is hoped for, or a condition, before a verb that is no past.
    + r"|\b(?:hopes?|hoped|hoping|expects?|wants?|if|once|when|until|before|after|unless)"
    r"(?:\s+(?!was\b|were\b|has\b|had\b|have\b|did\b)[^\s,;:.]+){0,4}\s*$"
    + r"|(?:将|预计|计划|有望|拟|力争|争取|即将|明年|后年|确保|待|预期|等待|若|如果|一旦|能否|何时)"
    + _CLAUSE
    + r"|\b(?:будет|будут|планир\w+|ожида\w+|должн\w+|должен|предстоит|может|могут|собира\w+"
    r"|намерен\w*|обеща\w+|хот\w+|чтобы|если|когда|после того как|до того как)" + _FEW,
    re.IGNORECASE,
)  # fmt: skip
_DENIED = re.compile(
    r"(?:\b(?:not|never|no longer|nor|neither|hardly|barely|scarcely|rarely|cannot)|n't"
    r"|\b(?:yet|failed|fails?|failing|unable|refused) to|\bfar from)" + _EN
    + r"|\b(?:не|ни|нельзя)" + _RU
    + r"|(?:未|没有|没|不|无法|并非|不能|不再)[^，。；！？、,]{0,3}$",
    re.IGNORECASE,
)  # fmt: skip
_PARTLY = re.compile(
    r"\b(?:half|partly|partially|almost|nearly|mostly|largely|virtually|practically|close to|being"
    r"|(?:a |one |two |three )?(?:thirds?|quarters?|fifths?))[\s-]*$"
    r"|(?<![\d.])(?!100\b)[\d.,]+\s*(?:%|per ?cent(?:age)?)\s*$"
    r"|\b(?:почти|частично|наполовину|практически)\s*$"
    r"|\bна (?!100\b)\d[\d,]*\s*(?:%|процент\w*)\s*$"
    r"|(?:基本|初步|部分|一半|几乎|接近|将近)(?:已|已经)?$",
    re.IGNORECASE,
)
_PARTLY_BEHIND = re.compile(
    r"\s*(?:partly|partially|halfway|by half|(?:by |to )?(?!100\b)\d[\d.]*\s*(?:%|per ?cent)"
    r"|наполовину|частично|на (?!100\b)\d[\d,]*\s*(?:%|процент)|(?:了)?(?:一半|过半|近半))",
    re.IGNORECASE,
)
_ONCE = re.compile(
    r"\b(?:once|formerly|previously|used to|ранее|прежде|раньше|некогда|когда-то)" + _EN
    + r"|\b(?:ранее|прежде|раньше)" + _FEW + r"|(?:曾|曾经|原来|一度)$",
    re.IGNORECASE,
)  # fmt: skip
# What makes of the word something else: an open letter, an opening ceremony, a joint-stock company.
_SOMETHING_ELSE = re.compile(
    r"(?:-up\b|-ended|-air|\s+(?:letters?|econom|market|questions?|sea|waters|source|access|door|air"
    r"|society|platform|to (?:debate|discussion|question|interpretation)))"
    r"|\s+(?:акционерн|письм|рын|мор|вопрос|дискусс|экономик|лекци|урок)"
    r"|(?:条件|能力|仪式|在即|后|前|时|型|式|程度|水平|政策)",
    re.IGNORECASE,
)
_SOMETHING_ELSE_BEFORE = re.compile(r"(?:改革|对外|扩大)$")

_STATE = alternatives({(name,): state.reported for name, state in STATES.items()})
_EVENT = alternatives(
    {(name,): state.promised if state.promised else "(?!)" for name, state in STATES.items()}
)


# Characters about a word that may decide.
_CONTEXT = 120


class Reported(NamedTuple):
    """A state that a text names, and how: "so", "to come", or "not so"."""

    state: str
    how: str


def reported(text: str) -> Iterator[Reported]:
    """Yield each state that a text names, from left to right."""
    names = list(STATES)
    for match in _STATE.finditer(text):
        state = names[int((match.lastgroup or "m0")[1:])]
        before = text[max(match.start() - _CONTEXT, 0) : match.start()]
        behind = text[match.end() : match.end() + _CONTEXT]
        yield Reported(state, _how(before, behind))


def _how(before: str, behind: str) -> str:
    if _SOMETHING_ELSE.match(behind) or _SOMETHING_ELSE_BEFORE.search(before):
        return "not so"
    if _DENIED.search(before) or _ONCE.search(before):
        return "not so"
    if _TO_COME.search(before):
        return "to come"
    if _PARTLY.search(before) or _PARTLY_BEHIND.match(behind):
        return "not so"
    return "so"


def states(text: str) -> frozenset[str]:
    """Return the states that the text says something built is in."""
    return frozenset(state for state, how in reported(text) if how == "so")


def named(text: str) -> frozenset[str]:
    """Return the states that the text names, be it to deny or to promise them."""
    return frozenset(state for state, _ in reported(text))


def promised(text: str) -> frozenset[str]:
    """Return the states that the text says something built is to come to."""
    names = list(STATES)
    events = (names[int((match.lastgroup or "m0")[1:])] for match in _EVENT.finditer(text))
    return frozenset(state for state, how in reported(text) if how == "to come").union(events)
