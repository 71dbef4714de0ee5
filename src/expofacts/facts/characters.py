"""The characters that mean more than themselves: quotation marks, dashes, and what is not seen.

Each is a text of single characters, none of which means anything between the brackets of a
pattern but the hyphen, with which `DASHES` begins. Light, for all that is printed comes by here.
"""

# How words are quoted: the marks that open, and those of which any closes. Where these are the
# same, a mark alone does not tell; “ opens in English and closes in German. Single ones may be
# apostrophes too.
DOUBLE = (
    *(('"', '"'), ("＂", "＂"), ("“„‟", "“”‟"), ("«", "»"), ("‹", "›")),
    *(("「", "」"), ("『", "』"), ("〝", "〞〟")),
)
SINGLE = (("'", "'"), ("＇", "＇"), ("‘‛", "’"), ("‚", "‘’"))

OPENING, CLOSING = (
    "".join(pair[side] for pair in DOUBLE + SINGLE if pair[0] != pair[1]) for side in (0, 1)
)
DOUBLE_MARKS, SINGLE_MARKS = ("".join(map("".join, pairs)) for pairs in (DOUBLE, SINGLE))
QUOTATION_MARKS = DOUBLE_MARKS + SINGLE_MARKS

# Typed for single marks where a keyboard has none; in a fact file they are accents, or code.
ACCENTS = "`´"
# Chinese puts titles between these. They belong to what is said, as other marks do not.
TITLE_MARKS = "《》"

APOSTROPHES = "'’ʼ＇"
# And the minus sign, which no reader tells from one of them.
DASHES = "-\u058a\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u2e3a\u2e3b\ufe58\ufe63\uff0d"


def _span(first: int, last: int) -> str:
    return "".join(map(chr, range(first, last + 1)))


# Those of ASCII, among them tab and line end; and those beyond, which nobody types.
CONTROL, MORE_CONTROL = _span(0, 0x1F), _span(0x7F, 0x9F)
LINE_ENDS = "\u2028\u2029"
# What turns the direction of the text round it.
TURNING = "\u061c\u200e\u200f" + _span(0x202A, 0x202E) + _span(0x2066, 0x2069)
BYTE_ORDER_MARK = "\ufeff"
# What takes no room. Soft hyphens, and what no script is written with:
NO_ROOM = BYTE_ORDER_MARK + "\u00ad\u180e\u200b" + _span(0x2060, 0x2065) + _span(0x206A, 0x206F)
NO_ROOM += _span(0xFFF9, 0xFFFB) + _span(0xE0000, 0xE007F)
# and what Persian, Hindi and many an emoji are written with: joiners, and choices of a form.
JOINERS = "\u034f\u200c\u200d" + _span(0xFE00, 0xFE0F)

# What a terminal may act on, beyond ASCII.
ACTIVE = MORE_CONTROL + LINE_ENDS + TURNING + BYTE_ORDER_MARK
# What a reader does not see, and does not miss.
UNSEEN = TURNING + NO_ROOM + JOINERS
