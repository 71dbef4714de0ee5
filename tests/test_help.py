"""Help that leads with examples, all of which work; and a README that tells the truth."""

import re
import runpy
import shlex
import textwrap
from collections.abc import Callable
from pathlib import Path

import pytest

from expofacts.cli.app import ALIASES, COMMANDS
from expofacts.facts.load import load
from expofacts.verify.verification import phrases
from tests.conftest import TABLE_OF, Result

ROOT = Path(__file__).parents[1]
PICTURES = runpy.run_path(str(ROOT / "docs" / "pictures.py"))
README = (ROOT / "README.md").read_text("utf-8")


def examples(text: str) -> list[list[str]]:
    """Return the command lines of ours in a text, without comments and where they print to."""
    lines = re.findall(r"^ +(expofacts .*?)(?: > .*)?$", text, re.MULTILINE)
    return [shlex.split(line, comments=True)[1:] for line in lines]


def ends_with(arguments: list[str]) -> tuple[int, ...]:
    """Return the exit codes that an example may end with: contradictions may be what is shown."""
    return (0, 1) if arguments[:1] == ["conflicts"] else (0,)


@pytest.fixture
def workplace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Stand where the examples stand: beside a fact file and a folder of some."""
    monkeypatch.chdir(tmp_path)
    for name in ("my-facts.toml", "my-facts/one.toml", "reports/one.toml"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text((ROOT / "data" / "facts.toml").read_text("utf-8"), "utf-8")
    # A text of the source that is made of the words which the facts have of it.
    facts = [fact for table in TABLE_OF.values() for fact in load(["my-facts.toml"])[table]]
    said = [f"“{words}”" for fact in facts for _, words in phrases({"stated": None, **fact})]
    for name in ("article.txt", "my-facts/article.txt"):
        Path(name).write_text("\n\n".join(said), "utf-8")
    Path("article.html").write_text("".join(f"<p>{words}</p>" for words in said), "utf-8")
    folder = Path("my-facts/one.toml")
    with_text = folder.read_text("utf-8").replace(
        "\nlanguage =", '\ntext = "article.txt"\nlanguage ='
    )
    folder.write_text(with_text, "utf-8")
    monkeypatch.setattr("webbrowser.open", lambda url: True)


@pytest.mark.parametrize("name", COMMANDS)
def test_help_breaks_its_lines_where_they_end(
    name: str, run: Callable[..., Result], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    description = run(name, "--help").out.partition("╭")[0]
    for paragraph in re.split(r"\n\s*\n", description)[1:]:
        if not paragraph.lstrip().startswith("expofacts"):
            prose = " ".join(paragraph.split())
            assert [line.strip() for line in paragraph.strip().splitlines()] == textwrap.wrap(
                prose, 78, break_on_hyphens=False
            )


def test_help_lists_every_command(run: Callable[..., Result]) -> None:
    for arguments in ([], ["-h"], ["--help"]):
        result = run(*arguments)
        assert (result.code, result.err) == (0, "")
        for name in COMMANDS:
            assert re.search(rf"^│ {name} ", result.out, re.MULTILINE), name
        assert not re.search(r"│ infra ", result.out)


@pytest.mark.parametrize("command", [*COMMANDS, *ALIASES])
@pytest.mark.parametrize("option", ["-h", "--help"])
def test_every_command_has_help_that_leads_with_examples(
    command: str, option: str, run: Callable[..., Result]
) -> None:
    result = run(command, option)
    assert (result.code, result.err) == (0, "")
    assert 0 < result.out.index(" expofacts ", 30) < result.out.index("Options")


@pytest.mark.usefixtures("workplace")
@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_the_examples_of_the_help_work(
    command: str, run: Callable[..., Result], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    found = examples(run(*command.split(), "--help").out)
    assert found
    for arguments in found:
        assert run(*arguments).code in ends_with(arguments), arguments


@pytest.mark.usefixtures("workplace")
def test_the_examples_of_the_readme_work(run: Callable[..., Result]) -> None:
    found = [line for line in examples(README) if "--install-completion" not in line]
    assert len(found) > 10
    for arguments in found:
        assert run(*arguments).code in ends_with(arguments), arguments


def test_the_readme_names_every_command_and_every_option(run: Callable[..., Result]) -> None:
    for command in COMMANDS:
        assert f"`{command}`" in README or f"expofacts {command}" in README
        for option in re.findall(r"--[a-z-]+", run(command, "--help").out):
            assert option in README, (command, option)


def test_the_readme_starts_with_its_two_commands() -> None:
    commands = re.findall(r"^    (\S.*?)\s*(?:#.*)?$", README, re.MULTILINE)
    assert commands[:2] == ["make run", "make test"]


@pytest.mark.parametrize("name", PICTURES["PICTURES"])
def test_the_pictures_show_what_is_printed(name: str) -> None:
    def words(svg: str) -> list[str]:
        return re.findall(r"<text[^>]*>([^<]*)</text>", svg)

    picture = (ROOT / "docs" / "pictures" / f"{name}.svg").read_text("utf-8")
    assert words(picture) == words(PICTURES["draw"](name))
