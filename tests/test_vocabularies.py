"""What is known of units, states and characters is known in one place, and by all who ask."""

import subprocess
import sys
from decimal import Decimal
from fractions import Fraction
from typing import Any, get_args

import pytest

from expofacts.facts import units as of_units
from expofacts.facts.folding import readable
from expofacts.facts.scales import SCALES, scale_before, scale_of
from expofacts.facts.states import STATES, Status
from expofacts.facts.units import UNITS, Unit, unit_of_comparison, units_named
from expofacts.verify.numerals import figures
from expofacts.verify.reported_states import promised, states
from expofacts.verify.weighing import Carrier, misfit
from expofacts.verify.wording import unit_of, units


def test_the_states_of_the_format_are_those_of_the_table() -> None:
    assert get_args(Status) == tuple(STATES)


@pytest.mark.parametrize("name", STATES)
def test_a_state_is_known_by_its_name_and_a_promise_by_its_noun(name: str) -> None:
    assert name in states(name)
    if STATES[name].promised:
        assert promised(STATES[name].noun) == {name}


def test_a_row_makes_a_state_known_everywhere() -> None:
    # In a process of its own, where nobody has made patterns and SQL of the table yet.
    script = """
from expofacts.facts.states import STATES, State
STATES["tested"] = State("test", ("?", "t"), "being tested|испытыва\\\\w+", "test", lasts=False)
from expofacts.compare.promises import evidence_of
from expofacts.index.history_order import HISTORY
from expofacts.verify.reported_states import promised, states
from expofacts.view import words
from expofacts.view.time_axis import time_axis
assert "|cancelled|tested|" in HISTORY
assert states("мост испытывают, it is being tested") == promised("before the test") == {"tested"}
claim = {"id": "a", "status": "tested", "happened": "2019", "as_of": "2020"}
assert evidence_of(claim).still == "2019-01-01"
assert words.state("tested", "2019") == "tested 2019"
promise = {"status": "open", "happened": None, "expected": None, "expected_status": "tested"}
assert words.status(promise) == "open, test promised"
line = claim | {"what": "state", "subject": "b", "name": "B", "source": "s", "date": "2019"}
_, rows, caption = time_axis([line | {"contradicts": None}], None)
assert caption.startswith("t\N{NO-BREAK SPACE}tested\\n") and "t" in rows[1]["chart"]
"""
    subprocess.run([sys.executable, "-c", script], check=True)


def read(text: str) -> set[str]:
    """Return what the unit of the 5 in the text may be."""
    text = readable(text)
    return set(unit_of(text, next(one for one in figures(text, "en") if text[one.start] == "5")))


@pytest.mark.parametrize("symbol", UNITS)
def test_each_name_of_a_unit_is_known_where_facts_are_compared_and_where_texts_are_read(
    symbol: str,
) -> None:
    unit = UNITS[symbol]
    names = "|".join((symbol, *unit[2:])).split("|")
    for name in filter(None, names):
        assert symbol in units_named(name)
        assert symbol in units(name)
        # In 5千瓦 the thousand belongs to the figure, and the m of 5 m2 may be a million.
        assert symbol in read(f"5 {name}") or name[0] in "千兆" or name in ("m", "m2", "m3")
        if len(units_named(name)) == 1:
            assert unit_of_comparison(name) == (unit.compared_in, unit.worth)
        else:
            assert unit_of_comparison(name) == (name, 1)


def test_every_unit_of_comparison_is_one_and_worth_one() -> None:
    for unit in UNITS.values():
        assert UNITS[unit.compared_in].worth == 1
        assert UNITS[unit.compared_in].compared_in == unit.compared_in


@pytest.mark.parametrize(
    "names",
    [
        ("mi", "mile", "miles", "英里", "миль", "милями"),
        ("USD", "US$", "US dollars", "U.S. dollars", "u. s. dollar", "美元", "долларов США"),
        ("CNY", "yuan", "RMB", "renminbi", "元", "人民币", "юаней"),
        ("million USD", "mln US dollars", "百万美元", "млн долл. США", "миллионов долларов США"),
        ("km2", "km²", "sq. km", "sq km", "square kilometres", "平方公里", "кв. км"),
        ("MWh", "megawatt-hours", "兆瓦时", "МВт·ч", "мегаватт-часов"),
        ("t", "tonnes", "metric tons", "吨", "тонн"),
        ("%", "percent", "per cent", "процентов"),
    ],
    ids=lambda names: names[0],
)
def test_names_of_one_unit_are_compared_as_one(names: tuple[str, ...]) -> None:
    assert len({unit_of_comparison(name) for name in names}) == 1


@pytest.mark.parametrize(
    "unit",
    [
        *("M", "KM", "usd", "мВт", "m3/s", "km/s", "kms", "m-2", "тоннелей", "метро", "футбол"),
        *("dollars", "$", "¥", "tons", "USD a head", "people per thousand", "million", "亿"),
    ],
)
def test_what_only_looks_like_a_unit_or_may_be_several_is_compared_with_itself(unit: str) -> None:
    assert unit_of_comparison(unit) == (unit, 1)


def test_a_name_of_several_units_may_mean_any_of_them() -> None:
    assert {"USD", "HKD", "AUD"} < set(units_named("dollars"))
    assert units_named("tons") == ("t", "short ton", "long ton")
    assert units_named("¥") == ("CNY", "JPY")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("US$5 million", {"USD"}),
        ("HK$5 million", {"HKD"}),
        ("人民币5亿", {"CNY"}),
        ("每吨5元", {"CNY"}),
        ("上升5%", {"%"}),
        ("5km long", {"km"}),
        ("5 Australian dollars", {"AUD"}),
        ("5 процентных пунктов", {"percentage points"}),
        ("5 МВт", {"MW"}),
        ("5 тоннелей", set()),
        ("5 станций метро", set()),
        ("it cost 3 yuan. 5", set()),
        ("5 kmh", set()),
    ],
)
def test_a_unit_is_read_as_a_whole_and_only_a_currency_before_its_figure(
    text: str, expected: set[str]
) -> None:
    assert read(text) == expected


def test_scales_are_known_in_all_languages_and_only_before_a_unit() -> None:
    for scale, words in SCALES.items():
        for word in words.replace("\\w*", "").split("|"):
            assert scale_of(word) == scale
            assert scale_before(f"{word} USD") == (scale, "USD")
            assert scale_before(word) == (1, word)
    assert scale_before("百万亿美元") == (10**14, "美元")
    assert scale_before("thousand млн. т") == (10**9, "т")
    assert scale_before("千米") == (1, "千米")


def statistic(value: int, unit: str) -> dict[str, Any]:
    return {"kind": "statistic", "value": Decimal(value), "unit": unit, "qualifier": None}


@pytest.mark.parametrize(
    ("unit", "phrase", "result"),
    [
        ("million USD", "5 million yuan", "value"),
        ("million USD", "5 million dollars", None),
        ("million USD", "5 million U.S. dollars", None),
        ("million US dollars", "$5 million", None),
        ("млн долларов США", "5 million euros", "value"),
        ("亿美元", "5亿元", "value"),
        ("亿美元", "5亿美元", None),
        ("tons", "5 tonnes", None),
        ("short tons", "5 tonnes", "value"),
        ("mi", "5 miles", None),
        ("mi", "5 km", "value"),
        ("million visitors", "5 million yuan", None),
    ],
)
def test_a_unit_behind_a_scale_is_held_against_the_text(
    unit: str, phrase: str, result: str | None
) -> None:
    wrong = misfit(statistic(5, unit), [Carrier(phrase)], "en")
    assert (wrong and wrong.result) == result


def test_of_several_that_a_unit_may_be_the_likeliest_is_named() -> None:
    wrong = misfit(statistic(5, "CNY"), [Carrier("$5")], "en")
    assert wrong
    assert wrong.remark == "the fact has CNY, this USD"


def test_a_row_makes_a_unit_known_everywhere(monkeypatch: pytest.MonkeyPatch) -> None:
    def forget() -> None:
        for known in (of_units._signs, of_units._words, unit_of_comparison):
            known.cache_clear()

    assert unit_of_comparison("verst") == ("verst", 1)
    verst = Unit("m", Fraction("1066.8"), "verst", "俄里", "верста")
    monkeypatch.setitem(UNITS, "verst", verst)
    forget()
    try:
        for name in ("versts", "俄里", "вёрст"):
            assert unit_of_comparison(f"thousand {name}") == ("m", 1_066_800)
            assert units(readable(name)) == read(f"5 {name}") == {"verst"}
        assert misfit(statistic(5, "versts"), [Carrier("5 miles")], "en")
    finally:
        monkeypatch.undo()
        forget()
