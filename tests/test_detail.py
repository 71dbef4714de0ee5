"""One record in full: what `show` says of each field, in words."""

from collections.abc import Callable

import pytest

from tests.conftest import Result

FACTS = """
[[sources]]
id = "dated"
publisher = "Gazette"
title = "A bridge"
published = 2021-03-04
url = "https://gazette.example/bridge"
note = "Seen in print."

[[sources]]
id = "undated"
publisher = "Board"

[[regions]]
id = "land"
name = "The Land"
level = "country"
iso = "XL"

[[regions]]
id = "coast"
name = "Coast"
level = "macro-region"

[[regions]]
id = "shire"
name = "Shire"
level = "province"
within = ["land"]

[[regions]]
id = "town"
name = "Town"
level = "city"
within = ["shire", "coast"]
aliases = ["Stadt", "城"]

[[quotes]]
id = "direct"
source = "dated"
speaker = "Ann"
speech = "direct"
text = "Words"
original = "Wörter"
occasion = "a dinner"
regions = ["town", "coast"]
topics = ["one", "two"]
stated = ["first phrase", "second phrase"]
paragraph = 3

[[quotes]]
id = "indirect"
source = "undated"
as_of = "2020-01"
speaker = "Ann"
speech = "indirect"
text = "A paraphrase"

[[quotes]]
id = "crowd"
source = "dated"
speaker = "experts"
collective = true
speech = "partial"
context = "It is"
text = "good"

[[statistics]]
id = "trade-2020"
source = "dated"
indicator = "trade"
name = "Trade"
value = 2_350_000
unit = "USD"
qualifier = "about"
rounded_to = 10_000
period = "2020-Q3"

[[statistics]]
id = "trade"
source = "undated"
as_of = "2019"
indicator = "trade"
name = "Trade"
value = 1283.50
unit = "tonnes"

[[infrastructure]]
id = "bridge-planned"
source = "undated"
as_of = "2019-05"
project = "bridge"
name = "Bridge"
mode = "road bridge"
connects = ["town", "land"]
status = "planned"
expected = "2021"
expected_status = "open"

[[infrastructure]]
id = "bridge-open"
source = "dated"
project = "bridge"
name = "Bridge"
mode = "road bridge"
connects = ["town"]
status = "open"
happened = 2021-02-01

[[mechanisms]]
id = "council"
source = "dated"
name = "Council"
partners = ["shire", "coast"]
purpose = "talk"
"""


@pytest.fixture
def show(
    write: Callable[..., str], run: Callable[..., Result], monkeypatch: pytest.MonkeyPatch
) -> Callable[[str], dict[str, list[str]]]:
    """Return a function that shows a record and returns, for each label, the lines beside it."""
    path = write(f"format = 1\n{FACTS}", bare=True)
    monkeypatch.setenv("COLUMNS", "300")  # nothing is broken for want of room

    def shown(id_: str) -> dict[str, list[str]]:
        result = run("show", id_, "--facts", path)
        assert (result.code, result.err) == (0, "")
        rows: dict[str, list[str]] = {}
        label = ""
        for line in result.out.splitlines():
            # A line without a label belongs to the one above.
            given, _, text = line.partition("  ")
            label = given or label
            rows.setdefault(label, []).append(text.strip())
        return rows

    return shown


Show = Callable[[str], dict[str, list[str]]]


def test_every_field_that_a_quote_has_is_shown_in_the_order_of_the_data(show: Show) -> None:
    expected = {
        "Kind": ["quote"],
        "Id": ["direct"],
        "Speaker": ["Ann"],
        "Occasion": ["a dinner"],
        "Speech": ["direct"],
        "Text": ["“Words”"],
        "Original": ["Wörter"],
        "Regions": ["Town (in Shire, The Land; in Coast)", "Coast"],
        "Topics": ["one; two"],
        "As of": ["4 March 2021"],
        "Source": [
            "Gazette, 4 March 2021",
            "A bridge",
            "https://gazette.example/bridge",
            "Seen in print.",
            "dated",
        ],
        "Paragraph": ["3"],
        "Stated": ["first phrase", "second phrase"],
        "See also": ["A paraphrase", "Board, undated", "indirect"],
    }
    assert list(show("direct").items()) == list(expected.items())


def test_only_quoted_words_stand_in_quotation_marks(show: Show) -> None:
    assert show("indirect")["Text"] == ["A paraphrase"]
    crowd = show("crowd")
    assert (crowd["Context"], crowd["Text"]) == (["It is"], ["“good”"])


def test_a_group_without_names_is_said_to_be_one(show: Show) -> None:
    assert show("crowd")["Collective"] == ["true"]


def test_a_source_without_a_day_is_said_to_be_undated(show: Show) -> None:
    rows = show("indirect")
    assert rows["Source"] == ["Board, undated", "undated"]
    assert rows["As of"] == ["January 2020"]


def test_a_figure_is_shown_in_words_and_in_digits(show: Show) -> None:
    rows = show("trade-2020")
    assert rows["Value"] == ["about 2.35 million USD", "2,350,000"]
    assert rows["Rounded to"] == ["10,000"]
    assert rows["Period"] == ["Q3 2020"]
    assert rows["Unit"] == ["USD"]
    assert rows["Qualifier"] == ["about"]
    assert show("trade")["Value"] == ["1,283.50 tonnes", "1,283.50"]


def test_other_figures_for_the_same_thing_have_their_period(show: Show) -> None:
    also = show("trade")["See also"]
    assert also == ["about 2.35 million USD (Q3 2020)", "Gazette, 4 March 2021", "trade-2020"]
    assert show("trade-2020")["See also"] == ["1,283.50 tonnes", "Board, undated", "trade"]


def test_a_state_and_a_promise_have_their_days(show: Show) -> None:
    rows = show("bridge-planned")
    assert rows["Status"] == ["planned, opening expected 2021"]
    assert rows["Expected"] == ["2021"]
    assert rows["As of"] == ["May 2019"]
    assert "Happened" not in rows
    assert show("bridge-open")["Status"] == ["open since 1 February 2021"]
    assert show("bridge-open")["Happened"] == ["1 February 2021"]


def test_a_state_that_another_source_gives_has_its_day(show: Show) -> None:
    # Not that of the source alone, which may have none, or report an older state.
    assert show("bridge-open")["See also"] == [
        "planned, opening expected 2021 (as of May 2019)",
        "Board, undated",
        "bridge-planned",
    ]
    assert show("bridge-planned")["See also"] == [
        "open since 1 February 2021 (as of 4 March 2021)",
        "Gazette, 4 March 2021",
        "bridge-open",
    ]


def test_regions_are_shown_with_what_lies_around_them(show: Show) -> None:
    around = "Town (in Shire, The Land; in Coast)"
    assert show("bridge-planned")["Connects"] == [around, "The Land"]
    assert show("council")["Partners"] == ["Shire (in The Land)", "Coast"]
    assert show("town")["Within"] == ["Shire (in The Land)", "Coast"]


def test_a_region_is_shown_with_its_names_and_counts(show: Show) -> None:
    rows = show("land")
    assert rows["ISO"] == ["XL"]
    assert rows["Name"] == ["The Land"]
    assert rows["Level"] == ["country"]
    assert "Within" not in rows
    assert "Aliases" not in rows
    assert rows["Quotes"] == ["1"]
    assert rows["Statistics"] == ["0"]
    assert show("town")["Aliases"] == ["Stadt; 城"]


def test_a_source_is_shown_with_its_day_and_address(show: Show) -> None:
    rows = show("dated")
    assert rows["Published"] == ["4 March 2021"]
    assert rows["Publisher"] == ["Gazette"]
    assert ["https://gazette.example/bridge"] in rows.values()
    assert "Published" not in show("undated")


def test_what_nothing_else_is_known_of_has_no_others(show: Show) -> None:
    for id_ in ("crowd", "council", "town", "dated"):
        assert "See also" not in show(id_)
