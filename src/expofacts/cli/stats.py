"""The command that lists figures, or draws them."""

from typing import Any

from expofacts.cli.listing import found_nothing, listing, print_listing
from expofacts.cli.options import filters_of, flag
from expofacts.cli.output import check_format, look_up, print_bars
from expofacts.errors import UsageError
from expofacts.facts.files import chosen
from expofacts.index.query import Order


def _run(chart: bool, **given: Any) -> int:
    if not chart or given["count"] or given["fields"] == "help":
        return print_listing("statistic", **given)
    check_format(given["format"])
    for name, default in (("format", "table"), ("fields", None)):
        if given[name] != default:
            raise UsageError(f"--chart is for people to look at: leave it or --{name} out")
    del given["format"], given["fields"], given["count"]
    return _print_chart(**given)


def _print_chart(
    sort: str | None, reverse: bool, limit: int | None, facts: list[str] | None, **given: Any
) -> int:
    from expofacts.compare.figures_timeline import in_one_unit

    where = filters_of(given)
    order = Order(sort=sort, reverse=reverse, limit=limit)
    figures = look_up(chosen(facts or ()), lambda index: in_one_unit(index, where, order))
    if not figures:
        return found_nothing("statistic")
    print_bars(figures)
    return 0


stats = listing(
    "statistic",
    """Figures with their qualifier, unit, period and source.

    expofacts stats --indicator china-russia-trade
    expofacts stats --between china russia --period 2018
    expofacts stats --unit USD --sort value --reverse --format csv
    expofacts stats --indicator china-russia-trade --chart

    Tables print figures as people say them; the data formats have the exact number.
    """,
    run=_run,
    parameters=[flag("chart", "Bars, for figures that are in one unit.", panel="Output")],
)
