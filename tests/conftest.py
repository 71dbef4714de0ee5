"""What the tests share: a clean environment, and two ways to run expofacts."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from expofacts.cli.app import run as run_command_line
from expofacts.facts.kinds import KINDS
from expofacts.index.filters import Filters
from expofacts.index.resolve import KEYS

ENVIRONMENT = ("EXPOFACTS_FACTS", "COLUMNS", "NO_COLOR", "FORCE_COLOR", "GITHUB_ACTIONS", "TERM")


# The table of each kind of fact in a fact file.
TABLE_OF = {name: kind.table for name, kind in KINDS.items()}


class Result(NamedTuple):
    """What a run of expofacts ended with."""

    code: int
    out: str
    err: str


def filtered_by(**given: Any) -> Filters:
    """Return filters by name, those of keys beside the others."""
    keys = {name: given.pop(name) for name in KEYS if name in given}
    return Filters(keys=keys, **given)


@pytest.fixture(autouse=True)
def environment(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give each test an empty cache and no settings of the user; returns the cache's folder."""
    cache = tmp_path_factory.mktemp("cache")
    for name in ENVIRONMENT:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("EXPOFACTS_CACHE_DIR", str(cache))
    return cache


@pytest.fixture
def run(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Iterator[Callable[..., Result]]:
    """Return a function that runs expofacts in this process."""

    def call(*arguments: str) -> Result:
        monkeypatch.setattr(sys, "argv", ["expofacts", *arguments])
        capsys.readouterr()
        code = run_command_line()
        return Result(code, *capsys.readouterr())

    return call


@pytest.fixture
def process() -> Callable[..., Result]:
    """Return a function that runs expofacts as a process of its own."""

    def call(*arguments: str, **environment: str) -> Result:
        done = subprocess.run(
            [sys.executable, "-m", "expofacts", *arguments],
            env=os.environ | environment,
            capture_output=True,
            encoding="utf-8",
            timeout=60,
            check=False,
        )
        return Result(done.returncode, done.stdout, done.stderr)

    return call


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., str]:
    """Return a function that writes a fact file and returns its path.

    The format and one source, `source`, stand first unless `bare` is set.
    """

    def call(text: str, name: str = "facts.toml", *, bare: bool = False) -> str:
        head = (
            'format = 1\n[[sources]]\nid = "source"\npublisher = "Agency"\npublished = 2019-06-18\n'
        )
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text if bare else head + text, encoding="utf-8")
        return str(path)

    return call
