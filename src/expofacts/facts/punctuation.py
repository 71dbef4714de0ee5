"""Quotation marks, apostrophes and dashes: the characters that mean more than themselves.

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
