"""Old indexes go by themselves, and nothing else does."""

import json
import os
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from expofacts.index import pruning
from expofacts.index.cache import VERSION, place
from expofacts.index.opening import ask, open_index
from tests.conftest import Result

DAY = 86_400
QUOTE = '[[quotes]]\nid = "q"\nspeaker = "A"\nspeech = "direct"\ntext = "x"\n'


@pytest.fixture
def made(write: Callable[..., str]) -> Callable[..., Path]:
    """Return a function that makes an index which was last used so many days ago."""

    def call(name: str, days: float = 0, version: tuple[object, object] = VERSION) -> Path:
        paths = [write(QUOTE, f"{name}.toml")]
        open_index(paths).close()
        path = place(paths)
        if version != VERSION:
            with closing(sqlite3.connect(path)) as index:
                index.execute("UPDATE made SET format = ?, version = ?", version)
                index.commit()
        used = time.time() - days * DAY
        os.utime(path, (used, used))
        return path

    return call


def test_what_has_not_been_used_for_30_days_goes_when_an_index_is_made(
    made: Callable[..., Path],
) -> None:
    old, recent = made("old", 31), made("recent", 29)
    new = made("new")
    assert [path.exists() for path in (old, recent, new)] == [False, True, True]


def test_what_another_version_made_goes_when_unused_for_a_day(made: Callable[..., Path]) -> None:
    format_, program = VERSION
    paths = [
        made("of-an-older-format", 1.1, (format_ - 1, program)),
        made("of-another-program", 1.1, (format_, "0.0.1")),
        made("used-today", 0.9, (format_ - 1, program)),
        made("of-ours", 1.1),
    ]
    made("new")
    assert [path.exists() for path in paths] == [False, False, True, True]


def test_the_longest_unused_go_where_all_take_too_much(
    made: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second, third = (made(f"i{days}", days) for days in (3, 2, 1))
    monkeypatch.setattr(pruning, "_MOST", 3 * first.stat().st_size)
    new = made("new")
    assert [path.exists() for path in (first, second, third, new)] == [False, True, True, True]
    # The current one stays, however large.
    monkeypatch.setattr(pruning, "_MOST", 1)
    last = made("last")
    assert [path.exists() for path in (second, third, new, last)] == [False, False, False, True]


def test_to_use_an_index_keeps_it(made: Callable[..., Path], tmp_path: Path) -> None:
    used = made("used", 29)
    ask([str(tmp_path / "used.toml")], lambda index: None)
    assert time.time() - used.stat().st_mtime < 60
    before = used.stat().st_mtime_ns
    ask([str(tmp_path / "used.toml")], lambda index: None)
    assert used.stat().st_mtime_ns == before  # once a day will do


def test_what_is_not_ours_stays(made: Callable[..., Path], environment: Path) -> None:
    ours = made("ours", 31)
    strangers = [environment / name for name in (
        "notes-0123abcd.sqlite", "other-0123abcd.sqlite", "facts.sqlite", "x-0123abcd.sqlite.bak",
    )]  # fmt: skip
    strangers[0].write_text("not a database")
    with closing(sqlite3.connect(strangers[1])) as database:
        database.execute("CREATE TABLE made (format, version)")
        database.execute("INSERT INTO made VALUES (1, 'x')")
        database.commit()
    for copy in strangers[2:]:
        shutil.copy(ours, copy)
    (environment / "folder-0123abcd.sqlite").mkdir()
    elsewhere = environment.parent / f"{environment.name}-elsewhere.sqlite"
    shutil.copy(ours, elsewhere)
    link = environment / "link-0123abcd.sqlite"
    link.symlink_to(elsewhere)
    for path in (*strangers, elsewhere):
        os.utime(path, (0, 0))
    made("new")
    assert not ours.exists()
    assert all(path.exists() for path in (*strangers, elsewhere, link))
    assert (environment / "folder-0123abcd.sqlite").is_dir()


READER = """
import sys
from expofacts.index.opening import open_index
index = open_index([sys.argv[1]])
print(index.execute("SELECT count(*) FROM record").fetchone()[0], flush=True)
sys.stdin.readline()
print(index.execute("SELECT group_concat(data) FROM record").fetchone()[0].count("kind"))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="what is open cannot be removed there")
def test_who_reads_an_index_that_goes_reads_on(made: Callable[..., Path], tmp_path: Path) -> None:
    old = made("old")
    with subprocess.Popen(
        [sys.executable, "-c", READER, str(tmp_path / "old.toml")],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as reader:
        assert reader.stdin
        assert reader.stdout
        assert int(reader.stdout.readline()) > 1
        os.utime(old, (0, 0))
        made("new")
        assert not old.exists()
        reader.stdin.write("\n")
        reader.stdin.flush()
        assert int(reader.stdout.readline()) >= 1
    assert reader.returncode == 0


def test_path_says_how_many_there_are_and_how_large(
    made: Callable[..., Path], run: Callable[..., Result], environment: Path, tmp_path: Path
) -> None:
    size = sum(made(name).stat().st_size for name in ("one", "two"))
    *_, cache = json.loads(run("path", "--facts", str(tmp_path / "one.toml"), "-f", "json").out)
    assert cache == {
        "what": "cache",
        "path": str(environment),
        "state": f"2 indexes, {size / 1e6:,.1f} MB",
    }


def test_where_nothing_is_kept_there_is_nothing_to_say(
    run: Callable[..., Result], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("EXPOFACTS_CACHE_DIR", str(tmp_path / "none"))
    assert "0 indexes, 0.0 MB" in run("path").out
