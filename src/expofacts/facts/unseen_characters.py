"""The characters that are not seen: what controls, what turns the text round, what takes no room.

Each is a text of single characters, none of which means anything between the brackets of a
pattern. Light, for all that is printed comes by here.
"""


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
