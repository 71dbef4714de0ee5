"""Imports run downwards only, and few of them on the way to a look-up."""

import ast
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

from expofacts.facts.kinds import KINDS
from tests.conftest import Result

PACKAGE = Path(__file__).parents[1] / "src" / "expofacts"

# What each part may import of the others.
MAY_IMPORT = {
    "__init__": {"library", "facts"},
    "__main__": {"cli"},
    "errors": set(),
    "json_lines": {"facts"},
    "plurals": set(),
    "facts": {"facts", "errors", "plurals"},
    "index": {"index", "facts", "errors", "json_lines", "__init__"},
    "view": {"view", "facts", "json_lines", "plurals"},
    "compare": {"compare", "index", "facts", "errors", "json_lines"},
    "verify": {"verify", "index", "facts", "errors", "json_lines"},
    "library": {
        *("library", "compare", "verify", "index", "facts", "view"),
        *("errors", "json_lines"),
    },
    "cli": {
        *("cli", "compare", "verify", "index", "facts", "view"),
        *("json_lines", "errors", "plurals", "__init__"),
    },
}

# Who alone imports these libraries.
ONLY = {
    "typer": {f"cli/{path.stem}" for path in (PACKAGE / "cli").glob("*.py")},
    "rich": {"view/table", "view/layout", "view/draw"},
    "pydantic": {f"facts/{name}" for name in ("load", "model", "json_schema", "accepted_values")},
    "tomli": {"facts/load", "facts/locate"},
    "tree_sitter": {"facts/locate"},
    "rapidfuzz": {"facts/suggestions", "verify/passages"},
    "platformdirs": {"index/cache"},
}


def imports(path: Path) -> set[str]:
    """Return the names of all modules that a module imports, at its top or later."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return found


@pytest.mark.parametrize("path", sorted(PACKAGE.rglob("*.py")), ids=lambda path: path.stem)
def test_imports_run_downwards(path: Path) -> None:
    module = path.relative_to(PACKAGE).with_suffix("")
    for name in imports(path):
        first, *rest = name.split(".")
        if first == "expofacts":
            part = rest[0] if rest and (PACKAGE / rest[0]).exists() else rest[0] if rest else ""
            known = part if part in MAY_IMPORT else "__init__"
            assert known in MAY_IMPORT[module.parts[0]], f"{module} imports {name}"
        if first in ONLY:
            assert str(module.as_posix()) in ONLY[first], f"{module} imports {name}"


@pytest.mark.parametrize(
    ("arguments", "forbidden"),
    [
        (["--version"], ("rich", "json", "sqlite3")),
        (["stats", "-f", "json"], ("rich", "json", "decimal")),
        (["stats", "--count"], ("rich", "json", "decimal")),
        (["stats"], ()),
    ],
    ids=" ".join,
)
def test_a_warm_start_is_light(
    arguments: list[str],
    forbidden: tuple[str, ...],
    process: Callable[..., Result],
) -> None:
    heavy = (
        *(
            "pydantic",
            "tomli",
            "tree_sitter",
            "rapidfuzz",
            "platformdirs",
            "hashlib",
            "dataclasses",
        ),
        *("importlib.metadata", "importlib.resources", "tempfile", "calendar"),
    )
    process("stats")  # so that there is an index
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "expofacts", *arguments],
        capture_output=True,
        text=True,
        check=True,
    )
    imported = {line.rsplit("|", 1)[-1].strip() for line in done.stderr.splitlines()}
    allowed = {"dataclasses"} if arguments == ["stats"] else set()
    loaded = {
        name
        for name in imported
        if any(name == one or name.startswith(f"{one}.") for one in (*heavy, *forbidden))
    }
    assert {name.split(".")[0] for name in loaded} <= allowed
    assert "expofacts.cli.app" in imported


@pytest.mark.parametrize(
    ("arguments", "completed"),
    [
        (["--version"], ""),
        (["quotes", "--region", "atlantis"], ""),
        ([], "expofacts quotes --region h"),
    ],
)
def test_what_is_alive_is_not_searched_for_garbage_at_the_end(
    arguments: list[str], completed: str
) -> None:
    asked = {"_EXPOFACTS_COMPLETE": "complete_bash", "COMP_WORDS": completed, "COMP_CWORD": "3"}
    done = subprocess.run(
        [
            sys.executable,
            "-c",
            "import atexit, gc; atexit.register(lambda: print('frozen', gc.get_freeze_count()));"
            "from expofacts.__main__ import main; main()",
            *arguments,
        ],
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | (asked if completed else {}),
    )
    frozen = done.stdout.splitlines()[-1].removeprefix("frozen ")
    assert int(frozen) > 10_000


def test_no_two_modules_share_a_name() -> None:
    names = Counter(path.stem for path in PACKAGE.rglob("*.py") if path.stem != "__init__")
    assert [name for name, count in names.items() if count > 1] == []


def test_imports_run_in_no_circle() -> None:
    modules = {
        ".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts): path
        for path in PACKAGE.rglob("*.py")
        if path.stem != "__init__"
    }
    graph = {
        module: {
            known
            for name in imports(path)
            for known in (name, name.rpartition(".")[0])
            if known in modules and known != module
        }
        for module, path in modules.items()
    }
    assert list(TopologicalSorter(graph).static_order())  # or it names the circle


# The code whose subject is one kind of fact, beside the declaration and the views.
OF_ONE_KIND = {
    "cli/events", "cli/infrastructure", "cli/mechanisms", "cli/quotes", "cli/stats",
    "compare/editions_timeline", "compare/figures_timeline", "index/project_reports",
    "facts/warnings_in_facts",  # by tables of fact files
}  # fmt: skip


def test_nothing_else_asks_which_kind_a_fact_is() -> None:
    asking = {
        path.relative_to(PACKAGE).with_suffix("").as_posix()
        for path in PACKAGE.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Constant) and node.value in KINDS
    }
    asking -= {"facts/kinds", *(f"view/{kind}_view" for kind in KINDS)}
    assert asking <= OF_ONE_KIND
