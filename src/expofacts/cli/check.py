"""The command that finds what is wrong with fact files, or suspicious in them."""

import os
from collections.abc import Iterable
from typing import IO

from expofacts.cli import options
from expofacts.cli.output import check_format, print_data, progress
from expofacts.cli.streams import note, standard_output
from expofacts.errors import Problem
from expofacts.facts.files import chosen
from expofacts.plurals import counted
from expofacts.view.safe_text import clean_line

# Red and yellow; the letter of the code says the same.
_COLOURS = {"error": "\x1b[31m", "warning": "\x1b[33m"}
_PLAIN = "\x1b[0m"

_FIELDS = ("file", "line", "column", "code", "severity", "message")


def _run(
    paths: list[str] | None,
    strict: bool,
    select: list[str] | None,
    ignore: list[str] | None,
    facts: list[str] | None,
    format: str,
) -> int:
    from expofacts.facts import rules
    from expofacts.facts.diagnostics import examine

    check_format(format)
    codes = rules.chosen(select or (), ignore or ())
    report = examine(chosen([*(paths or ()), *(facts or ())]), codes, progress)
    if format == "table":
        _print_lines(report.problems)
    else:
        from expofacts.json_lines import to_json

        records = (
            {name: getattr(problem, name) for name in _FIELDS} for problem in report.problems
        )
        print_data(format, map(to_json, records), _FIELDS)
    errors = sum(problem.severity == "error" for problem in report.problems)
    warnings = len(report.problems) - errors
    counts = [counted(n, what) for n, what in ((errors, "error"), (warnings, "warning")) if n]
    found = " and ".join(counts) or "no problems"
    note(f"{found} in {counted(report.files, 'file')}, {counted(report.facts, 'fact')}")
    return 1 if errors or (strict and warnings) else 0


def _print_lines(problems: Iterable[Problem]) -> None:
    """Print each problem in a line; on a terminal its code has the colour of its severity."""
    with standard_output() as out:
        coloured = _has_colour(out)
        for problem in problems:
            code = problem.code
            if coloured:
                code = f"{_COLOURS[problem.severity]}{code}{_PLAIN}"
            out.write(f"{clean_line(problem.place)}: {code} {clean_line(problem.message)}\n")


def _has_colour(out: IO[str]) -> bool:
    """Return whether what is printed has colour, by the rules that tables have it from Rich."""
    asked = os.environ.get
    if asked("NO_COLOR") or asked("TERM") == "dumb":
        return False
    return bool(asked("FORCE_COLOR")) or out.isatty()


check = options.command(
    _run,
    """Problems in fact files, each with its line, column and code.

    expofacts check my-facts.toml
    expofacts check reports/ --strict --ignore W203,W204
    expofacts check -f json

    Errors keep a file from being used; warnings are legal but suspicious. All paths are one
    collection, as with --facts.
    """,
    [
        options.argument(
            "paths",
            "Fact files and folders, - for standard input. Without any, those that are in use.",
            metavar="[PATH]...",
            nargs=-1,
            required=False,
        ),
        options.flag("strict", "Exit with 1 for warnings too."),
        options.option(
            "select",
            "Only these codes: W203, or W for all that begin so. Repeat it, or use commas.",
            metavar="CODE",
            multiple=True,
        ),
        options.option("ignore", "All codes but these.", metavar="CODE", multiple=True),
        options.facts(),
        options.data_format(),
    ],
)
