"""What is shown of mechanisms."""

from expofacts.facts.kinds import Mechanism
from expofacts.view.cells import PLAIN, STRONG, Cell, Column, Names, field, identified, lines
from expofacts.view.columns import SOURCE, joined, joined_names
from expofacts.view.views import Article, View


def _name(mechanism: Mechanism, _: Names) -> Cell:
    return identified(mechanism, (mechanism["name"], STRONG))


def _passage(mechanism: Mechanism) -> Cell:
    return lines((mechanism["name"], STRONG), (mechanism["purpose"], PLAIN))


def _sentence(mechanism: Mechanism, names: Names) -> str:
    purpose = f"; purpose: {mechanism['purpose']}" if mechanism["purpose"] else ""
    return f"{mechanism['name']} ({joined_names(mechanism['partners'], names)}){purpose}"


def _article(mechanism: Mechanism, names: Names) -> Article:
    partners = joined_names(mechanism["partners"], names)
    return Article(mechanism["name"], (partners,), mechanism["purpose"])


VIEW = View(
    noun=("mechanism", "mechanisms"),
    heading="Mechanisms",
    counted="Mechanisms",
    columns=(
        Column("Mechanism", _name),
        joined("partners", "Partners"),
        field("purpose", "Purpose"),
        SOURCE,
    ),
    passage=_passage,
    sentence=_sentence,
    article=_article,
    related=lambda mechanism: mechanism["name"],
)
