"""The command that gives facts in a form to be pasted, with their sources."""

from sqlite3 import Connection

from expofacts.cli import options
from expofacts.cli.completion import ids as known_ids
from expofacts.cli.output import look_up
from expofacts.cli.streams import standard_output
from expofacts.errors import UsageError
from expofacts.facts.files import chosen
from expofacts.facts.suggestions import suggest
from expofacts.index import query
from expofacts.view.citation import STYLES, Cited


def _run(ids: list[str], style: str, facts: list[str] | None) -> int:
    if style not in STYLES:
        raise UsageError(f'unknown style "{style}"{suggest(style, STYLES)}')

    def question(index: Connection) -> list[Cited]:
        names = query.region_names(index)
        return [Cited(*query.with_source(index, id_), names) for id_ in ids]

    cited = look_up(chosen(facts or ()), question)
    with standard_output() as out:
        out.writelines(STYLES[style](cited))
    return 0


cite = options.command(
    _run,
    """Facts as sentences to paste, each with its attribution and its place in the source.

    expofacts cite qin-enting-joined-hands
    expofacts cite qin-enting-joined-hands li-yunze-logistics --style markdown
    expofacts cite china-russia-trade-2018-xinhua --style bibtex
    expofacts cite xinhua-2019-06-18 --style csl-json

    Quoted words stand in quotation marks; a paraphrase has none. markdown has footnotes; bibtex
    and csl-json have an entry for each source, with the facts as its annotation.
    """,
    [
        options.argument(
            "ids", "Ids of facts or sources.", metavar="ID...", nargs=-1, values=known_ids
        ),
        options.option(
            "style",
            f"One of {', '.join(STYLES)}.",
            panel="Output",
            metavar="STYLE",
            default="text",
            show_default=True,
            values=lambda index, _: STYLES,
        ),
        options.facts(),
    ],
)
