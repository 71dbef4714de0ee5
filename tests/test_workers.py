"""Processes that help to read large fact files, wherever expofacts runs, whatever befalls them."""

import subprocess
import sys
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path

import pytest

from expofacts.errors import FactFileError
from expofacts.facts import chunks
from expofacts.index import cache, chunk_rows, workers
from expofacts.index.cache import ask, open_index
from tests.test_renewal import facts, file


def ids(paths: Sequence[str]) -> list[str]:
    with closing(open_index(paths)) as connection:
        return [id_ for (id_,) in connection.execute("SELECT id FROM record WHERE kind = 'quote'")]


@pytest.fixture
def path(write: Callable[..., str], monkeypatch: pytest.MonkeyPatch) -> str:
    """Return a fact file of many small chunks, which is large enough for workers."""
    monkeypatch.setattr(chunks, "SIZE", 1_000)
    monkeypatch.setattr(cache, "_LARGE", 0)
    monkeypatch.setattr(workers, "_MANY", 0)
    monkeypatch.setattr(workers, "_cores", lambda: 3)
    return write(file("a", facts("a", 120)), bare=True)


QUOTES = [f"a-{n}" for n in range(0, 120, 3)]


@pytest.fixture
def alone(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Give where the chunks begin that are made without help."""
    begins: list[int] = []
    real = chunk_rows.rows_of_chunk

    def note(chunk: chunks.Chunk, context: chunk_rows.Context) -> chunk_rows.ChunkRows:
        begins.append(chunk.begin)
        return real(chunk, context)

    monkeypatch.setattr(chunk_rows, "rows_of_chunk", note)
    return begins


def test_workers_make_it_all_in_order(path: str, alone: list[int]) -> None:
    assert ids([path]) == QUOTES
    assert alone == []


def test_workers_make_what_one_process_makes(path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def everything(connection: cache.sqlite3.Connection) -> list[str]:
        return list(connection.iterdump())

    helped = ask([path], everything)
    cache.place([path]).unlink()
    monkeypatch.setattr(workers, "_MANY", 10**9)
    assert ask([path], everything) == helped


def test_for_small_files_there_are_no_workers(path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "_MANY", 10**6)
    monkeypatch.setattr(workers, "_start", None)
    assert ids([path]) == QUOTES


@pytest.mark.parametrize("program", [None, "", "/usr/sbin/uwsgi", "/opt/expofacts.exe"])
def test_what_is_no_python_is_not_started(
    path: str, alone: list[int], monkeypatch: pytest.MonkeyPatch, program: str | None
) -> None:
    monkeypatch.setattr(sys, "executable", program)
    monkeypatch.setattr(workers, "_start", None)
    assert ids([path]) == QUOTES
    assert len(alone) > 10


@pytest.mark.parametrize(
    "program",
    [
        ("-c", "pass"),
        ("-c", "import sys; sys.stdin.buffer.read(); sys.stdout.write('\\t' + 7 * '\\0' + 'half')"),
        ("-c", "raise SystemExit(1)"),
        ("-c", "import sys; print('who is there?'); sys.stdout.close(); sys.stdin.read()"),
        ("-no-such-option",),
    ],
)
def test_workers_that_fail_do_no_harm(
    path: str,
    alone: list[int],
    capfd: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    program: tuple[str, ...],
) -> None:
    monkeypatch.setattr(workers, "_PROGRAM", program)
    assert ids([path]) == QUOTES
    assert len(alone) > 10
    assert capfd.readouterr() == ("", "")


def test_where_no_process_can_be_started_there_are_no_workers(
    path: str, alone: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "executable", "/nowhere/python3")
    assert ids([path]) == QUOTES
    assert len(alone) > 10


ENDS_AFTER_TWO_CHUNKS = """
import sys
sys.path[:] = sys.argv[1:]
from expofacts.index import chunk_rows
real, left = chunk_rows.rows_of_chunk, [1, 1]
chunk_rows.rows_of_chunk = lambda *given: left.pop() and real(*given)
chunk_rows.work()
"""


def test_what_a_process_has_not_made_when_it_ends_is_made_here(
    path: str, alone: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workers, "_PROGRAM", ("-c", ENDS_AFTER_TWO_CHUNKS))
    assert ids([path]) == QUOTES
    chunks_in_all = len(chunks.survey(0, path).chunks)
    assert len(alone) == chunks_in_all - 3 * 2


def test_no_process_is_left_when_the_index_is_made(
    path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[subprocess.Popen[bytes]] = []
    real = workers._start

    def start() -> "subprocess.Popen[bytes]":
        started.append(real())
        return started[-1]

    monkeypatch.setattr(workers, "_start", start)
    assert ids([path]) == QUOTES
    Path(path).write_text("not a fact file" + Path(path).read_text())
    with pytest.raises(FactFileError):
        ids([path])
    assert len(started) == 6
    assert all(process.returncode is not None for process in started)


SCRIPT = """
import sys
from expofacts.index import workers, cache
workers._MANY = cache._LARGE = 0
print(cache.open_index(sys.argv[1:]).execute("SELECT count(*) FROM words").fetchone())
"""


@pytest.mark.parametrize("how", ["file", "-c", "standard input"])
def test_a_script_needs_no_guard(path: str, tmp_path: Path, how: str) -> None:
    (tmp_path / "script.py").write_text(SCRIPT)
    # What lies about in the folder is not imported instead of ours.
    (tmp_path / "marshal.py").write_text("1 / 0")
    (tmp_path / "pydantic.py").write_text("1 / 0")
    program = {"file": ["-P", str(tmp_path / "script.py")], "-c": ["-P", "-c", SCRIPT],
               "standard input": ["-P", "-"]}[how]  # fmt: skip
    done = subprocess.run(
        [sys.executable, *program, path],
        input=SCRIPT if how == "standard input" else None,
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (done.stdout, done.stderr, done.returncode) == ("(120,)\n", "", 0)
