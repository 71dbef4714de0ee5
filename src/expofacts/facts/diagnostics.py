"""All that is wrong with fact files, and all that is suspicious in them."""

from collections.abc import Callable, Container, Iterator, Sequence
from itertools import chain
from typing import NamedTuple

from expofacts.errors import Problem
from expofacts.facts.files import find
from expofacts.facts.load import Contents, point, read_files
from expofacts.facts.references import Finding, Parsed
from expofacts.facts.rules import RULES, Rule
from expofacts.facts.warnings_in_facts import Fact, facts_of
from expofacts.facts.warnings_in_text import Found


class Report(NamedTuple):
    """What an examination found, and how much it looked at."""

    problems: list[Problem]
    files: int
    facts: int


def examine(
    paths: Sequence[str],
    codes: Container[str],
    progress: Callable[[str], None] = lambda step: None,
) -> Report:
    """Return the problems with one of the codes in fact files and folders, sorted.

    `progress` is told of each step, and "" at the end.
    """
    stamps, unreadable = find(paths)
    rules = [rule for rule in RULES if rule.code in codes]
    try:
        progress(f"reading {sum(stamp.size for stamp in stamps) / 1e6:.0f} MB of facts ...")
        contents = read_files([stamp.path for stamp in stamps], complete=not unreadable)
        facts = facts_of(contents.files)
        progress("looking for problems ...")
        problems = {*unreadable, *contents.problems, *_in_texts(rules, contents)}
        findings = [*contents.findings, *_in_records(rules, contents.files, facts)]
        progress("looking up where they are ...")
        problems.update(point([f for f in findings if f.code in codes], contents.texts))
    finally:
        progress("")
    return Report(
        sorted(problem for problem in problems if problem.code in codes), len(stamps), len(facts)
    )


def _in_texts(rules: Sequence[Rule], contents: Contents) -> Iterator[Problem]:
    for file in contents.files:
        text = contents.texts[file.path].decode()
        for rule in rules:
            if rule.text:
                yield from _located(file.path, text, rule.code, rule.text(text))


def _located(path: str, text: str, code: str, found: Found) -> Iterator[Problem]:
    """Yield what was found in the text with line and column, the first of each line."""
    line, start, passed, last = 1, 0, 0, 0
    for offset, message in found:
        if lines := text.count("\n", passed, offset):
            line, start = line + lines, text.rindex("\n", passed, offset) + 1
        passed = offset
        if line != last:
            yield Problem(path, line, offset - start + 1, code, message)
        last = line


def _in_records(
    rules: Sequence[Rule], files: Sequence[Parsed], facts: Sequence[Fact]
) -> Iterator[Finding]:
    for rule in rules:
        suspicions = chain(
            rule.facts(facts) if rule.facts else (), rule.files(files) if rule.files else ()
        )
        for file, place, message, other in suspicions:
            yield Finding(file, place, rule.code, message, other=other)
