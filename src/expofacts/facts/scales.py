"""Words that multiply: million, млн, 亿."""

import re
from math import prod

# By what each multiplies, and its words, alternatives of a pattern; the first is the one to print.
SCALES = {
    12: "dozen",
    100: "hundred|hundredth",
    10**3: "thousand|тыс|тысяч\\w*",
    10**6: "million|mln|mn|млн|миллион\\w*",
    10**9: "billion|bln|bn|млрд|миллиард\\w*",
    10**12: "trillion|trn|tn|трлн|триллион\\w*",
}
# The places of Chinese numbers.
CHINESE = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8, "兆": 10**12}

# Not compiled, for tables import this. In Chinese no blank stands before what is counted, and a
# thousand alone may be a part of its name: 千米.
_SCALE = "".join(rf"(?P<n{scale}>(?:{words})(?!\w))|" for scale, words in SCALES.items())
_SCALE = f"(?i:{_SCALE}(?P<chinese>[十百千]?[万亿]+))"
_BETWEEN = " ."


def scale_of(word: str) -> int | None:
    """Return what "million", or 亿 in 亿美元, multiplies by, or None for another word."""
    match = re.match(_SCALE, word)
    return match and _worth(match)


def scale_before(unit: str) -> tuple[int, str]:
    """Return what the words before a unit multiply by, and the unit: 1,000,000 and USD.

    What is nothing but such words is a unit itself.
    """
    scale = 1
    while (match := re.match(_SCALE, unit)) and (rest := unit[match.end() :].lstrip(_BETWEEN)):
        scale, unit = scale * _worth(match), rest
    return scale, unit


def _worth(match: re.Match[str]) -> int:
    if match["chinese"]:
        return prod(CHINESE[char] for char in match["chinese"])
    return int((match.lastgroup or "n1")[1:])
