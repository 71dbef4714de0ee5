"""The facts of the report that come with expofacts: they are there, as it gives them, and first."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from expofacts.facts.files import packaged, stamps
from expofacts.facts.folding import fold
from expofacts.facts.load import Collection, load
from tests.conftest import TABLE_OF, Result

# Statement, figure, infrastructure entry and mechanism of the report, by paragraph.
QUOTES = {
    "officials-experts-cooperation": 2,
    "utyasheva-far-east-advantages": 4,
    "utyasheva-transport-corridor": 4,
    "utyasheva-regular-exchanges": 5,
    "utyasheva-high-tech-tourism": 5,
    "nikolayev-natural-resources": 6,
    "nikolayev-energy-networks": 6,
    "qin-enting-joined-hands": 12,
    "li-yunze-logistics": 14,
    "li-yunze-imports": 14,
    "li-yunze-exports": 14,
    "chen-guangjun-freight-trains": 15,
}
# Value, unit, qualifier, period, paragraph.
FIGURES = {
    "expo-enterprises-2019-xinhua": (1300, "enterprises", "more than", "2019", 3),
    "expo-chinese-regions-2019-xinhua": (21, "provincial-level regions", None, "2019", 3),
    "expo-russian-regions-2019-xinhua": (18, "oblasts", None, "2019", 3),
    "china-russia-trade-2018-xinhua": (100_000_000_000, "USD", "more than", "2018", 8),
    "china-largest-partner-xinhua": (8, "consecutive years", None, None, 8),
    "expo-heilongjiang-2019-xinhua": (600, "enterprises", "more than", "2019", 10),
    "heilongjiang-border-xinhua": (3000, "km", None, None, 10),
}
INFRASTRUCTURE = {
    "tongjiang-bridge-2019-06": ("under construction", "2019", "completed", 11),
    "heihe-bridge-2019-06": ("under construction", "2019", "completed", 11),
    "china-europe-trains-2019-06": ("open", None, None, 15),
}
MECHANISMS = {
    "yangtze-volga": ["yangtze-regions", "volga-regions"],
    "northeast-china-far-east": ["northeast-china", "russian-far-east"],
}
# The report's passages in quotation marks, all of them; the first sentence's last comma led on
# to who said it.
PASSAGES = {
    "utyasheva-far-east-advantages": (
        "partial",
        "unique geographical advantages in conducting local-level cooperation with China.",
    ),
    "qin-enting-joined-hands": (
        "partial",
        "joined hands in strengthening infrastructure connectivity and trade ties and promoting"
        " people-to-people exchanges.",
    ),
    "chen-guangjun-freight-trains": (
        "direct",
        "Guangdong will strengthen local-level cooperation with Russia in energy, modern"
        " agriculture and cross-border e-commerce. Meanwhile, we will take advantage of the"
        " China-Europe freight trains to further increase the flow of goods between Guangdong"
        " and Russia",
    ),
}


@pytest.fixture(scope="module")
def collection() -> Collection:
    return load([stamp.path for stamp in stamps([packaged()])])


def by_id(records: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    return {record["id"]: record for record in records}


def test_every_statement_is_there_with_its_paragraph(collection: Collection) -> None:
    quotes = by_id(collection["quotes"])
    assert QUOTES.items() <= {id_: quote.get("paragraph") for id_, quote in quotes.items()}.items()


def test_the_passages_in_quotation_marks_are_the_report_s_to_the_letter(
    run: Callable[..., Result],
) -> None:
    found = {}
    for speech in ("direct", "partial"):
        out = run("quotes", "--speech", speech, "--source", "xinhua-2019-06-18", "-f", "json").out
        found |= {quote["id"]: (quote["speech"], quote["text"]) for quote in json.loads(out)}
    assert found == PASSAGES


def test_no_paraphrase_has_quotation_marks(collection: Collection) -> None:
    for quote in collection["quotes"]:
        own_words = [quote["text"]] if quote["speech"] == "indirect" else []
        for text in [*own_words, quote.get("context", ""), quote.get("note", "")]:
            assert not set(text) & set('"“”«»„「」『』'), quote["id"]


def runs(text: str, length: int) -> set[str]:
    """Return each run of so many words of a text, without its punctuation."""
    words = [word.strip(".,;") for word in text.lower().split()]
    return {" ".join(words[start : start + length]) for start in range(len(words) - length + 1)}


def test_a_paraphrase_is_in_other_words_than_the_report_s(collection: Collection) -> None:
    for quote in collection["quotes"]:
        if quote["speech"] == "indirect":
            assert not runs(quote["text"], 5) & runs(" ".join(quote["stated"]), 5), quote["id"]


def test_what_is_told_of_a_fact_is_in_other_words_than_the_report_s(collection: Collection) -> None:
    facts = [fact for table in TABLE_OF.values() for fact in collection[table]]
    report = {run for fact in facts for text in fact.get("stated", ()) for run in runs(text, 6)}
    assert len(report) > 150
    for fact in facts:
        for key in ("scope", "purpose", "note"):
            assert not runs(fact.get(key, ""), 6) & report, fact["id"]


def test_the_report_comes_first(collection: Collection) -> None:
    for table in ("sources", *TABLE_OF.values()):
        of_report = [
            record.get("source", record["id"]) == "xinhua-2019-06-18"
            for record in collection[table]
        ]
        assert of_report == sorted(of_report, reverse=True), table
        assert of_report[0]


def test_every_figure_is_there_as_the_report_gives_it(collection: Collection) -> None:
    keys = ("value", "unit", "qualifier", "period", "paragraph")
    figures = {
        id_: tuple(figure.get(key) for key in keys)
        for id_, figure in by_id(collection["statistics"]).items()
    }
    assert FIGURES.items() <= figures.items()


def test_the_expo_is_an_event_of_a_month_and_its_undated_forum_none(collection: Collection) -> None:
    (expo,) = (one for one in collection["events"] if one["source"] == "xinhua-2019-06-18")
    keys = ("id", "series", "edition", "places", "held", "paragraph", "stated")
    assert [expo.get(key) for key in keys] == [
        *("expo-edition-2019-xinhua", "china-russia-expo", 6, ["harbin"], "2019-06", 2),
        ["6th China-Russia Expo"],
    ]
    assert "expected" not in expo


def test_completion_is_promised_and_not_opening(collection: Collection) -> None:
    keys = ("status", "expected", "expected_status", "paragraph")
    entries = {
        id_: tuple(entry.get(key) for key in keys)
        for id_, entry in by_id(collection["infrastructure"]).items()
    }
    assert INFRASTRUCTURE.items() <= entries.items()


def test_the_mechanisms_are_there(collection: Collection) -> None:
    partners = {mechanism["id"]: mechanism["partners"] for mechanism in collection["mechanisms"]}
    assert MECHANISMS.items() <= partners.items()


def test_unnamed_groups_are_nobody(run: Callable[..., Result]) -> None:
    speakers = [record["speaker"] for record in json.loads(run("speakers", "-f", "json").out)]
    assert speakers[:5] == [
        "Svetlana Utyasheva", "Aysen Nikolayev", "Qin Enting", "Li Yunze", "Chen Guangjun",
    ]  # fmt: skip
    assert "government officials and experts" not in speakers


def test_every_fact_has_a_paragraph_and_the_report_s_phrases(collection: Collection) -> None:
    for table in ("quotes", "statistics", "infrastructure", "mechanisms"):
        for fact in collection[table]:
            if fact["source"] == "xinhua-2019-06-18":
                assert fact["paragraph"] in range(2, 16), fact["id"]
                assert fact["stated"], fact["id"]
                assert fact["topics"], fact["id"]


CODES = {
    "china": "CN", "heilongjiang": "CN-HL", "guangdong": "CN-GD", "sichuan": "CN-SC",
    "russia": "RU", "sakha": "RU-SA", "amur-oblast": "RU-AMU",
    "jewish-autonomous-oblast": "RU-YEV", "iran": "IR",
    "moscow": "RU-MOW", "sverdlovsk-oblast": "RU-SVE", "chuvashia": "RU-CU",
}  # fmt: skip
AROUND = {
    "harbin": "heilongjiang", "heihe": "heilongjiang", "tongjiang": "heilongjiang",
    "heilongjiang": "northeast-china", "northeast-china": "china", "guangdong": "southern-china",
    "southern-china": "china", "western-china": "china", "yangtze-regions": "china",
    "sakha": "russian-far-east", "blagoveshchensk": "amur-oblast",
    "amur-oblast": "russian-far-east", "nizhneleninskoye": "jewish-autonomous-oblast",
    "jewish-autonomous-oblast": "russian-far-east", "russian-far-east": "russia",
    "volga-regions": "russia", "guangzhou": "guangdong", "yekaterinburg": "sverdlovsk-oblast",
    "cheboksary": "chuvashia", "chuvashia": "volga-regions", "baikal-region": "russia",
}  # fmt: skip


def test_regions_have_their_place_their_code_and_three_scripts(collection: Collection) -> None:
    regions = by_id(collection["regions"])
    assert {id_: region["iso"] for id_, region in regions.items() if "iso" in region} == CODES
    for inner, outer in AROUND.items():
        assert outer in regions[inner]["within"]
    assert {"southwestern-china", "yangtze-regions"} == set(regions["sichuan"]["within"])
    for region in regions.values():
        names = "".join(region["aliases"])
        assert any("一" <= char <= "鿿" for char in names), region["id"]
        assert any("а" <= char <= "я" for char in names.lower()), region["id"]


@pytest.mark.parametrize(
    "name",
    ["sichuan", "Sichuan", "SICHUAN province", "Sichuan-Province", "四川", "四川省", "Сычуань",
     "сычуань", "cn-sc", "CNSC", "  sichuan "],
)  # fmt: skip
def test_a_region_goes_by_many_names(name: str, run: Callable[..., Result]) -> None:
    out = run("quotes", "--region", name, "-f", "json").out
    assert [quote["speaker"] for quote in json.loads(out)] == ["Li Yunze"] * 3


@pytest.mark.parametrize(
    ("command", "region", "id_"),
    [
        ("quotes", "heilongjiang", "qin-enting-joined-hands"),
        ("quotes", "russian far east", "nikolayev-natural-resources"),
        ("quotes", "russian far east", "qin-enting-joined-hands"),
        ("quotes", "china", "chen-guangjun-freight-trains"),
        ("infra", "heihe", "heihe-bridge-2019-06"),
        ("infra", "黑龙江", "tongjiang-bridge-2019-06"),
        ("mechanisms", "sichuan", "yangtze-volga"),
        ("mechanisms", "sakha", "northeast-china-far-east"),
        ("mechanisms", "russia", "yangtze-volga"),
    ],
)
def test_a_region_takes_in_what_lies_within_it(
    command: str, region: str, id_: str, run: Callable[..., Result]
) -> None:
    out = run(command, "--region", region, "-f", "tsv", "--fields", "id").out
    assert id_ in out.split()


def test_names_of_regions_lead_to_one_region_each(collection: Collection) -> None:
    names = [
        (fold(name), region["id"])
        for region in collection["regions"]
        for name in [region["id"], region["name"], *region["aliases"]]
    ]
    assert len({name for name, _ in names}) == len(set(names))
