"""The options that commands share, each declared once, and the commands that have them.

Options are made of Typer's own classes, not read off the signatures of functions: which filters a
command has follows from the kind of fact that it lists.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from inspect import cleandoc
from typing import Any

import typer
from typer.core import TyperArgument, TyperCommand, TyperOption

from expofacts.cli import HELP_NAMES
from expofacts.cli.completion import Values, choices, completer, formats
from expofacts.cli.output import FORMAT_NAMES
from expofacts.index.filters import Filters
from expofacts.index.resolve import KEYS

Parameter = TyperArgument | TyperOption

# The filters of facts of every kind; there is one more, by the time that facts of some kinds cover.
COMMON = ("region", "between", "topic", "source", "since", "until", "as_of", "match")
_FILTERS: dict[str, dict[str, Any]] = {
    "region": {
        "names": ("--region", "-r"),
        "metavar": "REGION",
        "help": "Region by id, name, alias or ISO code, with all that lies within it.",
        "multiple": True,
    },
    "between": {
        "metavar": "A B",
        "help": "Facts that touch both regions.",
        "type": (str, str),
        "nargs": 2,
        "values": choices("region"),
    },
    "topic": {
        "names": ("--topic", "-t"), "metavar": "TOPIC", "help": "Topic.", "multiple": True,
    },
    "source": {
        "names": ("--source", "-s"),
        "metavar": "SOURCE",
        "help": "Source, or a publisher's sources.",
        "multiple": True,
    },
    "period": {
        "metavar": "PERIOD", "help": "Facts that cover a time: 2018, 2018-Q1, 2018-06.",
    },
    "since": {"metavar": "DATE", "help": "Facts as of this day, month, year or later."},
    "until": {"metavar": "DATE", "help": "Facts as of this day, month, year or earlier."},
    "as_of": {"metavar": "DATE", "help": "Only what had been published by then."},
    "match": {
        "metavar": "TEXT",
        "help": "Facts that have this text in their names, words or notes.",
    },
}  # fmt: skip


def option(
    name: str,
    help: str,
    *,
    names: Sequence[str] = (),
    panel: str | None = None,
    values: Values | None = None,
    several: bool = False,
    **more: Any,
) -> TyperOption:
    """Return an option, `--name` if no other names are given.

    `values` completes it, or the last of `several` with commas between them.
    """
    return TyperOption(
        param_decls=[name, *(names or [f"--{name.replace('_', '-')}"])],
        help=help,
        rich_help_panel=panel,
        autocompletion=completer(values, several=several) if values else None,
        **more,
    )


def flag(name: str, help: str, *, panel: str | None = None) -> TyperOption:
    """Return an option that is given or not."""
    return option(name, help, panel=panel, is_flag=True, default=False)


def argument(
    name: str, help: str, *, values: Values | None = None, required: bool = True, **more: Any
) -> TyperArgument:
    """Return an argument; one with `nargs=-1` takes as many as there are."""
    return TyperArgument(
        param_decls=[name],
        help=help,
        required=required,
        show_default=False,
        autocompletion=completer(values) if values else None,
        **more,
    )


def filters(*names: str) -> list[TyperOption]:
    """Return the options of some filters."""
    return [_filter(name) for name in names]


def _filter(name: str) -> TyperOption:
    if key := KEYS.get(name):
        declared: dict[str, Any] = {"metavar": key.metavar, "help": key.help, "multiple": True}
    else:
        declared = dict(_FILTERS[name])
    if declared.get("nargs") == 2:
        declared["callback"] = _two
    if declared.get("multiple"):
        declared["help"] += " Repeat it for alternatives."
        declared["values"] = choices(name)
    return option(name, panel="Filters", **declared)


def facts() -> TyperOption:
    """Return the option that names the collection."""
    return option(
        "facts",
        "Fact file or folder in place of our own, - for standard input. Repeat it for several."
        " EXPOFACTS_FACTS names them for every command.",
        panel="Collection",
        metavar="PATH",
        multiple=True,
    )


def data_format() -> TyperOption:
    """Return the option that chooses a table or a data format."""
    return option(
        "format",
        f"One of {', '.join(FORMAT_NAMES)}.",
        names=("--format", "-f"),
        panel="Output",
        metavar="FORMAT",
        default="table",
        values=formats,
    )


def fields(known: Values) -> TyperOption:
    """Return the option that chooses fields, of those that there are."""
    about = "Only these fields, in this order. --fields help lists them."
    return option("fields", about, panel="Output", metavar="A,B,C", values=known, several=True)


def limit() -> TyperOption:
    """Return the option that says how many are wanted at most."""
    return option(
        "limit",
        "At most so many.",
        names=("--limit", "-n"),
        panel="Output",
        metavar="N",
        callback=_from_1,
    )


def _from_1(_: Any, parameter: Any, value: str | None) -> int | None:
    if value is None:
        return None
    if not (value.isascii() and value.isdecimal() and int(value)):
        raise typer.BadParameter(f'"{value}" is not a whole number from 1 up.')
    return int(value)


def _two(_: Any, parameter: Any, value: tuple[str, str] | None) -> tuple[str, str] | None:
    # The parser takes whatever follows, be it another option.
    if value and any(one.startswith("-") for one in value):
        raise typer.BadParameter(f'it needs two regions, not "{" ".join(value)}".')
    return value


def count() -> TyperOption:
    """Return the option to count only."""
    return flag("count", "Print the number alone.", panel="Output")


def shape(known: Values) -> list[TyperOption]:
    """Return the options of every listing: which of its records, and how these are printed."""
    return [
        data_format(),
        fields(known),
        option("sort", "Sort by this field.", panel="Output", metavar="FIELD", values=known),
        flag("reverse", "The other way round.", panel="Output"),
        limit(),
        count(),
    ]


def filters_of(given: Mapping[str, Any]) -> Filters:
    """Return the filters with a value, of the parameters of a command that are filters."""
    asked = {name: value for name, value in given.items() if value not in (None, (), [], False)}
    keys = {name: asked.pop(name) for name in KEYS if name in asked}
    return Filters(keys=keys, **asked)


def command(
    run: Callable[..., int],
    about: str,
    parameters: Iterable[Parameter],
    cls: type[TyperCommand] = TyperCommand,
) -> TyperCommand:
    """Return a command that runs a function with its parameters, and whose help begins so."""
    return cls(
        None,
        callback=run,
        params=[*parameters],
        help=flowing(about),
        context_settings=HELP_NAMES,
    )


def flowing(text: str) -> str:
    """Return a help text whose prose has a line a paragraph, to be broken where the page ends."""
    paragraphs = cleandoc(text).split("\n\n")
    return "\n\n".join(
        paragraph if paragraph.startswith("expofacts ") else " ".join(paragraph.split())
        for paragraph in paragraphs
    )
