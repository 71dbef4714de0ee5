"""What a reader of a page of HTML sees, as text: a blank line between what stands apart."""

import re
from collections.abc import Iterator, Sequence
from html.parser import HTMLParser

from expofacts.facts.units import UNITS

_BLOCK = re.compile(
    "address|article|aside|blockquote|body|caption|center|dd|details|dialog|div|dl|dt|fieldset"
    "|figcaption|figure|footer|form|h[1-6]|header|hgroup|hr|html|legend|li|main|nav|ol|option|p"
    "|pre|section|summary|table|tbody|tfoot|thead|tr|ul"
)
# What is not shown, what is struck out, what is pressed, and how characters are read aloud.
_UNSEEN = re.compile("script|style|template|title|noscript|svg|del|s|strike|button|rt|rp|rtc")
_EMPTY = re.compile("area|base|br|col|embed|hr|img|input|link|meta|param|source|track|wbr")
_HIDDEN_STYLE = re.compile(
    r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse))\b", re.IGNORECASE
)
# Classes of what is for screen readers alone, as common style sheets name them.
_HIDDEN_CLASS = re.compile(
    r"(?<![\w-])(?:sr-only|visually-?hidden|screen-reader-text|element-invisible|d-none)(?![\w-])",
    re.IGNORECASE,
)

# Raised figures that belong to what is before them: the power of ten, and that of a unit, which
# is copied from a page as a plain figure.
_POWER_OF_TEN = re.compile(r"(?<![\d.,])10$")
_POWER_OF_UNIT = re.compile(rf"\b(?:{'|'.join(one for one in UNITS if f'{one}2' in UNITS)})$")
_RAISED = str.maketrans("0123456789-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻")
# What else is raised and no word is the mark of a footnote.
_MARK = re.compile(r"[\[(]?(?:\d{1,3}|[a-z]|[*†‡§]+)[\])]?(?:\s*,\s*\d{1,3})*", re.IGNORECASE)

# A < that no > follows before the next one begins no tag.
_OPEN = re.compile(r"<(?![^<>]*>)")

Attributes = Sequence[tuple[str, str | None]]


class _Text(HTMLParser):
    """Collects what is seen."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self.unseen: list[str] = []  # what is open and not seen, the outermost first
        self.open: list[str] = []  # paragraphs
        self.raised: list[str] | None = None

    def handle_starttag(self, tag: str, attrs: Attributes) -> None:
        if self.unseen and self.unseen[-1] == tag == "p":  # one ends where the next begins
            self.unseen.pop()
        if self.unseen:
            if tag == self.unseen[0]:
                self.unseen.append(tag)
        elif _EMPTY.fullmatch(tag):
            self._tag(tag, "")
        elif _UNSEEN.fullmatch(tag) or _is_hidden(attrs) or (tag == "aside" and "p" in self.open):
            self.unseen.append(tag)
        elif tag == "sup":
            self.raised = []
        else:
            self._tag(tag, "“")
            if tag == "p":
                self.open = ["p"]

    def handle_startendtag(self, tag: str, attrs: Attributes) -> None:
        if not self.unseen:
            self._tag(tag, "")

    def handle_endtag(self, tag: str) -> None:
        if self.unseen:
            if tag == self.unseen[-1]:
                self.unseen.pop()
        elif tag == "sup":
            self._raise()
        else:
            self._tag(tag, "”")
            if tag == "p":
                self.open = []

    def _tag(self, tag: str, quotation_mark: str) -> None:
        if _BLOCK.fullmatch(tag):
            self.pieces.append("\n\n")
        elif tag == "br":
            self.pieces.append("\n")
        elif tag in ("td", "th"):
            self.pieces.append(" ")
        elif tag == "q":
            self.pieces.append(quotation_mark)

    def _raise(self) -> None:
        """Add what is raised, but for marks of footnotes."""
        if self.raised is None:
            return
        raised, self.raised = "".join(self.raised), None
        before = "".join(self.pieces[-3:])
        if re.fullmatch(r"-?\d+", raised) and _POWER_OF_TEN.search(before):
            self.pieces.append(raised.translate(_RAISED))
        elif _POWER_OF_UNIT.search(before) or not _MARK.fullmatch(raised.strip()):
            self.pieces.append(raised)

    def handle_data(self, data: str) -> None:
        if not self.unseen:
            # Lines of the file are not lines of the page.
            line = re.sub(r"\s*\n\s*", " ", data.replace("\r", "\n"))
            (self.pieces if self.raised is None else self.raised).append(line)


def _is_hidden(attrs: Attributes) -> bool:
    given = dict(attrs)
    return (
        "hidden" in given
        or bool(_HIDDEN_STYLE.search(given.get("style") or ""))
        or bool(_HIDDEN_CLASS.search(given.get("class") or ""))
    )


def text_of_html(page: str) -> str:
    """Return what a reader of the page sees."""
    parser = _Text()
    # html.parser goes to the end of the page again for each tag that is not closed.
    parser.feed(_OPEN.sub("&lt;", "".join(_outside_comments(page))))
    parser.close()
    parser._raise()
    return "".join(parser.pieces)


def _outside_comments(page: str) -> Iterator[str]:
    before, *rest = page.split("<!--")
    yield before
    for piece in rest:
        yield piece.partition("-->")[2]
