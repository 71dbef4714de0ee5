"""Qualifiers, units and states in words: those that docs/evidence.md lists, in three languages."""

import re
from itertools import product
from pathlib import Path

import pytest

from expofacts.facts.folding import readable
from expofacts.verify.denial import negation
from expofacts.verify.numerals import figures
from expofacts.verify.reported_states import promised, states
from expofacts.verify.wording import qualifier_of, qualifiers, unit_of, units

DOCS = (Path(__file__).parents[1] / "docs" / "evidence.md").read_text("utf-8")


def listed(head: str, number: int = 0) -> list[tuple[str, str]]:
    """Return meaning and word for every word in the table of the docs with this header."""
    table = DOCS.split(f"| {head} | words |\n|---|---|\n")[number + 1].split("\n\n")[0]
    rows = re.findall(r"^\| (.+) \| (.+) \|$", table, re.MULTILINE)
    return [(meaning, word) for meaning, words in rows for word in re.split("[,;] ", words)]


def qualifier(text: str) -> str | None:
    """Return the qualifier of the only figure of the text."""
    text = readable(text)
    (figure,) = figures(text)
    said = qualifier_of(text, figure)
    return said and ", ".join(sorted(said.meaning))


@pytest.mark.parametrize(("meaning", "word"), listed("qualifier"))
def test_a_listed_qualifier_before_a_figure_is_known(meaning: str, word: str) -> None:
    space = "" if re.search("[\u3400-\u9fff]", word) else " "
    wanted = ", ".join(sorted(meaning.split(", ")))
    for begin, figure in product(("", "It has "), ("1,300", "100 billion U.S. dollars")):
        assert qualifier(f"{begin}{word}{space}{figure}") == wanted
    assert qualifier(f"{word.capitalize()}{space}30") == wanted


@pytest.mark.parametrize(("meaning", "word"), listed("qualifier", 1))
def test_a_listed_qualifier_behind_a_figure_is_known(meaning: str, word: str) -> None:
    assert qualifier(f"1,300 {word}") == ", ".join(sorted(meaning.split(", ")))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("more than 1,300 enterprises", "more than"),
        ("no more than 1,300 enterprises", "at most"),
        ("exceeded the US$100 billion mark", "more than"),
        ("1,300 enterprises or more", "at least, more than"),
        ("380+ deals", "at least, more than"),
        ("1300多万", "more than"),
        ("有1300多家企业", "more than"),
        ("1300家以上", "at least, more than"),
        ("不超过1000亿", "at most"),
        ("более чем 1 300 компаний", "more than"),
        ("не более 5 тыс. человек", "at most"),
        # These are not about the figure.
        ("over the border came 600 firms", None),
        ("600 firms over the border", None),
        ("some officials of 600 firms", None),
        ("600 firms with more partners", None),
        ("topping the list, 600 firms", None),
        ("a bridge under construction for 600 lorries", None),
        ("moreover 600 firms", None),
        ("600", None),
    ],
)
def test_a_qualifier_stands_with_its_figure(text: str, expected: str | None) -> None:
    assert qualifier(text) == expected


def test_each_figure_has_its_own_qualifier() -> None:
    text = "more than 600 enterprises from 21 regions, about 30 of them new"
    found = [qualifier_of(text, figure) for figure in figures(text)]
    assert [said and set(said.meaning) for said in found] == [{"more than"}, None, {"about"}]


def test_every_qualifier_of_a_text_is_found_wherever_it_stands() -> None:
    found = [said.meaning for said in qualifiers("over the years, at least in part, 600 or so")]
    assert found == [{"more than"}, {"at least"}, {"about"}]


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("100 billion U.S. dollars", "USD"),
        ("100 billion US dollars", "USD"),
        ("US$ 5bn", "USD"),
        ("$5m", "USD"),
        ("5 billion dollars", "USD"),
        ("1000亿美元", "USD"),
        ("100 млрд долларов США", "USD"),
        ("170 billion yuan", "CNY"),
        ("1700亿元", "CNY"),
        ("20亿日元", "JPY"),
        ("5 млн рублей", "RUB"),
        ("€5 million", "EUR"),
        ("a 3000-km border", "km"),
        ("3000 kilometers", "km"),
        ("2981公里", "km"),
        ("1.9 percent", "%"),
        ("1.9%", "%"),
        ("百分之二十", "%"),
        ("19.5 kilometers", "km"),
        ("3,267 square meters", "m2"),
        ("86,000 square metres", "m2"),
        ("1,283 meters", "m"),
        ("520万吨", "t"),
    ],
)
def test_a_unit_is_known_by_its_names(text: str, unit: str) -> None:
    text = readable(text)
    found = [unit_of(text, figure) for figure in figures(text, "en")]
    assert unit in found[-1]
    assert all(other == {unit} or unit == "USD" for other in found[-1:])


def test_a_unit_stands_with_its_figure() -> None:
    text = "600 firms bought 5 tonnes for 30 yuan"
    assert [set(unit_of(text, figure)) for figure in figures(text)] == [set(), {"t"}, {"CNY"}]


def test_the_unit_of_a_fact_is_known_whole() -> None:
    assert units("USD") == units("U.S. dollars") == units("美元") == {"USD"}
    assert units("euros") == {"EUR"}
    assert units("enterprises") == units("USD a head") == units("m of road") == set()


@pytest.mark.parametrize(("status", "word"), listed("status"))
def test_a_listed_word_for_a_state_is_known(status: str, word: str) -> None:
    assert status in states(word)
    assert status in states(f"The bridge, {word}.")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("construction is underway on the first railway bridge", {"under construction"}),
        ("is being built 3 km upstream and is to be finished in 2026", {"under construction"}),
        ("The bridge opened to traffic on June 10", {"open"}),
        ("is not yet open", set()),
        ("has not been completed", set()),
        ("will be completed", set()),
        ("is expected to be opened", set()),
        ("after their completion later this year", set()),
        ("will be connected by the highway bridge", set()),
        ("the opening ceremony", set()),
        ("rebuilt", set()),
        ("大桥尚未建成", set()),
        ("预计年底建成通车", set()),
        ("мост будет открыт в 2020 году", set()),
        ("Строительство моста завершено", {"completed"}),
        ("not only open but finished", {"completed", "open"}),
    ],
)
def test_a_state_is_what_is_so_by_now(text: str, expected: set[str]) -> None:
    assert states(readable(text)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("expected to help after their completion later this year", {"completed"}),
        ("is to be finished in 2026", {"completed"}),
        ("will open in May", {"open"}),
        ("预计年底建成通车", {"completed", "open"}),
        ("мост будет открыт", {"open"}),
        ("the bridge was completed", set()),
    ],
)
def test_a_promise_is_what_is_to_come(text: str, expected: set[str]) -> None:
    assert promised(readable(text)) == expected


@pytest.mark.parametrize(
    ("before", "said"),
    [
        ("the expo has not ", "not"),
        ("the expo has not attracted ", "not attracted"),
        ("the expo hasn’t ", "n’t"),
        ("it never\nhad ", "never had"),
        ("and no ", "no"),
        ("мост не ", "не"),
        ("大桥尚未", "未"),
        ("it has not yet fully drawn ", ""),
        ("it has drawn not only ", ""),
        ("it has drawn not more than ", ""),
        ("no fewer than ", ""),
        ("не более ", ""),
        ("the knot ", ""),
        ("", ""),
    ],
)
def test_what_stands_before_a_phrase_may_deny_it(before: str, said: str) -> None:
    assert negation(before) == said
