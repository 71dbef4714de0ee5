"""What is shown of infrastructure: no state without the day for which it is reported."""

from expofacts.facts.kinds import Infrastructure
from expofacts.view import words
from expofacts.view.cells import FAINT, PLAIN, STRONG, Cell, Column, Line, Names, identified, lines
from expofacts.view.columns import SOURCE, joined, joined_names
from expofacts.view.timeline_columns import CLAIM, WHEN, promised
from expofacts.view.views import Article, View


def _as_of(report: Infrastructure) -> str:
    return f"as of {words.date(report['as_of'])}"


def _project(report: Infrastructure, _: Names) -> Cell:
    return identified(report, (report["name"], STRONG), (report["mode"], PLAIN))


def _status(report: Infrastructure, _: Names) -> Cell:
    return lines((words.status(report), PLAIN), (_as_of(report), FAINT))


def _with_day(report: Infrastructure) -> str:
    return f"{words.status(report)} ({_as_of(report)})"


def _passage(report: Infrastructure) -> Cell:
    return lines((report["name"], STRONG), (_with_day(report), PLAIN))


def _sentence(report: Infrastructure, names: Names) -> str:
    ends = joined_names(report["connects"], names)
    return f"{report['name']} ({ends}): {words.status(report)}, {_as_of(report)}"


def _article(report: Infrastructure, names: Names) -> Article:
    ends = joined_names(report["connects"], names)
    return Article(report["name"], (report["mode"], ends), words.status(report))


def _claim(report: Infrastructure, reason: str, names: Names) -> str:
    if reason == "different ends":
        return joined_names(report["connects"], names)
    return _with_day(report)


VIEW = View(
    noun=("infrastructure entry", "infrastructure entries"),
    heading="Infrastructure",
    counted="Infra",
    columns=(
        Column("Project", _project),
        joined("connects", "Connects"),
        Column("Status", _status),
        SOURCE,
    ),
    passage=_passage,
    sentence=_sentence,
    article=_article,
    related=_with_day,
    worded={"status": lambda report: [Line(words.status(report), STRONG)]},
    dated=True,
    claim=_claim,
    subject=lambda report: report["name"],
    timeline=(
        WHEN,
        Column("Claim", promised(lambda line: line["status"])),
        CLAIM,
    ),
    line=("entry", "entries"),
)
