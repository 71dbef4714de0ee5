"""Events: editions compared, announcements judged, and all of it as commands show it."""

import csv
import io
import json
from collections.abc import Callable
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from expofacts.compare.editions_timeline import judge
from expofacts.compare.findings import AGREEMENT, CONTRADICTION
from expofacts.facts.kinds import Event, fields
from tests.comparing import comparable, compare
from tests.conftest import Result

WITHIN = {
    "linde": {"linde", "tarn", "miret", "port"}, "tarn": {"tarn", "port"}, "miret": {"miret"},
    "port": {"port"},
}  # fmt: skip


def event(id_: str = "a", **given: Any) -> Any:
    record = dict.fromkeys(fields(Event)) | {
        "kind": "event", "id": id_, "series": "fair", "edition": 3, "name": "Fair",
        "as_of": "2024-01-01", "published": "2024-01-01",
    }  # fmt: skip
    return record | given


@pytest.mark.parametrize(
    ("one", "other", "kind", "reason"),
    [
        ({"held": "2024-05-16/2024-05-21"}, {"held": "2024-05-17/2024-05-21"},
         AGREEMENT, "days agree"),
        ({"held": "2024-05"}, {"held": "2024-05-31"}, AGREEMENT, "days agree"),
        ({"held": "2024"}, {"held": "2024-05-31/2024-06-02"}, AGREEMENT, "days agree"),
        ({"held": "2024-05-16"}, {"held": "2024-05-17"}, CONTRADICTION, "different days"),
        ({"held": "2024-05"}, {"held": "2024-06-01/2024-06-02"}, CONTRADICTION, "different days"),
        ({"held": "2024", "places": ["tarn"]}, {"held": "2024", "places": ["miret"]},
         CONTRADICTION, "different places"),
        ({"held": "2024", "places": ["port"]}, {"held": "2024", "places": ["linde"]},
         AGREEMENT, "days agree"),
        ({"held": "2024", "places": ["tarn", "miret"]}, {"held": "2024", "places": ["miret"]},
         AGREEMENT, "days agree"),
        ({"held": "2024", "places": ["tarn"]}, {"held": "2024"}, AGREEMENT, "days agree"),
        # What was announced is no claim that it took place.
        ({"held": "2024-05-16"}, {"expected": "2024-06-17"}, None, None),
        ({"expected": "2024-05-16"}, {"expected": "2024-06-17"}, None, None),
        # Another edition, another series, none of either.
        ({"held": "2024-05-16"}, {"held": "2023-05-17", "edition": 2}, None, None),
        ({"held": "2024-05-16"}, {"held": "2023-05-17", "series": "show"}, None, None),
        ({"held": "2024-05-16"}, {"held": "2023-05-17", "edition": None}, None, None),
        ({"held": "2024-05-16", "series": None}, {"held": "2023-05-17", "series": None},
         None, None),
    ],
)  # fmt: skip
def test_two_reports_on_an_edition(
    one: dict[str, Any], other: dict[str, Any], kind: str | None, reason: str | None
) -> None:
    reports = [event("a", **one), event("b", **other)]
    for given_ in (reports, reports[::-1]):
        found = [*compare(given_, WITHIN, (CONTRADICTION, AGREEMENT))]
        assert [(finding.kind, finding.reason) for finding in found] == (
            [(kind, reason)] if kind else []
        )
        assert [(finding.left["id"], finding.right["id"]) for finding in found] in (
            [],
            [("a", "b")],
        )
    assert comparable(reports, {"a"}) == (2 if kind else 0)
    assert comparable(reports, set()) == 0


def test_days_and_places_may_both_differ() -> None:
    reports = [
        event("a", held="2024-05-16", places=["tarn"]),
        event("b", held="2024-05-17", places=["miret"]),
    ]
    found = [finding.reason for finding in compare(reports, WITHIN)]
    assert found == ["different days", "different places"]


ANNOUNCED = event("plan", expected="2024-05-16/2024-05-21", as_of="2024-03-01")
TODAY = "2025-01-01"


@pytest.mark.parametrize(
    ("reports", "today", "outcome"),
    [
        ([], "2024-05-01", ("open", None, None, ())),
        ([], "2024-05-21", ("open", None, None, ())),
        ([], "2024-05-22", ("overdue", None, None, ())),
        ([{"held": "2024-05-17/2024-05-21"}], TODAY, ("kept", None, None, ("r0",))),
        ([{"held": "2024-05-21"}], TODAY, ("kept", None, None, ("r0",))),
        # Only the month or the year of it is known.
        ([{"held": "2024-05"}], TODAY, ("kept or moved", None, None, ("r0",))),
        ([{"held": "2024"}, {"held": "2024-05-18"}], TODAY, ("kept", None, None, ("r1",))),
        ([{"held": "2024-05-22"}], TODAY, ("late", 1, 1, ("r0",))),
        ([{"held": "2024-05-31/2024-06-03"}], TODAY, ("late", 10, 10, ("r0",))),
        ([{"held": "2024-06"}], TODAY, ("late", 11, 40, ("r0",))),
        # Late by both, though these contradict each other.
        ([{"held": "2024-05-22"}, {"held": "2024-06-20/2024-06-22"}], TODAY,
         ("late", 1, 30, ("r0", "r1"))),
        ([{"held": "2024-05-01"}, {"held": "2024-06-20"}], TODAY,
         ("disputed", None, None, ("r0", "r1"))),
        # What only leaves more open says nothing beside what is exact, nor beside what is narrower.
        ([{"held": "2024"}, {"held": "2024-06-20"}], TODAY, ("late", 30, 30, ("r1",))),
        ([{"held": "2024-06"}, {"held": "2024-06-20"}, {"held": "2024-06-20"}], TODAY,
         ("late", 30, 30, ("r1", "r2"))),
        ([{"held": "2024"}, {"held": "2024-04"}], TODAY, ("early", None, None, ("r1",))),
        # Months with a slash between them are no days.
        ([{"held": "2024-04/2024-06"}], TODAY, ("kept or moved", None, None, ("r0",))),
        ([{"held": "2024-05-10/2024-05-15"}], TODAY, ("early", None, None, ("r0",))),
        ([{"held": "2024-05-17"}, {"held": "2024-06-17"}], TODAY,
         ("disputed", None, None, ("r0", "r1"))),
        # Of no edition, but on the days that were announced; on others, that says nothing of it.
        ([{"held": "2024-05-17", "edition": None}], TODAY, ("kept", None, None, ("r0",))),
        ([{"held": "2023-05-17", "edition": None}], TODAY, ("overdue", None, None, ())),
        ([{"held": "2024-05-17", "edition": 2}], TODAY, ("overdue", None, None, ())),
        # Announced anew, later; earlier, that is no news; and for the same time, neither.
        ([{"expected": "2025-05-16", "as_of": "2024-04"}], "2024-05-01",
         ("moved", None, None, ("r0",))),
        ([{"expected": "2025-05-16", "as_of": "2024-02"}], "2024-05-01", ("open", None, None, ())),
        ([{"expected": "2024-05", "as_of": "2024-04"}], "2024-05-01", ("open", None, None, ())),
    ],
)  # fmt: skip
def test_what_became_of_an_announcement(
    reports: list[dict[str, Any]], today: str, outcome: tuple[Any, ...]
) -> None:
    known = [ANNOUNCED, *(event(f"r{n}", **report) for n, report in enumerate(reports))]
    for order in permutations(known):
        assert judge(ANNOUNCED, order, today) == outcome


def test_what_is_announced_for_a_month_and_held_in_it_is_kept() -> None:
    for expected in ("2024", "2024-05"):
        plan = event("plan", expected=expected)
        assert judge(plan, [event("a", held="2024-05")], TODAY).outcome == "kept"
    assert judge(event("plan", expected="2024-05"), [event("a", held="2024")], TODAY) == (
        "kept or moved", None, None, ("a",)
    )  # fmt: skip


def test_a_wrong_day_as_of_which_to_judge_is_said(run: Callable[..., Result]) -> None:
    for subject in (["china-russia-expo"], ["heihe-blagoveshchensk-highway-bridge"], []):
        for day in ("x", "2019-13", ""):
            result = run("timeline", *subject, "--as-of", day)
            assert result.code == 2
            assert result.err.startswith(f'expofacts: --as-of: "{day}" is not')


def test_a_series_goes_by_the_names_of_its_events(
    write: Callable[..., str], run: Callable[..., Result]
) -> None:
    other = FILE.replace('name = "Fair"', 'name = "Spring fair"', 1)
    out = run("timeline", "spring fair", "--facts", write(other)).out
    assert out.endswith("fair: 3 entries from 1 source\n")


def test_what_a_slug_meant_before_there_were_events_it_still_means(
    write: Callable[..., str], run: Callable[..., Result]
) -> None:
    project = '[[infrastructure]]\nid = "p"\nproject = "fair"\nname = "Road"\nmode = "road"\n'
    path = write(FILE + project + 'connects = ["tarn"]\nstatus = "open"\n')
    assert json.loads(run("timeline", "fair", "--facts", path, "-f", "json").out)[0]["fact"] == "p"


def test_only_reports_on_the_edition_asked_for_are_counted_as_comparable(
    write: Callable[..., str], run: Callable[..., Result]
) -> None:
    agreeing = FILE.replace('places = ["miret"]', 'places = ["tarn"]')
    second = agreeing.split("[[events]]")[2].replace("fair-1-elsewhere", "fair-3")
    for n in range(4):  # two more editions, of two reports each
        third = second.replace("edition = 1", f"edition = {3 + n // 2}")
        agreeing += (
            f"[[events]]{third.replace('fair-3', f'fair-3-{n}').replace('2019', f'202{n // 2}')}"
        )
    path = write(agreeing)
    for asked, number in (([], 6), (["--period", "2019"], 2), (["--period", "2018"], 0)):
        result = run("conflicts", "--series", "fair", *asked, "--facts", path)
        assert result.err == f"expofacts: no contradictions among {number} comparable claims\n"


def test_an_announcement_of_no_edition_is_not_judged() -> None:
    assert judge(event(expected="2024", edition=None), [], TODAY).outcome is None


PERIODS = st.dates().map(str) | st.sampled_from(["2024", "2024-05", "2024-05-16/2024-05-21"])
REPORTS = st.lists(
    st.fixed_dictionaries(
        {"held": PERIODS | st.none(), "expected": PERIODS | st.none(),
         "edition": st.sampled_from([None, 2, 3]),
         "places": st.sampled_from([None, ["tarn"], ["miret"], ["linde"]])},
    ),
    max_size=5,
)  # fmt: skip


@given(REPORTS, st.randoms(use_true_random=False))
def test_the_order_of_reports_has_no_effect(given_: list[dict[str, Any]], chance: Any) -> None:
    reports = [event(f"r{n}", **report) for n, report in enumerate(given_)]
    mixed = chance.sample(reports, len(reports))
    kinds = (CONTRADICTION, AGREEMENT)
    assert [*compare(reports, WITHIN, kinds)] == [*compare(mixed, WITHIN, kinds)]
    for report in reports:
        assert judge(report, reports, TODAY) == judge(report, mixed, TODAY)


# On the shipped facts


def test_events_are_listed_and_filtered(run: Callable[..., Result]) -> None:
    listed = run("events", "--series", "china-russia-expo", "-f", "csv").out
    rows = [*csv.DictReader(io.StringIO(listed))]
    assert len(rows) == 15
    assert {row["series"] for row in rows} == {"china-russia-expo"}
    assert sorted({int(row["edition"]) for row in rows if row["edition"]}) == [*range(1, 10)]
    in_2024 = run("events", "--period", "2024-05-16", "-f", "tsv", "--fields", "id").out
    assert in_2024 == "id\nexpo-edition-2024-state-council\n"
    assert run("events", "--region", "heilongjiang", "--period", "2019", "--count").out == "3\n"
    assert run("events", "--series", "china-russia-exop").code == 2


def test_the_time_line_of_the_expo(run: Callable[..., Result]) -> None:
    lines = [
        json.loads(line)
        for line in run("timeline", "china-russia-expo", "-f", "jsonl").out.splitlines()
    ]
    assert [line["edition"] for line in lines if line["edition"]] == [
        *(1, 2, 3, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9)
    ]
    outcomes = {line["fact"]: line["outcome"] for line in lines if line["what"] == "announcement"}
    assert outcomes == {
        "expo-edition-2018-mofcom": "kept or moved",
        "expo-edition-2021-my399": "moved",
        "expo-edition-2023-tass": "kept or moved",
        "expo-edition-2024-state-council": "kept",
        "expo-edition-2025-energy-s-kon": "kept or moved",
    }


def test_the_expo_is_found_cited_and_shown(run: Callable[..., Result]) -> None:
    found = json.loads(run("search", "expo", "-n", "200", "-f", "json").out)
    assert "expo-edition-2019-xinhua" in {hit["id"] for hit in found}
    assert run("cite", "expo-edition-2024-kremlin").out == (
        "China-Russia Expo, 8th edition (Harbin): held 17 May 2024 – 21 May 2024, as of 17 May 2024"
        " (President of Russia, 17 May 2024).\n"
    )
    shown = run("show", "expo-edition-2019-tass").out
    assert "China-Russia Expo, 6th edition: held June 2019 (as of 18 June 2019)" in shown
    assert "6th" in shown


FILE = """
[[regions]]
id = "tarn"
name = "Tarn"
level = "town"

[[regions]]
id = "miret"
name = "Miret"
level = "town"

[[events]]
id = "fair-1"
series = "fair"
edition = 1
name = "Fair"
places = ["tarn"]
held = 2019-05-01

[[events]]
id = "fair-1-elsewhere"
series = "fair"
edition = 1
name = "Fair"
places = ["miret"]
held = "2019-05"
organizers = ["Town of Miret", "Port"]
purpose = "boats"

[[events]]
id = "fair-2-plan"
series = "fair"
edition = 2
name = "Fair"
expected = "2019-07-01/2019-07-02"
as_of = 2019-06-01
"""
CONFLICTS = """\
Fair, 1st edition: different places
A  1 claim contradicts B
   Tarn
   Agency, 18 June 2019
   fair-1

B  1 claim contradicts A
   Miret
   Agency, 18 June 2019
   fair-1-elsewhere


1 contradiction in 1 dispute
"""
TIMELINE = """\
When         Event                                    Source
──────────────────────────────────────────────────────────────────────────
1 May 2019   Fair                                     Agency, 18 June 2019
             1st edition, Tarn                        fair-1

May 2019     Fair                                     Agency, 18 June 2019
             1st edition, Miret                       fair-1-elsewhere

1 June 2019  Fair                                     Agency, 18 June 2019
             2nd edition                              fair-2-plan
             announced for 1 July 2019 – 2 July 2019
             open

different places: fair-1 contradicts fair-1-elsewhere
Fair: 3 entries from 1 source
"""


def test_a_dispute_over_places_and_a_plan(
    write: Callable[..., str], run: Callable[..., Result], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    path = write(FILE)
    result = run("conflicts", "--facts", path)
    assert (result.code, result.err) == (1, "")
    assert result.out == CONFLICTS
    assert run("timeline", "fair", "--facts", path).out == TIMELINE
    # Its plan is judged by what was known, and later by what had come of it.
    later = run("timeline", "fair", "--facts", path, "--as-of", "2020", "-f", "jsonl").out
    assert json.loads(later.splitlines()[-1])["outcome"] == "overdue"
    document = path.replace(".toml", ".md")
    assert run("export", document, "--facts", path).code == 0
    said = "**Fair**, 1st edition, Miret, Town of Miret, Port: held May 2019; boats"
    assert said in Path(document).read_text("utf-8").replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("keys", "problem"),
    [
        ("", 'E112 missing key "held" or "expected"'),
        ("held = 2019-05-01\nedition = 0\n", 'E122 "edition" must be a whole number from 1 up'),
        ('held = "2019-05-02/2019-05-01"\n', "ends before it begins"),
        ('held = 2019-05-01\nplaces = ["tarm"]\n', 'E133 unknown region "tarm"'),
        ("expected = 2019-05-01\n", 'W205 "expected" is over before 2019-06-18'),
    ],
)
def test_what_is_wrong_with_an_event_is_said(
    keys: str, problem: str, write: Callable[..., str], run: Callable[..., Result]
) -> None:
    path = write(f'[[events]]\nid = "fair"\nname = "Fair"\nstated = ["x"]\n{keys}')
    assert problem in run("check", path, "--strict").out
