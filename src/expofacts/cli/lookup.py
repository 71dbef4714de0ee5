"""Commands that look facts up."""

from collections.abc import Sequence
from sqlite3 import Connection
from typing import Annotated, Any

import typer

from expofacts.cli.listing import Listing, found_nothing, print_listing
from expofacts.cli.options import COMMON, Chart, Facts, Fields, Format, Latest, completed_by
from expofacts.cli.output import (
    check_format,
    look_up,
    print_bars,
    print_data,
    print_fields,
    print_rows,
    split_fields,
)
from expofacts.errors import ExpofactsError, UsageError
from expofacts.facts.files import chosen
from expofacts.index import query
from expofacts.index.filters import Filters
from expofacts.index.query import Order

# As many records on the same thing are shown with a record, the latest; all have their own list.
_RELATED = 50

quotes = Listing(
    "quote",
    """Who said what: exactly, in part, or in substance.

    expofacts quotes --region sichuan
    expofacts quotes --speech direct --format markdown
    expofacts quotes --speaker "Li Yunze" --fields speaker,text,published

    Quoted words stand in quotation marks; a paraphrase has none.
    """,
    filters=("speaker", "speech", *COMMON),
)


def _stats(chart: bool, **given: Any) -> int:
    if not chart or given["count"] or given["fields"] == "help":
        return print_listing("statistic", **given)
    check_format(given["format"])
    for name, default in (("format", "table"), ("fields", None)):
        if given[name] != default:
            raise UsageError(f"--chart is for people to look at: leave it or --{name} out")
    return _print_chart(**given)


def _print_chart(
    sort: str | None, reverse: bool, limit: int | None, facts: list[str] | None, **given: Any
) -> int:
    from expofacts.compare.timelines import in_one_unit

    where = Filters(
        **{name: given[name] for name in Filters._fields if given.get(name) is not None}
    )
    order = Order(sort=sort, reverse=reverse, limit=limit)
    figures = look_up(chosen(facts or ()), lambda index: in_one_unit(index, where, order))
    if not figures:
        return found_nothing("statistic")
    print_bars(figures)
    return 0


stats = Listing(
    "statistic",
    """Figures with their qualifier, unit, period and source.

    expofacts stats --indicator china-russia-trade
    expofacts stats --between china russia --period 2018
    expofacts stats --unit USD --sort value --reverse --format csv
    expofacts stats --indicator china-russia-trade --chart

    Tables print figures as people say them; the data formats have the exact number.
    """,
    filters=("indicator", "period", "unit", "project", *COMMON),
    run=_stats,
    arguments={"chart": Chart},
)

infrastructure = Listing(
    "infrastructure",
    """What is built across borders: its state on which day, and what is promised.

    expofacts infrastructure --status "under construction"
    expofacts infrastructure --between heilongjiang russia --as-of 2019-06-18
    expofacts infra --region heihe --format json
    expofacts infrastructure --latest

    --latest gives one row a project: its latest state, by the day on which it came to be so, else
    by the day of the claim.
    """,
    filters=("project", "mode", "status", *COMMON),
    arguments={"latest": Latest},
)

mechanisms = Listing(
    "mechanism",
    """Standing arrangements between regions.

    expofacts mechanisms
    expofacts mechanisms --region sichuan

    A mechanism is found by its partners, by what lies around them and by what lies within them.
    """,
    filters=COMMON,
)

regions = Listing(
    "region",
    """Regions as a tree, with the number of facts within each.

    expofacts regions
    expofacts regions --fields id,name,iso,aliases --format tsv
    """,
)

sources = Listing(
    "source",
    """Sources, with the number of facts from each.

    expofacts sources
    expofacts sources --sort published --format json
    """,
)

topics = Listing(
    "topic",
    """Topics, with the number of facts on each.

    expofacts topics
    expofacts topics --sort facts --reverse
    """,
)

speakers = Listing(
    "speaker",
    """Who is quoted, in which post, how often.

    expofacts speakers
    expofacts speakers --format csv

    Unnamed groups are quoted too, but they are nobody, and not listed.
    """,
)


def show(
    id: Annotated[
        str,
        typer.Argument(
            help="Id of a fact, source or region.", show_default=False, **completed_by("ids")
        ),
    ],
    facts: Facts = None,
    format: Format = "table",
    fields: Fields = None,
    web: Annotated[
        bool, typer.Option("--web", help="Open the source in a browser.", rich_help_panel="Output")
    ] = False,
) -> int:
    """One record in full, with its source, its regions, and what else is known of the same thing.

    expofacts show li-yunze-logistics
    expofacts show china-russia-trade-2018-xinhua --format json
    expofacts show heihe
    expofacts show li-yunze-logistics --web
    """
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
        if others and kind != "quote":
            from expofacts.compare.contradictions import (
                opponents,  # 5 ms, for what is compared only
            )

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
