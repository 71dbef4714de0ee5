"""The command that gives facts in a form to be pasted, with their sources."""

from sqlite3 import Connection
from typing import Annotated

import typer

from expofacts.cli.options import Facts, completed_by
from expofacts.cli.output import look_up
from expofacts.cli.streams import standard_output
from expofacts.errors import UsageError
from expofacts.facts.files import chosen
from expofacts.facts.suggestions import suggest
from expofacts.index import query
from expofacts.view.citation import STYLES, Cited


def cite(
    ids: Annotated[
        list[str],
        typer.Argument(
            metavar="ID...",
            help="Ids of facts or sources.",
            show_default=False,
            **completed_by("ids"),
        ),
    ],
    style: Annotated[
        str,
        typer.Option(
            "--style",
            metavar="STYLE",
            help=f"One of {', '.join(STYLES)}.",
            rich_help_panel="Output",
            **completed_by("style"),
        ),
    ] = "text",
    facts: Facts = None,
) -> int:
    """Facts as sentences to paste, each with its attribution and its place in the source.

    expofacts cite qin-enting-joined-hands
    expofacts cite qin-enting-joined-hands li-yunze-logistics --style markdown
    expofacts cite china-russia-trade-2018-xinhua --style bibtex
    expofacts cite xinhua-2019-06-18 --style csl-json

    Quoted words stand in quotation marks; a paraphrase has none. markdown has footnotes; bibtex
    and csl-json have an entry for each source, with the facts as its annotation.
    """
    if style not in STYLES:
        raise UsageError(f'unknown style "{style}"{suggest(style, STYLES)}')

    def question(index: Connection) -> list[Cited]:
        names = query.region_names(index)
        return [Cited(*query.with_source(index, id_), names) for id_ in ids]

    cited = look_up(chosen(facts or ()), question)
    with standard_output() as out:
        out.writelines(STYLES[style](cited))
    return 0
