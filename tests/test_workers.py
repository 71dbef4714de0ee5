"""Worker processes that help to read fact files, whatever befalls them."""

import multiprocessing
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from expofacts.facts.valid_file import Refused
from expofacts.index import workers
from expofacts.index.cache import place
from expofacts.index.opening import ask, open_index
from expofacts.index.workers import each, workers_for
from tests.conftest import Result
from tests.test_renewal import facts, file

US = os.getpid()


def squares(n: int) -> Iterator[int]:
    yield n * n
    yield os.getpid()


def test_workers_do_it_all_in_order() -> None:
    results = [list(result) for result in each(squares, range(50), 3)]
    assert [square for square, _ in results] == [n * n for n in range(50)]
    by = {worker for _, worker in results}
    assert US not in by
    assert 1 <= len(by) <= 3
    assert multiprocessing.active_children() == []


def test_without_workers_it_is_done_here_and_only_when_it_is_wanted() -> None:
    results = each(squares, range(50), 1)
    assert [*next(results)] == [0, US]


@pytest.mark.parametrize(
    ("files", "size", "cores", "number"),
    [(200, 10**7, 2, 2), (200, 10**7, 8, 3), (2, 10**7, 8, 2), (1, 10**9, 8, 1),
     (200, 10**6, 8, 1), (200, 10**7, 1, 1)],
)  # fmt: skip
def test_there_are_workers_where_they_pay(
    monkeypatch: pytest.MonkeyPatch, files: int, size: int, cores: int, number: int
) -> None:
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: set(range(cores)))
    assert workers_for(files, size) == number


def refused(n: int) -> Iterator[int]:
    if n == 7:
        raise Refused
    yield n


def test_what_is_raised_is_raised_here_and_nobody_is_left() -> None:
    given = []
    with pytest.raises(Refused):
        given.extend(list(result) for result in each(refused, range(50), 2))
    assert multiprocessing.active_children() == []


def killed(n: int) -> Iterator[int]:
    if n == 7 and os.getpid() != US:
        os.kill(os.getpid(), signal.SIGKILL)
    yield n


def test_what_a_worker_that_is_killed_has_not_done_is_done_here() -> None:
    assert [list(result) for result in each(killed, range(50), 2)] == [[n] for n in range(50)]
    assert multiprocessing.active_children() == []


@pytest.mark.parametrize("error", [OSError, ImportError, NotImplementedError])
def test_where_no_process_can_be_had_it_is_done_here(
    monkeypatch: pytest.MonkeyPatch, error: type[Exception]
) -> None:
    def refuse(*_: object) -> None:
        raise error

    monkeypatch.setattr(multiprocessing, "get_context", refuse)
    assert [list(result) for result in each(squares, range(3), 2)] == [
        [n * n, US] for n in range(3)
    ]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a collection of many files, each of which takes its time."""
    for n in range(40):
        (tmp_path / f"{n:02}.toml").write_text(file(f"f{n}", facts(f"f{n}", 300)))
    text = (tmp_path / "00.toml").read_text()
    (tmp_path / "00.toml").write_text(
        text + '[[regions]]\nid = "region-a"\nname = "A"\nlevel = "l"\n'
    )
    return tmp_path


def test_workers_make_the_index_that_one_process_makes(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def everything(connection: "workers.Any") -> list[str]:
        return list(connection.iterdump())

    monkeypatch.setattr(workers, "_MANY", 0)
    helped = ask([str(folder)], everything, workers=True)
    place([str(folder)]).unlink()
    assert ask([str(folder)], everything) == helped


def test_the_library_reads_by_itself(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "_MANY", 0)
    monkeypatch.setattr(workers, "_by_workers", None)
    with closing(open_index([str(folder)])) as index:
        assert index.execute("SELECT count(*) FROM words").fetchone() == (12_000,)


PROGRAM = (
    "import sys; from expofacts.index import workers; workers._MANY = 0;"
    "sys.argv[0] = 'expofacts'; from expofacts.__main__ import main; main()"
)


def members(group: int) -> list[int]:
    """Return the processes of a group."""
    found = []
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = status.read_text().rpartition(")")[2].split()
        except OSError:  # it has ended meanwhile
            continue
        if fields[2] == str(group) and fields[0] != "Z":
            found.append(int(status.parent.name))
    return found


@pytest.mark.skipif(sys.platform != "linux", reason="looks at /proc")
@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGKILL, signal.SIGTERM])
def test_no_worker_outlives_the_command(
    folder: Path, environment: Path, run: Callable[..., Result], how: signal.Signals
) -> None:
    command = [sys.executable, "-c", PROGRAM, "quotes", "--count", "--facts", str(folder)]
    for _ in range(5):  # on a busy machine it may be done before it is stopped
        process = subprocess.Popen(
            command,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            start_new_session=True,
            # What is started in the background by a script is told to take no notice of Ctrl-C.
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
        )
        until = time.monotonic() + 30
        while len(members(process.pid)) < 3 and process.poll() is None:
            time.sleep(0.005)
        if how == signal.SIGINT:  # as a terminal sends it
            os.killpg(process.pid, how)
        else:
            process.send_signal(how)
        _, err = process.communicate(timeout=30)
        assert b"Traceback" not in err
        while members(process.pid) and time.monotonic() < until:
            time.sleep(0.005)
        assert members(process.pid) == []
        if process.returncode:
            break
        place([str(folder)]).unlink()
    assert process.returncode == (130 if how == signal.SIGINT else -how)
    if how == signal.SIGINT:
        assert list(environment.iterdir()) == []
    assert run("quotes", "--count", "--facts", str(folder)).out == "4000\n"
