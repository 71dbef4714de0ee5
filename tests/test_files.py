"""Which files a collection is made of."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from expofacts.errors import FactFileError
from expofacts.facts.files import chosen, packaged, stamps
from tests.conftest import Result


def names(folder: Path, *paths: str) -> list[str]:
    """Return the files that the paths within the folder name, relative to it."""
    found = stamps([str(folder / path) for path in paths])
    return [Path(stamp.path).relative_to(folder).as_posix() for stamp in found]


def problems(*paths: Path) -> list[str]:
    with pytest.raises(FactFileError) as raised:
        stamps([str(path) for path in paths])
    assert raised.value.exit_code == 3
    return str(raised.value).splitlines()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with fact files, and much that is none."""
    for name in ("b.toml", "a.toml", "B/z.toml", "b/d/deep.toml", "b/c.toml", "c d/é.toml"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(name)
    for name in (".a.toml", ".b/x.toml", "b/.#c.toml", "notes.txt", "toml", "a.toml~", "a.TOML2"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("format = 1")
    (tmp_path / "folder.toml").mkdir()
    return tmp_path


def test_a_folder_is_its_fact_files_in_order_without_hidden_ones(folder: Path) -> None:
    assert names(folder, ".") == [
        "a.toml", "b.toml", "B/z.toml", "b/c.toml", "b/d/deep.toml", "c d/é.toml",
    ]  # fmt: skip


def test_files_stay_in_the_order_in_which_they_are_named(folder: Path) -> None:
    assert names(folder, "b.toml", "a.toml") == ["b.toml", "a.toml"]
    assert names(folder, "b", "a.toml") == ["b/c.toml", "b/d/deep.toml", "a.toml"]


def test_a_named_file_is_read_whatever_its_name(folder: Path) -> None:
    assert names(folder, "notes.txt", ".a.toml") == ["notes.txt", ".a.toml"]


def test_a_file_named_twice_is_read_once(folder: Path) -> None:
    (folder / "link.toml").symlink_to(folder / "a.toml")
    os.link(folder / "a.toml", folder / "hard.toml")
    (folder / "again").symlink_to(folder / "b")
    assert names(folder, "a.toml", "b/../a.toml", "link.toml", "hard.toml") == ["a.toml"]
    assert names(folder, "link.toml", "a.toml") == ["link.toml"]
    assert names(folder, "b", "again") == ["b/c.toml", "b/d/deep.toml"]
    assert len(names(folder, ".")) == 6


def test_a_folder_behind_a_link_is_read(
    folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    other = tmp_path_factory.mktemp("other")
    (other / "x.toml").write_text("")
    (folder / "other").symlink_to(other)
    assert names(folder, ".")[-1] == "other/x.toml"


def test_a_folder_that_contains_itself_is_read_once(folder: Path) -> None:
    (folder / "b" / "loop").symlink_to(folder)
    (folder / "b" / "d" / "loop").symlink_to(folder / "b")
    assert len(names(folder, ".")) == 6
    assert len(names(folder, "b/loop/b/loop")) == 6


def test_a_stamp_changes_with_its_file(folder: Path) -> None:
    path = folder / "a.toml"
    (before,) = stamps([str(path)])
    assert before == stamps([str(path)])[0]
    assert before.size == len("a.toml")
    path.write_text("longer than it was")
    assert stamps([str(path)])[0] != before
    (before,) = stamps([str(path)])
    os.utime(path, ns=(1, 1))
    (after,) = stamps([str(path)])
    assert after.mtime_ns == 1
    os.utime(path, ns=(1, before.mtime_ns))
    (again,) = stamps([str(path)])
    # Whoever sets the time of a file back cannot set back when that was done.
    assert again == (*before[:3], path.stat().st_ctime_ns)


def test_what_cannot_be_read_is_named(tmp_path: Path) -> None:
    missing = tmp_path / "missing.toml"
    (tmp_path / "dangling.toml").symlink_to(missing)
    (tmp_path / "empty" / ".git").mkdir(parents=True)
    (tmp_path / "empty" / "readme.md").write_text("")
    os.mkfifo(tmp_path / "pipe")
    paths = [missing, tmp_path / "dangling.toml", tmp_path / "empty", tmp_path / "pipe",
             Path("/dev/null"), tmp_path / "empty" / "readme.md" / "x.toml"]  # fmt: skip
    assert problems(*paths) == [
        f"{missing}: E101 cannot be read: No such file or directory",
        f"{tmp_path}/dangling.toml: E101 cannot be read: No such file or directory",
        f"{tmp_path}/empty: E101 a folder without .toml files",
        f"{tmp_path}/pipe: E101 cannot be read: not a regular file",
        "/dev/null: E101 cannot be read: not a regular file",
        f"{tmp_path}/empty/readme.md/x.toml: E101 cannot be read: Not a directory",
    ]


def test_everything_in_a_folder_that_cannot_be_read_is_named(folder: Path) -> None:
    (folder / "0.toml").symlink_to("nowhere")
    (folder / "b" / "e.toml").symlink_to("e.toml")
    os.mkfifo(folder / "pipe.toml")
    assert problems(folder) == [
        f"{folder}/0.toml: E101 cannot be read: No such file or directory",
        f"{folder}/pipe.toml: E101 cannot be read: not a regular file",
        f"{folder}/b/e.toml: E101 cannot be read: Too many levels of symbolic links",
    ]


def test_a_path_with_nul_is_named() -> None:
    with pytest.raises(FactFileError, match="cannot be read"):
        stamps(["a\0b.toml"])


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read every folder")
def test_a_folder_without_permission_is_named(folder: Path) -> None:
    (folder / "b").chmod(0)
    try:
        assert problems(folder) == [f"{folder}/b: E101 cannot be read: Permission denied"]
    finally:
        (folder / "b").chmod(0o700)


def test_a_folder_too_deep_to_be_read_is_named(tmp_path: Path) -> None:
    # No path leads this deep, so each folder is made from within the one around it.
    folder = os.open(tmp_path, os.O_RDONLY)
    for _ in range(20):
        os.mkdir("d" * 250, dir_fd=folder)
        inner = os.open("d" * 250, os.O_RDONLY, dir_fd=folder)
        os.close(folder)
        folder = inner
    os.close(folder)
    (problem,) = problems(tmp_path)
    assert problem.startswith(f"{tmp_path}/dd")
    assert problem.endswith("dd: E101 cannot be read: File name too long")


def test_given_paths_come_before_the_environment_and_that_before_our_own(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert chosen() == [packaged()]
    assert Path(packaged()).is_dir()
    monkeypatch.setenv("EXPOFACTS_FACTS", os.pathsep.join(["a.toml", "", "b c"]))
    assert chosen() == ["a.toml", "b c"]
    assert chosen(["x.toml"]) == ["x.toml"]
    monkeypatch.setenv("EXPOFACTS_FACTS", "")
    assert chosen() == [packaged()]


def test_our_own_facts_are_a_folder_of_nothing_but_fact_files_the_report_s_first() -> None:
    folder = Path(packaged())
    files = [Path(stamp.path) for stamp in stamps([str(folder)])]
    assert files[:2] == [folder / "facts.toml", folder / "regions.toml"]
    assert {path.parent for path in files[2:]} == {folder / "sources"}
    assert set(files) == {path for path in folder.rglob("*") if not path.is_dir()}


# A folder as one collection

PARTS = {
    "1-facts.toml": 'format = 1\n[[quotes]]\nid = "ferry"\nsource = "gazette"\nspeaker = "Ann"\n'
    'speech = "direct"\ntext = "Go"\nregions = ["quay"]\n',
    "places/regions.toml": 'format = 1\n[[regions]]\nid = "quay"\nname = "Quay"\nlevel = "x"\n'
    'within = ["island"]\n',
    "places/more.toml": 'format = 1\n[[regions]]\nid = "island"\nname = "Isle"\nlevel = "island"\n',
    "sources.toml": 'format = 1\n[[sources]]\nid = "gazette"\npublisher = "G"\npublished = 2021\n',
}


@pytest.fixture
def parts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder of files that need each other, beside which one stands."""
    folder = tmp_path / "parts"
    for name, text in PARTS.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text.replace("= 2021", '= "2021"'), "utf-8")
    monkeypatch.chdir(tmp_path)
    return folder


def test_files_of_a_folder_refer_to_each_other(parts: Path, run: Callable[..., Result]) -> None:
    assert parts.is_dir()
    asked = ("--facts", "parts", "--region", "isle", "--fields", "id,publisher,as_of", "-f", "csv")
    assert run("quotes", *asked) == (0, "id,publisher,as_of\r\nferry,G,2021\r\n", "")
    assert run("check", "parts").code == 0


def test_problems_of_a_folder_are_named_by_file(parts: Path, run: Callable[..., Result]) -> None:
    (parts / "places" / "more.toml").write_text(
        'format = 1\n[[regions]]\nid = "ferry"\nname = "Isle"\nlevel = "island"\n'
    )
    (parts / "sources.toml").write_text("format = 1\n")
    assert run("quotes", "--facts", "parts") == (
        3,
        "",
        'parts/1-facts.toml:4:10: E132 unknown source "gazette"\n'
        'parts/places/more.toml:3:6: E131 id "ferry" is taken already, at parts/1-facts.toml:3:6\n'
        'parts/places/regions.toml:6:11: E133 unknown region "island"\n'
        "expofacts: 3 problems in the fact files; nothing of them was used\n",
    )
