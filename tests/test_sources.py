"""The facts from other sources that come with expofacts: literally those that matter most."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import tomli

from expofacts.compare.contradictions import region_parts
from expofacts.compare.findings import CONTRADICTION, TWO_COUNTS
from expofacts.facts.files import packaged, stamps
from expofacts.facts.load import Collection, load
from expofacts.index import query
from expofacts.index.filters import Filters
from expofacts.index.opening import ask
from expofacts.json_lines import from_json
from tests.comparing import compare
from tests.conftest import TABLE_OF, Result

REPORT = "xinhua-2019-06-18"
HIGHWAY_BRIDGE = "heihe-blagoveshchensk-highway-bridge"
RAILWAY_BRIDGE = "tongjiang-nizhneleninskoye-railway-bridge"
FILES = sorted(Path(packaged(), "sources").iterdir())
CN, RU = "Chinese customs", "Russian customs"

# By year: source, figure in millions of dollars as printed, qualifier, whose count.
TRADE = {
    "2013": [("interfax-undated", 89_210, None, None)],
    "2014": [
        ("tass-undated", 95_280, None, None),
        ("xinhua-undated-news-ghana", 95_400, None, None),
    ],
    "2015": [("tass-undated", 64_200, None, CN)],
    "2016": [("rt-2019-01-14", 69_520, None, None)],
    "2017": [
        ("china-news-service-2018-04-20", 84_070, None, CN),
        ("rt-2019-01-14", 84_070, None, None),
        ("xinhua-undated-vestnik-kavkaza", 87_000, None, None),
    ],
    "2018": [
        (REPORT, 100_000, "more than", None),
        ("rt-2019-01-14", 107_060, None, CN),
        ("sputnik-2019-03-08", 108_300, None, RU),
        ("sputnik-mundo-2019-05-08", 109_000, "about", RU),
        ("moscow-times-2019-12-02", 87_000, None, None),
        ("tass-2020-07-14", 107_000, "more than", None),
    ],
    "2019": [("tass-2020-07-14", 110_750, None, None)],
    "2020": [
        ("sputnik-2021-01-14", 107_760, None, CN),
        ("rt-undated-trade", 104_000, None, None),
        ("sputnik-2021-07-15", 177_000, None, None),
    ],
    "2021": [("tass-2022-09-21", 146_870, None, None)],
    "2022": [("vestnik-kavkaza-2023-01-13", 190_270, None, CN)],
    "2023": [
        ("xinhua-2024-05-18", 240_100, None, None),
        ("moscow-times-2025-01-13", 240_100, None, CN),
    ],
    "2024": [("moscow-times-2025-01-13", 244_800, None, CN)],
    "2025": [("moscow-times-2026-01-14", 228_100, None, CN)],
}
GROWTH = {
    ("2014", None): "6.8", ("2015", CN): "-27.8", ("2016", None): "2.2", ("2017", None): "20.8",
    ("2018", RU): "24.5", ("2018", None): "27.1", ("2019", None): "3.4", ("2020", CN): "-2.9",
    ("2021", None): "35.9", ("2022", CN): "29.3", ("2025", CN): "-6.9",
}  # fmt: skip

# In order of the day: state, since when, and what was promised for when.
UNDER = "under construction"
HIGHWAY = {
    "heihe-bridge-2016-12": (UNDER, None, "2019-10", "open"),
    "heihe-bridge-2018-11": (UNDER, "2016", None, None),
    "heihe-bridge-2019-05-global-times": (UNDER, None, "2019-10", "completed"),
    "heihe-bridge-2019-05-sputnik": (UNDER, None, "2020-03", "open"),
    "heihe-bridge-2019-06": (UNDER, None, "2019", "completed"),
    "heihe-bridge-2019-08": (UNDER, None, None, None),
    "heihe-bridge-2019-11": ("completed", "2019-11-29", "2020-04", "open"),
    "heihe-bridge-2020-05": ("completed", None, None, None),
    "heihe-bridge-2020-09": ("completed", "2019", None, None),
    "heihe-bridge-2021-trasportoeuropa": ("open", "2019", None, None),
    "heihe-bridge-2022-russia-briefing": ("completed", None, None, None),
    "heihe-bridge-2022-06": ("open", "2022-06-10", None, None),
    "heihe-bridge-2023-10": ("open", "2022-06", None, None),
}
RAILWAY = {
    "tongjiang-bridge-2018-10": (UNDER, None, "2019-07", "open"),
    "tongjiang-bridge-2019-railfreight": (UNDER, "2019", None, None),
    "tongjiang-bridge-2019-03": (UNDER, None, "2019-07", "completed"),
    "tongjiang-bridge-2019-business-today": (UNDER, None, "2019", "open"),
    "tongjiang-bridge-2019-06": (UNDER, None, "2019", "completed"),
    "tongjiang-bridge-2021-sk-most": (UNDER, "2016-06", None, None),
    "tongjiang-bridge-2021-08": (UNDER, "2014", None, None),
    "tongjiang-bridge-2022-04": ("completed", "2022-04-27", "2022-05", "open"),
    "tongjiang-bridge-2022-railfreight": ("completed", "2021-08", None, None),
    "tongjiang-bridge-2022-11": ("open", None, None, None),
    "tongjiang-bridge-2025-03": ("open", "2022-11-16", None, None),
}

# Value, unit, qualifier, period.
FIGURES = {
    "expo-enterprises-2019-xinhua-closing": (1764, "enterprises", None, "2019"),
    "expo-entries-2019-xinhua": (234_000, "entries", None, "2019"),
    "expo-deals-2019-xinhua": (380, "deals", "more than", "2019"),
    "expo-deals-value-2019-xinhua": (170_000_000_000, "CNY", "more than", "2019"),
    "expo-chinese-2019-sputnik": (1246, "enterprises", None, "2019"),
    "expo-russian-2019-sputnik": (137, "enterprises", None, "2019"),
    "expo-subjects-2019-tass": (18, "federal subjects", None, "2019"),
    "expo-delegations-2019-tass": (164, "delegations", None, "2019"),
    "expo-area-2014-peoples-daily": (86_000, "m2", None, "2014"),
    "expo-russian-area-2019-sputnik": (3267, "m2", None, "2019"),
    "expo-area-2024-state-council": (388_000, "m2", None, "2024"),
    "expo-visitors-2024-tass": (300_000, "visitors", "more than", "2024"),
    "expo-guangdong-2023-xinhua": (40, "enterprises and associations", None, "2023"),
    "china-largest-partner-2013-interfax": (4, "consecutive years", None, "2013"),
    "china-largest-partner-2017-cns": (8, "consecutive years", None, "2017"),
    "china-largest-partner-2021-tass": (12, "consecutive years", None, "2021"),
    "china-largest-partner-2023-xinhua": (14, "consecutive years", None, "2023"),
    "heilongjiang-trade-2012-china-daily": (21_300_000_000, "CNY", None, "2012"),
    "heilongjiang-trade-2018-q1-people": (27_100_000_000, "CNY", None, "2018-Q1"),
    "heilongjiang-trade-2021-h1-cns": (59_950_000_000, "CNY", None, "2021-01/2021-06"),
    "heilongjiang-trade-2022-ati-su": (117_200_000_000, "CNY", None, "2022-01/2022-08"),
    "guangdong-trade-2022-xinhua": (107_180_000_000, "CNY", None, "2022"),
    "tongjiang-part-2021-xinhua": (1900, "m", "about", None),
    "tongjiang-length-2018-global-times": (7194, "m", None, None),
    "tongjiang-capacity-2018-global-times": (21_000_000, "tons a year", None, None),
    "tongjiang-capacity-2022-seanews": (5_500_000, "tons a year", None, None),
}

# Who said it, and the words to the letter.
QUOTES = {
    "qin-enting-bridge-2016": (
        "Qin Enting",
        "The bridge is an important international link, and part of the China-Mongolia-Russia"
        " economic corridor. It will strengthen cooperation between the neighboring two regions",
    ),
    "qin-enting-cableway-2019": (
        "Qin Enting",
        "The cableway will become a safer and more convenient way for tourists to cross the Heilong"
        " River",
    ),
    "zhang-hanhui-partner-2022": (
        "Zhang Hanhui",
        "China has been Russia’s largest trade partner for 12 consecutive years. In the first eight"
        " months of this year, trade between China and Russia totalled $117.206 bln, up 31.4% from"
        " last year.",
    ),
    "trutnev-thread-2022": (
        "Yury Trutnev",
        "another thread that connects the peoples of Russia and China.",
    ),
    "putin-far-east-2024": (
        "Vladimir Putin",
        "We can see a large potential for expanding ties between Russia’s Far East and northeastern"
        " provinces of the People’s Republic of China",
    ),
}

# Where the sources contradict each other, by what is compared: groups of claims, each of which
# stands against those of the other groups.
CONTRADICTIONS: dict[str, list[list[str]]] = {
    "heilongjiang-russia-border": [
        ["heilongjiang-border-china-daily", "heilongjiang-border-cns"],
        ["heilongjiang-border-xinhua"],
        ["heilongjiang-border-scmp"],
        ["heilongjiang-border-russia-briefing"],
    ],
    "heihe-blagoveshchensk-highway-bridge-length": [
        ["heihe-length-2022-ria"],
        ["heihe-length-2019-global-times", "heihe-length-2019-xinhua"],
    ],
    "tongjiang-nizhneleninskoye-railway-bridge-length": [
        ["tongjiang-length-2019-rt", "tongjiang-length-2021-sk-most"],
        ["tongjiang-length-2021-xinhua"],
    ],
    "china-russia-trade-growth": [
        ["trade-growth-2018-tass"],
        ["trade-growth-2018-sputnik"],
    ],
    "china-russia-expo-countries": [
        ["expo-countries-2015-xinhua"],
        ["expo-countries-2015-xinhua-caption"],
    ],
}
IN_TRADE = [
    [["china-russia-trade-2014-tass"], ["china-russia-trade-2014-xinhua"]],
    [["china-russia-trade-2017-cns", "china-russia-trade-2017-rt"],
     ["china-russia-trade-2017-xinhua"]],
    [["china-russia-trade-2018-moscow-times"],
     ["china-russia-trade-2018-xinhua", "china-russia-trade-2018-rt",
      "china-russia-trade-2018-sputnik", "china-russia-trade-2018-mundo",
      "china-russia-trade-2018-tass"]],
    [["china-russia-trade-2020-sputnik"], ["china-russia-trade-2020-ambassador"],
     ["china-russia-trade-2020-rt"]],
]  # fmt: skip


@pytest.fixture(scope="module")
def collection() -> Collection:
    return load([stamp.path for stamp in stamps([packaged()])])


@pytest.fixture(scope="module")
def statistics(collection: Collection) -> dict[str, dict[str, Any]]:
    return {figure["id"]: figure for figure in collection["statistics"]}


def test_trade_is_there_year_by_year_as_each_source_has_it(collection: Collection) -> None:
    trade: dict[str, list[tuple[object, ...]]] = {}
    for figure in collection["statistics"]:
        if figure["indicator"] == "china-russia-trade":
            assert (figure["unit"], figure["value"] % 10**7) == ("USD", 0)
            claim = (figure["source"], figure["value"] // 10**6)
            claim += (figure.get("qualifier"), figure.get("counted_by"))
            trade.setdefault(figure["period"], []).append(claim)
    assert trade == TRADE


def test_growth_is_there_as_printed(collection: Collection) -> None:
    growth = {
        (figure["period"], figure.get("counted_by")): str(figure["value"])
        for figure in collection["statistics"]
        if figure["indicator"] == "china-russia-trade-growth"
    }
    assert growth == GROWTH


def test_a_figure_may_be_off_by_its_last_digit_and_no_more(collection: Collection) -> None:
    for figure in collection["statistics"]:
        rounded_to = figure.get("rounded_to")
        if figure["source"] == REPORT or rounded_to is None:
            continue
        assert "qualifier" not in figure, figure["id"]
        assert figure["value"] % rounded_to == 0, figure["id"]
        if figure["value"] > 10**6:  # printed with two decimals at the most
            scale = 10 ** (3 * ((len(str(figure["value"])) - 1) // 3))
            assert rounded_to in (scale, scale // 10, scale // 100), figure["id"]


@pytest.mark.parametrize(
    ("project", "states"),
    [
        (HIGHWAY_BRIDGE, HIGHWAY),
        (RAILWAY_BRIDGE, RAILWAY),
    ],
)
def test_bridges_are_followed_from_the_start_to_the_opening(
    project: str, states: dict[str, tuple[str | None, ...]], collection: Collection
) -> None:
    keys = ("status", "happened", "expected", "expected_status")
    reports = [entry for entry in collection["infrastructure"] if entry["project"] == project]
    found = {
        entry["id"]: tuple(entry.get(key) for key in keys)
        for entry in sorted(reports, key=lambda entry: entry["as_of"])
    }
    assert list(found.items()) == list(states.items())


def test_both_bridges_are_open_in_the_end(run: Callable[..., Result]) -> None:
    found = json.loads(run("infra", "--latest", "--mode", "highway bridge", "-f", "json").out)
    found += json.loads(run("infra", "--latest", "--mode", "railway bridge", "-f", "json").out)
    assert [(report["project"], report["status"]) for report in found] == [
        (HIGHWAY_BRIDGE, "open"),
        (RAILWAY_BRIDGE, "open"),
    ]


@pytest.mark.parametrize("id_", FIGURES)
def test_figures_are_there_as_printed(id_: str, statistics: dict[str, dict[str, Any]]) -> None:
    keys = ("value", "unit", "qualifier", "period")
    assert tuple(statistics[id_].get(key) for key in keys) == FIGURES[id_]


@pytest.mark.parametrize("id_", QUOTES)
def test_what_was_said_is_there_to_the_letter(id_: str, collection: Collection) -> None:
    (quote,) = [quote for quote in collection["quotes"] if quote["id"] == id_]
    assert (quote["speaker"], quote["text"]) == QUOTES[id_]


def test_other_sources_have_quotations_alone_and_who_is_said_to_speak(
    collection: Collection,
) -> None:
    for quote in collection["quotes"]:
        if quote["source"] != REPORT:
            assert quote["speech"] in ("direct", "partial"), quote["id"]
            assert quote["stated"], quote["id"]


def test_officials_are_named_in_their_posts(collection: Collection) -> None:
    facts = [fact for table in TABLE_OF.values() for fact in collection[table]]
    notes = {
        name: {fact["source"] for fact in facts if name in fact.get("note", "")}
        for name in ("Qin Enting as Party chief", "Li Yunze, as vice", "Nikolayev, as head")
    }
    assert notes == {
        "Qin Enting as Party chief": {"global-times-2016-12-24", "china-daily-2019-07-20"},
        "Li Yunze, as vice": {"northeast-net-2019-06-15"},
        "Nikolayev, as head": {"northeast-net-2019-06-15"},
    }


def across(groups: list[list[str]]) -> set[frozenset[str]]:
    """Return each two claims of different groups."""
    return {
        frozenset((one, other))
        for n, group in enumerate(groups)
        for further in groups[n + 1 :]
        for one in group
        for other in further
    }


def test_contradictions_have_both_sides_and_nothing_else_contradicts() -> None:
    kinds = (CONTRADICTION, TWO_COUNTS)
    found = ask(
        [packaged()],
        lambda index: [
            (one.kind, one.reason, one.subject, frozenset((one.left["id"], one.right["id"])))
            for one in compare(
                [
                    from_json(line)
                    for kind in ("statistic", "infrastructure")
                    for line in query.select(index, kind, Filters(), query.Order())
                ],
                region_parts(index),
                kinds,
            )
        ],
    )
    figures: dict[str, set[frozenset[str]]] = {}
    for kind, reason, subject, pair in found:
        if (kind, reason) == (CONTRADICTION, "different figures"):
            figures.setdefault(subject, set()).add(pair)
    expected = {subject: across(groups) for subject, groups in CONTRADICTIONS.items()}
    expected["china-russia-trade"] = set().union(*map(across, IN_TRADE))
    assert figures == expected
    assert {pair for kind, _, _, pair in found if kind == TWO_COUNTS} == {
        frozenset(("china-russia-trade-2018-rt", "china-russia-trade-2018-sputnik")),
    }
    wrong = "heihe-bridge-2022-russia-briefing"
    for _, reason, subject, pair in found:
        if reason == "different ends":
            assert (subject, wrong in pair) == (HIGHWAY_BRIDGE, True)
        if reason == "states run backwards":
            too_early = "heihe-bridge-2021-trasportoeuropa"
            assert pair in ({too_early, "heihe-bridge-2020-05"}, {too_early, wrong})
    assert {reason for _, reason, _, _ in found} >= {"different ends", "states run backwards"}
    starts = {"tongjiang-bridge-2021-08", "tongjiang-bridge-2021-sk-most"}
    assert (CONTRADICTION, "different dates", RAILWAY_BRIDGE, frozenset(starts)) in found


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_file_has_one_source_and_its_name_that_one_s_date(path: Path) -> None:
    tables = tomli.loads(path.read_text("utf-8"))
    (source,) = tables["sources"]
    assert path.stem.startswith(f"{source.get('published', 'undated')}-")
    dated = source["id"].replace("undated", str(source.get("published", "undated")))
    assert sorted(path.stem.split("-")) == sorted(dated.split("-"))
    assert source["url"]
    assert source["language"]
    assert source["note"].startswith("Seen in part.")
    facts = [fact for table in TABLE_OF.values() for fact in tables.get(table, ())]
    assert facts
    for fact in facts:
        assert len(fact["id"]) <= 36, fact["id"]
        assert fact["topics"], fact["id"]
        assert ("as_of" in fact) or source.get("published"), fact["id"]


def test_what_was_inferred_is_said(collection: Collection) -> None:
    for source in collection["sources"]:
        if "published" not in source:
            assert "The page shows no date" in source["note"], source["id"]
        if source["id"] != REPORT and "title" not in source:
            assert "title" in source["note"], source["id"]


def test_the_source_that_is_a_mere_copy_says_so_and_stands_for_one_event_alone(
    collection: Collection,
) -> None:
    facts = [fact for table in TABLE_OF.values() for fact in collection[table]]
    (fact,) = [fact for fact in facts if fact["source"] == "rt-2019-11-30"]
    assert (fact["status"], fact["happened"]) == ("completed", "2019-11-29")
    assert "alone" in fact["note"]


def test_an_indicator_has_one_unit_and_one_name_and_so_has_a_project(
    collection: Collection,
) -> None:
    for table, thing, keys in (
        ("statistics", "indicator", ("unit", "name")),
        ("infrastructure", "project", ("name", "mode")),
    ):
        named: dict[str, tuple[str, ...]] = {}
        for fact in collection[table]:
            said = tuple(fact[key] for key in keys)
            assert named.setdefault(fact[thing], said) == said, fact["id"]
