"""The options that commands share, each declared once."""

import inspect
import os
from collections.abc import Callable, Mapping
from typing import Annotated, Any

import typer

from expofacts.cli.output import FORMAT_NAMES
from expofacts.index.filters import Filters

# Set where a shell asks for completions. Typer looks at each function that completes when it
# builds a command, so at other times there is none.
_COMPLETING = "_EXPOFACTS_COMPLETE" in os.environ


def completed_by(name: str) -> dict[str, Any]:
    """Return how Typer is told what completes a value: a filter's values, or `ids`, `fields` ..."""
    if not _COMPLETING:
        return {}
    from expofacts.cli.completion import completer

    return {"autocompletion": completer(name)}


def _option(
    *names: str,
    help: str,
    panel: str,
    metavar: str | None = None,
    completed: str | None = None,
    **more: Any,
) -> Any:
    if completed:
        more |= completed_by(completed)
    return typer.Option(
        *names, help=help, rich_help_panel=panel, metavar=metavar, show_default=False, **more
    )


def _values(*names: str, help: str, metavar: str) -> Any:
    repeatable = f"{help} Repeat it for alternatives."
    completed = names[0].removeprefix("--")
    return Annotated[
        list[str] | None,
        _option(*names, help=repeatable, panel="Filters", metavar=metavar, completed=completed),
    ]


def _value(*names: str, help: str, metavar: str) -> Any:
    return Annotated[str | None, _option(*names, help=help, panel="Filters", metavar=metavar)]


FILTERS: dict[str, Any] = {
    "region": _values(
        "--region",
        "-r",
        metavar="REGION",
        help="Region by id, name, alias or ISO code, with all that lies within it.",
    ),
    "between": Annotated[
        tuple[str, str] | None,
        _option(
            "--between",
            metavar="A B",
            panel="Filters",
            help="Facts that touch both regions.",
            completed="region",
        ),
    ],
    "topic": _values("--topic", "-t", metavar="TOPIC", help="Topic."),
    "source": _values("--source", "-s", metavar="SOURCE", help="Source, or a publisher's sources."),
    "speaker": _values("--speaker", metavar="NAME", help="Who spoke."),
    "speech": _values("--speech", metavar="SPEECH", help="direct, partial or indirect."),
    "indicator": _values("--indicator", metavar="INDICATOR", help="What is measured."),
    "unit": _values("--unit", metavar="UNIT", help="Unit of the figure."),
    "project": _values("--project", metavar="PROJECT", help="What is being built."),
    "mode": _values("--mode", metavar="MODE", help="Kind of infrastructure."),
    "status": _values("--status", metavar="STATUS", help='State, such as "under construction".'),
    "period": _value(
        "--period", metavar="PERIOD", help="Figures for a time: 2018, 2018-Q1, 2018-06."
    ),
    "since": _value("--since", metavar="DATE", help="Facts as of this day, month, year or later."),
    "until": _value(
        "--until", metavar="DATE", help="Facts as of this day, month, year or earlier."
    ),
    "as_of": _value("--as-of", metavar="DATE", help="Only what had been published by then."),
    "match": _value(
        "--match", metavar="TEXT", help="Facts that have this text in their names, words or notes."
    ),
}
Latest = Annotated[
    bool,
    _option(
        "--latest",
        panel="Filters",
        help="The latest state of each project alone. --status then asks of that state.",
    ),
]
Chart = Annotated[
    bool, _option("--chart", panel="Output", help="Bars, for figures that are in one unit.")
]
COMMON = ("region", "between", "topic", "source", "since", "until", "as_of", "match")

Facts = Annotated[
    list[str] | None,
    _option(
        "--facts",
        metavar="PATH",
        panel="Collection",
        help="Fact file or folder in place of our own. Repeat it for a collection of several."
        " EXPOFACTS_FACTS names them for every command.",
    ),
]
Format = Annotated[
    str,
    _option(
        "--format",
        "-f",
        metavar="FORMAT",
        panel="Output",
        help=f"One of {', '.join(FORMAT_NAMES)}.",
        completed="format",
    ),
]
Fields = Annotated[
    str | None,
    _option(
        "--fields",
        metavar="A,B,C",
        panel="Output",
        help="Only these fields, in this order. --fields help lists them.",
        completed="fields",
    ),
]
SHAPE: dict[str, Any] = {
    "format": Format,
    "fields": Fields,
    "sort": Annotated[
        str | None,
        _option(
            "--sort",
            metavar="FIELD",
            panel="Output",
            help="Sort by this field.",
            completed="fields",
        ),
    ],
    "reverse": Annotated[bool, _option("--reverse", panel="Output", help="The other way round.")],
    "limit": Annotated[
        int | None,
        _option("--limit", "-n", metavar="N", panel="Output", min=1, help="At most so many."),
    ],
    "count": Annotated[bool, _option("--count", panel="Output", help="Print the number alone.")],
}


_FLAGS = ("reverse", "count", "latest", "chart", "agreements", "all")
_DEFAULTS = {"words": inspect.Parameter.empty, "format": "table", **dict.fromkeys(_FLAGS, False)}


def filters_of(given: Mapping[str, Any]) -> Filters:
    """Return the filters with a value, of the parameters of a command that are filters."""
    return Filters(**{name: value for name, value in given.items() if value is not None})


def command(run: Callable[..., int], about: str, options: Mapping[str, Any]) -> Callable[..., int]:
    """Return a function that Typer takes for a command with these options."""

    def call(**given: Any) -> int:
        return run(**given)

    parameters = [
        inspect.Parameter(
            name, inspect.Parameter.KEYWORD_ONLY, default=_DEFAULTS.get(name), annotation=option
        )
        for name, option in options.items()
    ]
    call.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]  # typeshed has it not
    call.__annotations__ = dict(options)
    call.__doc__ = about
    return call
