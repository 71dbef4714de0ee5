"""The latest state of each project: which claim it is, and how it is asked for."""

import json
import sqlite3
from collections.abc import Callable
from importlib import reload
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from expofacts.facts import states
from expofacts.facts.dates import date_days
from expofacts.index import history_order, query
from expofacts.index.filters import Filters
from expofacts.index.project_reports import history
from expofacts.index.query import Order
from expofacts.json_lines import from_json
from tests.conftest import Result
from tests.histories import HISTORIES, STATES, index_of

FACTS = str(Path(__file__).parent / "data" / "timeline" / "facts.toml")


@pytest.mark.parametrize(
    ("arguments", "found"),
    [
        (
            [],
            "road-open rail-open tunnel-off ferry-winter cable-2020 canal-2018 station-open",
        ),
        (["--status", "open"], "road-open rail-open station-open"),
        (["--status", "open", "--status", "cancelled"], "road-open rail-open tunnel-off"
         " station-open"),
        (["--project", "road-bridge"], "road-open"),
        (["--as-of", "2019"], "road-done rail-2019 tunnel-2018 ferry-2018 cable-2019 canal-2018"
         " station-2019"),
        (["--as-of", "2019-06-18", "--status", "planned"], "tunnel-2018 canal-2018 station-2019"),
        (["--source", "Linde Gazette"], "road-waits rail-open ferry-winter cable-2020"),
        (["--until", "2018", "--sort", "id"], "canal-2018 ferry-2018 road-start tunnel-2018"),
        (["--mode", "road bridge", "--source", "courier-2019-06-18"], "road-2019"),
        (["--sort", "project", "--reverse", "-n", "2"], "road-open rail-open"),
    ],
    ids=str,
)  # fmt: skip
def test_one_row_a_project(arguments: list[str], found: str, run: Callable[..., Result]) -> None:
    given_ = ["infrastructure", "--latest", "--facts", FACTS, *arguments]
    ids = [record["id"] for record in json.loads(run(*given_, "-f", "json").out)]
    assert ids == found.split()
    ids_in_csv = run(*given_, "-f", "csv", "--fields", "id").out.split()[1:]
    assert ids_in_csv == ids
    if "-n" not in arguments:
        assert run(*given_, "--count").out == f"{len(ids)}\n"


def test_no_project_in_a_state_is_an_answer(run: Callable[..., Result]) -> None:
    asked = ("infra", "--latest", "--facts", FACTS, "--status", "under construction")
    assert run(*asked) == (1, "", "expofacts: no infrastructure entries found\n")
    assert run(*asked, "--count") == (1, "0\n", "")


@pytest.mark.parametrize(
    ("earlier", "later"),
    [
        # By the day on which it came to be so, not by that of the claim.
        (
            {"status": "open", "as_of": "2024", "happened": "2019"},
            {"status": "suspended", "as_of": "2020"},
        ),
        # A month and a year are over on their last day.
        (
            {"status": "open", "as_of": "2019-12-30"},
            {"status": "completed", "as_of": "2020", "happened": "2019"},
        ),
        (
            {"status": "open", "as_of": "2020-02-28"},
            {"status": "completed", "as_of": "2020-02"},
        ),
        (
            {"status": "completed", "as_of": "2020", "happened": "2020-02"},
            {"status": "open", "as_of": "2020-02-29"},
        ),
        (
            {"status": "open", "as_of": "9999-12-30"},
            {"status": "completed", "as_of": "2020", "happened": "9999-12"},
        ),
        # Of one day, the state that lasts; of one state, what was said last.
        (
            {"status": "completed", "as_of": "2021", "happened": "2020-02-02"},
            {"status": "open", "as_of": "2020-02-02"},
        ),
        (
            {"status": "open", "as_of": "2020-02-02"},
            {"status": "open", "as_of": "2021", "happened": "2020-02-02"},
        ),
        # Then what was published last: b has no date, so its claim counts as of its own.
        (
            {"status": "open", "as_of": "2020-02-02", "source": "b"},
            {"status": "open", "as_of": "2020-02-02", "source": "a"},
        ),
        # Then the greater id.
        (
            {"status": "open", "as_of": "2020-02-02", "id": "earlier"},
            {"status": "open", "as_of": "2020-02-02", "id": "later"},
        ),
    ],
)
def test_the_latest_of_two_claims_whatever_their_order(
    earlier: dict[str, Any], later: dict[str, Any]
) -> None:
    whole = {"project": "bridge", "name": "N", "mode": "M", "connects": [], "source": "a"}
    # Where the id does not decide, it would say otherwise.
    reports = [{**whole, "id": "z", **earlier}, {**whole, "id": "c", **later}]
    ids = [report["id"] for report in reports]
    for order in (reports, reports[::-1]):
        index = index_of(order)
        asked = query.select(index, "infrastructure", Filters(latest=True), Order())
        assert [from_json(line)["id"] for line in asked] == ids[1:]
        in_history = [from_json(line)["id"] for line in history(index, Filters())]
        assert in_history == ids


def test_the_row_of_the_latest_state_is_the_claim_that_says_best_since_when() -> None:
    whole = {"project": "bridge", "name": "N", "mode": "M", "connects": [], "source": "a"}
    reports = [
        {**whole, "id": "before", "status": "open", "as_of": "2019", "happened": "2019-01-01"},
        {**whole, "id": "closed", "status": "suspended", "as_of": "2020-01"},
        {**whole, "id": "still", "status": "open", "as_of": "2022"},
        {**whole, "id": "to-the-day", "status": "open", "as_of": "2021", "happened": "2020-06-10"},
        {**whole, "id": "in-a-month", "status": "open", "as_of": "2023", "happened": "2020-06"},
    ]
    for order in (reports, reports[::-1]):
        asked = query.select(index_of(order), "infrastructure", Filters(latest=True), Order())
        assert [from_json(line)["id"] for line in asked] == ["to-the-day"]


def place(report: dict[str, Any]) -> tuple[object, ...]:
    published = "2020-12-31" if report["source"] == "a" else date_days(report["as_of"])[1]
    return (
        date_days(report.get("happened") or report["as_of"])[1],
        STATES.index(report["status"]),
        date_days(report["as_of"])[1],
        published,
        report["id"],
    )


@given(HISTORIES, st.sampled_from([None, "2019", "2020-02-29", "2030"]))
@settings(deadline=None, max_examples=80)
def test_the_latest_is_one_a_project_and_the_maximum(
    reports: list[dict[str, Any]], as_of: str | None
) -> None:
    known = [
        report for report in reports if as_of is None or place(report)[3] <= date_days(as_of)[1]
    ]
    latest: dict[str, dict[str, Any]] = {}
    for report in sorted(known, key=place):
        before = latest.get(report["project"])
        if (
            before is None
            or before["status"] != report["status"]
            or len(report.get("happened", "")) >= len(before.get("happened", ""))
        ):
            latest[report["project"]] = report
    index = index_of(reports)
    filters = Filters(latest=True, as_of=as_of)
    found = [from_json(line) for line in query.select(index, "infrastructure", filters, Order())]
    assert {record["project"]: record["id"] for record in found} == {
        project: report["id"] for project, report in latest.items()
    }
    assert len(found) == len(latest) == query.count(index, "infrastructure", filters)
    in_history = [from_json(line)["id"] for line in history(index, Filters(as_of=as_of))]
    began: dict[str, tuple[object, ...]] = {}
    for report in sorted(known, key=place):
        began.setdefault(report["project"], place(report))
    in_order = sorted(known, key=lambda report: (began[report["project"]], place(report)))
    assert in_history == [report["id"] for report in in_order]


def test_a_state_has_its_own_place_though_its_name_is_part_of_anothers(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    order = ["reopened", "planned", "open"]
    with monkeypatch.context() as changed:
        changed.setattr(states, "STATES", dict.fromkeys(order, states.STATES["open"]))
        history = reload(history_order).HISTORY
    reload(history_order)
    with sqlite3.connect(":memory:") as index:
        columns = "status, happened, as_of_last, published, id"
        index.execute(f"CREATE TABLE report ({columns})")
        for state in sorted(order):
            index.execute("INSERT INTO report VALUES (?, '2019', '', '', '')", [state])
        found = index.execute(f"SELECT status FROM report ORDER BY {history}").fetchall()
    assert [state for (state,) in found] == order
