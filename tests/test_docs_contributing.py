"""CONTRIBUTING.md sends nobody to a file that is not there."""

import re
from pathlib import Path

import pytest

from tests.test_architecture import MAY_IMPORT

ROOT = Path(__file__).parents[1]
PAGES = ("CONTRIBUTING.md", "SECURITY.md")
CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text("utf-8")

# A path as these pages write it: from the root, or from the package.
PATH = re.compile(r"(?<![\w./-])(?:[\w.-]+/)+[\w-]+\.(?:py|md|toml|sql)\b|(?<![\w./-])[A-Z]+\.md\b")


def there(name: str) -> bool:
    return any((base / name).exists() for base in (ROOT, ROOT / "src" / "expofacts", ROOT / "docs"))


@pytest.mark.parametrize("page", PAGES)
def test_every_file_that_a_page_names_is_there(page: str) -> None:
    named = set(PATH.findall((ROOT / page).read_text("utf-8")))
    assert [name for name in sorted(named) if not there(name)] == []


@pytest.mark.parametrize(
    "what",
    ["a kind", "an output format", "a check", "a unit", "a language", "a citation style"],
)
def test_there_is_a_recipe_that_names_files(what: str) -> None:
    (recipe,) = re.findall(rf"^### Add {what}\b.*?\n(.*?)(?=^##)", CONTRIBUTING, re.M | re.S)
    assert PATH.search(recipe)


def test_the_table_of_packages_is_what_is_held() -> None:
    rows = re.findall(r"^\| `(\w+)` \|.*\| (.*?) ?\|$", CONTRIBUTING, re.M)
    said = dict(rows)
    packages = {name for name in MAY_IMPORT if (ROOT / "src" / "expofacts" / name).is_dir()}
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
