"""The index: an answer is always that of the fact files as they are, wherever it comes from."""

import itertools
import json
import os
import shutil
import signal
import sqlite3
import stat
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from hashlib import sha256
from pathlib import Path

import pytest

from expofacts.errors import FactFileError, UsageError
from expofacts.facts.load import parse
from expofacts.index import query
from expofacts.index.cache import FORMAT, cache_folder, place
from expofacts.index.filters import Filters
from expofacts.index.opening import ask, is_fresh, open_index
from expofacts.index.progress import after_a_second
from expofacts.index.query import Order
from expofacts.index.resolve import resolve
from tests.conftest import Result

Write = Callable[..., str]
DATA = Path(__file__).parent / "data"

linux = pytest.mark.skipif(sys.platform != "linux", reason="of Linux")


def quote(text: str, id_: str = "q") -> str:
    return f'[[quotes]]\nid = "{id_}"\nspeaker = "A"\nspeech = "direct"\ntext = "{text}"\n'


def said(*paths: str) -> list[str]:
    """Return the texts of all quotes, as the index has them."""

    def question(index: sqlite3.Connection) -> list[str]:
        lines = query.select(index, "quote", Filters(), Order())
        return [json.loads(line)["text"] for line in lines]

    return ask(paths, question)


KEPT = """UPDATE record SET data = '{"text": "kept"}' WHERE kind = 'quote'"""


def alter(index: Path, statement: str = KEPT) -> None:
    """Change an index behind the program's back: who answers from it now gives a wrong answer."""
    with closing(sqlite3.connect(index)) as connection:
        connection.execute(statement)
        connection.commit()


def change_unseen(path: str, old: str, new: str) -> None:
    """Change a file so that its size and its time of modification stay the same."""
    before = Path(path).stat()
    text = Path(path).read_text(encoding="utf-8")
    assert len(old.encode()) == len(new.encode())
    assert old in text
    Path(path).write_text(text.replace(old, new), encoding="utf-8")
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


# Fresh or not


def test_an_index_is_used_as_long_as_it_is_fresh(write: Write) -> None:
    path = write(quote("said"))
    assert not is_fresh([path])
    assert said(path) == ["said"]
    assert is_fresh([path])
    # Without this the tests of what is not fresh would show nothing.
    alter(place([path]))
    assert said(path) == ["kept"]
    assert json.loads(query.find(open_index([path]), "q")[1]) == {"text": "kept"}


def test_a_change_is_seen(write: Write) -> None:
    path = write(quote("one"))
    assert said(path) == ["one"]
    write(quote("two") + quote("three", "other"))
    assert not is_fresh([path])
    assert said(path) == ["two", "three"]
    assert is_fresh([path])


def test_a_change_that_keeps_size_and_time_is_seen(write: Write) -> None:
    path = write(quote("one"))
    assert said(path) == ["one"]
    change_unseen(path, "one", "two")
    assert said(path) == ["two"]


@pytest.mark.parametrize("years", [-5, 0, 5], ids=["past", "now", "future"])
def test_a_change_right_after_building_is_seen(write: Write, years: int) -> None:
    # Faster than the clock of the file system ticks, again and again.
    path = write(quote("n-00"))
    when = time.time_ns() + years * 31_536_000 * 10**9
    os.utime(path, ns=(when, when))
    assert said(path) == ["n-00"]
    for n in range(1, 40):
        change_unseen(path, f"n-{n - 1:02}", f"n-{n:02}")
        assert said(path) == [f"n-{n:02}"]


@pytest.mark.parametrize("years", [-5, 0, 5], ids=["past", "now", "future"])
def test_a_file_is_read_only_when_a_further_change_would_have_another_time(
    write: Write, monkeypatch: pytest.MonkeyPatch, years: int
) -> None:
    # The test above shows it only where the clock ticks more slowly than an index is built.
    read_at = []

    def parsed(path: str, source: bytes) -> dict[str, object]:
        read_at.append(time.time_ns())
        return parse(path, source)

    monkeypatch.setattr("expofacts.facts.valid_file.parse", parsed)
    path = write(quote("text"))
    when = time.time_ns() + years * 31_536_000 * 10**9
    os.utime(path, ns=(when, when))
    assert said(path) == ["text"]
    assert read_at[0] - Path(path).stat().st_ctime_ns >= 10_000_000


def test_a_file_that_was_only_touched_is_read_again(write: Write) -> None:
    path = write(quote("text"))
    said(path)
    alter(place([path]))
    os.utime(path, (1, 1))
    assert not is_fresh([path])
    assert said(path) == ["text"]


def test_another_file_renamed_to_its_place_is_seen(write: Write) -> None:
    path = write(quote("one"))
    other = write(quote("two"), "other.toml")
    for file in (path, other):
        os.utime(file, (1, 1))
    assert said(path) == ["one"]
    Path(other).replace(path)
    os.utime(path, (1, 1))
    assert said(path) == ["two"]


def test_a_deleted_file_is_an_error_though_its_index_is_there(write: Write) -> None:
    path = write(quote("one"))
    said(path)
    Path(path).unlink()
    for look in (said, lambda path: is_fresh([path])):
        with pytest.raises(FactFileError, match=r"facts\.toml"):
            look(path)


def test_files_added_to_and_removed_from_a_folder_are_seen(write: Write, tmp_path: Path) -> None:
    write(quote("one"), "folder/b.toml")
    folder = str(tmp_path / "folder")
    assert said(folder) == ["one"]
    new = write("format = 1\n" + quote("two", "p") + 'source = "source"\n', "folder/sub/a.toml",
                bare=True)  # fmt: skip
    assert said(folder) == ["one", "two"]
    write("format = 1", "folder/a.toml", bare=True)
    assert said(folder) == ["one", "two"]
    Path(new).unlink()
    assert said(folder) == ["one"]


def test_a_file_renamed_within_a_folder_is_read_in_its_new_order(
    write: Write, tmp_path: Path
) -> None:
    write(quote("one"), "folder/b.toml")
    other = write("format = 1\n" + quote("two", "p") + 'source = "source"\n', "folder/c.toml",
                  bare=True)  # fmt: skip
    folder = str(tmp_path / "folder")
    assert said(folder) == ["one", "two"]
    Path(other).rename(tmp_path / "folder" / "a.toml")
    assert said(folder) == ["two", "one"]


def test_any_of_several_files_may_change(write: Write) -> None:
    one = write(quote("one"), "one.toml")
    two = write("format = 1\n" + quote("two", "p") + 'source = "source"\n', "two.toml", bare=True)
    assert said(one, two) == ["one", "two"]
    change_unseen(two, '"two"', '"owt"')
    assert said(one, two) == ["one", "owt"]
    change_unseen(one, '"one"', '"eno"')
    assert said(one, two) == ["eno", "owt"]
    assert said(two, one) == ["owt", "eno"]


def test_an_index_of_other_files_is_not_used(write: Write) -> None:
    # As if both sets of paths led to the same name of an index.
    one, two = write(quote("one"), "one.toml"), write(quote("two"), "two.toml")
    said(one)
    shutil.copy(place([one]), place([two]))
    assert not is_fresh([two])
    assert said(two) == ["two"]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE made SET version = '0.0.0'",
        "UPDATE made SET format = format + 1",
        "UPDATE made SET format = format - 1",
        "INSERT INTO made SELECT * FROM made",
        "DELETE FROM made",
        "DROP TABLE made",
        "UPDATE file SET path = path || 'x'",
        "UPDATE file SET size = size + 1",
        "UPDATE file SET size = size - 1",
        "UPDATE file SET mtime_ns = mtime_ns + 1",
        "UPDATE file SET mtime_ns = mtime_ns - 1",
        "UPDATE file SET ctime_ns = ctime_ns + 1",
        "UPDATE file SET ctime_ns = ctime_ns - 1",
        "INSERT INTO file SELECT * FROM file",
        "DELETE FROM file",
        "DROP TABLE file",
    ],
)
def test_an_index_made_otherwise_or_of_something_else_is_made_anew(
    write: Write, statement: str
) -> None:
    path = write(quote("text"))
    said(path)
    alter(place([path]))
    assert said(path) == ["kept"]
    alter(place([path]), statement)
    assert not is_fresh([path])
    assert said(path) == ["text"]
    assert is_fresh([path])


# Damage


@pytest.fixture
def large(write: Write) -> tuple[str, list[str]]:
    """Return a fact file with an index of many pages, and the texts of its quotes."""
    texts = [f"words number {n} of the file" for n in range(200)]
    return write("".join(quote(text, f"q-{n}") for n, text in enumerate(texts))), texts


@pytest.mark.parametrize(
    "damage",
    [
        lambda data: b"",
        lambda data: b"no index at all",
        lambda data: b"\0" * len(data),
        lambda data: data[:1],
        lambda data: data[:16],
        lambda data: data[:100],
        lambda data: data[:4096],
        lambda data: data[:6000],
        lambda data: data[: len(data) // 2],
        lambda data: data[:-4096],
        lambda data: data[:-1],
        lambda data: data[4096:],
        lambda data: b"\0" * 100 + data[100:],
        lambda data: data[:100] + b"\xff" * 3996 + data[4096:],
    ],
)
def test_a_damaged_index_is_made_anew(
    large: tuple[str, list[str]], damage: Callable[[bytes], bytes]
) -> None:
    path, texts = large
    said(path)
    index = place([path])
    whole = index.read_bytes()
    index.write_bytes(damage(whole))
    assert not is_fresh([path])
    assert said(path) == texts
    assert is_fresh([path])
    assert len(index.read_bytes()) == len(whole)


@pytest.mark.parametrize("garbage", [b"\0", b"\xff", b"\r\n{}", b"\x0d\x00\x00\x00\xf0garbage"])
def test_wherever_a_page_is_overwritten_the_answer_is_right(
    large: tuple[str, list[str]], garbage: bytes
) -> None:
    path, texts = large
    said(path)
    index = place([path])
    whole = index.read_bytes()
    repaired = 0
    for start in range(0, len(whole), 4096):
        page = (garbage * 4096)[:4096]
        index.write_bytes(whole[:start] + page + whole[start + 4096 :])
        assert said(path) == texts
        found = ask([path], lambda index: query.find(index, "q-150"))
        assert json.loads(found[1])["text"] == texts[150]
        assert ask([path], lambda index: query.count(index, "quote", Filters(match="OF"))) == 200
        assert ask([path], lambda index: resolve(index, "speaker", "a")) == ["A"]
        repaired += index.read_bytes()[start : start + 4096] != page
    assert repaired > 3


def test_what_is_found_to_be_damaged_further_on_is_gone_on_with(
    write: Write, run: Callable[..., Result]
) -> None:
    garbage = b"\xff" * 40_960
    path = write("".join(quote(f"words number {n}", f"q-{n}") for n in range(1_500)))
    commands = (
        ("quotes", "-f", "jsonl"),
        ("quotes", "-f", "csv"),
        ("search", "words", "-n", "9999", "-f", "jsonl"),
        ("search", "words", "-n", "9999"),
        ("quotes",),
    )
    printed = [run(*command, "--facts", path).out for command in commands]
    index = place([path])
    whole = index.read_bytes()
    repaired = 0
    for start in range(len(whole) // 4, len(whole), len(whole) // 4):
        for command, out in zip(commands, printed, strict=True):
            index.write_bytes(whole[:start] + garbage + whole[start + 40_960 :])
            result = run(*command, "--facts", path)
            assert (result.code, result.out, result.err) == (0, out, "")
            repaired += index.read_bytes()[start : start + 40_960] != garbage
    assert repaired > 4


def test_a_search_for_what_is_lost_makes_the_index_again(
    large: tuple[str, list[str]], run: Callable[..., Result]
) -> None:
    path, _ = large
    command = ("search", "words", "-n", "999", "--facts", path)
    printed = run(*command).out
    with closing(sqlite3.connect(place([path]))) as connection:
        connection.execute("DELETE FROM record WHERE id = 'q-150'")
        connection.commit()
    assert run(*command) == Result(0, printed, "")


def test_what_is_no_index_is_replaced(write: Write) -> None:
    path = write(quote("text"))
    index = place([path])
    with closing(sqlite3.connect(index)) as connection:
        connection.execute("CREATE TABLE something (else_ TEXT)")
    assert said(path) == ["text"]
    assert is_fresh([path])


def test_a_folder_in_the_place_of_the_index_does_no_harm(write: Write, environment: Path) -> None:
    path = write(quote("text"))
    place([path]).mkdir()
    assert said(path) == ["text"]
    assert list(environment.iterdir()) == [place([path])]


def test_a_damaged_index_that_cannot_be_replaced_does_no_harm(
    large: tuple[str, list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    path, texts = large
    said(path)
    index = place([path])
    whole = index.read_bytes()
    index.write_bytes(whole[: 8 * 4096] + b"\xff" * (len(whole) - 8 * 4096))

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError

    # As in a folder of somebody else; permissions alone would not stop root.
    for name in ("unlink", "replace"):
        monkeypatch.setattr(Path, name, refuse)
    assert said(path) == texts


def test_an_answer_that_fails_for_another_reason_fails(write: Write) -> None:
    path = write(quote("text"))
    asked = []

    def question(index: sqlite3.Connection) -> None:
        asked.append(index)
        index.execute("SELECT 1 FROM nowhere")

    with pytest.raises(sqlite3.OperationalError, match="nowhere"):
        ask([path], question)
    assert len(asked) == 2
    assert said(path) == ["text"]


def test_a_wrong_question_costs_no_new_index(write: Write) -> None:
    path = write(quote("text"))
    said(path)
    before = place([path]).stat()
    with pytest.raises(UsageError):
        ask([path], lambda index: query.find(index, "nothing"))
    assert place([path]).stat() == before


# Where the index lives


@pytest.mark.parametrize("below", ["file", "file/cache", "file/cache/deeper"])
def test_where_no_cache_can_be_written_the_answer_is_the_same(
    write: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, below: str
) -> None:
    path = write(quote("text"))
    (tmp_path / "file").write_text("not a folder")
    monkeypatch.setenv("EXPOFACTS_CACHE_DIR", str(tmp_path / below))
    for _ in range(2):
        assert said(path) == ["text"]
        assert not is_fresh([path])
    assert (tmp_path / "file").read_text() == "not a folder"
    with pytest.raises(UsageError):
        ask([path], lambda index: query.find(index, "nothing"))


@linux
def test_a_full_disk_costs_the_cache_not_the_answer(write: Write, environment: Path) -> None:
    path = write("".join(quote("text", f"q-{n}") for n in range(100)))
    program = (
        "import resource, sys; resource.setrlimit(resource.RLIMIT_FSIZE, (9000, 9000));"
        "sys.argv = ['expofacts', 'quotes', '--count', '--facts', sys.argv[1]];"
        "from expofacts.__main__ import main; main()"
    )
    done = subprocess.run(
        [sys.executable, "-B", "-c", program, path], capture_output=True, text=True, check=False
    )
    assert (done.stdout, done.stderr, done.returncode) == ("100\n", "", 0)
    assert list(environment.iterdir()) == []


def test_folder_and_index_are_the_users_own(
    write: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write(quote("text"))
    cache = tmp_path / "new" / "cache"
    monkeypatch.setenv("EXPOFACTS_CACHE_DIR", str(cache))
    mask = os.umask(0)
    try:
        assert said(path) == ["text"]
    finally:
        os.umask(mask)
    assert stat.S_IMODE(cache.stat().st_mode) == 0o700
    assert stat.S_IMODE(place([path]).stat().st_mode) == 0o600


def test_nothing_but_the_index_is_left_in_the_cache(write: Write, environment: Path) -> None:
    path = write(quote("one"))
    for text in ("one", "two", "six"):
        write(quote(text))
        assert said(path) == [text]
        assert list(environment.iterdir()) == [place([path])]


def test_reading_never_changes_the_index(
    large: tuple[str, list[str]], environment: Path, process: Callable[..., object]
) -> None:
    path, _ = large
    said(path)
    index = place([path])
    before, content = index.stat(), index.read_bytes()
    for _ in range(3):
        said(path)
        process("quotes", "--facts", path, "--match", "number 7", "--sort", "text")
    after = index.stat()
    assert (after.st_ino, after.st_mtime_ns, after.st_ctime_ns) == (
        *(before.st_ino, before.st_mtime_ns, before.st_ctime_ns),
    )
    assert index.read_bytes() == content
    assert list(environment.iterdir()) == [index]


def test_an_index_can_not_be_written_through_its_connection(write: Write) -> None:
    index = open_index([write(quote("text"))])
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        index.execute("DELETE FROM record")


def test_a_file_named_from_two_folders_has_one_index(
    write: Write, tmp_path: Path, environment: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write(quote("text"), "a/facts.toml")
    (tmp_path / "b").mkdir()
    monkeypatch.chdir(tmp_path / "a")
    assert said("facts.toml") == ["text"]
    alter(place(["facts.toml"]))
    monkeypatch.chdir(tmp_path / "b")
    for name in ("../a/facts.toml", path, "../a/../a/./facts.toml"):
        assert said(name) == ["kept"]
        assert is_fresh([name])
    assert len(list(environment.iterdir())) == 1


def test_files_of_one_name_in_two_folders_have_each_their_own(
    write: Write, tmp_path: Path, environment: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for folder in ("a", "b"):
        write(quote(f"of {folder}"), f"{folder}/facts.toml")
    for folder in ("a", "b", "a"):
        monkeypatch.chdir(tmp_path / folder)
        assert said("facts.toml") == [f"of {folder}"]
    assert len(list(environment.iterdir())) == 2


def test_a_cache_folder_may_be_relative(
    write: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write(quote("text"))
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("EXPOFACTS_CACHE_DIR", "cache")
    assert said(path) == ["text"]
    assert len(list((tmp_path / "cache").iterdir())) == 1
    assert is_fresh([path])


@pytest.mark.parametrize(
    "name",
    ["a b.toml", "per%cent%41.toml", "what?mode=rw.toml", "a#b.toml", "факты.toml", "事实.toml",
     "[1]*.toml", "-.toml", ".toml"],
)  # fmt: skip
def test_any_name_of_a_file_has_an_index(write: Write, environment: Path, name: str) -> None:
    path = write(quote("text"), name)
    assert said(path) == ["text"]
    assert is_fresh([path])
    assert list(environment.iterdir()) == [place([path])]


@linux
def test_a_name_that_is_no_text_has_an_index(write: Write, tmp_path: Path) -> None:
    path = os.fsdecode(os.fsencode(tmp_path) + b"/\xff.toml")
    Path(write(quote("text"))).rename(path)
    assert said(path) == ["text"]
    assert is_fresh([path])


def test_a_name_too_long_for_an_index_does_no_harm(write: Write) -> None:
    assert said(write(quote("text"), "n" * 245 + ".toml")) == ["text"]


@linux
def test_the_cache_is_where_the_platform_keeps_caches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "/home/somebody")
    monkeypatch.setenv("XDG_CACHE_HOME", "/caches")
    monkeypatch.setenv("EXPOFACTS_CACHE_DIR", "/chosen")
    assert cache_folder() == Path("/chosen")
    monkeypatch.setenv("EXPOFACTS_CACHE_DIR", "")
    assert cache_folder() == Path("/caches/expofacts")
    for ignored in ("", "relative"):  # by the XDG Base Directory Specification
        monkeypatch.setenv("XDG_CACHE_HOME", ignored)
        assert cache_folder() == Path("/home/somebody/.cache/expofacts")


@pytest.mark.parametrize(
    ("seconds", "at_once", "shown"),
    [(0.9, False, ["b", "c", ""]), (1.1, False, ["a", "b", "c", ""]),
     (0.3, True, ["a", "b", "c", ""]), (0.3, False, [])],
)  # fmt: skip
def test_progress_is_told_of_what_takes_more_than_a_second(
    monkeypatch: pytest.MonkeyPatch, seconds: float, at_once: bool, shown: list[str]
) -> None:
    passed = itertools.count()
    monkeypatch.setattr(time, "monotonic", lambda: next(passed) * seconds)
    told: list[str] = []
    tell = after_a_second(told.append, at_once=at_once)
    for step in ("a", "b", "c", ""):
        tell(step)
    assert told == shown


# Builds that fail, are killed, or run at the same time


@pytest.mark.parametrize("bad", ["not toml", "format = 2", 'format = 1\n[[quotes]]\nid = "q"'])
def test_a_build_that_fails_leaves_nothing(write: Write, environment: Path, bad: str) -> None:
    path = write(bad, bare=True)
    for _ in range(2):
        with pytest.raises(FactFileError):
            said(path)
        assert list(environment.iterdir()) == []


def test_an_old_answer_is_not_given_for_a_file_that_is_not_valid_any_more(
    write: Write, environment: Path
) -> None:
    path = write(quote("text"))
    assert said(path) == ["text"]
    write("regions = 7")
    for _ in range(2):
        with pytest.raises(FactFileError):
            said(path)
        assert not is_fresh([path])
        assert [left for left in environment.iterdir() if left != place([path])] == []
    write(quote("text again"))
    assert said(path) == ["text again"]


@pytest.mark.parametrize("name", ["facts.toml", "facts[1].toml"])
def test_what_a_killed_process_left_is_removed_when_it_is_old(
    write: Write, environment: Path, name: str
) -> None:
    path = write(quote("text"), name)
    stem = place([path]).stem
    old, new = environment / f"{stem}.old.tmp", environment / f"{stem}.new.tmp"
    others = environment / "others-00000000.old.tmp"
    for left in (old, new, others):
        left.write_bytes(b"half an index")
    for left, hours in ((old, 1.1), (new, 0.9), (others, 9)):
        os.utime(left, (time.time() - hours * 3600,) * 2)
    assert said(path) == ["text"]
    assert set(environment.iterdir()) == {new, others, place([path])}


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGKILL there")
def test_a_build_that_was_killed_does_no_harm(write: Write, environment: Path) -> None:
    path = write(quote("text"))
    program = (
        "import os, signal, sys; from expofacts.index import build, opening;"
        "real = build.settle;"
        "build.settle = lambda *given: (real(*given), os.kill(os.getpid(), signal.SIGKILL));"
        "opening.open_index([sys.argv[1]])"
    )
    done = subprocess.run([sys.executable, "-B", "-c", program, path], check=False)
    assert done.returncode == -signal.SIGKILL
    assert not is_fresh([path])
    (left,) = environment.iterdir()
    assert said(path) == ["text"]
    os.utime(left, (0, 0))
    os.utime(path)
    assert said(path) == ["text"]
    assert list(environment.iterdir()) == [place([path])]


def test_who_reads_an_index_reads_it_to_its_end_though_another_takes_its_place(
    large: tuple[str, list[str]],
) -> None:
    path, texts = large
    said(path)
    reading = open_index([path])
    Path(path).write_text(Path(path).read_text(encoding="utf-8").replace("words", "terms"))
    assert said(path)[0] == "terms number 0 of the file"
    lines = query.select(reading, "quote", Filters(), Order())
    assert [json.loads(line)["text"] for line in lines] == texts


def test_processes_that_build_at_once_are_all_right(
    large: tuple[str, list[str]], environment: Path
) -> None:
    path, texts = large
    command = [sys.executable, "-m", "expofacts", "quotes", "--facts", path, "-f", "jsonl"]
    running = [
        subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8")
        for _ in range(5)
    ]
    for one in running:
        out, err = one.communicate(timeout=60)
        assert [json.loads(line)["text"] for line in out.splitlines()] == texts
        assert (err, one.returncode) == ("", 0)
    assert list(environment.iterdir()) == [place([path])]
    assert is_fresh([path])


# The format of the index, and a digest of what an index of the examples holds in it.
HOLDS = (12, "e0308c31d37c7ee7")
HELD = ("record", "words", "claim", "fact_region", "fact_topic", "within", "choice", "field",
        "place", "touching", "named", "spoke")  # fmt: skip


def test_the_format_rises_with_each_change_of_what_an_index_holds() -> None:
    examples = [DATA / "valid" / "every-key.toml", DATA / "valid" / "towns-of-one-name.toml"]
    with closing(open_index([str(path) for path in examples])) as index:
        tables = "SELECT sql FROM sqlite_master WHERE name NOT LIKE 'search_%' ORDER BY name"
        held = [index.execute(tables).fetchall()]
        for table in HELD:
            held.append(sorted(index.execute(f"SELECT * FROM {table}").fetchall(), key=repr))
    digest = sha256(repr(held).encode()).hexdigest()[:16]
    assert (FORMAT, digest) == HOLDS, (
        "what an index holds has changed: raise FORMAT, and say so here"
    )
