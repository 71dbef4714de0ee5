"""How wide columns are and where lines break: laws that hold for every text and every width."""

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from expofacts.view.layout import GAP, Size, measure, pieces, share, wrap
from expofacts.view.words import NO_BREAK

LATIN = st.lists(st.text("abcdefgh", min_size=1, max_size=12), max_size=20)
# What a fact file may bring: two scripts, punctuation, spaces of all sorts, an accent on its own.
TEXT = st.text("ab,.)(%“”‘’ \u00a0\u202f\u2003\u3000四川省，。（）《》\u0301\n", max_size=60)
CLOSING = "，。、；：！？）》」』】”’"
OPENING = "（《「『【“‘"


def lines(text: str, width: int) -> list[str]:
    return list(wrap(text, width))


def letters(text: str) -> str:
    return re.sub(r"\s", "", text)


@st.composite
def columns(draw: st.DrawFn) -> list[Size]:
    """Draw what columns ask for: the longest word is no longer than the longest line."""
    sizes = []
    for _ in range(draw(st.integers(1, 6))):
        natural = draw(st.integers(0, 200))
        least = draw(st.integers(0, natural))
        sizes.append(Size(natural, least, natural + draw(st.integers(0, 10_000))))
    return sizes


# A character of two cells has no place in one.
@given(TEXT, st.integers(2, 40))
def test_no_line_is_wider_than_the_width(text: str, width: int) -> None:
    assert all(cell_len(line) <= width for line in lines(text, width))


@given(TEXT, st.integers(2, 40))
def test_no_letter_is_lost(text: str, width: int) -> None:
    assert letters("".join(lines(text, width))) == letters(text)


@given(TEXT, st.integers(2, 40))
def test_only_spaces_at_the_ends_of_lines_are_lost(text: str, width: int) -> None:
    rebuilt = r"\s*".join(map(re.escape, lines(text, width)))
    assert re.fullmatch(rf"{rebuilt}\s*", text)


@given(TEXT)
def test_every_character_belongs_to_a_word_or_a_space_between_words(text: str) -> None:
    assert "".join(pieces(text)) == text


@given(TEXT)
def test_a_text_that_fits_keeps_its_lines(text: str) -> None:
    width = max(map(cell_len, text.split("\n")), default=0)
    assert lines(text, max(width, 1)) == [line.rstrip(" ") for line in text.split("\n")]


@given(LATIN, st.integers(12, 40))
def test_words_that_fit_are_whole_and_lines_are_full(words: list[str], width: int) -> None:
    wrapped = [line.split(" ") for line in lines(" ".join(words), width)]
    assert [word for line in wrapped for word in line if word] == words
    for line, below in pairwise(wrapped):
        assert len(" ".join([*line, below[0]])) > width


@pytest.mark.parametrize(
    ("text", "width", "broken"),
    [
        ("", 5, [""]),
        ("one two", 7, ["one two"]),
        ("one two", 6, ["one", "two"]),
        ("one two", 4, ["one", "two"]),
        ("one   two", 3, ["one", "two"]),
        ("one   two", 9, ["one   two"]),
        ("one\n\ntwo", 9, ["one", "", "two"]),
        ("one ", 9, ["one"]),
        ("a-b c", 3, ["a-b", "c"]),
        ("四川\u3000省", 5, ["四川", "省"]),  # the space of Chinese
        # An accent that stands alone is of no width, but has its place.
        ("\u0301 abcdef", 5, ["\u0301", "abcde", "f"]),
        ("\u0301 abc", 3, ["\u0301", "abc"]),
    ],
)
def test_lines_break_at_spaces(text: str, width: int, broken: list[str]) -> None:
    assert lines(text, width) == broken


@pytest.mark.parametrize(
    ("text", "width", "broken"),
    [
        ("abcdefg", 3, ["abc", "def", "g"]),
        # The word begins a line of its own: broken it is bad enough.
        ("ab cdefgh ij", 4, ["ab", "cdef", "gh", "ij"]),
        ("ab cdefgh ij", 5, ["ab", "cdefg", "h ij"]),
        ("四川省四", 5, ["四川", "省四"]),
        ("四。。。", 4, ["四。", "。。"]),
    ],
)
def test_words_longer_than_the_width_are_broken(text: str, width: int, broken: list[str]) -> None:
    assert lines(text, width) == broken


@pytest.mark.parametrize("hold", [NO_BREAK, "\u202f"])
def test_what_is_read_together_stays_together(hold: str) -> None:
    assert lines(f"18{hold}June{hold}2019 on", 12) == [f"18{hold}June{hold}2019", "on"]
    assert lines(f"as of 18{hold}June", 9) == ["as of", f"18{hold}June"]
    assert measure([f"18{hold}June{hold}2019 on"]).least == len("18 June 2019")
    # Neither at a character of Chinese, nor where several stand together.
    assert lines(f"约12{hold}亿元", 6) == ["约", f"12{hold}亿", "元"]
    assert lines(f"a b{hold}{hold}c", 4) == ["a", f"b{hold}{hold}c"]


def test_chinese_breaks_between_characters() -> None:
    assert lines("四川省和黑龙江", 6) == ["四川省", "和黑龙", "江"]
    assert lines("四川abc省", 6) == ["四川", "abc省"]
    assert measure(["四川省和黑龙江"]) == (14, 2, 14)


@pytest.mark.parametrize("mark", CLOSING)
def test_closing_punctuation_never_begins_a_line(mark: str) -> None:
    for text in (f"四川{mark}省人", f"ab 5%{mark}省", f"四川abc{mark}{mark}川"):
        for width in range(measure([text]).least, cell_len(text)):
            assert not [line for line in lines(text, width) if line.startswith(mark)]


@pytest.mark.parametrize("mark", OPENING)
def test_opening_punctuation_never_ends_a_line(mark: str) -> None:
    for text in (f"四川{mark}省人", f"说{mark}{mark}四川", f"说{mark}abc 四川"):
        for width in range(measure([text]).least, cell_len(text)):
            assert not [line for line in lines(text, width) if line.endswith(mark)]


@given(st.lists(TEXT, max_size=4))
def test_the_size_is_that_of_the_longest_line_and_word(texts: list[str]) -> None:
    size = measure(texts)
    split = [line for text in texts for line in text.split("\n")]
    assert size.natural == max(map(cell_len, split), default=0)
    assert size.mass == sum(map(cell_len, split))
    assert size.least <= size.natural


@given(LATIN)
def test_a_column_needs_room_for_its_longest_word(words: list[str]) -> None:
    assert measure([" ".join(words)]).least == max(map(len, words), default=0)


def test_an_indented_word_asks_for_its_indent_too() -> None:
    assert measure(["one three"], [3]) == (12, 8, 12)
    assert measure(["one", "three"], [6, 0]) == (9, 9, 14)


@given(columns(), st.integers(1, 500))
def test_columns_share_the_width(sizes: list[Size], width: int) -> None:
    widths = share(sizes, width)
    room = width - GAP * (len(sizes) - 1)
    if room < sum(size.least for size in sizes):
        assert widths is None
        return
    assert widths is not None
    for size, given_ in zip(sizes, widths, strict=True):
        assert size.least <= given_ <= size.natural
    # All the room there is, but no more than the texts ask for.
    assert sum(widths) == min(room, sum(size.natural for size in sizes))


def test_columns_with_more_text_are_wider_but_not_in_proportion() -> None:
    # 16 times the text is worth 8 times the width: a narrow column wastes more at its line ends.
    assert share([Size(900, 1, 1600), Size(900, 1, 100)], 90 + GAP) == [80, 10]
    assert share([Size(900, 1, 500), Size(900, 1, 500)], 90 + GAP) == [45, 45]


def test_a_column_that_has_enough_leaves_the_rest_to_the_others() -> None:
    assert share([Size(10, 5, 1000), Size(900, 5, 1000)], 100 + GAP) == [10, 90]
    assert share([Size(900, 60, 100), Size(900, 5, 10_000)], 100 + GAP) == [60, 40]


def test_what_does_not_divide_goes_to_the_first() -> None:
    assert share([Size(50, 1, 100)] * 3, 50 + 2 * GAP) == [18, 16, 16]
