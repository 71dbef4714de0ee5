"""`expofacts verify`: what it prints, and how it ends."""

import csv
import io
import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import Result

FERRY = Path(__file__).parent / "data" / "verify"
FACTS = str(FERRY / "facts.toml")
SOURCE = "courier-2024-03-05"
FIELDS = ["fact", "source", "field", "phrase", "result", "paragraph", "wording", "score"]

Run = Callable[..., Result]
Write = Callable[..., str]


@pytest.fixture
def changed(tmp_path: Path) -> str:
    """Return the path of the article with something of everything changed."""
    text = (FERRY / "ferry.txt").read_text("utf-8")
    for old, new in (
        ("1,200", "1,300"),
        ("will not\ncost", "will\ncost"),
        ("“changed how", "changed how"),
        ("The two towns have set up", "In May floods came. No"),
        ("Tarn and Miret move closer\n\n", ""),
    ):
        assert old in text
        text = text.replace(old, new)
    path = tmp_path / "changed.txt"
    path.write_text(text, "utf-8")
    return str(path)


@pytest.mark.parametrize("width", [60, 80, 120])
def test_the_whole_table(
    width: int, changed: str, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    ids = ["ilves-winter", "ilves-ticket", "orlov-towns", "cars-2024-02", "river-council"]
    given = [part for id_ in ids for part in ("--fact", id_)]
    result = run("verify", "--facts", FACTS, f"{SOURCE}={changed}", *given)
    expected = FERRY / f"verify-{width}.txt"
    assert result == (1, expected.read_text("utf-8"), "")


def test_what_is_all_found_is_one_line(run: Run) -> None:
    assert run("verify", "--facts", FACTS) == (0, "15 of 15 phrases found in 1 source\n", "")


def test_all_shows_what_was_found_too(run: Run) -> None:
    result = run("verify", "--facts", FACTS, "--all", "--fact", "buses-2024-02")
    assert [line.rstrip() for line in result.out.splitlines()] == [
        "Fact                Result   Words",
        "─" * 45,
        "buses-2024-02       found    counted 41 buses",
        "courier-2024-03-05  para. 3",
        "",
        "1 of 1 phrase found in 1 source",
    ]


def test_data_has_an_object_a_phrase(changed: str, run: Run) -> None:
    result = run("verify", "--facts", FACTS, f"{SOURCE}={changed}", "-f", "json")
    records = json.loads(result.out)
    assert (result.code, len(records)) == (1, 15)
    assert [list(record) for record in records] == [FIELDS] * 15
    by_phrase = {record["phrase"]: record for record in records}
    assert by_phrase["carried more than 1,200 cars in February"] == {
        "fact": "cars-2024-02",
        "source": SOURCE,
        "field": "stated",
        "phrase": "carried more than 1,200 cars in February",
        "result": "drifted",
        "paragraph": 1,
        "wording": "carried more than 1,300 cars in February",
        "score": 85,
    }
    assert by_phrase["counted 41 buses"] == {
        **by_phrase["counted 41 buses"],
        "result": "found",
        "paragraph": 2,
        "wording": "counted 41 buses",
        "score": 100,
    }
    assert by_phrase["We will run it through the winter"]["field"] == "text"


@pytest.mark.parametrize("format_", ["jsonl", "csv", "tsv", "markdown"])
def test_every_format_has_the_same(format_: str, changed: str, run: Run) -> None:
    arguments = ("verify", "--facts", FACTS, f"{SOURCE}={changed}")
    records = json.loads(run(*arguments, "-f", "json").out)
    out = run(*arguments, "-f", format_).out
    if format_ == "jsonl":
        assert [json.loads(line) for line in out.splitlines()] == records
        return
    if format_ == "markdown":
        assert out.startswith(f"| {' | '.join(FIELDS)} |\n")
        assert out.count("\n") == len(records) + 2
        return
    delimiter = "," if format_ == "csv" else "\t"
    rows = list(csv.reader(io.StringIO(out, newline=""), delimiter=delimiter))
    assert rows[0] == FIELDS
    assert rows[1:] == [
        ["" if value is None else str(value) for value in record.values()] for record in records
    ]


def test_fields_can_be_picked(run: Run) -> None:
    arguments = ("verify", "--facts", FACTS, "--fact", "buses-2024-02", "--fields", "score,result")
    assert run(*arguments, "-f", "tsv").out == "score\tresult\n100\tfound\n"
    assert "100" in run(*arguments, "--all").out
    assert run("verify", "--fields", "help").out.split("\n")[0].split() == [
        *("fact", "Id", "of", "the", "fact"),
    ]
    wrong = run("verify", "--facts", FACTS, "--fields", "scores")
    assert wrong == (2, "", 'expofacts: unknown field "scores"; did you mean score?\n')
    assert run("verify", "--facts", FACTS, "-f", "jason").code == 2


@pytest.mark.parametrize(
    ("arguments", "facts"),
    [
        (["--fact", "buses-2024-02"], {"buses-2024-02"}),
        (["--fact", "buses-2024-02", "--fact", "orlov-towns"], {"buses-2024-02", "orlov-towns"}),
        (["--topic", "transport"], {"ilves-winter"}),
        (["--match", "timber"], {"timber-2023"}),
        (["-r", "tarn", "--fact", "river-council"], {"river-council"}),
        (["--between", "tarn", "miret", "--fact", "orlov-lorries"], set()),
        (["-s", "Tarn Courier", "--fact", "trade-2023"], {"trade-2023"}),
    ],
)
def test_filters_choose_the_facts(arguments: list[str], facts: set[str], run: Run) -> None:
    result = run("verify", "--facts", FACTS, *arguments, "-f", "json")
    assert {record["fact"] for record in json.loads(result.out)} == facts
    assert result.code == (0 if facts else 1)
    assert result.err == ("" if facts else "expofacts: no facts found\n")


def test_texts_may_be_plain_markdown_html_or_standard_input(
    tmp_path: Path, run: Run, process: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = (FERRY / "ferry.txt").read_text("utf-8")
    blocks = text.strip().split("\n\n")
    (tmp_path / "a.html").write_text(
        "".join(f"<p>{block.replace('“', '&ldquo;')}</p>" for block in blocks), "utf-8"
    )
    (tmp_path / "a.md").write_text(text.replace("more than", "**more than**"), "utf-8")
    monkeypatch.chdir(tmp_path)
    expected = (0, "15 of 15 phrases found in 1 source\n", "")
    for given in (f"{SOURCE}=a.html", f"{SOURCE}=a.md", f"Tarn Courier={FERRY}/ferry.txt", "a.md"):
        assert run("verify", "--facts", FACTS, given) == expected
    for given in (f"{SOURCE}=-", "-"):
        done = subprocess.run(
            [sys.executable, "-m", "expofacts", "verify", "--facts", FACTS, given],
            input=text.encode(),
            capture_output=True,
            check=False,
        )
        assert (done.returncode, done.stdout.decode(), done.stderr) == (*expected[:2], b"")


TWO = """
[[sources]]
id = "other"
publisher = "Other"
published = 2020
text = "other.txt"

[[quotes]]
id = "said"
source = "source"
speaker = "A"
speech = "indirect"
text = "So it is."
stated = ["so it was"]

[[quotes]]
id = "silent"
source = "source"
speaker = "A"
speech = "indirect"
text = "So it is."

[[quotes]]
id = "of-the-other"
source = "other"
speaker = "B"
speech = "indirect"
text = "Thus it is."
stated = ["thus it was"]
"""


def test_sources_without_a_text_and_facts_without_words_are_named(
    write: Write, run: Run, tmp_path: Path
) -> None:
    path = write(TWO.replace("2020", '"2020"'))
    (tmp_path / "other.txt").write_text("Yes, thus it was.", "utf-8")
    result = run("verify", "--facts", path)
    assert result == (
        0,
        "1 of 1 phrase found in 1 source\n",
        "expofacts: no text to look in: source; give SOURCE=FILE\n"
        "expofacts: no words to look up: silent\n",
    )
    # A text that is given makes its source the only one.
    result = run("verify", "--facts", path, f"source={tmp_path / 'other.txt'}", "-f", "json")
    assert (result.code, result.err) == (1, "expofacts: no words to look up: silent\n")
    assert [record["fact"] for record in json.loads(result.out)] == ["said"]


def test_of_many_facts_without_words_some_are_named(write: Write, run: Run) -> None:
    quote = '[[quotes]]\nid = "q-{}"\nspeaker = "A"\nspeech = "indirect"\ntext = "So."\n'
    result = run("verify", "--facts", write("".join(quote.format(n) for n in range(10))))
    assert result == (
        1,
        "",
        "expofacts: no text to look in: source; give SOURCE=FILE\n"
        "expofacts: no words to look up: q-0, q-1, q-2, q-3, q-4, q-5, q-6, q-7 and 2 more\n",
    )


def test_with_nothing_to_look_in_the_exit_code_is_1(write: Write, run: Run) -> None:
    path = write(TWO.replace("2020", '"2020"').replace('text = "other.txt"\n', ""))
    for format_, out in (("table", ""), ("json", "[]\n"), ("csv", ",".join(FIELDS) + "\r\n")):
        result = run("verify", "--facts", path, "-f", format_, "-s", "source", "-s", "other")
        assert (result.code, result.out) == (1, out)
        assert "no text to look in: source, other" in result.err


def test_a_text_that_cannot_be_read_is_a_failure(write: Write, run: Run, tmp_path: Path) -> None:
    path = write(TWO.replace("2020", '"2020"'))
    result = run("verify", "--facts", path)
    assert (result.code, result.out) == (1, "")
    assert 'the text of other: "other.txt" cannot be read: No such file' in result.err
    outside = tmp_path / "outside.txt"
    outside.write_text("Yes, thus it was.", "utf-8")
    folder = tmp_path / "facts"
    folder.mkdir()
    shutil.copy(path, folder / "facts.toml")
    (folder / "other.txt").symlink_to(outside)
    result = run("verify", "--facts", str(folder))
    assert (result.code, result.out) == (1, "")
    assert 'the text of other: "other.txt" is outside the folder of the fact file' in result.err


@pytest.mark.parametrize(
    ("given", "message"),
    [
        (["sourse=a.txt"], 'unknown source "sourse"; did you mean source?'),
        (["source=none.txt"], '"none.txt" cannot be read: No such file or directory'),
        (["Agency=a.txt"], 'source "Agency" may be any of other, source; give one id'),
        (["a.txt"], '"a.txt": write SOURCE=FILE; there is source, other'),
        (["source"], '"source": write source=FILE; there is source, other'),
        (["source=a.txt", "source=a.txt"], "a text for source can be given only once"),
        (["source=-", "other=-"], "standard input can be given only once"),
        (["source=bad.txt"], '"bad.txt" is not text in UTF-8'),
        (["--fact", "sai"], 'unknown id "sai"; did you mean said?'),
        (["--fact", "source"], '"source" is not the id of a fact'),
    ],
)
def test_wrong_usage_is_named_with_the_nearest(
    given: list[str],
    message: str,
    write: Write,
    run: Run,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    path = write(TWO.replace("2020", '"2020"').replace('"Other"', '"Agency"'))
    (tmp_path / "a.txt").write_text("a", "utf-8")
    (tmp_path / "bad.txt").write_bytes(b"\xff")
    monkeypatch.chdir(tmp_path)
    result = run("verify", "--facts", path, *given)
    assert (result.code, result.out) == (2, "")
    assert result.err.startswith(f"expofacts: {message}")


def test_nothing_of_a_text_acts_on_a_terminal(write: Write, run: Run, tmp_path: Path) -> None:
    path = write(TWO.replace("2020", '"2020"').replace("so it was", "so it was on a very long day"))
    hostile = tmp_path / "a.txt"
    hostile.write_text("so it was on [red]\x1b\u202e a very long day", "utf-8")
    for format_ in ("table", "tsv", "markdown", "json"):
        out = run("verify", "--facts", path, f"source={hostile}", "-f", format_).out
        assert not {"\x1b", "\u202e"} & set(out)
    assert "on {+[red]␛+} a" in run("verify", "--facts", path, f"source={hostile}").out


def test_sources_come_in_the_order_of_the_files(write: Write, run: Run, tmp_path: Path) -> None:
    path = write(TWO.replace("2020", '"2020"'))
    (tmp_path / "a.txt").write_text("So it was. Thus it was.", "utf-8")
    given = [f"other={tmp_path}/a.txt", f"source={tmp_path}/a.txt"]
    out = run("verify", "--facts", path, *given, "-f", "json").out
    assert [record["source"] for record in json.loads(out)] == ["source", "other"]
