"""Fact files that come by standard input or by a pipe of the shell: read once, and not kept."""

import io
import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from expofacts import open_facts
from expofacts.index.opening import ask
from tests.conftest import Result

EXPOFACTS = f"{sys.executable} -m expofacts"
FACTS = """
format = 1
[[sources]]
id = "agency"
publisher = "Agency"
published = 2019-06-18
text = "article.txt"
[[quotes]]
id = "one"
speaker = "A"
speech = "direct"
text = "x"
paragraph = 1
stated = ["x"]
"""

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="of shells with pipes")


@pytest.fixture
def shell(tmp_path: Path) -> Callable[[str], Result]:
    """Return a function that runs a line of bash in a folder with a fact file."""
    (tmp_path / "facts.toml").write_text(FACTS, "utf-8")

    def call(line: str) -> Result:
        done = subprocess.run(
            ["bash", "-c", f'expofacts() {{ {EXPOFACTS} "$@"; }}; {line}'],
            capture_output=True,
            encoding="utf-8",
            cwd=tmp_path,
            timeout=60,
            check=False,
        )
        assert "Traceback" not in done.stderr, done.stderr
        return Result(done.returncode, done.stdout, done.stderr)

    return call


@pytest.mark.parametrize(
    "given",
    ["--facts - < facts.toml", "--facts /dev/stdin < facts.toml", "--facts <(cat facts.toml)"],
)
@pytest.mark.parametrize(
    "command", ["quotes", "quotes -f csv", "quotes --fields help", "search x", "show one",
                "timeline", "conflicts", "cite one", "topics -f json", "quotes --count"],
)  # fmt: skip
def test_a_stream_is_read_as_a_file_is(
    command: str, given: str, shell: Callable[[str], Result]
) -> None:
    assert shell(f"expofacts {command} {given}") == shell(f"expofacts {command} --facts facts.toml")


@pytest.mark.parametrize("given", ["cat facts.toml |", ""])
def test_check_takes_a_stream_and_names_it_as_given(
    given: str, shell: Callable[[str], Result]
) -> None:
    redirect = "" if given else "< facts.toml"
    assert shell(f"{given} expofacts check --strict - {redirect}").code == 0
    broken = shell(f"sed 's/speech/speach/' facts.toml | expofacts check - {redirect}")
    assert redirect or broken.out.startswith(
        '-:8:1: E112 missing key "speech"\n-:11:1: E111 unknown key "speach"; did you mean speech?'
    )
    pipe = shell("expofacts quotes --facts <(sed 's/speech/speach/' facts.toml)")
    assert pipe.code == 3
    assert '/dev/fd/63:11:1: E111 unknown key "speach"' in pipe.err


def test_several_may_come_together(shell: Callable[[str], Result], tmp_path: Path) -> None:
    source, quote = FACTS.split("[[quotes]]")
    (tmp_path / "source.toml").write_text(source, "utf-8")
    fact = f'format = 1\n[[quotes]]\nsource = "agency"{quote}'
    (tmp_path / "quote.toml").write_text(fact, "utf-8")
    line = "expofacts quotes --count --facts - --facts <(cat quote.toml) < source.toml"
    assert shell(line).out == "1\n"


def test_nothing_of_a_stream_is_kept(shell: Callable[[str], Result], environment: Path) -> None:
    shell("expofacts quotes --facts - < facts.toml")
    assert [*environment.iterdir()] == []
    other = """sed 's/"x"/"y"/' facts.toml | expofacts quotes --facts - --fields text -f tsv"""
    assert shell(other).out == "text\ny\n"
    records = json.loads(shell("expofacts path --facts - -f json < facts.toml").out)
    assert records[0]["path"] == "-"
    assert records[1]["state"] == "not kept, for a stream is read"


def test_what_cannot_be_read_is_said(shell: Callable[[str], Result]) -> None:
    closed = shell("expofacts quotes --facts - <&-")
    assert (closed.code, closed.err.splitlines()[0]) == (
        3, "-: E101 cannot be read: standard input is closed",
    )  # fmt: skip
    empty = shell("expofacts check - < /dev/null")
    assert (empty.code, empty.out) == (1, '-:1:1: E112 missing key "format"\n')
    # A pipe that nobody has handed over would be waited for, perhaps for ever.
    named = shell("mkfifo pipe; expofacts check pipe")
    assert "pipe: E101 cannot be read: not a regular file" in named.out


def test_a_text_and_facts_cannot_both_be_standard_input(shell: Callable[[str], Result]) -> None:
    result = shell("expofacts verify agency=- --facts - < facts.toml")
    assert (result.code, result.err) == (
        2,
        "expofacts: standard input can be given only once, for facts or for a text\n",
    )


def test_texts_lie_where_the_command_is_given(shell: Callable[[str], Result]) -> None:
    found = "printf '“x” said A' > article.txt; expofacts verify --facts - < facts.toml"
    assert shell(found).out == "2 of 2 phrases found in 1 source\n"


def test_completion_leaves_a_stream_alone(shell: Callable[[str], Result]) -> None:
    asked = (
        "_EXPOFACTS_COMPLETE=complete_bash COMP_WORDS='expofacts quotes --facts - --speaker '"
        " COMP_CWORD=5"
    )
    result = shell(f"export {asked}; (expofacts; cat) < facts.toml")
    assert result.out.strip() == FACTS.strip()


def test_an_export_of_a_stream_is_written(shell: Callable[[str], Result], tmp_path: Path) -> None:
    assert shell("expofacts export out.json --facts - < facts.toml").code == 0
    assert len(json.loads((tmp_path / "out.json").read_text("utf-8"))["quotes"]) == 1
    assert shell("expofacts export out.json --facts - --force < facts.toml").code == 0
    names = {path.name for path in tmp_path.iterdir()}
    assert names == {"facts.toml", "out.json"}


def test_the_next_pipe_of_the_same_name_is_read_anew() -> None:
    # A program that goes on for long gets one number for one pipe after the other.
    found = []
    for said in ("x", "y"):
        reads, writes = os.pipe()
        os.write(writes, FACTS.replace('text = "x"', f'text = "{said}"').encode())
        os.close(writes)
        with open_facts(f"/dev/fd/{reads}") as facts:
            found.append((reads, facts.quotes()[0].text))
        os.close(reads)
    (number, _), (again, _) = found
    assert number == again
    assert [text for _, text in found] == ["x", "y"]


def test_nothing_of_a_stream_is_kept_either_where_its_index_is_made_again(
    environment: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("expofacts.facts.files._read", {})
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(FACTS.encode())))
    asked = []

    def question(index: sqlite3.Connection) -> int:
        asked.append(index)
        if len(asked) == 1:
            raise sqlite3.DatabaseError("damaged")
        return int(index.execute("SELECT count(*) FROM record WHERE kind = 'quote'").fetchone()[0])

    assert ask(["-"], question) == 1
    assert [*environment.iterdir()] == []
