"""A kind of fact is declared once: all that the program does with facts, it does with a new kind.

The kind is made up, in tests/pledges.py, and registered as every other is.
"""

import csv
import io
import json
import os
import re
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any, get_args

import pytest

from expofacts.facts.key_markers import Filter, Searched, keys
from expofacts.facts.kinds import KINDS, fields, own_keys
from expofacts.facts.load import load
from expofacts.library.objects import FACTS, AnyFact
from expofacts.view.views import View, view_of
from tests import pledges
from tests.conftest import Result

EXAMPLE = Path(__file__).parent / "data" / "valid" / "every-key.toml"
FILE = """
format = 1

[[sources]]
id = "courier"
publisher = "Courier"
published = 2024-03-05
url = "https://courier.example"

[[regions]]
id = "linde"
name = "Lindeland"
level = "country"

[[regions]]
id = "tarn"
name = "Tarn"
level = "town"
within = ["linde"]

[[pledges]]
id = "ilves-port"
purse = "port-fund"
name = "Fund of the port"
giver = "Mara Ilves"
amount = 24.80
due = "2025"
firmness = "firm"
benefits = ["linde"]
topics = ["ports"]
wording = "every cent of it"
paragraph = 3
stated = ["will give"]
note = "Said at the quay."

[[pledges]]
id = "orlov-port"
purse = "port-fund"
name = "Port fund"
giver = "Boris Orlov"
amount = 100000000000000000000000000001
rounds = 3
firmness = "vague"
benefits = ["tarn"]
"""
Run = Callable[..., Result]


@pytest.fixture
def facts(tmp_path: Path) -> str:
    path = tmp_path / "facts.toml"
    path.write_text(FILE, "utf-8")
    return str(path)


@pytest.fixture
def run(facts: str) -> Run:
    """Return a function that runs the program that knows pledges, over a file that has some."""

    def call(*arguments: str, **environment: str) -> Result:
        done = subprocess.run(
            [sys.executable, "-m", "tests.pledges", *arguments],
            env=os.environ | {"EXPOFACTS_FACTS": facts, "COLUMNS": "120"} | environment,
            capture_output=True,
            encoding="utf-8",
            cwd=Path(__file__).parents[1],
            check=False,
        )
        assert "Traceback" not in done.stderr, done.stderr
        return Result(done.returncode, done.stdout, done.stderr)

    return call


def test_its_command_lists_it(run: Run) -> None:
    for name in ("pledges", "vows"):
        result = run(name)
        assert (result.code, result.err) == (0, "")
        assert "Fund of the port" in result.out
        assert "Mara Ilves pledges 24.80" in result.out
        assert result.out.endswith("\n2 pledges from 1 source\n")
    assert "pledges" in run("--help").out
    assert "--firmness" in run("pledges", "--help").out


def test_its_data_are_its_keys_in_every_format(run: Run) -> None:
    known = list(fields(pledges.Pledge))
    assert known[:4] == ["kind", "id", "purse", "name"]
    records = json.loads(run("pledges", "-f", "json").out, parse_float=str)
    assert [list(record) for record in records] == [known, known]
    assert [record["amount"] for record in records] == ["24.80", 10**29 + 1]
    assert [*csv.DictReader(io.StringIO(run("pledges", "-f", "csv").out))][1]["rounds"] == "3"
    for format_ in ("jsonl", "tsv", "markdown"):
        assert "Boris Orlov" in run("pledges", "-f", format_).out
    assert [
        line.split()[0] for line in run("pledges", "--fields", "help").out.splitlines()
    ] == known
    assert run("pledges", "--sort", "amount", "--reverse", "--fields", "id", "-f", "tsv").out == (
        "id\norlov-port\nilves-port\n"
    )


@pytest.mark.parametrize(
    ("filter_", "found"),
    [
        (["--purse", "port-fund"], 2),
        (["--purse", "Fund of the port"], 2),  # by its name
        (["--giver", "mara ilves"], 1),
        (["--firmness", "vague"], 1),
        (["--period", "2025-06"], 1),
        (["--region", "tarn"], 2),  # with its parts
        (["--region", "lindeland"], 2),
        (["--topic", "ports"], 1),
        (["--match", "every cent"], 1),
        (["--since", "2024"], 2),
    ],
)
def test_it_is_filtered_by_its_keys(run: Run, filter_: list[str], found: int) -> None:
    assert run("pledges", *filter_, "--count").out == f"{found}\n"
    if filter_[0] not in ("--since",):
        assert run("search", "port", *filter_, "--count").out == f"{found}\n"


def test_a_wrong_value_of_its_filters_is_told_with_the_nearest(run: Run) -> None:
    result = run("pledges", "--giver", "Mara Ilvse")
    assert (result.code, result.err) == (
        2,
        'expofacts: unknown giver "Mara Ilvse"; did you mean Mara Ilves?\n',
    )
    assert "there is firm, vague" in run("pledges", "--firmness", "x").err


@pytest.mark.parametrize("words", ["port", "ilves", "cent", "quay", "lindeland", '"will give"'])
def test_it_is_searched_by_its_keys(run: Run, words: str) -> None:
    result = run("search", words)
    assert result.code == 0
    assert "Fund of the port" in result.out
    hits = json.loads(run("search", words, "-f", "json").out)
    assert hits[0]["kind"] == "pledge"
    assert hits[0]["matched"]


@pytest.mark.parametrize(
    ("style", "expected"),
    [
        ("text", "Fund of the port (Lindeland): Mara Ilves pledges 24.80 (Courier, 5 March 2024"),
        ("markdown", "Mara Ilves pledges 24.80.[^courier.3]"),
        ("bibtex", "annote = {Para. 3: Fund of the port (Lindeland): Mara Ilves pledges 24.80}"),
        ("csl-json", '"annote": "Para. 3: Fund of the port (Lindeland): Mara Ilves pledges 24.80"'),
    ],
)
def test_it_is_cited_in_every_style(run: Run, style: str, expected: str) -> None:
    assert expected in run("cite", "ilves-port", "--style", style).out


def test_it_is_shown_in_full_with_its_like_and_what_contradicts_it(run: Run) -> None:
    out = run("show", "ilves-port").out
    assert "24.80 in all" in out
    assert re.search("^Due +2025$", out, re.MULTILINE)
    assert re.search("^Benefits +Lindeland$", out, re.MULTILINE)
    assert "different amounts:" in out
    assert "Boris Orlov pledges" in out
    assert json.loads(run("show", "orlov-port", "-f", "json").out)["kind"] == "pledge"


def test_its_claims_are_compared_and_have_a_time_line(run: Run) -> None:
    result = run("conflicts")
    assert result.code == 1
    assert "Mara Ilves pledges 24.80" in result.out
    assert "1 contradiction in 1 dispute" in result.out
    assert run("conflicts", "--purse", "port-fund", "--count").out == "1\n"
    assert "2 pledges from 1 source" in run("timeline", "port-fund").out
    lines = json.loads(run("timeline", "Port fund", "-f", "json").out)
    assert [list(line) for line in lines] == [list(pledges.FIELDS)] * 2


def test_it_is_counted_where_other_kinds_are(run: Run) -> None:
    assert "Vows" in run("topics").out
    for command in ("topics", "regions", "sources"):
        records = json.loads(run(command, "-f", "json").out)
        assert sum(record["pledges"] for record in records) > 0
        assert all(record["pledges"] <= record["facts"] for record in records)


def test_it_is_exported(run: Run, tmp_path: Path) -> None:
    for ending in ("db", "json", "jsonl", "md"):
        assert run("export", str(tmp_path / f"out.{ending}")).code == 0
    assert "## Pledges" in (tmp_path / "out.md").read_text("utf-8")
    assert len(json.loads((tmp_path / "out.json").read_text("utf-8"))["pledges"]) == 2
    with closing(sqlite3.connect(tmp_path / "out.db")) as database:
        row = database.execute("SELECT amount, amount_exact, benefits FROM pledges").fetchone()
        assert row == (24.8, "24.80", '["linde"]')
        assert database.execute("SELECT * FROM pledge_topics").fetchall() == [
            ("ilves-port", "ports")
        ]
        found = "SELECT count(*) FROM pledges_fts WHERE pledges_fts MATCH 'cent'"
        assert database.execute(found).fetchone() == (1,)


def test_it_is_checked_by_its_declaration(run: Run, facts: str) -> None:
    assert run("check", facts).code == 0
    text = FILE.replace("amount = 24.80", "amuont = 24.80").replace('"firm"', '"frim"')
    text = text.replace('["tarn"]', '["tern", "tern"]').replace("rounds = 3\n", "")
    Path(facts).write_text(text, "utf-8")
    result = run("check", facts)
    assert result.code == 1
    for part in (
        "E112 missing key",
        'E111 unknown key "amuont"; did you mean amount?',
        "E115 \"firmness\" must be 'vague' or 'firm'; did you mean firm?",
        'E133 unknown region "tern"; did you mean tarn?',
        'E112 missing key "due" or "rounds"',
        "W211",
    ):
        assert part in result.out


def test_its_schema_is_printed(run: Run) -> None:
    schema = json.loads(run("schema").out)
    declared = schema["$defs"]["Pledge"]
    assert declared["required"] == [
        "id", "purse", "name", "giver", "amount", "firmness", "benefits"
    ]  # fmt: skip
    assert declared["anyOf"] == [{"required": ["due"]}, {"required": ["rounds"]}]
    assert "pledges" in schema["properties"]


def test_its_words_are_verified(run: Run, tmp_path: Path) -> None:
    text = tmp_path / "article.txt"
    text.write_text("One.\n\nTwo.\n\nShe will give it.", "utf-8")
    result = run("verify", f"courier={text}")
    assert (result.code, result.out) == (0, "1 of 1 phrase found in 1 source\n")
    assert "no words to look up: orlov-port" in result.err


@pytest.mark.parametrize(
    ("words", "completed"),
    [
        ("pledges --giver m", ["mara-ilves"]),
        ("pledges --firmness v", ["vague"]),
        ("pledges --fields ben", ["benefits"]),
        ("timeline po", ["port-fund"]),
        ("show or", ["orlov-port"]),
        ("pl", ["pledges"]),
    ],
)
def test_it_is_completed(run: Run, words: str, completed: list[str]) -> None:
    asked = {"_EXPOFACTS_COMPLETE": "complete_bash", "COMP_WORDS": f"expofacts {words}"}
    result = run(**asked, COMP_CWORD=str(len(words.split())))
    assert result.out.split() == completed


LIBRARY = """
from tests.pledges import register
register()
from expofacts import open_facts
with open_facts() as facts:
    found = facts.search("port", region="tarn")
    print([(hit.fact.kind, str(hit.fact.amount)) for hit in found.hits])
    print(facts.show("ilves-port").benefits)
    print(len(facts.conflicts()), len(facts.timeline("port-fund")))
    print(facts.cite("ilves-port"))
    print(facts.sources()[0].id, facts.verify().without_text)
"""


def test_the_library_has_it(facts: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", LIBRARY],
        env=os.environ | {"EXPOFACTS_FACTS": facts},
        capture_output=True,
        encoding="utf-8",
        cwd=Path(__file__).parents[1],
        check=False,
    )
    assert done.stderr == ""
    assert "('pledge', '24.80')" in done.stdout
    assert "['linde']\n1 2\n" in done.stdout


# What each part of a view is asked for, and what it has to give.
PARTS: dict[str, Callable[[View[Any], Any], object]] = {
    "noun": lambda view, fact: all(view.noun) and view.noun[0] != view.noun[1],
    "heading": lambda view, fact: view.heading,
    "counted": lambda view, fact: view.counted,
    "columns": lambda view, fact: any(column.cell(fact, {}) for column in view.columns),
    "passage": lambda view, fact: len(view.passage(fact)) > 1,
    "sentence": lambda view, fact: view.sentence(fact, {}),
    "article": lambda view, fact: view.article(fact, {}).subject,
    "related": lambda view, fact: view.related(fact),
    "worded": lambda view, fact: all(word(fact) for word in view.worded.values()),
    "dated": lambda view, fact: view.dated in (True, False),
    "claim": lambda view, fact: view.claim and view.claim(fact, "", {}),
    "subject": lambda view, fact: view.subject and view.subject(fact),
    "timeline": lambda view, fact: view.timeline,
    "line": lambda view, fact: all(view.line),
}
OF_COMPARED = ("claim", "subject", "timeline", "line")


def missing(view: View[Any], fact: Any, *, compared: bool) -> list[str]:
    """Return the names of the parts of a view that are missing."""
    assert set(PARTS) == set(View._fields)
    found = []
    for part, is_there in PARTS.items():
        try:
            there = is_there(view, fact)
        except (TypeError, AttributeError):
            there = False
        if not there and (compared or part not in OF_COMPARED):
            found.append(part)
    return found


def fact_of(kind: str) -> dict[str, Any]:
    """Return a fact with all keys, as data."""
    record = load([str(EXAMPLE)])[KINDS[kind].table][0]
    source = {"publisher": "P", "published": "2024", "url": None}
    return {**dict.fromkeys(fields(KINDS[kind].record)), **record, "kind": kind, **source}


PLEDGE = {**dict.fromkeys(fields(pledges.Pledge)), "id": "p", "name": "Fund", "giver": "Ilves",
          "amount": 5, "benefits": ["linde"], "publisher": "P", "wording": "w"}  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
def test_the_view_of_a_kind_is_whole(kind: str) -> None:
    compared = bool(KINDS[kind].compared_in)
    assert missing(view_of(kind), fact_of(kind), compared=compared) == []


@pytest.mark.parametrize("part", [part for part in View._fields if part not in ("worded", "dated")])
def test_a_part_of_a_view_that_is_taken_away_is_named(part: str) -> None:
    whole = pledges.view()
    assert missing(whole, PLEDGE, compared=True) == []
    assert missing(whole._replace(**{part: None}), PLEDGE, compared=True) == [part]


@pytest.mark.parametrize("kind", KINDS)
def test_a_kind_has_all_that_is_declared_elsewhere(kind: str) -> None:
    record = KINDS[kind].record
    assert FACTS[kind].__name__ == record.__name__
    own = own_keys(record).values()
    assert any(key.searched for key in own)
    assert all(key.about for key in keys(record).values())


def test_the_library_has_a_class_for_every_kind() -> None:
    assert {kind.__name__.lower() for kind in get_args(AnyFact)} == set(KINDS)


def test_a_key_that_several_kinds_have_is_searched_and_filtered_alike() -> None:
    first: dict[str, Any] = {}
    for kind in KINDS.values():
        for name, key in own_keys(kind.record).items():
            marks = {type(mark): mark for mark in key.marks if isinstance(mark, Filter | Searched)}
            if Filter in marks:
                marks[Filter] = marks[Filter]._replace(named_by=None)
            assert first.setdefault(name, marks) == marks, name
