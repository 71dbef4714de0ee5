"""CONTRIBUTING.md sends nobody to what is not there, and no page names a module that is gone."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from expofacts.cli.app import ALIASES, COMMANDS
from expofacts.facts.kinds import KINDS
from expofacts.view.data_formats import FORMATS
from tests.test_architecture import MAY_IMPORT

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "src" / "expofacts"
CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")])

# A path as pages write it: from the root, from the package, or a module of a package by its name.
PATH = re.compile(r"(?<![\w./<>-])(?:[\w.-]+/)+[\w-]+\.[a-z]+\b|(?<![\w./-])[A-Z]+\.md\b")
MODULE = re.compile(r"`((?:\w+/)*\w+\.(?:py|sql))`")
# What a page writes as code that is made of parts of a path, with or without a file's ending.
CODE = re.compile(r"`((?:[\w.-]+/)+[\w.-]*)`")

RECIPES = (
    "Add a kind of fact", "Add a key or a filter", "Add a data format", "Add an export ending",
    "Add a check", "Add a unit or a currency", "Add a state of infrastructure", "Add a language",
    "Add a citation style", "Add a command", "Change what an index holds",
)  # fmt: skip


def there(name: str) -> bool:
    return any((base / name).exists() for base in (ROOT, PACKAGE))


def commands(page: str) -> list[str]:
    """Return the lines of a page that are for a shell, without their comments."""
    return [line.partition(" # ")[0].strip() for line in re.findall(r"^    (\S.*)$", page, re.M)]


@pytest.mark.parametrize("page", ["CONTRIBUTING.md", "SECURITY.md"])
def test_every_path_that_a_page_names_is_there(page: str) -> None:
    text = (ROOT / page).read_text("utf-8")
    named = {*PATH.findall(text), *CODE.findall(text)}
    # What `make` makes is not there before.
    assert [name for name in sorted(named) if not there(name)] in ([], ["dist/"])


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_no_page_names_a_module_that_is_gone(page: Path) -> None:
    modules = [*PACKAGE.rglob("*.*"), *(ROOT / "benchmarks").iterdir(), *(ROOT / "tests").iterdir()]
    paths = [path.as_posix() for path in modules]
    named = set(MODULE.findall(page.read_text("utf-8")))
    assert [name for name in named if not any(path.endswith(f"/{name}") for path in paths)] == []


def test_every_name_in_a_module_that_it_speaks_of_is_there() -> None:
    # As in "a row in `FORMATS`": names in capitals.
    names = set(re.findall(r"`(_?[A-Z][A-Z_]{2,})`", CONTRIBUTING))
    source = "".join(
        path.read_text("utf-8")
        for path in [*PACKAGE.rglob("*.py"), *(ROOT / "tests").glob("test_*.py")]
    )
    assert len(names) > 8
    assert [name for name in sorted(names) if not re.search(rf"^{name}\b", source, re.M)] == []


def test_every_target_of_make_is_one() -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    named = set(re.findall(r"\bmake (\w+)(?= |`|$)", "\n".join(commands(CONTRIBUTING)), re.M))
    named |= set(re.findall(r"`make (\w+)`", CONTRIBUTING))
    assert {"run", "test", "lint", "dist", "benchmark"} <= named
    assert [name for name in named if not re.search(rf"^{name}:", makefile, re.M)] == []


def test_every_command_of_ours_is_one() -> None:
    named = set(re.findall(r"(?:-m |`)expofacts (\w[\w-]*)", CONTRIBUTING))
    assert named
    assert named <= {*COMMANDS, *ALIASES}


def test_the_programs_that_it_runs_come_with_what_it_installs() -> None:
    project = (ROOT / "pyproject.toml").read_text("utf-8")
    for program in re.findall(r"\.venv/bin/(?!python|pip)(\w+)", CONTRIBUTING):
        assert re.search(rf'"{program}[>"]', project), program
    if "-n auto" in CONTRIBUTING:
        assert "pytest-xdist" in project


def test_the_one_test_that_it_runs_is_there() -> None:
    (line,) = [line for line in commands(CONTRIBUTING) if " -k " in line]
    arguments = line.split(" pytest ")[1].split()
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "--collect-only", *arguments],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("recipe", RECIPES)
def test_there_is_a_recipe_that_names_files(recipe: str) -> None:
    (text,) = re.findall(rf"^### {recipe}\n(.*?)(?=^##)", CONTRIBUTING, re.M | re.S)
    assert PATH.search(text)


def test_no_recipe_is_asked_for_in_vain() -> None:
    assert tuple(re.findall(r"^### (.*)$", CONTRIBUTING, re.M)) == RECIPES


def test_every_heading_that_it_links_to_is_there() -> None:
    headings = {
        re.sub(r"[^\w -]", "", heading).lower().replace(" ", "-")
        for heading in re.findall(r"^#+ (.*)$", CONTRIBUTING, re.M)
    }
    assert set(re.findall(r"\]\(#([\w-]+)\)", CONTRIBUTING)) <= headings


def test_what_no_other_test_misses_has_every_format_and_every_kind() -> None:
    smoke = (ROOT / ".ci" / "smoke").read_text("utf-8")
    (formats,) = re.findall(r"for format in (.*?); do", smoke)
    assert formats.split() == ["table", *FORMATS]
    listed = " ".join(re.findall(r"^for (?:command|kind) in (.*?); do", smoke, re.M)).split()
    library = (ROOT / "docs" / "library.md").read_text("utf-8")
    for kind in KINDS.values():
        assert listed.count(kind.command) == 2
        assert f"`{kind.table}()`" in library
        assert f"`{kind.record.__name__}`" in library


def test_the_table_of_packages_is_what_is_held() -> None:
    rows = re.findall(r"^\| `(\w+)` \|.*\| (.*?) ?\|$", CONTRIBUTING, re.M)
    said = dict(rows)
    packages = {name for name in MAY_IMPORT if (PACKAGE / name).is_dir()}
    assert set(said) == packages
    for package, may in said.items():
        named = set(re.findall(r"`(\w+)`", may))
        if may.startswith("all but"):
            named = packages - named - {package}
        assert named == MAY_IMPORT[package] & packages - {package}, package


def test_they_are_in_the_sdist() -> None:
    (included,) = re.findall(
        r"\[tool\.hatch\.build\.targets\.sdist\]\ninclude = (\[.*?\])",
        (ROOT / "pyproject.toml").read_text("utf-8"),
    )
    assert '"/CONTRIBUTING.md"' in included
    assert '"/SECURITY.md"' in included
