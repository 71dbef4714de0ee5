"""Which names are near to one that is not known."""

import pytest

from expofacts.facts.suggestions import did_you_mean


@pytest.mark.parametrize(
    ("word", "suggestion"),
    [
        ("northbnk", "; did you mean northbank?"),
        ("NORTH BANK", "; did you mean northbank?"),
        ("Éaston", "; did you mean easton-hill or easton-sea?"),
        ("qqqq", ""),
        ("", ""),
    ],
)
def test_near_names_are_suggested(word: str, suggestion: str) -> None:
    assert did_you_mean(word, ["northbank", "easton-hill", "easton-sea", "qwt"]) == suggestion


def test_the_nearest_name_comes_first_and_far_ones_are_left_out() -> None:
    names = ["station", "statistic", "statistics", "static", "xylophone"]
    assert did_you_mean("statistcs", names).startswith("; did you mean statistics")
    assert "xylophone" not in did_you_mean("statistcs", names)


def test_a_name_with_all_the_parts_is_suggested_where_none_is_near() -> None:
    names = ["heihe-to-blagoveshchensk-highway-bridge", "heihe-blagoveshchensk-highway-bridge"]
    assert did_you_mean("bridge-heihe", [*names, "heihe-cableway-length"]) == (
        f"; did you mean {names[1]} or {names[0]}?"
    )
    assert did_you_mean("bridge-harbin", names) == ""
    assert did_you_mean("at-heihe", ["the-customs-office-at-the-port-of-heihe-in-the-north"]) == ""


def test_at_most_three_names_are_suggested() -> None:
    names = [f"ferry-{number}" for number in range(8)]
    assert did_you_mean("ferry-x", names).count("ferry-") == 3


def test_what_a_name_stands_for_is_suggested_once() -> None:
    meant = {"Northbank": "rv-n", "North Bank City": "rv-n", "Nordufer": "rv-n"}
    assert did_you_mean("northbnk", [*meant, "Hills"], meant) == "; did you mean rv-n?"
    assert did_you_mean("hils", [*meant, "Hills"], meant) == "; did you mean Hills?"
