"""Facts looked up in the texts of their sources: what is found, what is not, and how it is told."""

import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from expofacts.facts.load import load
from expofacts.verify.passages import Searched, marked
from expofacts.verify.source_text import paragraphs
from expofacts.verify.tokens import words
from expofacts.verify.verification import Finding, look_up, phrases
from tests.conftest import Result

FERRY = Path(__file__).parent / "data" / "verify"
ARTICLE = (FERRY / "ferry.txt").read_text("utf-8")
SOURCE = "courier-2024-03-05"
KINDS = {
    "quotes": "quote",
    "statistics": "statistic",
    "infrastructure": "infrastructure",
    "mechanisms": "mechanism",
}
EMPTY = dict.fromkeys(("stated", "paragraph", "qualifier", "expected_status", "speech"))
FACTS: list[dict[str, Any]] = [
    {**EMPTY, "kind": kind, **fact}
    for table, kind in KINDS.items()
    for fact in load([str(FERRY / "facts.toml")])[table]
]

Run = Callable[..., Result]
Write = Callable[..., str]


def check(text: str, fact: dict[str, Any], language: str | None = "en") -> list[Finding]:
    """Return what is found of a fact in a text."""
    fact = {**EMPTY, "id": "fact", "source": "source", "kind": "quote", **fact}
    return list(look_up([(fact, phrases(fact))], paragraphs(text), language))


def stated(text: str, phrase: str, **fact: Any) -> Finding:
    """Return what is found of a phrase in a text."""
    (found,) = check(text, {"stated": [phrase], **fact})
    return found


def spoken(text: str, said: str) -> str:
    """Return the result for the words of a speaker, and how they differ."""
    (found,) = check(text, {"speech": "direct", "text": said})
    return found.result if found.result == "found" else f"{found.result}: {found.difference}"


# The law: an edit within a claim reports that fact, and no other


def claims() -> list[tuple[str, int, int]]:
    """Return the id of each fact with where each of its phrases begins and ends in the article."""
    spans = []
    for fact in FACTS:
        for _, phrase in phrases(fact):
            pattern = re.escape(phrase).replace(r"\ ", r"\s+")
            (match,) = re.finditer(pattern, ARTICLE)
            spans.append((fact["id"], *match.span()))
    return spans


def reported(text: str) -> set[str]:
    """Return the facts that a text of the source does not bear out."""
    found = look_up([(fact, phrases(fact)) for fact in FACTS], paragraphs(text), "en")
    return {one.fact for one in found if one.result != "found"}


OTHERS = {
    "eight": "nine",
    "first": "second",
    "two": "three",
    "more": "less",
    "about": "over",
    "exceeded": "reached",
    "not": "now",
    "no": "a",
    "built": "planned",
    "closed": "opened",
    "March": "April",
    "February": "January",
    "May": "June",
}


def edits() -> Iterator[tuple[str, int, int, str]]:
    """Yield what an edit is called, from where to where it reaches, and the text in its place."""
    for match in re.finditer(r"[\w]+(?:[.,]\d+)*", ARTICLE):
        word, start, end = match[0], *match.span()
        if word[0].isdigit():
            other = ("7" if word[0] != "7" else "8") + word[1:]
        else:
            other = OTHERS.get(word, "Novograd" if word[0].isupper() else "altered")
        yield f"{word} becomes {other}", start, end, other
        if start % 2:
            yield f"{word} goes", start, end, ""
        else:
            yield f"not before {word}", start, start, "not "


def lead(first: int) -> int:
    """Return where the word before a phrase begins, if nothing but space is between them."""
    before = re.search(r"\w+\s+$", ARTICLE[:first])
    return before.start() if before else first


@pytest.mark.parametrize("part", range(4))
def test_an_edit_reports_the_facts_whose_words_it_changes_and_no_other(part: int) -> None:
    spans = claims()
    wrong = []
    for name, start, end, new in list(edits())[part::4]:
        within = {id_ for id_, first, last in spans if first <= start and end <= last}
        if start == end:  # a "not" turns the phrase behind it round, from one word before it on
            within = {id_ for id_, first, last in spans if lead(first) <= start < last}
        if name == "not before more" or name == "not before about":
            continue  # "not more than" is another qualifier, inside the phrase or before it
        if (found := reported(ARTICLE[:start] + new + ARTICLE[end:])) != within:
            wrong.append((name, found ^ within))
    assert wrong == []


def test_the_article_as_it_is_reports_nothing() -> None:
    assert reported(ARTICLE) == set()
    assert len(list(edits())) > 300
    claimless = [
        name for name, start, *_ in edits() if not any(a <= start <= b for _, a, b in claims())
    ]
    assert len(claimless) > 80


@pytest.mark.parametrize(
    ("old", "new", "fact"),
    [
        ("1,200", "1,300", "cars-2024-02"),
        ("1,200", "12,00", "cars-2024-02"),
        ("more than 1,200", "at least 1,200", "cars-2024-02"),
        ("more than 1,200", "1,200", "cars-2024-02"),
        ("cars in", "buses in", "cars-2024-02"),
        ("41 buses", "about 41 buses", "buses-2024-02"),
        ("eight lorries", "nine lorries", "lorries-2024-02"),
        ("eight lorries", "eighty lorries", "lorries-2024-02"),
        ("eight lorries", "nearly eight lorries", "lorries-2024-02"),
        ("exceeded", "fell short of", "trade-2023"),
        ("2.4\nbillion", "2.4\nmillion", "trade-2023"),
        ("crowns", "dollars", "trade-2023"),
        ("12 percent", "12 tonnes", "timber-2023"),
        ("percent", "per cent", "timber-2023"),
        ("will not\ncost", "will\ncost", "ilves-ticket"),
        ("We will run", "We will not run", "ilves-winter"),
        ("Mara Ilves", "Maria Ilves", "ilves-winter"),
        ("Pavel Orlov, mayor", "Pavel Orlov, deputy mayor", "orlov-towns"),
        ("“changed how", "changed how", "orlov-towns"),
        ("other.”", "other.", "orlov-towns"),
        ("no lorry", "a lorry", "orlov-lorries"),
        ("since January", "since February", "orlov-lorries"),
        ("is being built", "is planned", "road-bridge-2024"),
        ("in 2026", "in 2027", "road-bridge-2024"),
        ("closed on", "reopened on", "railway-bridge-2024"),
        ("May 12, 2019", "May 13, 2019", "railway-bridge-2024"),
        ("have set up", "have not set up", "river-council"),
        ("carried more than 1,200", "has not carried more than 1,200", "cars-2024-02"),
        ("floods", "droughts", "river-council"),
    ],
)
def test_a_changed_figure_name_status_date_or_negation_reports_its_fact(
    old: str, new: str, fact: str
) -> None:
    assert ARTICLE.count(old) == 1
    assert reported(ARTICLE.replace(old, new)) == {fact}


# What does not matter to a reader


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("the first\nrailway   bridge", "the first railway bridge"),
        ("the first\r\n\trailway bridge", "the first railway bridge"),
        ("the infra-\nstructure. An infrastructure", "the infrastructure"),
        ("the infra-\nstructure", "the infrastructure"),
        ("a cross-\nborder bridge", "a cross-border bridge"),
        ("people-to-\npeople ties", "people-to-people ties"),
        ("the infra\u00ad\nstructure", "the infrastructure"),
        ("the in\u00adfra\u00adstruc\u00adture", "the infrastructure"),
        ("the infra\u200bstructure\ufeff", "the infrastructure"),
        ("1\u00a0300\u2009cars", "1 300 cars"),
        ("the “first” bridge", 'the "first" bridge'),
        ("the «first» bridge", "the „first“ bridge"),
        ("China’s regions", "China's regions"),
        ("a 3000–km border — long", "a 3000-km border - long"),
        ("a border -- long", "a border—long"),
        ("the ﬁrst ﬂoor", "the first floor"),
        ("Cafe\u0301", "Café"),
        ("so it is …", "so it is ..."),
        ("Ｇｏｏｄ １２", "Good 12"),
        ("It rained. The bridge opened", "the bridge opened"),
        ("It rained. the bridge opened", "The bridge opened"),
        ("he said: “The bridge opened”", "the bridge opened"),
        ("в\u00a0четвёртый раз", "в четвёртый раз"),
        ("四川省\n将与俄罗斯", "四川省将与俄罗斯"),
        ("共有1 300家", "共有1 300家"),
    ],
)
def test_what_does_not_matter_to_a_reader_is_found(text: str, phrase: str) -> None:
    assert stated(text, phrase).result == "found"


@pytest.mark.parametrize(
    ("text", "phrase", "difference"),
    [
        ("It had 41 buses", "had 42 buses", "had [-42-]{+41+} buses"),
        ("about 1,300 new cars came", "1,300 cars came", "1,300 {+new+} cars came"),
        ("the road bridge in Tarn", "the long road bridge in Tarn",
         "the [-long-] road bridge in Tarn"),
        ("has not been built in Tarn", "has been built in Tarn", "has {+not+} been built in Tarn"),
        ("5 km from the port", "5 m from the port", "5 [-m-]{+km+} from the port"),
        ("a 3000 km border with us", "a 3000-km border with us", "a 3000[---] km border with us"),
        ("the polish of Tarn is new", "the Polish of Tarn is new",
         "the [-Polish-]{+polish+} of Tarn is new"),
        ("in trade, energy and tourism", "in trade and energy and tourism",
         "in trade[-and-]{+,+} energy and tourism"),
        ("The bridges opened in May", "The bridge opened in May",
         "The [-bridge-]{+bridges+} opened in May"),
        ("on May 12, 2019", "on May 12, 2020", "on May 12, [-2020-]{+2019+}"),
        ("四川省将与俄罗斯合作", "四川省将不与俄罗斯合作", "四川省将[-不-]与俄罗斯合作"),
        ("in 10³ parts of it", "in 103 parts of it", "in [-103-]{+10³+} parts of it"),
        ("one two three four five six", "one two 3 4 five six",
         "one two [-3 4-]{+three four+} five six"),
    ],
)  # fmt: skip
def test_what_matters_has_drifted_and_is_marked(text: str, phrase: str, difference: str) -> None:
    found = stated(text, phrase)
    assert (found.result, found.difference) == ("drifted", difference)
    assert found.score < 100


def test_a_drifted_phrase_has_the_wording_of_the_source_and_a_score() -> None:
    found = stated("It rained.\n\nThe port   counted “41”\nbuses.", "The port counted “42” buses")
    assert found.wording == "The port counted “41” buses"
    assert (found.paragraph, found.score) == (2, 85)


def test_what_is_nowhere_is_absent_with_the_nearest_passage() -> None:
    found = stated("A council was set up.\n\nThe port has a quay.", "The port has forty new cranes")
    assert (found.result, found.paragraph, found.wording) == ("absent", 2, "The port has a quay")
    assert 0 < found.score < 60
    nothing = stated("A council was set up.", "forty cranes")
    assert (nothing.result, nothing.paragraph, nothing.wording, nothing.score) == (
        *("absent", None, None, 0),
    )


def test_a_drifted_phrase_does_not_run_on_into_the_next_sentence() -> None:
    found = stated(
        "It grew. Trade over the river fell. Snow lay on it.", "Trade over the river rose"
    )
    assert found.wording == "Trade over the river fell"


def test_words_within_longer_ones_are_not_found() -> None:
    for text in (
        "121 regions of it",
        "21,000 regions of it",
        "21.5 regions of it",
        "21 subregions",
    ):
        assert stated(text, "21 regions").result != "found"


# Paragraphs


def test_another_paragraph_is_a_remark() -> None:
    found = stated("One.\n\nTwo is here.\n\nThree.", "Two is here", paragraph=3)
    assert (found.result, found.paragraph, found.remarks) == ("found", 2, ("the fact has para. 3",))
    assert stated("One.\n\nTwo.", "Two", paragraph=2).remarks == ()
    assert stated("One.\n\nTwo.", "Two", paragraph=99).result == "found"


def test_of_several_paragraphs_with_the_words_the_facts_own_counts() -> None:
    text = "The 6th Expo.\n\nThe 6th Expo.\n\nThe sixth Expo."
    assert stated(text, "The 6th Expo", paragraph=2).paragraph == 2
    assert stated(text, "The 6th Expo").paragraph == 1
    # In another form of the number, it is still the same claim.
    assert stated(text, "The 6th Expo", paragraph=3).result == "found"


@pytest.mark.parametrize("own", ["The 7th Expo.", "Not the 6th Expo, the fair.", "The 6th Fair."])
def test_a_change_in_the_facts_own_paragraph_counts_whatever_another_says(own: str) -> None:
    text = f"The 6th Expo opened.\n\n{own}"
    changed = stated(text.replace("Not the", "The not"), "The 6th Expo", paragraph=2)
    assert (changed.result, changed.paragraph) == ("drifted", 2)


# Quotation marks


@pytest.mark.parametrize(
    "text",
    [
        '"We will run it," she said.',
        "“We will run it,” she said.",
        "«We will run it», she said.",
        "„We will run it“, she said.",
        "»We will run it«, she said.",
        "”We will run it”, she said.",
        "‘We will run it,’ she said.",
        "'We will run it,' she said.",
        "她说:「We will run it」",
        "She said “today we will run it all winter.”",
        "“They said ‘We will run it’ to us,” she said.",
        "“It rained.” “We will run it”",
        '"It rained." "We will run it"',
        '(“We will run it”)',
        "“It rained.\n\n“We will run it.\n\n“It snowed.”",
        "“It rained.\n\nWe will run it.”",
        'The 6" pipe: "We will run it"',
        "“The towns' boats: we will run it, at the towns' cost”",
    ],
)  # fmt: skip
def test_spoken_words_stand_between_quotation_marks(text: str) -> None:
    assert spoken(text, "We will run it" if "We" in text else "we will run it") == "found"


@pytest.mark.parametrize(
    "text",
    [
        "We will run it, she said.",
        "“Yes,” she said. We will run it. “No,” she said.",
        '"Yes," she said. We will run it. "No," she said.',
        "We will run it,” she said.",
        "“We will run it, she said.",
        '"We will run it, she said.',
        'We will run it," she said.',
        "“It rained.”\n\nWe will run it.\n\n“It snowed.”",
        "“Yes.” We will run it",
        "“We will run it.\n\nIt snowed.\n\n“Yes,” she said.",
        '"We will run it.\n\nIt snowed.\n\n"Yes," she said.',
    ],
)
def test_spoken_words_without_quotation_marks_have_drifted(text: str) -> None:
    assert spoken(text, "We will run it") == "drifted: [-“-]We will run it[-”-]"


def test_words_over_two_quotations_have_drifted() -> None:
    assert spoken("“We run it,” she said, “for ever.”", "We run it, for ever.") != "found"
    assert spoken("“We run it.” “For ever.”", "We run it.” “For ever.").startswith("drifted")


def test_quotation_marks_elsewhere_count_before_bare_words() -> None:
    text = "We run it.\n\n“We run it,” she said."
    (found,) = check(text, {"speech": "direct", "text": "We run it", "paragraph": 1})
    assert (found.result, found.paragraph) == ("found", 2)


def test_a_phrase_of_the_source_needs_no_quotation_marks() -> None:
    (found,) = check("She said so.", {"speech": "indirect", "text": "x", "stated": ["She said"]})
    assert (found.field, found.result) == ("stated", "found")


# Value, unit, qualifier, status


def figure(phrase: str, value: Any, unit: str, language: str | None = "en", **fact: Any) -> str:
    """Return the result and the remark for a statistic in a text that is its phrase."""
    text = fact.pop("text", phrase)
    record = {"kind": "statistic", "value": value, "unit": unit, "stated": [phrase], **fact}
    (found,) = check(text, record, language)
    return ": ".join((found.result, *found.remarks))


@pytest.mark.parametrize(
    ("phrase", "value", "unit", "more"),
    [
        ("more than 1,300 enterprises", 1300, "enterprises", {"qualifier": "more than"}),
        ("1.3 thousand enterprises", 1300, "enterprises", {}),
        ("for eight consecutive years", 8, "consecutive years", {}),
        ("the sixth Expo", 6, "ordinal", {}),
        ("the 6th Expo", 6, "ordinal", {}),
        ("exceeded 100 billion U.S. dollars", 10**11, "USD", {"qualifier": "more than"}),
        ("exceeded 100 billion U.S. dollars", 100, "billion USD", {"qualifier": "more than"}),
        ("a 3000-km border", 3000, "km", {}),
        ("fell 1.9 percent", Decimal("-1.9"), "%", {}),
        ("nearly 10,000 visitors", 10000, "visitors", {"qualifier": "about"}),
        ("nearly 10,000 visitors", 10000, "visitors", {"qualifier": "less than"}),
        ("more than 600 of the 1,300 firms", 1300, "firms", {}),
        ("exceeded, for the first time, 600", 600, "firms", {"qualifier": "more than"}),
        ("超过1000亿美元", 10**11, "USD", {"qualifier": "more than", "language": "zh"}),
        ("达到1070.6亿美元", Decimal("1070.6"), "亿美元", {"language": "zh"}),
        ("近3.2百万人次", Decimal("3.2"), "百万 人次", {"qualifier": "about", "language": "zh"}),
        ("1070,6 млрд долларов", Decimal("1070.6"), "млрд долларов", {"language": "ru"}),
        ("1300多家企业", 1300, "enterprises", {"qualifier": "more than", "language": "zh"}),
        ("более 1,3 млрд рублей", 1_300_000_000, "RUB",
         {"qualifier": "more than", "language": "ru"}),
    ],
)  # fmt: skip
def test_a_figure_fits_its_phrase(phrase: str, value: Any, unit: str, more: dict[str, Any]) -> None:
    assert figure(phrase, value, unit, **more) == "found"


@pytest.mark.parametrize(
    ("phrase", "value", "unit", "more", "expected"),
    [
        ("1,300 firms", 1400, "firms", {}, "value: the fact has 1,400, this 1,300"),
        ("1,300 firms", 13, "firms", {}, "value: the fact has 13, this 1,300"),
        ("1,300 firms", 1300, "firms", {"language": "ru"},
         "value: the fact has 1,300, this 1,300"),
        ("a few firms", 3, "firms", {}, "value: the fact has 3, this no figure"),
        ("100 billion yuan", 10**11, "USD", {}, "value: the fact has USD, this CNY"),
        ("3000 km long", 3000, "m", {}, "value: the fact has m, this km"),
        ("more than 1,300 firms", 1300, "firms", {},
         "qualifier: the fact has no qualifier, this “more than”"),
        ("1,300 firms", 1300, "firms", {"qualifier": "more than"},
         "qualifier: the fact has “more than”, this nothing like it"),
        ("about 1,300 firms", 1300, "firms", {"qualifier": "more than"},
         "qualifier: the fact has “more than”, this “about”"),
        ("no more than 1,300 firms", 1300, "firms", {"qualifier": "more than"},
         "qualifier: the fact has “more than”, this “no more than”"),
        # What the phrase left out stands right beside it in the source.
        ("1,300 firms", 1300, "firms", {"text": "It had more than 1,300 firms."},
         "qualifier: the fact has no qualifier, this “more than”"),
        ("1,300 firms", 1300, "firms", {"text": "It had 1,300 firms or more."},
         "qualifier: the fact has no qualifier, this “or more”"),
        ("100 billion", 10**11, "USD", {"text": "It had 100 billion yuan."},
         "value: the fact has USD, this CNY"),
    ],
)  # fmt: skip
def test_a_figure_that_does_not_fit_its_phrase_is_pointed_out(
    phrase: str, value: Any, unit: str, more: dict[str, Any], expected: str
) -> None:
    assert figure(phrase, value, unit, **more) == expected


def test_what_stands_in_the_sentence_before_is_not_the_figures() -> None:
    assert figure("1,300 firms", 1300, "firms", text="It took more than. 1,300 firms") == "found"
    assert (
        figure("1,300 firms", 1300, "firms", text="It is about\n\n1,300 firms\n\nor more")
        == "found"
    )


def test_one_of_several_phrases_has_the_figure() -> None:
    text = "The Expo in Tarn had 1,300 firms."
    fact = {"kind": "statistic", "value": 1300, "unit": "firms"}
    found = check(text, {**fact, "stated": ["The Expo in Tarn", "had 1,300 firms"]})
    assert [one.result for one in found] == ["found", "found"]
    found = check(text, {**fact, "value": 1400, "stated": ["The Expo in Tarn", "had 1,300 firms"]})
    assert [one.result for one in found] == ["found", "value"]


def test_a_phrase_that_has_drifted_is_not_blamed_twice() -> None:
    assert figure("had 1,300 firms", 1400, "firms", text="had 1,500 firms") == "drifted"


@pytest.mark.parametrize(
    ("stated", "status", "expected_status", "expected"),
    [
        (["construction is underway"], "under construction", None, "found"),
        (["construction is underway"], "open", None,
         "status: the fact has “open”, this “under construction”"),
        (["opened in May"], "completed", None, "status: the fact has “completed”, this “open”"),
        (["the trains"], "open", None, "found"),
        (["is to be finished in 2026"], "under construction", "completed", "found"),
        (["is to be finished in 2026"], "under construction", "open",
         "status: the fact has “open”, this “completed”"),
        (["after their completion"], "under construction", None, "found"),
        (["工程已竣工"], "completed", None, "found"),
        (["движение открыто"], "suspended", None,
         "status: the fact has “suspended”, this “open”"),
    ],
)  # fmt: skip
def test_a_status_fits_its_phrase(
    stated: list[str], status: str, expected_status: str | None, expected: str
) -> None:
    fact = {"kind": "infrastructure", "status": status, "expected_status": expected_status}
    (found,) = check(stated[0], {**fact, "stated": stated})
    assert ": ".join((found.result, *found.remarks)) == expected


def test_every_fact_that_comes_with_expofacts_fits_its_own_words() -> None:
    path = Path(__file__).parents[1] / "data" / "facts.toml"
    collection = load([str(path)])
    languages = {source["id"]: source.get("language") for source in collection["sources"]}
    wrong = []
    for table, kind in KINDS.items():
        for fact in collection[table]:
            fact = {**EMPTY, "kind": kind, **fact}
            text = "\n\n".join(f"“{phrase}”" for _, phrase in phrases(fact))
            if text:
                found = check(text, {**fact, "paragraph": None}, languages[fact["source"]])
                wrong += [one for one in found if one.result != "found"]
    assert wrong == []


# Laws


@st.composite
def texts(draw: st.DrawFn) -> list[str]:
    """Draw a text of some hundred words, few of them different."""
    vocabulary = draw(st.lists(st.text("abcde", min_size=1, max_size=4), min_size=5, max_size=30))
    return draw(st.lists(st.sampled_from(vocabulary), min_size=10, max_size=200))


@settings(deadline=None, max_examples=100)
@given(texts(), st.data())
def test_any_passage_is_found_however_its_lines_are_broken(
    text: list[str], data: st.DataObject
) -> None:
    first = data.draw(st.integers(0, len(text) - 2))
    end = data.draw(st.integers(first + 1, len(text)))
    spaces = data.draw(st.lists(st.sampled_from(" \n\t\u00a0\u2009"), min_size=len(text)))
    broken = "".join(word + space for word, space in zip(text, spaces, strict=False))
    assert stated(broken, " ".join(text[first:end])).result == "found"


@settings(deadline=None, max_examples=100)
@given(texts(), st.data())
def test_a_changed_word_is_the_only_thing_marked(text: list[str], data: st.DataObject) -> None:
    changed = data.draw(st.integers(0, len(text) - 1))
    phrase = [*text[:changed], "zzz", *text[changed + 1 :]]
    found = stated(" ".join(text), " ".join(phrase))
    assert found.result == "drifted"
    assert found.difference == " ".join(
        [*text[:changed], f"[-zzz-]{{+{text[changed]}+}}", *text[changed + 1 :]]
    )


@settings(deadline=None, max_examples=200)
@given(st.text(max_size=200), st.text(max_size=40))
def test_no_text_and_no_phrase_is_too_much(text: str, phrase: str) -> None:
    searched = Searched(words(paragraphs(text)))
    found = searched.nearest(words([phrase]))
    if found:
        assert 0 <= found.first < found.end <= len(searched.words.keys)
        marked(words([phrase]), searched.words, found)
    for passage in searched.exact(words([phrase])):
        assert passage.end - passage.first == len(words([phrase]).keys)
    assert searched.words.keys.__len__() == len(searched.words.folded.split())
