"""A kind of fact that is made up: pledges, declared as every kind is, and the program with them.

`python -m tests.pledges ...` is expofacts with this kind.
"""

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations
from types import ModuleType
from typing import Annotated, Any, Literal

from expofacts.facts.key_markers import (
    COVERS,
    NAME,
    SUBJECT,
    TEXT,
    Count,
    Filter,
    Number,
    Period,
    Regions,
    Slug,
    Text,
)
from expofacts.facts.kinds import KINDS, Fact, Kind


class Pledge(Fact):
    """What somebody promises to give."""

    purse: Annotated[
        Slug,
        NAME,
        SUBJECT,
        Filter("What is given to.", "PURSE", indexed=True, is_slug=True, named_by="name"),
        "What is given to; pledges to it share this",
    ]
    name: Annotated[Text, NAME, "What it is called"]
    giver: Annotated[Text, TEXT, Filter("Who gives.", "NAME", indexed=True), "Who gives"]
    amount: Annotated[Number, "How much"]
    rounds: Annotated[Count | None, "In how many parts"]
    due: Annotated[Period | None, COVERS, "Until when"]
    firmness: Annotated[
        Literal["vague", "firm"], Filter("vague or firm.", "FIRMNESS"), "How firm it is"
    ]
    benefits: Annotated[list[Slug], Regions(parts=True), "Regions that it is for"]
    wording: Annotated[Text | None, TEXT, "How it was put"]


def register() -> None:
    """Make pledges a kind of fact; the rest of the program is imported after that."""
    KINDS["pledge"] = Kind(
        Pledge,
        "pledges",
        "pledges",
        "What is promised to be given",
        aliases=("vows",),
        one_of=("due", "rounds"),
        compared_in="purses",
    )
    from expofacts.cli.listing import listing
    from expofacts.compare.comparison import Comparison
    from expofacts.compare.timeline_lines import Timeline

    about = "What was pledged.\n\n    expofacts pledges\n"
    for name, parts in {
        "view.pledge_view": {"VIEW": view()},
        "cli.pledges": {"pledges": listing("pledge", about)},
        "index.purses_claims": {"claimed": claimed},
        "compare.purses": {
            "COMPARISON": Comparison(
                subject="purse",
                compare=compare,
                comparable=len,
                agree=lambda one, other: one.low == other.low,
            )
        },
        "compare.purses_timeline": {"TIMELINE": Timeline(FIELDS, lines)},
    }.items():
        module = ModuleType(f"expofacts.{name}")
        vars(module).update(parts)
        sys.modules[module.__name__] = module
    import expofacts.library.objects as objects

    objects.FACTS["pledge"] = objects.RECORDS["pledge"] = library_class()
    objects.ENTRIES["purse"] = library_class(FIELDS, "Entry")


def view() -> Any:
    from expofacts.view.cells import PLAIN, STRONG, Column, identified, lines
    from expofacts.view.columns import SOURCE, joined, joined_names
    from expofacts.view.timeline_columns import CLAIM, WHEN
    from expofacts.view.views import Article, View

    def said(pledge: Pledge) -> str:
        return f"{pledge['giver']} pledges {pledge['amount']}"

    def name(pledge: Pledge, _: Any) -> Any:
        return identified(pledge, (pledge["name"], STRONG), (said(pledge), PLAIN))

    def amount(line: Any, _: Any) -> Any:
        return lines((str(line["amount"]), PLAIN))

    return View(
        noun=("pledge", "pledges"),
        heading="Pledges",
        counted="Vows",
        columns=(Column("Purse", name), joined("benefits", "For"), SOURCE),
        passage=lambda pledge: lines((pledge["name"], STRONG), (said(pledge), PLAIN)),
        sentence=lambda pledge, names: (
            f"{pledge['name']} ({joined_names(pledge['benefits'], names)}): {said(pledge)}"
        ),
        article=lambda pledge, names: Article(pledge["name"], (pledge["wording"],), said(pledge)),
        related=said,
        worded={"amount": lambda pledge: lines((f"{pledge['amount']} in all", STRONG))},
        claim=lambda pledge, reason, names: said(pledge),
        subject=lambda pledge: pledge["name"],
        timeline=(
            WHEN,
            Column("Amount", lambda line, _: lines((str(line["amount"]), PLAIN))),
            CLAIM,
        ),
        line=("pledge", "pledges"),
    )


FIELDS = {
    "date": "Until when", "subject": "The purse", "name": "Its name", "what": "pledge",
    "amount": "How much", "as_of": "As of", "fact": "Id", "source": "Source",
    "publisher": "Publisher", "published": "Published", "contradicts": "Ids",
}  # fmt: skip


def claimed(pledge: Any) -> Any:
    from expofacts.facts.decimal_order import order_text
    from expofacts.index.claim_rows import Claimed

    amount = order_text(Decimal(pledge["amount"]))
    return Claimed(pledge["purse"], "", amount, amount, ())


def compare(claims: Sequence[Any], within: Any, kind: str) -> Iterator[Any]:
    from expofacts.compare.findings import CONTRADICTION, Stand

    for one, other in combinations(range(len(claims)), 2):
        if claims[one].low != claims[other].low and kind == CONTRADICTION:
            yield Stand("different amounts", claims, one, 1 << other)


def lines(index: Any, filters: Any) -> Iterator[Any]:
    from expofacts.compare.timeline_lines import line
    from expofacts.index import query
    from expofacts.json_lines import all_from_json

    for pledge in all_from_json(query.select(index, "pledge", filters, query.Order())):
        own = {"what": "pledge", "date": pledge["due"], "amount": pledge["amount"]}
        yield line(FIELDS, "purse", pledge, **own)


def library_class(fields: Any = None, name: str = "Pledge") -> type:
    from expofacts.facts.kinds import fields as fields_of

    names = fields or fields_of(Pledge)
    made = type(name, (), {"__annotations__": dict.fromkeys(names, Any)})
    return dataclass(frozen=True, kw_only=True)(made)


if __name__ == "__main__":
    register()
    from expofacts.__main__ import main

    main()
