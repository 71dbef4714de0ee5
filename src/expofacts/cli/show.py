"""The command that shows one record in full."""

from collections.abc import Sequence
from sqlite3 import Connection

from expofacts.cli import options
from expofacts.cli.completion import ids
from expofacts.cli.listing import fields_of_facts
from expofacts.cli.output import (
    check_format,
    look_up,
    print_data,
    print_fields,
    print_rows,
    split_fields,
)
from expofacts.errors import ExpofactsError
from expofacts.facts.files import chosen
from expofacts.facts.kinds import KINDS
from expofacts.index import query

# As many records on the same thing are shown with a record, the latest; all have their own list.
_RELATED = 50


def _run(id: str, facts: list[str] | None, format: str, fields: str | None, web: bool) -> int:
    check_format(format)
    paths = chosen(facts or ())
    if fields == "help":
        return print_fields(
            look_up(paths, lambda index: query.fields(index, query.find(index, id)[0]))
        )
    picked = split_fields(fields)
    if web:
        return _open_in_browser(look_up(paths, lambda index: query.find(index, id))[1])
    if format == "table" and not picked:
        return _show_table(paths, id)

    def question(index: Connection) -> tuple[str, dict[str, str]]:
        kind, line = query.find(index, id)
        query.check_fields(index, kind, picked or ())
        return line, query.fields(index, kind)

    line, known = look_up(paths, question)
    if format == "table":
        return _show_fields(line, picked or ())
    # One record, so JSON is the object itself and not an array of one.
    print_data("jsonl" if format == "json" else format, [line], list(known), picked)
    return 0


def _show_table(paths: Sequence[str], id_: str) -> int:
    from expofacts.json_lines import from_json
    from expofacts.view.cells import Row
    from expofacts.view.detail import detail

    def question(index: Connection) -> list[Row]:
        kind, line = query.find(index, id_)
        record = from_json(line)
        source = from_json(query.find(index, record["source"])[1]) if "source" in record else None
        related = query.related(index, record["id"])
        others = [(other, from_json(line)) for other, line in related[-_RELATED:]]
        names, parents = query.region_names(index), query.region_parents(index)
        against = []
        if others and KINDS[kind].compared_in:
            # 5 ms, for what is compared only.
            from expofacts.compare.contradictions import opponents

            against = opponents(index, record["id"])
        earlier = len(related) - len(others)
        return detail(kind, record, source, names, parents, others, against, earlier)

    print_rows(look_up(paths, question))
    return 0


def _show_fields(line: str, names: Sequence[str]) -> int:
    from expofacts.json_lines import from_json
    from expofacts.view.cells import field

    record = from_json(line)
    print_rows([(name, field(name, name).cell(record, {})) for name in names])
    return 0


def _open_in_browser(line: str) -> int:
    import webbrowser

    from expofacts.json_lines import from_json

    record = from_json(line)
    url = record.get("url")
    if not url:
        raise ExpofactsError(f'the source of "{record["id"]}" has no url')
    if not webbrowser.open(url):
        raise ExpofactsError(f"no browser could be started; the source is at {url}")
    return 0


show = options.command(
    _run,
    """One record in full, with its source, its regions, and what else is known of the same thing.

    expofacts show li-yunze-logistics
    expofacts show china-russia-trade-2018-xinhua --format json
    expofacts show heihe
    expofacts show li-yunze-logistics --web
    """,
    [
        options.argument("id", "Id of a fact, source or region.", values=ids),
        options.facts(),
        options.data_format(),
        options.fields(fields_of_facts),
        options.flag("web", "Open the source in a browser.", panel="Output"),
    ],
)
