"""The command that looks the words of facts up in the texts of their sources."""

import sys
from collections.abc import Sequence
from sqlite3 import Connection
from typing import TYPE_CHECKING, Any

from expofacts.cli import options
from expofacts.cli.completion import ids
from expofacts.cli.output import (
    check_format,
    look_up,
    print_data,
    print_fields,
    print_pieces,
    split_fields,
    table_pieces,
)
from expofacts.cli.streams import note, standard_output
from expofacts.errors import UsageError
from expofacts.facts.files import STANDARD_INPUT, chosen
from expofacts.facts.suggestions import there_is
from expofacts.index import query
from expofacts.index.resolve import resolve
from expofacts.plurals import counted

if TYPE_CHECKING:
    from expofacts.verify.verification import Report

# How many facts without words are named; there may be thousands.
_NAMED = 8


def _run(
    texts: list[str] | None,
    fact: list[str] | None,
    all: bool,
    format: str,
    fields: str | None,
    facts: list[str] | None,
    **filters: Any,
) -> int:
    # What looks phrases up is imported only here: help and completion do without.
    from expofacts.json_lines import to_json
    from expofacts.verify.verification import FIELDS, look_up_all

    check_format(format)
    if fields == "help":
        return print_fields(FIELDS)
    picked = split_fields(fields)
    query.check_names(picked or (), FIELDS)
    where = options.filters_of(filters)

    paths = chosen(facts or ())
    named = look_up(paths, lambda index: _named(index, texts or ()))
    if STANDARD_INPUT in paths and STANDARD_INPUT in named.values():
        raise UsageError("standard input can be given only once, for facts or for a text")
    given = {source: _read(path) for source, path in named.items()}
    report = look_up(paths, lambda index: look_up_all(index, where, fact or (), given))
    if format == "table":
        _print_table(report, picked, all)
    else:
        lines = (to_json(finding.record()) for finding in report.findings)
        print_data(format, lines, list(FIELDS), picked)
    _print_notes(report)
    return 0 if report.all_found else 1


def _known_fields(index: Connection, _: str) -> dict[str, str]:
    from expofacts.verify.verification import FIELDS

    return FIELDS


def _named(index: Connection, texts: Sequence[str]) -> dict[str, str]:
    """Return the paths given for texts, by source; raises UsageError."""
    named: dict[str, str] = {}
    for text in texts:
        name, equals, path = text.partition("=")
        if equals:
            sources = resolve(index, "source", name)
        else:
            path, sources = text, query.ids_of_kind(index, "source")
            if text in sources or len(sources) != 1:
                example = text if text in sources else "SOURCE"
                raise UsageError(f'"{text}": write {example}=FILE{there_is(sources)}')
        if len(sources) != 1:
            raise UsageError(f'source "{name}" may be any of {", ".join(sources)}; give one id')
        if sources[0] in named or (path == "-" and path in named.values()):
            what = "standard input" if sources[0] not in named else f"a text for {sources[0]}"
            raise UsageError(f"{what} can be given only once")
        named[sources[0]] = path
    return named


def _read(path: str) -> list[str]:
    """Return the paragraphs of a text that the user names, or of standard input."""
    from expofacts.verify.source_text import LARGEST, decode, paragraphs, read_given

    if path == "-":
        data = sys.stdin.buffer.read(LARGEST + 1) if sys.stdin else b""
        return paragraphs(decode(data, "standard input"))
    return read_given(path)


def _print_table(report: "Report", fields: Sequence[str] | None, all_: bool) -> None:
    """Print by source what was not found, then remarks, or all, and how much was found."""
    from expofacts.view.tables import table_of

    findings = report.findings
    order = list(dict.fromkeys(one.source for one in findings))
    shown = sorted(
        (one for one in findings if all_ or one.result != "found" or one.remarks),
        key=lambda one: (order.index(one.source), one.result == "found"),
    )
    found = sum(one.result == "found" for one in findings)
    sources = counted(len({one.source for one in findings}), "source")
    caption = f"{found:,} of {counted(len(findings), 'phrase')} found in {sources}"
    if shown:
        records = [finding._asdict() for finding in shown]
        print_pieces(
            table_pieces(table_of("finding").columns, lambda: records, {}, caption, fields)
        )
    elif findings:
        with standard_output() as out:
            print(caption, file=out)


def _print_notes(report: "Report") -> None:
    """Say what could not be looked up."""
    for source, problem in report.unread.items():
        note(f"the text of {source}: {problem}")
    if report.without_text:
        note(f"no text to look in: {', '.join(report.without_text)}; give SOURCE=FILE")
    if report.without_phrase:
        first = ", ".join(report.without_phrase[:_NAMED])
        more = len(report.without_phrase) - _NAMED
        note(f"no words to look up: {first}" + (f" and {more} more" if more > 0 else ""))
    if not any(report):
        note("no facts found")


verify = options.command(
    _run,
    """Every fact's words looked up in the text of its source.

    expofacts verify --facts my-facts/
    expofacts verify xinhua-2019-06-18=article.txt
    expofacts verify xinhua-2019-06-18=article.html --region sichuan --all
    expofacts verify xinhua-2019-06-18=article.txt --fact li-yunze-logistics --format json

    Each phrase is found; drifted, with what differs marked [-phrase-]{+source+}; or absent. A
    figure, unit, qualifier or status that the words do not have is pointed out as well. A table
    has what was not found. The exit code is 0 if all of it was, else 1.
    """,
    [
        options.argument(
            "texts",
            "Look in these texts (plain, Markdown, HTML; - for standard input), and at these"
            " sources alone. By default in the files that fact files name.",
            metavar="[SOURCE=FILE]...",
            nargs=-1,
            required=False,
        ),
        *options.filters(*options.COMMON),
        options.option(
            "fact",
            "Only this fact. Repeat it for more.",
            panel="Filters",
            metavar="ID",
            multiple=True,
            values=ids,
        ),
        options.flag("all", "In a table, what was found as well.", panel="Output"),
        options.data_format(),
        options.fields(_known_fields),
        options.facts(),
    ],
)
