"""Numbers as sources print them, in digits or in words, in three languages."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from expofacts.facts.folding import readable
from expofacts.verify.numerals import figures


def printed(text: str, language: str | None = None) -> list[str]:
    """Return the numbers of a text, those that may mean two things with a slash."""
    return [
        "/".join(f"{value.normalize():f}" for value in sorted(figure.values))
        for figure in figures(readable(text), language)
    ]


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        # Digits
        ("more than 1,300 enterprises", "en", ["1300"]),
        ("1300", None, ["1300"]),
        ("1 300", "ru", ["1300"]),
        ("1\u00a0300 and 1\u202f300 and 1\u2009300", "ru", ["1300"] * 3),
        ("1'300 1’300", "de-CH", ["1300", "1300"]),
        ("1,300", "en", ["1300"]),
        ("1,300", "zh-Hans", ["1300"]),
        ("1,300", "ru", ["1.3"]),
        ("1,300", None, ["1.3/1300"]),
        ("1.300", "en", ["1.3"]),
        ("1.300", "de", ["1300"]),
        ("0.300", None, ["0.3"]),
        ("1234,300", None, ["1234.3"]),
        ("1,300,000", "ru", ["1300000"]),
        ("1.300.000,50", "de", ["1300000.5"]),
        ("1,300,000.50", "en", ["1300000.5"]),
        ("1,3", "en", ["1.3"]),
        ("24.80", "en", ["24.8"]),
        ("107.06 billion", "en", ["107060000000"]),
        ("a 3000-km border", "en", ["3000"]),
        ("50,000-60,000", "en", ["50000", "60000"]),
        ("June 15, 2019", "en", ["15", "2019"]),
        ("in 2019 300 firms", "en", ["2019", "300"]),
        ("１３００", "zh", ["1300"]),
        # Scales
        ("1.3 thousand", "en", ["1300"]),
        ("100 billion U.S. dollars", "en", ["100000000000"]),
        ("US$1.5 trillion", "en", ["1500000000000"]),
        ("100bn", "en", ["100000000000"]),
        ("$5m, 5 mln, 5 mn", "en", ["5/5000000", "5000000", "5000000"]),
        ("5k", "en", ["5/5000"]),
        ("5 M", "en", ["5"]),
        ("2 dozen, a dozen", "en", ["24", "12"]),
        ("a million, a hundred thousand, a thousand million", "en",
         ["1000000", "100000", "1000000000"]),
        ("1,3 млрд", "ru", ["1300000000"]),
        ("1,5 тыс. человек, 3 тысячи, 5 миллионов", "ru", ["1500", "3000", "5000000"]),
        # English words
        ("for eight consecutive years", "en", ["8"]),
        ("sixth, Sixth, 6th, 21st, 112th, twenty-first", "en", ["6", "6", "6", "21", "112", "21"]),
        ("two hundred and twenty-one thousand and five", "en", ["221005"]),
        ("one hundred twelve", "en", ["112"]),
        ("twenty nineteen", "en", ["20", "19"]),
        ("six and seven", "en", ["6", "7"]),
        ("fifty-five", "en", ["55"]),
        ("eighty thousand", "en", ["80000"]),
        ("three million two hundred thousand", "en", ["3200000"]),
        ("someone weighed tense freights", "en", []),
        # Roman numerals
        ("VI Expo, XIV Expo, IX", "ru", ["6", "14", "9"]),
        ("Ⅵ", "ru", ["6"]),
        ("MIX LIVID IIII", "en", []),
        # Russian words
        ("двадцать один миллион", "ru", ["21000000"]),
        ("шестой, шестая, шестого, 6-й, 6-го", "ru", ["6"] * 5),
        ("сто тысяч, двести, триста пять", "ru", ["100000", "200", "305"]),
        ("четвёртый", "ru", ["4"]),
        ("шестнадцать, шестьдесят, шестьсот", "ru", ["16", "60", "600"]),
        # Chinese characters
        ("第六届", "zh", ["6"]),
        ("十三 二十 二百二十一 一千零五", "zh", ["13", "20", "221", "1005"]),
        ("1.3亿", "zh", ["130000000"]),
        ("1300多家 1300多万 十多万", "zh", ["1300", "13000000", "100000"]),
        ("三千五百万亿 1万亿 1亿3000万 一亿零五万", "zh",
         ["3500000000000000", "1000000000000", "130000000", "100050000"]),
        ("两千 二〇一九年", "zh", ["2000", "2019"]),
        ("百分之二十", "zh", ["100", "20"]),
        ("1,300亿", "zh", ["130000000000"]),
    ],
)  # fmt: skip
def test_a_number_is_read_as_it_is_printed(
    text: str, language: str | None, expected: list[str]
) -> None:
    assert printed(text, language) == expected


def test_a_figure_knows_where_it_stands() -> None:
    text = "more than 100 billion dollars and twenty-one firms"
    assert [text[one.start : one.end] for one in figures(text)] == ["100 billion", "twenty-one"]


_ONES = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]
_ONES += ["ten", "eleven", "twelve"]
_ONES += [f"{stem}teen" for stem in ("thir", "four", "fif", "six", "seven", "eigh", "nine")]
_TENS = [f"{stem}ty" for stem in ("twen", "thir", "for", "fif", "six", "seven", "eigh", "nine")]


def in_english(number: int) -> str:
    """Return a whole number below a trillion in words."""
    for scale, word in ((10**9, "billion"), (10**6, "million"), (1000, "thousand")):
        if number >= scale:
            rest = f" {in_english(number % scale)}" if number % scale else ""
            return f"{in_english(number // scale)} {word}{rest}"
    if number >= 100:
        rest = f" and {in_english(number % 100)}" if number % 100 else ""
        return f"{_ONES[number // 100]} hundred{rest}"
    if number >= 20:
        rest = f"-{_ONES[number % 10]}" if number % 10 else ""
        return _TENS[number // 10 - 2] + rest
    return _ONES[number]


def in_chinese(number: int) -> str:
    """Return a whole number below a trillion in Chinese characters."""
    for unit, char in ((10**8, "亿"), (10**4, "万"), (1000, "千"), (100, "百"), (10, "十")):
        if number >= unit:
            rest = number % unit
            zero = "零" if rest and rest < unit // 10 else ""
            return f"{in_chinese(number // unit)}{char}{zero}{in_chinese(rest) if rest else ''}"
    return "零一二三四五六七八九"[number]


@settings(deadline=None, max_examples=300)
@given(st.integers(0, 10**12 - 1) | st.integers(0, 10_000))
def test_every_whole_number_is_read_in_every_way(number: int) -> None:
    for text in (f"{number}", f"{number:,}", in_english(number), in_chinese(number)):
        assert printed(f"about {text} firms", "en") == [str(number)], text
    for separator in ("\u00a0", "\u202f", " "):
        assert printed(f"{number:,}".replace(",", separator), "ru") == [str(number)]


@settings(deadline=None, max_examples=300)
@given(st.text(st.sampled_from("0123456789., '一二十百千万亿零多余-akmXIV百分之 thousandmillion")))
def test_no_text_is_too_much(text: str) -> None:
    for figure in figures(readable(text)):
        assert figure.values
        assert all(isinstance(value, Decimal) and value.is_finite() for value in figure.values)
        assert 0 <= figure.start < figure.end <= len(readable(text))
