"""Completion, asked for by real shells."""

import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import Result

TABLES = str(Path(__file__).parent / "data" / "tables" / "facts.toml")

# What each shell does when somebody presses TAB behind these words, with a line for each answer.
BASH = """
eval "$(_EXPOFACTS_COMPLETE=source_bash expofacts)"
COMP_WORDS=({words}); COMP_CWORD=$((${{#COMP_WORDS[@]}} - 1))
_expofacts_completion expofacts
printf '%s\\n' "${{COMPREPLY[@]}}"
"""
ZSH = """
compdef() {{ : }}
eval "$(_EXPOFACTS_COMPLETE=source_zsh expofacts)"
words=({words}); CURRENT=${{#words}}
_arguments() {{ print -r -- "$1" }}
_files() {{ : }}
_expofacts_completion
"""

# zsh gets a list of "value" or "value":"what it means".
ZSH_VALUE = re.compile(r'"([^"]+)"(?::"[^"]*")?')


@pytest.fixture(params=["bash", "zsh"])
def tab(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[..., list[str]]:
    """Return a function that gives what a shell completes the last of some words to."""
    shell = request.param
    if not shutil.which(shell):
        pytest.skip(f"there is no {shell} here")  # .ci/run installs it
    program = tmp_path / "bin" / "expofacts"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -m expofacts "$@"\n')
    program.chmod(0o755)

    def complete(*words: str, **environment: str) -> list[str]:
        script = {"bash": BASH, "zsh": ZSH}[shell]
        quoted = " ".join(f"'{word}'" for word in ("expofacts", *words))
        done = subprocess.run(
            [shell, "-c", script.format(words=quoted)],
            env=os.environ | {"PATH": f"{program.parent}:{os.environ['PATH']}"} | environment,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        assert done.stderr == ""
        found = ZSH_VALUE.findall(done.stdout) if shell == "zsh" else done.stdout.split("\n")
        return sorted({value for value in found if value})

    return complete


@pytest.mark.parametrize(
    ("words", "completed"),
    [
        (["quotes", "--region", "si"], ["sichuan"]),
        (["quotes", "-r", "south"], ["southern-china", "southwestern-china"]),
        (["quotes", "--between", "sichuan", "rus"], ["russia", "russian-far-east"]),
        (["quotes", "--speaker", "li-"], ["li-huachao", "li-yunze"]),
        (["quotes", "--topic", "t"], ["technology", "tourism", "trade"]),
        (["quotes", "--source", "xinhua-2019-06"], ["xinhua-2019-06-11", "xinhua-2019-06-18",
            "xinhua-2019-06-19"]),
        (["stats", "--indicator", "china-russia-t"], ["china-russia-trade",
            "china-russia-trade-growth"]),
        (["infra", "--project", "h"], ["heihe-blagoveshchensk-cableway",
            "heihe-blagoveshchensk-highway-bridge"]),
        (["infra", "--status", "under"], ["under-construction"]),
        (["quotes", "--format", "js"], ["json", "jsonl"]),
        (["stats", "--fields", "id,va"], ["id,value"]),
        (["stats", "--sort", "qu"], ["qualifier"]),
        (["show", "li-y"], ["li-yunze-exports", "li-yunze-imports", "li-yunze-logistics"]),
        (["show", "heihe-bridge-2019-0"], ["heihe-bridge-2019-05-global-times",
            "heihe-bridge-2019-05-sputnik", "heihe-bridge-2019-06", "heihe-bridge-2019-08"]),
        (["search", "--region", "sakh"], ["sakha"]),
        (["search", "x", "--fields", "sc"], ["scope", "score"]),
        (["search", "x", "--sort", "mat"], ["matched"]),
        (["conflicts", "--fields", "le"], ["left", "left_published", "left_says", "left_source"]),
        (["verify", "--fields", "fa"], ["fact"]),
        (["timeline", "--fields", "outc"], ["outcome"]),
        (["mech"], ["mechanisms"]),
    ],
)  # fmt: skip
def test_what_a_shell_completes(
    words: list[str], completed: list[str], tab: Callable[..., list[str]]
) -> None:
    assert tab(*words) == completed


def test_values_are_those_of_the_collection_that_the_line_names(
    tab: Callable[..., list[str]],
) -> None:
    assert tab("quotes", "--facts", TABLES, "--region", "b") == ["brightwater"]
    assert tab("quotes", "--region", "b", EXPOFACTS_FACTS=TABLES) == ["brightwater"]


def test_a_path_is_completed_from_as_a_shell_takes_it(
    tab: Callable[..., list[str]], tmp_path: Path
) -> None:
    shutil.copy(TABLES, tmp_path / "facts.toml")
    for path in ("~/facts.toml", "$HOME/facts.toml"):
        line = ("quotes", "--facts", path, "--region", "b")
        assert tab(*line, HOME=str(tmp_path)) == ["brightwater"]
    assert tab("quotes", "--facts", "~no-such-user/facts.toml", "--region", "b") == []


def test_a_broken_fact_file_is_silent(
    tab: Callable[..., list[str]], write: Callable[..., str]
) -> None:
    assert tab("quotes", "--facts", write("nonsense", bare=True), "--region", "s") == []
    assert tab("quotes", "--facts", "not-there.toml", "--region", "s") == []


def test_nothing_is_completed_that_acts_on_a_shell(
    tab: Callable[..., list[str]], write: Callable[..., str]
) -> None:
    names = (
        "$(touch here)",
        "`x`",
        "a;b",
        "a b",
        "a'b",
        'a\\"b',
        "a*",
        "-rf",
        "\\u001b[31m",
        "good",
    )
    path = write(
        "".join(
            f'[[quotes]]\nid = "q-{n}"\nspeaker = "{name}"\nspeech = "direct"\ntext = "t"\n'
            for n, name in enumerate(names)
        )
    )
    assert tab("quotes", "--facts", path, "--speaker", "") == ["a-b", "good"]


@pytest.mark.parametrize(
    ("command", "option", "value"),
    [
        ("quotes", "--speaker", "li-yunze"),
        ("infra", "--status", "under-construction"),
        ("stats", "--unit", "consecutive-years"),
    ],
)
def test_what_is_completed_is_understood(
    command: str, option: str, value: str, run: Callable[..., Result]
) -> None:
    assert run(command, option, value, "--count").code == 0
