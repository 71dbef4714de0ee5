"""The facts that come with expofacts, weighed against the exact phrases of their sources."""

from collections.abc import Mapping
from typing import Any

import pytest

from expofacts.facts.files import packaged
from expofacts.index import query
from expofacts.index.filters import Filters
from expofacts.index.opening import ask
from expofacts.index.query import Order
from expofacts.json_lines import from_json
from expofacts.verify.verification import look_up

# Honest phrases that the rules of `verify` do not read yet, by what they make of them. Who mends
# a rule takes its fact out here: an entry that is not needed fails.
NOT_READ_YET = {
    # 27.1 مليار: Arabic has no scales yet.
    "heilongjiang-trade-2018-q1-people": "value",
    # 109.000 millones: nor has Spanish.
    "china-russia-trade-2018-mundo": "value",
    # $177 billions: nor has English a plural of them.
    "china-russia-trade-2020-ambassador": "value",
    # "As many as 316" is no upper bound in a report; it only says that 316 are many.
    "expo-enterprises-2025-tass": "qualifier",
    # Completed was the Chinese section; the bridge was not.
    "tongjiang-bridge-2018-10": "status",
    # Planned was the meeting of both halves; the works had begun.
    "heihe-bridge-2018-11": "status",
    # Launched was the construction.
    "heihe-cableway-2019-07": "status",
}

# Sources of which no words were kept; their notes say so.
WITHOUT_WORDS = {
    "heilongjiang-daily-2017-06-20",
    "china-news-service-2018-04-20",
    "sputnik-china-2019-05-31",
    "my399-2021-03-25",
}


@pytest.fixture(scope="module")
def sources() -> dict[str, dict[str, Any]]:
    def read(index: Any) -> dict[str, dict[str, Any]]:
        ids = query.ids_of_kind(index, "source")
        return {id_: from_json(query.find(index, id_)[1]) for id_ in ids}

    return ask([packaged()], read)


@pytest.fixture(scope="module")
def facts() -> list[dict[str, Any]]:
    def read(index: Any) -> list[dict[str, Any]]:
        return [
            from_json(line)
            for kind in query.FACTS
            for line in query.select(index, kind, Filters(), Order())
        ]

    return ask([packaged()], read)


def misfits(fact: Mapping[str, Any], language: str | None) -> set[str]:
    """Return what `verify` says of a fact's phrases where they are all that its source says."""
    stated = fact["stated"]
    phrases = [("stated", phrase) for phrase in stated]
    found = look_up([({**fact, "paragraph": None}, phrases)], stated, language)
    return {finding.result for finding in found} - {"found"}


def test_a_fact_is_what_its_own_phrases_bear_out(
    facts: list[dict[str, Any]], sources: dict[str, dict[str, Any]]
) -> None:
    wrong = {
        fact["id"]: misfits(fact, sources[fact["source"]]["language"])
        for fact in facts
        if fact["stated"]
    }
    assert len(wrong) > 180
    expected = {id_: {result} for id_, result in NOT_READ_YET.items()}
    assert {id_: results for id_, results in wrong.items() if results} == expected


@pytest.mark.parametrize(
    ("id_", "changed", "result"),
    [
        ("expo-deals-2019-xinhua", {"value": 390}, "value"),
        ("expo-deals-2019-xinhua", {"qualifier": None}, "qualifier"),
        ("expo-area-2014-peoples-daily", {"unit": "km2"}, "value"),
        ("heihe-bridge-2022-06", {"status": "completed"}, "status"),
        ("heihe-bridge-2016-12", {"expected_status": "completed"}, "status"),
    ],
)
def test_a_fact_changed_is_not_borne_out(
    id_: str,
    changed: dict[str, Any],
    result: str,
    facts: list[dict[str, Any]],
    sources: dict[str, dict[str, Any]],
) -> None:
    (fact,) = (fact for fact in facts if fact["id"] == id_)
    language = sources[fact["source"]]["language"]
    assert misfits(fact, language) == set()
    assert misfits({**fact, **changed}, language) == {result}


def test_phrases_are_there_for_all_facts_of_a_source_or_its_note_says_that_none_were_kept(
    facts: list[dict[str, Any]], sources: dict[str, dict[str, Any]]
) -> None:
    without = {fact["source"] for fact in facts if not fact["stated"]}
    assert without == WITHOUT_WORDS
    for id_, source in sources.items():
        assert ("words were not kept" in (source["note"] or "")) == (id_ in without), id_
        if id_ in without:
            assert not any(fact["stated"] for fact in facts if fact["source"] == id_), id_
