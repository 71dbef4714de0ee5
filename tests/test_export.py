"""A collection as a file: whole or not at all, with every value that the facts have."""

import json
import os
import resource
import signal
import sqlite3
import stat
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from markdown_it import MarkdownIt
from sqlite_utils import Database

from expofacts.facts.model import TABLES
from expofacts.index import query
from expofacts.index.opening import open_index
from expofacts.index.query import Order
from expofacts.json_lines import from_json
from tests.conftest import TABLE_OF, Result, filtered_by

DATA = Path(__file__).parent / "data"
TABLES_OF_EXAMPLES = str(DATA / "tables" / "facts.toml")
EXAMPLES = [TABLES_OF_EXAMPLES, *map(str, sorted((DATA / "valid").glob("*.toml")))]

Run = Callable[..., Result]
Write = Callable[..., str]

# What a fact file may say and nobody should act on. Every string is a note, a name and a text.
HOSTILE = [
    *("'; DROP TABLE quotes; --", '"', "]", "\\", "%s {x} ?1 :a @b $c", "NULL", "=1+1", "-- x"),
    *(
        "<script>alert(1)</script>",
        "[a](javascript:x)",
        "# heading",
        "| a | b |",
        "`code`",
        ":smile:",
    ),
    *("\x00\x1b[31m\x7f\x9b", "a\nb\r\nc\u2028d", "\u202eabc", "😀 四川 Ё", "x" * 100_000),
]


def exported(file: Path, *facts: str, run: Run) -> str:
    """Export fact files to a file and return its name."""
    result = run("export", str(file), *(f"--facts={path}" for path in facts))
    assert result == (0, "", "")
    return str(file)


def records(path: str, kind: str, **filters: Any) -> list[dict[str, Any]]:
    """Return the records of a kind as the listings give them."""
    with closing(open_index([path])) as index:
        return [*map(from_json, query.select(index, kind, filtered_by(**filters), Order()))]


def rows(database: str, sql: str, *values: object) -> list[Any]:
    with closing(sqlite3.connect(database)) as connection:
        return connection.execute(sql, values).fetchall()


def hostile(write: Write) -> str:
    """Return a fact file whose texts, and some ids, are what SQL, HTML, Markdown act on."""
    ids = ["select", "index", "proto", "constructor", "null", "true", "rowid", "table"]
    ids += [f"q-{n}" for n in range(len(HOSTILE))]
    facts = [f'[[regions]]\nid = "r-{id_}"\nname = "{id_}"\nlevel = "x"\n' for id_ in ids]
    for id_, text in zip(ids, HOSTILE, strict=False):
        said = json.dumps(text).replace("\\ud83d\\ude00", "😀").replace("\\u007f", "\\u007F")
        facts.append(
            f'[[quotes]]\nid = "{id_}"\nspeaker = {said}\nspeech = "direct"\ntext = {said}\n'
            f'note = {said}\nstated = [{said}]\nregions = ["r-{id_}"]\ntopics = ["{id_}"]\n'
        )
    return write("\n".join(facts), "hostile.toml")


# The database


@pytest.fixture(
    params=[*EXAMPLES, hostile], ids=lambda p: Path(p).stem if isinstance(p, str) else "hostile"
)
def facts(request: pytest.FixtureRequest, write: Write) -> str:
    """Return the path of a fact file: each of the valid examples, and one that is hostile."""
    given = request.param
    return given if isinstance(given, str) else str(given(write))


def test_a_database_has_every_value(facts: str, tmp_path: Path, run: Run) -> None:
    database = Database(exported(tmp_path / "facts.db", facts, run=run))
    kinds = {table: kind for kind, table in TABLE_OF.items()}
    for table in TABLES:
        found = list(database[table].rows)
        wanted = records(facts, kinds.get(table, table[:-1]))
        assert len(found) == len(wanted)
        for row, record in zip(found, wanted, strict=True):
            for key, value in row.items():
                given = record.get(key.removesuffix("_exact"))
                if key.endswith("_exact"):
                    assert value == (None if given is None else f"{Decimal(given):f}")
                elif isinstance(given, list):
                    assert json.loads(value) == given
                elif isinstance(value, float):
                    assert value == float(given)
                elif (table, key) != ("sources", "name"):
                    assert value == given
            kept = {"kind", "publisher", "published", "url", *TABLE_OF.values(), "facts"}
            assert {*record} - kept <= {*row}
    database.close()


def test_a_database_is_whole_by_sqlites_own_account(facts: str, tmp_path: Path, run: Run) -> None:
    database = exported(tmp_path / "facts.db", facts, run=run)
    assert rows(database, "PRAGMA integrity_check") == [("ok",)]
    assert rows(database, "PRAGMA foreign_key_check") == []
    for table in TABLES:
        rows(database, f"INSERT INTO {table}_fts ({table}_fts) VALUES ('integrity-check')")


def test_sqlite_utils_sees_keys_and_search(tmp_path: Path, run: Run) -> None:
    database = Database(exported(tmp_path / "facts.sqlite", run=run))
    names = ["sources", "regions", *TABLE_OF.values(), "topics", "region_within"]
    names += [f"{kind}_{what}" for kind in TABLE_OF for what in ("regions", "topics")]
    searched = [f"{table}_fts" for table in TABLES]
    shadows = [
        f"{table}_{part}" for table in searched for part in ("config", "data", "docsize", "idx")
    ]
    assert sorted(database.table_names()) == sorted([*names, *searched, *shadows])
    assert database.view_names() == ["fact_regions"]
    for table in TABLES:
        assert database[table].pks == ["id"]
        assert database[table].detect_fts() == f"{table}_fts"
    for kind, table in TABLE_OF.items():
        links = {
            (key.column, key.other_table, key.other_column) for key in database[table].foreign_keys
        }
        assert links == {("source", "sources", "id")}
        for other in ("region", "topic"):
            pairs = database[f"{kind}_{other}s"]
            assert pairs.pks == [kind, other]
            assert {(key.column, key.other_table) for key in pairs.foreign_keys} == {
                (kind, table),
                (other, f"{other}s"),
            }
    found = [row["id"] for row in database["quotes"].search("sichuan logistic")]
    assert "li-yunze-logistics" in found
    assert [row["id"] for row in database["regions"].search("四川省")] == ["sichuan"]
    database.close()


@pytest.mark.parametrize("region", ["heilongjiang", "china", "russia", "sichuan", "asia"])
@pytest.mark.parametrize("kind", ["quote", "statistic", "infrastructure"])
def test_facts_are_in_the_regions_that_the_listings_find_them_by(
    kind: str, region: str, tmp_path: Path, run: Run
) -> None:
    from expofacts.facts.files import packaged

    database = exported(tmp_path / "facts.db", run=run)
    sql = "SELECT fact FROM fact_regions WHERE kind = ? AND region = ?"
    found = [fact for (fact,) in rows(database, sql, kind, region)]
    assert sorted(found) == sorted(
        record["id"] for record in records(packaged(), kind, region=[region])
    )


def test_what_lies_within_what_is_closed(write: Write, tmp_path: Path, run: Run) -> None:
    regions = {"a": [], "b": ["a"], "c": ["b", "x"], "x": ["a"], "alone": []}
    text = "".join(
        f'[[regions]]\nid = "{id_}"\nname = "N"\nlevel = "l"\nwithin = {json.dumps(within)}\n'
        for id_, within in regions.items()
    )
    database = exported(tmp_path / "facts.db", write(text), run=run)
    assert sorted(rows(database, "SELECT * FROM region_within")) == [
        ("a", "a"), ("alone", "alone"), ("b", "a"), ("b", "b"),
        ("c", "a"), ("c", "b"), ("c", "c"), ("c", "x"), ("x", "a"), ("x", "x"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("written", "value", "exact"),
    [
        ("100_000_000_000", 100_000_000_000, "100000000000"),
        ("9_223_372_036_854_775_807", 2**63 - 1, "9223372036854775807"),
        ("9_223_372_036_854_775_808", 2.0**63, "9223372036854775808"),
        ("-9_223_372_036_854_775_808", -(2**63), "-9223372036854775808"),
        ("9007199254740993.0", 2**53 + 1, "9007199254740993.0"),
        ("24.80", 24.8, "24.80"),
        ("-0.1", -0.1, "-0.1"),
        ("1e29", 1e29, "1" + "0" * 29),
        (
            "123456789012345678901234567.890",
            1.2345678901234568e26,
            "123456789012345678901234567.890",
        ),
        ("0.000000000000000000000000000001", 1e-30, "0." + "0" * 29 + "1"),
    ],
)
def test_a_figure_has_all_its_digits_beside_a_number_to_reckon_with(
    written: str, value: float, exact: str, write: Write, tmp_path: Path, run: Run
) -> None:
    figure = (
        f'[[statistics]]\nid = "s"\nindicator = "i"\nname = "N"\nunit = "u"\nvalue = {written}\n'
    )
    database = exported(tmp_path / "facts.db", write(figure), run=run)
    ((found, kind, digits),) = rows(
        database, "SELECT value, typeof(value), value_exact FROM statistics"
    )
    assert (found, digits) == (value, exact)
    assert kind == ("integer" if isinstance(value, int) else "real")


def test_the_same_facts_make_the_same_file(tmp_path: Path, run: Run) -> None:
    for ending in (".db", ".json", ".jsonl", ".md"):
        one = Path(exported(tmp_path / f"one{ending}", run=run)).read_bytes()
        assert Path(exported(tmp_path / f"other{ending}", run=run)).read_bytes() == one


# JSON


def test_json_is_one_object_of_the_records_that_the_listings_print(
    facts: str, tmp_path: Path, run: Run
) -> None:
    text = Path(exported(tmp_path / "facts.json", facts, run=run)).read_text("utf-8")
    whole = from_json(text)
    assert list(whole) == ["format", *TABLES]
    assert whole["format"] == 1
    kinds = {table: kind for kind, table in TABLE_OF.items()}
    lines = []
    for table in TABLES:
        kind = kinds.get(table, table[:-1])
        assert whole[table] == [{"kind": kind, **record} for record in records(facts, kind)]
        lines += whole[table]
    text = Path(exported(tmp_path / "facts.jsonl", facts, run=run)).read_text("utf-8")
    assert [*map(from_json, text.removesuffix("\n").split("\n") if text else [])] == lines


def test_an_empty_collection_is_exported_too(write: Write, tmp_path: Path, run: Run) -> None:
    path = write("format = 1\n", bare=True)
    whole = json.loads(Path(exported(tmp_path / "f.json", path, run=run)).read_text())
    assert whole == {"format": 1, **{table: [] for table in TABLES}}
    assert Path(exported(tmp_path / "f.jsonl", path, run=run)).read_text() == ""
    assert Path(exported(tmp_path / "f.md", path, run=run)).read_text() == "# Facts\n"
    assert rows(exported(tmp_path / "f.db", path, run=run), "SELECT * FROM quotes") == []


# Markdown


def test_markdown_is_a_document(tmp_path: Path, run: Run) -> None:
    text = Path(exported(tmp_path / "facts.md", TABLES_OF_EXAMPLES, run=run)).read_text("utf-8")
    assert text == (DATA / "tables" / "facts.md").read_text("utf-8")


def test_nothing_of_a_fact_is_markup(write: Write, tmp_path: Path, run: Run) -> None:
    text = Path(exported(tmp_path / "facts.md", hostile(write), run=run)).read_text("utf-8")
    tokens = MarkdownIt("commonmark").enable("table").parse(text)
    of_ours = [token for token in tokens if token.type != "inline"]
    assert {token.type.removesuffix("_open").removesuffix("_close") for token in of_ours} == {
        *("heading", "bullet_list", "list_item", "paragraph"),
    }
    assert len([token for token in of_ours if token.type == "list_item_open"]) == len(HOSTILE)
    assert len([token for token in of_ours if token.type == "heading_open"]) == 4
    inside = [child for token in tokens for child in token.children or ()]
    assert {child.content for child in inside if child.type == "html_inline"} == {"<br>"}
    links = [child.attrs["href"] for child in inside if child.type == "link_open"]
    assert {*links} == {"#source"}
    assert not {"image", "em_open", "s_open"} & {child.type for child in inside}
    codes = [child.content for child in inside if child.type == "code_inline"]
    assert len(codes) == len(HOSTILE)
    assert not {*"\x00\x1b\x7f\x9b\u2028\u202e"} & {*text}


# Whole or not at all


@pytest.mark.parametrize("force", [[], ["--force"]])
def test_a_folder_is_never_overwritten(force: list[str], tmp_path: Path, run: Run) -> None:
    folder = tmp_path / "facts.db"
    folder.mkdir()
    message = f"expofacts: {folder} cannot be written: Is a directory\n"
    assert run("export", str(folder), *force) == (4, "", message)


def test_a_file_that_is_there_stays_unless_it_may_be_overwritten(tmp_path: Path, run: Run) -> None:
    file = tmp_path / "facts.md"
    file.write_text("mine")
    message = f"expofacts: {file} is there already; --force overwrites it\n"
    assert run("export", str(file)) == (2, "", message)
    assert file.read_text() == "mine"
    file.chmod(0o600)
    assert run("export", str(file), "--force") == (0, "", "")
    assert file.read_text().startswith("# Facts\n")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert [*tmp_path.iterdir()] == [file]


def test_a_new_file_has_the_permissions_of_any(tmp_path: Path, run: Run) -> None:
    file = tmp_path / "facts.json"
    mask = os.umask(0o027)
    try:
        exported(file, run=run)
    finally:
        os.umask(mask)
    assert stat.S_IMODE(file.stat().st_mode) == 0o640


def test_a_fact_file_is_never_overwritten(write: Write, tmp_path: Path, run: Run) -> None:
    path = write("", "facts.json")
    (tmp_path / "link.json").symlink_to(path)
    before = Path(path).read_bytes()
    for name in (path, str(tmp_path / "link.json")):
        result = run("export", name, "--force", "--facts", path)
        assert result == (2, "", f"expofacts: {name} is one of the fact files\n")
    assert Path(path).read_bytes() == before


def test_a_link_stays_one(tmp_path: Path, run: Run) -> None:
    (tmp_path / "link.json").symlink_to(tmp_path / "other.json")
    exported(tmp_path / "link.json", run=run)
    assert (tmp_path / "link.json").is_symlink()
    assert json.loads((tmp_path / "other.json").read_text())["format"] == 1


def test_what_sqlite_left_beside_an_old_database_is_not_taken_for_part_of_the_new(
    tmp_path: Path, run: Run
) -> None:
    file = tmp_path / "facts.db"
    with closing(sqlite3.connect(file)) as old:
        old.executescript(
            "PRAGMA journal_mode = WAL; CREATE TABLE old (x); INSERT INTO old VALUES (1)"
        )
        log = (tmp_path / "facts.db-wal").read_bytes()
    (tmp_path / "facts.db-wal").write_bytes(log)  # as of a program that was killed
    assert run("export", str(file), "--force").code == 0
    assert [*tmp_path.iterdir()] == [file]
    assert rows(str(file), "PRAGMA integrity_check") == [("ok",)]


@pytest.mark.parametrize("name", ["facts.txt", "facts", "-", "facts.csv", ".db"])
def test_an_unknown_ending_is_wrong_usage(
    name: str, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    message = (
        f'expofacts: "{name}" has no known ending; there is .db, .sqlite, .json, .jsonl, .md\n'
    )
    assert run("export", name) == (2, "", message)
    assert [*tmp_path.iterdir()] == []


def test_an_ending_may_be_in_capitals(tmp_path: Path, run: Run) -> None:
    assert rows(exported(tmp_path / "FACTS.DB", run=run), "SELECT count(*) > 0 FROM quotes") == [
        (1,)
    ]


def test_a_file_has_to_be_named(run: Run) -> None:
    result = run("export")
    assert (result.code, result.out) == (2, "")
    assert "Missing argument" in result.err


def test_a_folder_that_is_not_there_is_named(tmp_path: Path, run: Run) -> None:
    file = tmp_path / "no" / "facts.db"
    message = f"expofacts: {file} cannot be written: there is no folder {file.parent}\n"
    assert run("export", str(file)) == (4, "", message)


def test_a_folder_is_not_overwritten(tmp_path: Path, run: Run) -> None:
    (tmp_path / "facts.db").mkdir()
    result = run("export", str(tmp_path / "facts.db"), "--force")
    message = f"expofacts: {tmp_path}/facts.db cannot be written: Is a directory\n"
    assert result == (4, "", message)
    assert [*tmp_path.iterdir()] == [tmp_path / "facts.db"]


def test_a_broken_fact_file_leaves_no_file(write: Write, tmp_path: Path, run: Run) -> None:
    path = write("x = 1\n")
    assert run("export", str(tmp_path / "facts.db"), "--facts", path).code == 3
    assert [*tmp_path.iterdir()] == [Path(path)]


def many(write: Write, count: int) -> str:
    return write(
        "".join(
            f'[[quotes]]\nid = "q-{n}"\nspeaker = "S {n}"\nspeech = "direct"\ntext = "words {n}"\n'
            for n in range(count)
        ),
        "facts/many.toml",
    )


def start(*arguments: str, **options: Any) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "expofacts", *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        **options,
    )


@pytest.mark.parametrize("ending", [".db", ".json", ".jsonl", ".md"])
def test_a_full_disk_leaves_the_old_file_and_nothing_else(
    ending: str, write: Write, tmp_path: Path, process: Run
) -> None:
    path = many(write, 1000)
    assert process("quotes", "--facts", path, "--count").code == 0  # so that there is an index
    file = tmp_path / "out" / f"facts{ending}"
    file.parent.mkdir()
    file.write_text("old")
    child = start(
        *("export", str(file), "--facts", path, "--force"),
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000)),
    )
    out, err = child.communicate(timeout=60)
    reason = "disk I/O error" if ending == ".db" else "File too large"
    assert (child.returncode, out) == (4, "")
    assert err == f"expofacts: {file} cannot be written: {reason}\n"
    assert file.read_text() == "old"
    assert [*file.parent.iterdir()] == [file]


@pytest.mark.parametrize("ending", [".db", ".jsonl"])
def test_ctrl_c_leaves_nothing(ending: str, write: Write, tmp_path: Path, process: Run) -> None:
    path = many(write, 20_000)
    assert process("quotes", "--facts", path, "--count").code == 0
    (tmp_path / "out").mkdir()
    child = start(
        *("export", str(tmp_path / "out" / f"facts{ending}"), "--facts", path),
        # What is started in the background by a script is told to take no notice of Ctrl-C.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    )
    try:
        while not [*(tmp_path / "out").iterdir()] and child.poll() is None:
            time.sleep(0.002)
        child.send_signal(signal.SIGINT)
        out, err = child.communicate(timeout=60)
    finally:
        child.kill()
    assert (child.returncode, out, err) == (130, "", "")
    assert [*(tmp_path / "out").iterdir()] == []
