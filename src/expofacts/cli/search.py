"""The command that finds facts of any kind by words."""

import re
from collections.abc import Iterator, Sequence
from itertools import chain, islice
from sqlite3 import Connection
from typing import Any

from typer.core import TyperCommand

from expofacts.cli.options import COMMON, argument, command, facts, filters, filters_of, shape
from expofacts.cli.output import (
    FORMAT_NAMES,
    check_format,
    look_through,
    look_up,
    print_data,
    print_fields,
    print_pieces,
    split_fields,
    table_pieces,
)
from expofacts.cli.streams import note, standard_output
from expofacts.facts.files import chosen
from expofacts.index import query
from expofacts.index.full_text import (
    TOGETHER,
    Found,
    fields_of_hits,
    find,
    hits,
    in_order,
    mark,
    sources,
)
from expofacts.index.resolve import KEYS
from expofacts.json_lines import to_json

# As many as a person reads; --limit gives more, --count all there are.
_BEST = 20

# Those that facts of some kind have, first.
ALL_FILTERS = (*KEYS, "period", *COMMON)

# -without: what looks like an option to a shell's programs, but is none of ours, which begin with
# -f, -h, -n, -r, -s or -t.
_WITHOUT = re.compile(
    rf"-(?!f({'|'.join(FORMAT_NAMES)})$)(?:[^\W\d_]{{2}}|[^\s\dfhnrst-]).*", re.DOTALL
)


class SearchCommand(TyperCommand):
    """Takes words with a hyphen before them for words, not for options."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Parse the arguments; what was -without has a minus sign from here on."""
        words = [f"−{word[1:]}" if _WITHOUT.fullmatch(word) else word for word in args]
        return super().parse_args(ctx, words)


def _run(
    words: list[str],
    format: str,
    fields: str | None,
    count: bool,
    sort: str | None,
    reverse: bool,
    limit: int | None,
    facts: list[str] | None,
    **given: Any,
) -> int:
    check_format(format)
    paths = chosen(facts or ())
    known = look_up(paths, fields_of_hits)
    if fields == "help":
        return print_fields(known)
    picked = split_fields(fields)
    query.check_names([*(picked or ()), *([] if sort is None else [sort])], known)
    where = filters_of(given)
    found = Found()

    def question(index: Connection) -> Iterator[str]:
        nonlocal found
        found = find(index, " ".join(words), where, 1 if count else limit or _BEST)
        found = in_order(index, found, sort, reverse)
        if count or not found.total:
            return iter(())
        return (
            _table(index, found, picked) if format == "table" else map(to_json, hits(index, found))
        )

    pieces = look_through(paths, question)
    # What may be wrong shows itself before anything is printed.
    first = next(pieces, None)
    if count:
        with standard_output() as out:
            print(found.total, file=out)
        return 0 if found.total else 1
    pieces = chain([first] if first else (), pieces)
    if format == "table":
        print_pieces(pieces)
    else:
        print_data(format, pieces, list(known), picked)
    if not found.total:
        near = f"; near words are {', '.join(found.near)}" if found.near else ""
        note(f"no facts found{near}")
        return 1
    if found.partial:
        note("no fact has all the words; these have some")
    return 0


def _table(index: Connection, found: Found, picked: Sequence[str] | None) -> Iterator[str]:
    """Return the table of the best facts in pieces."""
    from expofacts.view.tables import caption, table_of

    table = table_of("hit")
    below = caption(table, len(found.numbers), found.total, sources(index, found))

    def read() -> Iterator[dict[str, Any]]:
        return (
            hits(index, found) if picked else _with_passages(hits(index, found), found.expression)
        )

    return table_pieces(table.columns, read, query.region_names(index), below, picked)


def _with_passages(records: Iterator[dict[str, Any]], expression: str) -> Iterator[dict[str, Any]]:
    """Yield each record with what the table says of it, the words that were looked for marked."""
    from expofacts.view.cells import FAINT, Line, identified
    from expofacts.view.safe_text import clean
    from expofacts.view.views import view_of

    while some := list(islice(records, TOGETHER)):
        said = [
            [
                line._replace(text=clean(line.text))
                for line in view_of(record["kind"]).passage(record)
            ]
            for record in some
        ]
        marked = iter(mark(expression, [line.text for lines in said for line in lines]))
        for record, lines in zip(some, said, strict=True):
            # For those who see no underline, and for matches in what the passage does not say.
            matched = Line(f"matches in {', '.join(record['matched'])}", FAINT)
            with_marks = [line._replace(marks=next(marked)) for line in lines]
            yield {**record, "passage": [*with_marks, matched, *identified(record)]}


search = command(
    _run,
    """The best facts of any kind for some words.

    expofacts search freight trains
    expofacts search '"highway bridge"' -r heihe
    expofacts search 四川
    expofacts search logist* -energy --format json

    All words are looked for, whatever their case, accents and endings; a "phrase" in quotation
    marks as it stands, a prefix*, and nothing that has a word -without. Names count for more than
    text, text for more than notes.
    """,
    [
        argument("words", "What to look for.", nargs=-1),
        *filters(*ALL_FILTERS),
        *shape(lambda index, _: fields_of_hits(index)),
        facts(),
    ],
    cls=SearchCommand,
)
