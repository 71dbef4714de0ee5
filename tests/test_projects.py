"""When reports on one project contradict each other: by its ends, its states, and their dates."""

from collections.abc import Iterable
from itertools import permutations
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from expofacts.compare.findings import AGREEMENT, CONTRADICTION, Finding
from expofacts.compare.projects import exclude
from tests.comparing import compare

WITHIN = {
    "asia": {"asia", "china", "heilongjiang", "heihe", "harbin"},
    "china": {"china", "heilongjiang", "heihe", "harbin"},
    "north": {"north", "heihe", "blago"},  # a group across the border
    "heilongjiang": {"heilongjiang", "heihe", "harbin"},
    "heihe": {"heihe"},
    "harbin": {"harbin"},
    "russia": {"russia", "amur", "blago", "nizhne"},
    "amur": {"amur", "blago"},
    "blago": {"blago"},
    "nizhne": {"nizhne"},
}
ENDS = ("heihe", "blago")
ALL = (CONTRADICTION, AGREEMENT)


def report(
    status: str = "open",
    as_of: str = "2020",
    happened: str | None = None,
    connects: Iterable[str] = ENDS,
    **more: Any,
) -> dict[str, Any]:
    """Return an infrastructure entry."""
    record = {"kind": "infrastructure", "id": "", "project": "bridge", "connects": [*connects]}
    return {**record, "status": status, "as_of": as_of, "happened": happened, **more}


def named(*records: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the records with ids: a, b, c ..."""
    return [{**record, "id": chr(ord("a") + n)} for n, record in enumerate(records)]


def said(findings: Iterable[Finding]) -> set[tuple[str, str]]:
    """Return of each finding its reason, and its two ids as one word, the left one first."""
    return {(found.reason, found.left["id"] + found.right["id"]) for found in findings}


@pytest.mark.parametrize(
    ("ends", "others", "expected"),
    [
        (["heihe", "blago"], ["heihe", "blago"], False),
        (["heihe", "blago"], ["blago", "heihe"], False),
        (["heihe", "blago"], ["heihe", "nizhne"], True),
        (["heihe", "blago"], ["heilongjiang", "russia"], False),
        (["heihe", "blago"], ["china", "amur"], False),
        (["heihe", "nizhne"], ["china", "amur"], True),
        (["heihe", "harbin"], ["heilongjiang", "russia"], True),
        (["heihe", "blago"], ["heihe", "harbin"], True),
        # Neither lies within the other, but Heihe within both.
        (["north", "russia"], ["china", "russia"], False),
        # Who names fewer ends leaves the others open.
        (["heihe"], ["heihe", "blago"], False),
        (["russia"], ["heihe", "blago"], False),
        (["nizhne"], ["heihe", "blago"], True),
        (["heihe", "blago", "harbin"], ["heihe", "blago"], False),
        (["heihe", "nizhne"], ["heihe", "blago", "harbin"], True),
    ],
)
def test_ends(ends: list[str], others: list[str], expected: bool) -> None:
    assert exclude(ends, others, WITHIN) is expected
    assert exclude(others, ends, WITHIN) is expected
    found = compare(named(report(connects=ends), report(connects=others, as_of="2021")), WITHIN)
    assert said(found) == ({("different ends", "ab")} if expected else set())


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        # Forwards, or on one day, or perhaps so.
        (report("under construction", "2019-06-18"), report("open", "2022-06-10"), None),
        (report("open", "2022-06-10"), report("under construction", "2022-06-10"), None),
        (report("open", "2022"), report("under construction", "2022-06-10"), None),
        (report("open", "2022-06-10"), report("under construction", "2022"), None),
        (report("open", "2022"), report("open", "2023"), None),
        # Backwards.
        (report("open", "2022-06-10"), report("under construction", "2022-06-11"), True),
        (report("open", "2022"), report("under construction", "2023"), True),
        (report("open", "2022"), report("completed", "2023"), True),
        (report("completed", "2022"), report("planned", "2023"), True),
        (report("planned", "2022"), report("proposed", "2023"), True),
        # It counts when a state began, not when that was told.
        (report("open", "2025", "2022-06-10"), report("under construction", "2023"), True),
        (report("open", "2025", "2022-06"), report("under construction", "2022-06-10"), None),
        (report("open", "2025", "2022-06"), report("under construction", "2022-07"), True),
        # A state that lasts is there on the day of the claim too; a completion is past by then.
        (report("open", "2022"), report("under construction", "2023", "2016"), True),
        (report("open", "2022"), report("completed", "2023", "2019"), None),
        (report("open", "2022"), report("completed", "2023", "2022"), None),
        (report("open", "2024", "2022"), report("completed", "2025", "2023"), True),
        # No order leads to these, or out of them.
        (report("open", "2022"), report("suspended", "2023"), None),
        (report("open", "2022"), report("cancelled", "2023"), None),
        (report("suspended", "2022"), report("planned", "2023"), None),
    ],
)
def test_states(one: dict[str, Any], other: dict[str, Any], expected: bool | None) -> None:
    expects = {("states run backwards", "ab")} if expected else set()
    assert said(compare(named(one, other), WITHIN, ALL)) == expects
    assert said(compare(named(one, other)[::-1], WITHIN, ALL)) == expects


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (report("open", "2025", "2022-06-10"), report("open", "2024", "2022-06-10"), "dates agree"),
        (report("open", "2024", "2022-06"), report("open", "2025", "2022-06-10"), "dates agree"),
        (report("open", "2024", "2022"), report("open", "2025", "2022-06"), "dates agree"),
        (report("open", "2024", "2019"), report("open", "2024", "2022-06"), "different dates"),
        (
            report("open", "2024", "2022-06-09"),
            report("open", "2024", "2022-06-10"),
            "different dates",
        ),
        (
            report("completed", "2024", "2019"),
            report("completed", "2024", "2022"),
            "different dates",
        ),
        (report("open", "2024", "2022-06"), report("open", "2024"), None),
        (report("suspended", "2024", "2019"), report("suspended", "2024", "2022"), None),
        (report("open", "2024", "2022"), report("completed", "2024", "2019"), None),
        (report("open", "2024", "2019"), report("open", "2024", "2022", project="other"), None),
    ],
)
def test_dates(one: dict[str, Any], other: dict[str, Any], expected: str | None) -> None:
    for records in (named(one, other), named(one, other)[::-1]):
        found = list(compare(records, WITHIN, ALL))
        assert [finding.reason for finding in found] == ([expected] if expected else [])
        assert all(
            finding.kind == (AGREEMENT if expected == "dates agree" else CONTRADICTION)
            for finding in found
        )


@pytest.mark.parametrize("pause", ["suspended", "cancelled"])
@pytest.mark.parametrize(
    ("day", "may_begin_anew"),
    [("2019", False), ("2020", True), ("2021-03", True), ("2022", True), ("2023", False)],
)
def test_what_was_suspended_between_may_begin_anew(
    pause: str, day: str, may_begin_anew: bool
) -> None:
    between = report(pause, "2025", day)
    opened_twice = named(report("open", "2025", "2020-06"), report("open", "2025", "2022-06"))
    rebuilt = named(report("open", "2020-06"), report("under construction", "2022-06"))
    for records in (opened_twice, rebuilt):
        found = list(compare([*records, {**between, "id": "c"}], WITHIN))
        assert bool(found) is not may_begin_anew


@pytest.mark.parametrize(
    ("day", "anew_for_states", "anew_for_dates"),
    [
        ("2020-05-31", False, False),
        ("2020-06-01", True, True),
        # The state of June is certain on its first day only; the date may be any of its days.
        ("2022-06-01", True, True),
        ("2022-06-02", False, True),
        ("2022-06-30", False, True),
        ("2022-07-01", False, False),
    ],
)
def test_a_pause_counts_to_the_day(day: str, anew_for_states: bool, anew_for_dates: bool) -> None:
    pause = {**report("suspended", "2025", day), "id": "c"}
    rebuilt = named(report("open", "2020-06"), report("under construction", "2022-06"))
    opened_twice = named(report("open", "2025", "2020-06"), report("open", "2025", "2022-06"))
    assert bool(list(compare([*rebuilt, pause], WITHIN))) is not anew_for_states
    assert bool(list(compare([*opened_twice, pause], WITHIN))) is not anew_for_dates


def test_promises_are_no_states() -> None:
    records = named(
        report("under construction", "2018", expected="2019", expected_status="open"),
        report("under construction", "2020"),
    )
    assert not list(compare(records, WITHIN))


reports = st.builds(
    report,
    st.sampled_from(
        ["proposed", "planned", "under construction", "completed", "open", "suspended", "cancelled"]
    ),
    st.sampled_from(["2018", "2019", "2019-06", "2019-06-18", "2020", "2020-02"]),
    st.sampled_from([None, "2018", "2018-12", "2019-06-18", "2019"]),
    st.lists(st.sampled_from(sorted(WITHIN)), min_size=1, max_size=3),
    project=st.sampled_from(["bridge", "tunnel"]),
)


@settings(deadline=None, max_examples=150)
@given(st.lists(reports, max_size=7), st.randoms())
def test_the_order_of_records_has_no_effect(records: list[dict[str, Any]], random: Any) -> None:
    records = named(*records)
    shuffled = random.sample(records, len(records))
    found = list(compare(records, WITHIN, ALL))
    assert found == list(compare(shuffled, WITHIN, ALL))
    pairs = [(one.reason, frozenset((one.left["id"], one.right["id"]))) for one in found]
    assert all(len(pair) == 2 for _, pair in pairs)
    assert len(set(pairs)) == len(pairs)


@settings(deadline=None, max_examples=150)
@given(reports)
def test_no_report_contradicts_one_that_says_the_same(one: dict[str, Any]) -> None:
    found = compare(named(one, one, one), WITHIN, ALL)
    assert all(finding.kind == AGREEMENT for finding in found)


@settings(deadline=None, max_examples=150)
@given(reports, reports, st.sampled_from(sorted(WITHIN)))
def test_a_wider_end_never_makes_a_contradiction(
    one: dict[str, Any], other: dict[str, Any], around: str
) -> None:
    wider = [around if end in WITHIN[around] else end for end in one["connects"]]
    if not exclude(one["connects"], other["connects"], WITHIN):
        assert not exclude(wider, other["connects"], WITHIN)


@settings(deadline=None, max_examples=200)
@given(reports, reports, st.sampled_from(["as_of", "happened"]))
def test_a_longer_time_never_makes_a_contradiction(
    one: dict[str, Any], other: dict[str, Any], key: str
) -> None:
    year = one | {key: one[key] and one[key][:4]}
    if not list(compare(named(one, other), WITHIN)):
        assert not list(compare(named(year, other), WITHIN))


def test_each_report_is_shown_against_the_one_that_is_alone() -> None:
    records = named(
        report("open", "2022", connects=["heihe", "nizhne"]),
        report("open", "2022"),
        report("open", "2022", connects=["heilongjiang", "amur"]),
        report("open", "2022", connects=["china", "russia"]),
    )
    for order in permutations(records):
        assert said(compare(order, WITHIN)) == {
            ("different ends", "ab"),
            ("different ends", "ac"),
        }


@settings(deadline=None, max_examples=150)
@given(st.lists(reports, max_size=9))
def test_any_pause_between_will_do(records: list[dict[str, Any]]) -> None:
    records = [one | {"project": "bridge", "connects": ENDS} for one in named(*records)]
    pauses = [one for one in records if one["status"] in ("suspended", "cancelled")]
    others = [one for one in records if one not in pauses]
    # Contradictory is what is so with each of the pauses alone, and with none.
    left = said(compare(others, WITHIN))
    for pause in pauses:
        left &= said(compare([*others, pause], WITHIN))
    assert said(compare(records, WITHIN)) == left


def test_a_long_history_with_pauses_is_gone_through_once() -> None:
    asked = 0

    class Report(dict[str, Any]):
        def __getitem__(self, key: str) -> Any:
            nonlocal asked
            asked += key == "status"
            return super().__getitem__(key)

    status = ("planned", "under construction", "open", "suspended")
    records = [Report(report(status[n % 4], f"{2000 + n % 9}", id=f"{n}")) for n in range(400)]
    list(compare(records, WITHIN))
    # Some times for each report, and not once more for each two.
    assert asked < 50 * len(records)
