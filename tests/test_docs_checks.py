"""docs/checks.md has an entry for every code, and its examples give just their code."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from expofacts.facts.diagnostics import examine
from expofacts.facts.rules import RULES, chosen

PAGE = (Path(__file__).parents[1] / "docs" / "checks.md").read_text("utf-8")
ENTRIES = dict(re.findall(r"^### ([EW]\d{3}) (.*?)(?=^##|\Z)", PAGE, re.MULTILINE | re.DOTALL))
BASE = re.search(r"^## The examples\n.*?```toml\n(.*?)```", PAGE, re.MULTILINE | re.DOTALL)[1]

# What no reader wants to see whole.
REGION = 'id = "{}"\nname = "Region"\nlevel = "region"\n'
DEEP = [f'[[regions]]\n{REGION.format(f"r{n}")}within = ["r{n - 1}"]\n' for n in range(2, 101)]
SHORTENED = {
    "[[[ ... ]]]": "[" * 10_000 + "]" * 10_000,
    "1000 ... 000": "1" + "0" * 5_000,
    "... # and so on, each within the one before, to\n": (
        "".join(DEEP) + "[[regions]]\n" + REGION.format("r101")
    ),
}


def blocks(entry: str, language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", entry, re.MULTILINE | re.DOTALL)


def test_every_rule_has_an_entry_with_its_title() -> None:
    assert [(code, entry.split("\n")[0]) for code, entry in ENTRIES.items()] == [
        (rule.code, rule.title) for rule in RULES
    ]


@pytest.mark.parametrize("code", ENTRIES)
def test_an_entry_says_what_and_shows_it(code: str) -> None:
    words = re.sub(r"^```.*?^```$", "", ENTRIES[code], flags=re.MULTILINE | re.DOTALL).split()
    assert len(words) > 15
    assert len(blocks(ENTRIES[code], "text")) == 1
    assert len(blocks(ENTRIES[code], "toml")) == (code != "E101")


@pytest.mark.parametrize("code", ENTRIES)
def test_an_example_gives_its_code_and_no_other(
    code: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    marked: list[int] = []
    for text in blocks(ENTRIES[code], "toml"):
        whole = text if text.startswith("format") else BASE + "\n" + text
        for short, full in SHORTENED.items():
            whole = whole.replace(short, full)
        Path("facts.toml").write_text(whole, "latin-1" if code == "E102" else "utf-8")
        lines = whole.splitlines()
        marked = [n for n, line in enumerate(lines, 1) if line.endswith(f" # {code}")]
    problems = examine(["facts.toml"], chosen((), ())).problems
    assert [f"{problem.code} {problem.message}" for problem in problems] == blocks(
        ENTRIES[code], "text"
    )[0].splitlines()
    if marked:
        assert [problem.line for problem in problems] == marked


def test_nearly_every_example_marks_its_line() -> None:
    unmarked = {code for code, entry in ENTRIES.items() if f" # {code}\n" not in entry}
    # What is not TOML may not have a comment where it breaks off.
    assert unmarked == {"E101", "E103"}


def test_the_hook_is_the_one_that_the_page_shows() -> None:
    hooks = (Path(__file__).parents[1] / ".pre-commit-hooks.yaml").read_text("utf-8")
    assert re.findall(r"^- id: (.*)$", hooks, re.MULTILINE) == ["expofacts-check"]
    assert "- id: expofacts-check" in PAGE


def test_the_commands_of_the_page_work(
    run: Callable[..., tuple[int, str, str]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("facts").mkdir()
    Path("facts", "facts.toml").write_text(BASE, "utf-8")
    found = re.findall(r"^    expofacts (.*?)(?: *#.*)?$", PAGE, re.MULTILINE)
    assert len(found) == 6
    for line in found:
        assert run(*line.split())[0] == 0, line
