"""Timelines: which claims, in which order, as tables and as data."""

import csv
import io
import json
import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from rich.cells import cell_len

from expofacts.compare.timelines import lines as timeline
from expofacts.compare.timelines import tally, timeline_of
from expofacts.facts.dates import date_days
from expofacts.index.filters import Filters
from tests.conftest import Result
from tests.histories import HISTORIES, index_of

FOLDER = Path(__file__).parent / "data" / "timeline"
FACTS = str(FOLDER / "facts.toml")
SUBJECTS = {"all": [], "project": ["road-bridge"], "indicator": ["linde-crossings"]}


@pytest.mark.parametrize(
    "expected", sorted(FOLDER.glob("timeline-*.txt")), ids=lambda path: path.stem
)
def test_the_whole_table(
    expected: Path, run: Callable[..., Result], monkeypatch: pytest.MonkeyPatch
) -> None:
    _, subject, width = expected.stem.split("-")
    if width != "pipe":
        monkeypatch.setenv("COLUMNS", width)
    result = run("timeline", *SUBJECTS[subject], "--facts", FACTS)
    assert (result.out, result.err) == (expected.read_text("utf-8"), "")
    if width != "pipe":
        assert max(map(cell_len, result.out.splitlines())) <= int(width)
    elif subject == "all":
        assert result.out.replace("─", "-").isascii()


@pytest.mark.parametrize("width", range(20, 130, 7))
@pytest.mark.parametrize("subject", SUBJECTS)
def test_no_width_drops_a_word(
    subject: str, width: int, run: Callable[..., Result], monkeypatch: pytest.MonkeyPatch
) -> None:
    def words(out: str) -> Counter[str]:
        return Counter("".join(re.findall(r"\w", out)))

    asked = ("timeline", *SUBJECTS[subject], "--facts", FACTS)
    monkeypatch.setenv("COLUMNS", "300")
    # Years and scale of the axis, and headers, are fitted to the width.
    whole = run(*asked).out
    texts = whole.split("\n", 4 if subject == "all" else 2)[-1]
    monkeypatch.setenv("COLUMNS", str(width))
    narrow = run(*asked).out
    assert words(texts) <= words(narrow)
    assert max(map(cell_len, narrow.splitlines())) <= width


def lines(run: Callable[..., Result], *arguments: str) -> list[dict[str, Any]]:
    result = run("timeline", *arguments, "--facts", FACTS, "-f", "json")
    assert result.err == ""
    found: list[dict[str, Any]] = json.loads(result.out)
    return found


@pytest.mark.parametrize(("subject", "kind"), [([], "project"), (["road-bridge"], "project"),
                                               (["linde-crossings"], "indicator")])  # fmt: skip
def test_a_line_has_all_fields_in_every_format(
    subject: list[str], kind: str, run: Callable[..., Result]
) -> None:
    found = lines(run, *subject)
    assert [list(line) for line in found] == [list(timeline_of(kind).fields)] * len(found)
    asked = ("timeline", *subject, "--facts", FACTS)
    assert [json.loads(line) for line in run(*asked, "-f", "jsonl").out.splitlines()] == found
    rows = list(csv.DictReader(io.StringIO(run(*asked, "-f", "csv").out, newline="")))
    assert [row["fact"] for row in rows] == [line["fact"] for line in found]
    assert list(rows[0]) == list(timeline_of(kind).fields)
    help_ = run(*asked, "--fields", "help").out
    assert [line.split()[0] for line in help_.splitlines()] == list(timeline_of(kind).fields)


def test_a_state_and_a_promise_as_data(run: Callable[..., Result]) -> None:
    state, promise = lines(run, "rail-bridge")[:2]
    of_claim = {
        "as_of": "2019-06-18",
        "fact": "rail-2019",
        "source": "courier-2019-06-18",
        "publisher": "Tarn Courier",
        "published": "2019-06-18",
        "contradicts": None,
    }
    assert state == {
        "date": "2019-06-18",
        "subject": "rail-bridge",
        "name": "Tarn-Miret railway bridge",
        "what": "state",
        "status": "under construction",
        "happened": None,
        "expected": None,
        "outcome": None,
        "reached_first": None,
        "reached_last": None,
        "late_days_min": None,
        "late_days_max": None,
        "shown_by": None,
        **of_claim,
    }
    assert promise == {
        "date": "2019-06-18",
        "subject": "rail-bridge",
        "name": "Tarn-Miret railway bridge",
        "what": "promise",
        "status": "completed",
        "happened": None,
        "expected": "2019",
        "outcome": "late",
        "reached_first": "2021-08-01",
        "reached_last": "2022-11-16",
        "late_days_min": 579,
        "late_days_max": 1051,
        "shown_by": ["rail-open"],
        **of_claim,
    }


def test_a_figure_as_data_has_every_digit(run: Callable[..., Result]) -> None:
    out = run("timeline", "linde-crossings", "--facts", FACTS, "-f", "jsonl").out
    assert out.splitlines()[2] == (
        '{"date":"2018","subject":"linde-crossings","name":"Crossings of the Linde",'
        '"what":"figure","value":107061.50,"unit":"crossings","qualifier":null,"rounded_to":null,'
        '"scope":null,"counted_by":"port of Miret","as_of":"2019-11-30",'
        '"fact":"crossings-2018-herald","source":"herald-2019-11-30","publisher":"Miret Herald",'
        '"published":"2019-11-30","contradicts":null}'
    )


def test_chosen_fields_in_their_order(run: Callable[..., Result]) -> None:
    asked = ("timeline", "car-ferry", "--facts", FACTS, "--fields", "what,date,outcome,status")
    assert run(*asked, "-f", "tsv").out == (
        "what\tdate\toutcome\tstatus\n"
        "state\t2018\t\topen\n"
        "state\t2020-02\t\tsuspended\n"
        "promise\t2020-05-12\topen\topen\n"
    )
    assert run(*asked).out.split()[:4] == ["what", "date", "outcome", "status"]
    wrong = run("timeline", "--facts", FACTS, "--fields", "what,outcom")
    assert wrong == (2, "", 'expofacts: unknown field "outcom"; did you mean outcome?\n')


@pytest.mark.parametrize(
    ("arguments", "outcomes"),
    [
        (["--as-of", "2019-06-18"], ["open", "open"]),
        (["--as-of", "2019-11-30"], ["broken", "kept", "open"]),
        (["--as-of", "2020-04-30"], ["broken", "kept", "open"]),
        (["--as-of", "2020-05-11"], ["broken", "kept", "overdue"]),
        (["--as-of", "2020-05-12"], ["broken", "kept", "broken"]),
        (["--as-of", "2022-06"], ["late", "kept", "late"]),
        ([], ["late", "kept", "late"]),
        (["--source", "Tarn Courier"], ["kept or late"]),
    ],
    ids=str,
)
def test_promises_are_judged_by_what_had_been_published(
    arguments: list[str], outcomes: list[str], run: Callable[..., Result]
) -> None:
    found = lines(run, "road-bridge", *arguments)
    assert [line["outcome"] for line in found if line["what"] == "promise"] == outcomes


def test_a_year_is_over_on_its_last_day(
    write: Callable[..., str], run: Callable[..., Result]
) -> None:
    path = write(
        REGION
        + PROJECT.format(id="x", project="bridge", name="Bridge", status="planned")
        + 'expected = "2019-07"\nexpected_status = "open"\n'
    )
    asked = ("timeline", "bridge", "--facts", path, "-f", "csv", "--fields", "outcome", "--as-of")
    assert run(*asked, "2019").out.split()[-1] == "overdue"
    assert run(*asked, "2019-08").out.split()[-1] == "overdue"
    assert run(*asked, "2019-07").out.split()[-1] == "open"


def test_figures_for_one_period_stand_as_they_were_published(
    write: Callable[..., str], run: Callable[..., Result]
) -> None:
    source = '[[sources]]\nid = "{}"\npublisher = "P"\npublished = "{}"\n'
    figure = (
        '[[statistics]]\nid = "{}"\nindicator = "i"\nname = "N"\nvalue = 1\nunit = "m"\n'
        'period = "2018"\nsource = "{}"\n'
    )
    path = write(
        source.format("late", "2021")
        + source.format("early", "2020")
        + figure.format("a", "late")
        + figure.format("z", "early")
    )
    asked = ("timeline", "i", "--facts", path, "-f", "csv", "--fields", "fact")
    assert run(*asked).out.split() == ["fact", "z", "a"]


@pytest.mark.parametrize(
    ("width", "scale"),
    [(54, "A quarter"), (53, "Half a year"), (36, "A year"), (35, "A quarter")],
)
def test_the_scale_is_the_finest_that_fits(
    width: int, scale: str, run: Callable[..., Result], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    out = run("timeline", "--facts", FACTS).out
    assert f"{scale} a column" in out
    assert max(map(cell_len, out.splitlines())) <= width


def test_as_of_shows_no_state_that_was_published_later(run: Callable[..., Result]) -> None:
    for date in ("2018", "2019-06-18", "2020-05", "2021-09", "2022"):
        for line in lines(run, "--as-of", date):
            assert date_days(line["published"])[1] <= date_days(date)[1]


@pytest.mark.parametrize(
    ("name", "subject"),
    [
        ("Tarn-Miret road bridge", "road-bridge"),
        ("ROAD BRIDGE", "road-bridge"),
        ("tarn miret ROAD bridge", "road-bridge"),
        ("crossings of the linde", "linde-crossings"),
        ("Linde-Trade-Balance", "linde-trade-balance"),
    ],
)
def test_a_subject_goes_by_slug_or_name(
    name: str, subject: str, run: Callable[..., Result]
) -> None:
    assert {line["subject"] for line in lines(run, name)} == {subject}


def test_an_unknown_subject_ends_with_2_and_the_nearest(run: Callable[..., Result]) -> None:
    asked = run("timeline", "road-brigde", "--facts", FACTS)
    assert asked == (
        2,
        "",
        'expofacts: unknown project, indicator or series "road-brigde";'
        " did you mean road-bridge?\n",
    )
    asked = run("timeline", "linde crossing", "--facts", FACTS)
    assert (asked.code, asked.out) == (2, "")
    assert "did you mean linde-crossings" in asked.err
    # As where a variable of the shell is not set: not the answer to another question.
    asked = run("timeline", "", "--facts", FACTS)
    assert (asked.code, asked.out) == (2, "")


def test_nothing_published_yet_is_an_answer(run: Callable[..., Result]) -> None:
    for subject in ([], ["road-bridge"], ["linde-crossings"]):
        asked = ("timeline", *subject, "--facts", FACTS, "--as-of", "1900")
        assert run(*asked) == (1, "", "expofacts: no claims found\n")
        assert run(*asked, "-f", "json") == (1, "[]\n", "expofacts: no claims found\n")
        assert run(*asked, "-f", "csv").code == 1


PROJECT = """
[[infrastructure]]
id = "{id}"
project = "{project}"
name = "{name}"
mode = "bridge"
connects = ["a"]
status = "{status}"
"""
REGION = '[[regions]]\nid = "a"\nname = "A"\nlevel = "city"\n'


def test_a_name_of_several_projects_gives_the_chart_of_these(
    write: Callable[..., str], run: Callable[..., Result]
) -> None:
    made = [
        PROJECT.format(id=id_, project=project, name=name, status="open")
        for id_, project, name in (
            ("x", "one", "Bridge"),
            ("y", "two", "Bridge"),
            ("z", "three", "Z"),
        )
    ]
    path = write(REGION + "".join(made))
    out = run("timeline", "bridge", "--facts", path).out
    assert "2 projects from 1 source" in out
    assert out.count("Bridge") == 2


def test_what_is_a_project_and_an_indicator(
    write: Callable[..., str], run: Callable[..., Result]
) -> None:
    figure = '[[statistics]]\nid = "s"\nindicator = "{}"\nname = "{}"\nvalue = 1\nunit = "m"\n'
    path = write(
        REGION
        + PROJECT.format(id="x", project="bridge", name="Bridge", status="open")
        + figure.format("the-bridge", "Bridge")
    )
    asked = ("--facts", path, "-f", "csv", "--fields", "fact")
    assert run("timeline", "bridge", *asked).out.split() == ["fact", "x"]
    assert run("timeline", "Bridge", *asked).out.split() == ["fact", "x"]
    assert run("timeline", "the-bridge", *asked).out.split() == ["fact", "s"]
    path = write(
        REGION
        + PROJECT.format(id="x", project="the-bridge", name="Bridge", status="open")
        + figure.format("bridge", "Bridge")
    )
    # A slug given to the letter is that one, whatever else goes by this name.
    assert run("timeline", "bridge", *asked).out.split() == ["fact", "s"]
    assert run("timeline", "Bridge", *asked).out.split() == ["fact", "x"]


def test_a_line_points_to_what_it_contradicts(
    write: Callable[..., str], run: Callable[..., Result]
) -> None:
    made = [
        PROJECT.format(id=id_, project="bridge", name="Bridge", status="completed")
        + f'happened = "{year}"\n'
        for id_, year in (("first", 2017), ("second", 2018), ("third", 2019), ("fourth", 2016))
    ]
    path = write(REGION + "".join(made))
    (first, *_) = json.loads(run("timeline", "bridge", "--facts", path, "-f", "json").out)
    assert first["fact"] == "fourth"
    assert first["contradicts"] == ["first", "second", "third"]
    out = run("timeline", "bridge", "--facts", path).out
    assert out.split("\n\n")[-1] == (
        "different dates: fourth contradicts first, second and 1 more; first contradicts second,"
        " third; second contradicts third\nBridge: 4 entries from 1 source\n"
    )
    assert "sources contradict each other" in run("timeline", "--facts", path).out


FIGURE = '[[statistics]]\nid = "{}"\nindicator = "i"\nname = "N"\nvalue = {}\nunit = "m"\n'


def disputes_below(out: str) -> list[str]:
    """Return the lines below a table, but for the last."""
    return out.rstrip("\n").split("\n\n")[-1].split("\n")[:-1]


def test_a_contradiction_is_said_once_by_the_side_that_has_more_against_it(
    write: Callable[..., str], run: Callable[..., Result]
) -> None:
    path = write("".join(FIGURE.format(f"f{n}", 2) for n in range(12)) + FIGURE.format("off", 1))
    out = run("timeline", "i", "--facts", path).out
    assert disputes_below(out) == ["different figures: off contradicts f0, f1 and 10 more"]
    assert out.count("contradict") == 1
    found = json.loads(run("timeline", "i", "--facts", path, "-f", "json").out)
    assert [line["contradicts"] for line in found if line["fact"] == "f7"] == [["off"]]
    path = write("".join(FIGURE.format(f"f{n}", n % 2) for n in range(4)))
    out = run("timeline", "i", "--facts", path).out
    assert disputes_below(out) == ["different figures: f0, f2 contradict f1, f3"]
    path = write("".join(FIGURE.format(f"f{n}", n) for n in range(7)))
    (below,) = disputes_below(run("timeline", "i", "--facts", path).out)
    assert below.startswith("different figures: f0 contradicts f1, f2 and 4 more; f1 contradicts")
    assert below.endswith("; and so on, in 7 sides")
    path = write("".join(FIGURE.format(f"f{n}", 1) for n in range(4)))
    assert "contradict" not in run("timeline", "i", "--facts", path).out


def test_some_lines_of_a_timeline(write: Callable[..., str], run: Callable[..., Result]) -> None:
    whole = lines(run, "road-bridge")
    assert lines(run, "road-bridge", "-n", "3") == whole[:3]
    assert lines(run, "road-bridge", "-n", "9" * 30) == whole
    out = run("timeline", "road-bridge", "--facts", FACTS, "-n", "3").out
    assert out.endswith("\n\nTarn-Miret road bridge: 3 of 8 entries from 2 sources\n")
    assert lines(run, "-n", "3") == lines(run)[:3]
    # What contradicts a line that is shown is named, also where that is not.
    path = write("".join(FIGURE.format(*one) for one in (("a", 1), ("b", 1), ("off", 2))))
    asked = ("timeline", "i", "--facts", path)
    assert disputes_below(run(*asked, "-n", "1").out) == ["different figures: off contradicts a, b"]
    assert run(*asked, "-n", "0").code == 2


def test_some_projects_on_the_time_axis(run: Callable[..., Result]) -> None:
    whole = run("timeline", "--facts", FACTS).out
    projects = list(dict.fromkeys(line["subject"] for line in lines(run)))
    out = run("timeline", "--facts", FACTS, "-n", "2").out
    assert f"2 of {len(projects)} projects from " in out
    assert f"{len(projects)} projects from " in whole
    assert run("timeline", "--facts", FACTS, "-n", "99").out == whole


@pytest.mark.parametrize(
    "asked",
    [
        *([], ["road-bridge"], ["linde-crossings"], ["--as-of", "2019-06-18"]),
        *(["--source", "Tarn Courier"], ["road-bridge", "--until", "2019"]),
    ],
    ids=str,
)
def test_lines_are_counted(asked: list[str], run: Callable[..., Result]) -> None:
    for more in ([], ["-n", "1"]):
        counted = run("timeline", *asked, *more, "--count", "--facts", FACTS)
        assert counted == (0, f"{len(lines(run, *asked))}\n", "")


def test_nothing_is_counted_as_0(run: Callable[..., Result]) -> None:
    assert run("timeline", "--count", "--as-of", "1900", "--facts", FACTS) == (1, "0\n", "")
    unknown = run("timeline", "road-brigde", "--count", "--facts", FACTS)
    assert (unknown.code, unknown.out) == (2, "")
    assert run("timeline", "--count", "--fields", "whta", "--facts", FACTS).code == 2


def test_a_text_of_a_fact_file_never_acts_on_a_terminal(
    write: Callable[..., str], run: Callable[..., Result]
) -> None:
    path = write(
        REGION + PROJECT.format(id="x", project="p", name=r"[red]\u001b[31m:x:", status="open")
    )
    for subject in ([], ["p"]):
        out = run("timeline", *subject, "--facts", path).out
        assert "[red]␛[31m:x:" in out
        assert "\x1b" not in out


@given(HISTORIES)
@settings(deadline=None, max_examples=60)
def test_a_timeline_is_sorted_and_whole(reports: list[dict[str, Any]]) -> None:
    found = list(timeline(index_of(reports), None, Filters()))
    states = [line["fact"] for line in found if line["what"] == "state"]
    assert sorted(states) == sorted(report["id"] for report in reports)
    promises = [line["fact"] for line in found if line["what"] == "promise"]
    assert sorted(promises) == sorted(
        one["id"] for one in reports if one.get("expected") or one.get("expected_status")
    )
    for project in {report["project"] for report in reports}:
        days = [date_days(line["date"])[1] for line in found if line["subject"] == project]
        assert days == sorted(days)
    subjects = [line["subject"] for line in found]
    assert subjects == sorted(subjects, key=list(dict.fromkeys(subjects)).index)
    assert list(timeline(index_of(reports[::-1]), None, Filters())) == found
    subjects_ = len(set(subjects))
    assert tally(index_of(reports), None, Filters()) == (len(found), subjects_)
