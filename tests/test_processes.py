"""expofacts as a process among others: pipes, signals, encodings, terminals."""

import fcntl
import json
import os
import pty
import signal
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from tests.conftest import Result

EXPOFACTS = f"{sys.executable} -m expofacts"
CHINESE = '[[quotes]]\nid = "q"\nspeaker = "王明 Орлов"\nspeech = "direct"\ntext = "四川"\n'


def shell(command: str, **environment: str) -> Result:
    """Run a line of bash, in which `expofacts` is ours."""
    done = subprocess.run(
        ["bash", "-c", f'set -o pipefail; expofacts() {{ {EXPOFACTS} "$@"; }}; {command}'],
        env=os.environ | environment,
        capture_output=True,
        timeout=60,
        check=False,
    )
    return Result(done.returncode, done.stdout.decode(), done.stderr.decode())


@pytest.mark.parametrize("format_", ["table", "json", "csv"])
def test_a_closed_pipe_is_silent(format_: str) -> None:
    assert shell(f"expofacts quotes -f {format_} | head -c 1 | wc -c") == (0, "1\n", "")


def test_a_pipe_closed_before_the_first_line_is_silent() -> None:
    assert shell("expofacts quotes | true") == (0, "", "")


@pytest.mark.parametrize(
    "command", ["stats", "stats -f json", "stats --count", "show sichuan", "-h"]
)
def test_a_full_disk_is_an_error_message(command: str) -> None:
    result = shell(f"expofacts {command} > /dev/full")
    message = "expofacts: the output cannot be written: No space left on device\n"
    assert result == (4, "", message)


def test_a_closed_standard_output_is_an_error_message() -> None:
    result = shell("expofacts stats >&-")
    assert (result.code, "Traceback" in result.err) == (4, False)


def test_a_closed_standard_error_does_not_matter() -> None:
    assert shell("expofacts quotes --region nowhere 2>&-") == (2, "", "")


@pytest.mark.parametrize("end", ["2> /dev/full", "2> >(true)"])
def test_a_message_that_nobody_can_be_told_leaves_the_exit_code(end: str) -> None:
    assert shell(f"expofacts quotes --region nowhere {end}") == (2, "", "")
    assert shell(f"expofacts stats > /dev/full {end}") == (4, "", "")


@pytest.mark.parametrize(
    "environment",
    [
        {"LC_ALL": "C"},
        {"LC_ALL": "POSIX", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
        {"PYTHONIOENCODING": "ascii"},
        {"PYTHONIOENCODING": "latin-1", "PYTHONUTF8": "0"},
    ],
)
@pytest.mark.parametrize("format_", ["table", "json", "csv", "tsv", "markdown"])
def test_a_pipe_gets_utf_8_in_any_locale(
    format_: str,
    environment: dict[str, str],
    write: Callable[..., str],
    process: Callable[..., Result],
) -> None:
    result = process("quotes", "--facts", write(CHINESE), "-f", format_, **environment)
    assert (result.code, result.err) == (0, "")
    assert "王明 Орлов" in result.out


def test_csv_ends_its_lines_as_the_standard_says() -> None:
    command = "expofacts stats -s xinhua-2019-06-18 --unit USD -f csv --fields id,value"
    line = "china-russia-trade-2018-xinhua,100000000000\r\n"
    assert shell(command) == (0, f"id,value\r\n{line}", "")


def test_an_argument_that_is_not_utf_8_is_wrong_usage() -> None:
    result = shell(r"expofacts quotes --region $'\xff'")
    assert result == (2, "", "expofacts: an argument is not text in UTF-8\n")


def test_a_path_that_is_not_utf_8_can_be_read(tmp_path: Path) -> None:
    (tmp_path / os.fsdecode(b"\xff.toml")).write_text("format = 1\n")
    result = shell(f"cd {tmp_path}; expofacts path --facts $'\\xff.toml' -f json")
    assert (result.code, result.err) == (0, "")
    assert json.loads(result.out)[0]["path"].endswith("\udcff.toml")


def many_facts(write: Callable[..., str]) -> str:
    """Write so many facts that reading them takes more than a second, with the help of others."""
    fact = '[[quotes]]\nid = "q-{}"\nspeaker = "S"\nspeech = "direct"\ntext = "words"\n'
    for first in range(0, 60_000, 15_000):
        source = f'format = 1\n[[sources]]\nid = "s-{first}"\npublisher = "P"\npublished = "2020"\n'
        facts = "".join(fact.format(n) for n in range(first, first + 15_000))
        file = write(f"{source}{facts}", f"many/{first}.toml", bare=True)
    return str(Path(file).parent)


@pytest.mark.parametrize("moment", ["at once", "while it is read", "while it is written"])
def test_ctrl_c_while_the_index_is_made_leaves_nothing(
    environment: Path, write: Callable[..., str], moment: str
) -> None:
    path = many_facts(write)
    child = subprocess.Popen(
        [sys.executable, "-m", "expofacts", "quotes", "--facts", path, "--count"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        # What is started in the background by a script is told to take no notice of Ctrl-C.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
        start_new_session=True,
    )
    begun = {
        "at once": lambda: members(child.pid) > 1,  # the first of those who help
        "while it is read": lambda: list(environment.glob("*.tmp")),
        "while it is written": lambda: (
            sum(f.stat().st_size for f in environment.glob("*.tmp")) > 1e6
        ),
    }[moment]
    try:
        while not begun() and child.poll() is None:
            time.sleep(0.005)
        os.killpg(child.pid, signal.SIGINT)  # a terminal sends it to all at once
        out, err = child.communicate(timeout=60)
    finally:
        child.kill()
    assert (child.returncode, out, err) == (130, b"", b"")
    assert list(environment.iterdir()) == []
    assert members(child.pid) == 0


def members(group: int) -> int:
    """Return how many processes of a group there are."""
    number = 0
    for status in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):  # it has ended meanwhile
            number += status.read_text().rpartition(")")[2].split()[2] == str(group)
    return number


def test_progress_is_shown_on_a_terminal_and_gone_at_the_end(write: Callable[..., str]) -> None:
    program = (
        "import sys; from expofacts.index import renewal; renewal._LARGE = 0;"
        "sys.argv[0] = 'expofacts'; from expofacts.__main__ import main; main()"
    )
    ours, theirs = pty.openpty()
    done = subprocess.run(
        [sys.executable, "-c", program, "quotes", "--count", "--facts", many_facts(write)],
        stdout=subprocess.PIPE,
        stderr=theirs,
        timeout=60,
        check=False,
    )
    shown = os.read(ours, 65536).decode()
    assert (done.stdout, done.returncode) == (b"60000\n", 0)
    steps = [step.strip() for step in shown.split("\r") if step.strip()]
    assert steps[-1] == "indexing 4 MB of facts: 100%"
    assert all(step.startswith("indexing 4 MB of facts: ") for step in steps)
    assert shown.endswith(f"\r{'':40}\r")
    for end in (ours, theirs):
        os.close(end)


def terminal(*arguments: str, columns: int = 80, **environment: str) -> str:
    """Run expofacts on a pseudo-terminal of a width and return what it prints there."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
    child = subprocess.Popen(
        [sys.executable, "-m", "expofacts", *arguments],
        stdin=subprocess.DEVNULL,
        stdout=theirs,
        stderr=subprocess.PIPE,
        env=os.environ | {"TERM": "xterm-256color"} | environment,
    )
    os.close(theirs)
    printed = b""
    while True:
        try:
            piece = os.read(ours, 65536)
        except OSError:  # the other end is closed: all is read
            break
        if not piece:
            break
        printed += piece
    os.close(ours)
    _, err = child.communicate(timeout=60)
    assert err == b""
    return printed.decode().replace("\r\n", "\n")


@pytest.mark.parametrize("columns", [60, 80, 120])
def test_a_table_fits_its_terminal(columns: int) -> None:
    out = terminal("stats", columns=columns, NO_COLOR="1", TERM="dumb")
    assert max(map(len, out.splitlines())) <= columns
    assert "\x1b" not in out
    assert "100 billion USD" in out


def test_colour_is_for_terminals_that_want_it() -> None:
    assert "\x1b[1m" in terminal("quotes")
    assert "\x1b[3" not in terminal("stats", NO_COLOR="1")
    assert "\x1b" not in terminal("stats", TERM="dumb")


def test_csv_never_acts_on_a_terminal(write: Callable[..., str]) -> None:
    path = write('[[quotes]]\nid = "q"\nspeaker = "S"\nspeech = "direct"\ntext = "\\u001b[31m"\n')
    out = terminal("quotes", "--facts", path, "-f", "csv")
    assert "\x1b" not in out
    assert "␛[31m" in out


def test_the_module_and_the_program_are_the_same(process: Callable[..., Result]) -> None:
    program = Path(sys.executable).with_name("expofacts")
    done = subprocess.run([program, "--version"], capture_output=True, text=True, check=True)
    assert done.stdout == process("--version").out
