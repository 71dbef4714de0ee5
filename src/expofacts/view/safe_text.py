"""What is safe to print: a text from a fact file never acts on a terminal, it is shown."""

from typing import Any

from expofacts.facts.unseen_characters import ACTIVE, CONTROL

_VISIBLE = {code: f"<U+{code:04X}>" for code in map(ord, ACTIVE)}
_VISIBLE |= {code: chr(0x2400 + code) for code in map(ord, CONTROL)} | {0x7F: "␡"}
_LINES = {code: shown for code, shown in _VISIBLE.items() if code != ord("\n")}


def clean(text: str) -> str:
    """Return the text with control and bidirectional characters visible; lines stay lines."""
    # To Python a space that holds words together is not printable.
    if text.isprintable() or text.replace("\u00a0", " ").isprintable():
        return text
    return text.translate(_LINES)


def clean_line(text: str) -> str:
    """Return the text as `clean` does, and in one line: line ends are visible too."""
    return text if text.isprintable() else text.translate(_VISIBLE)


def markdown(text: str) -> str:
    """Return the text, cleaned, as Markdown in which nothing is markup, an emoji code or HTML."""
    import re

    return re.sub(r"[\\`*_\[\]<>|~&$#]|:(?=[a-z0-9_+-]+:)", r"\\\g<0>", clean(text))


def value(given: Any) -> str:
    """Return a value of a record as text: nothing for null, lists joined by "; "."""
    match given:
        case str():
            return given
        case list():
            return "; ".join(given)
        case None:
            return ""
        case bool():
            return str(given).lower()
        case float():  # a score: all its digits, and no exponent
            from decimal import Decimal

            return f"{Decimal(str(given)):f}"
        case _:
            return f"{given:f}" if not isinstance(given, int) else str(given)
