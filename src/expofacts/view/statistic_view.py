"""What is shown of statistics: a figure never without its qualifier and unit."""

from expofacts.facts.kinds import Statistic
from expofacts.view import words
from expofacts.view.cells import FAINT, PLAIN, STRONG, Cell, Column, Line, Names, identified, lines
from expofacts.view.columns import REGIONS, SOURCE
from expofacts.view.timeline_columns import CLAIM, WHEN
from expofacts.view.views import Article, View


def _period(figure: Statistic) -> str | None:
    return figure["period"] and words.date(figure["period"])


def _counted_by(figure: Statistic) -> str | None:
    return figure["counted_by"] and f"counted by {figure['counted_by']}"


def _indicator(figure: Statistic, _: Names) -> Cell:
    return identified(
        figure, (figure["name"], STRONG), (figure["scope"], PLAIN), (_counted_by(figure), PLAIN)
    )


def _figure(figure: Statistic, _: Names) -> Cell:
    return lines((words.figure(figure), STRONG), (_period(figure), PLAIN))


def _passage(figure: Statistic) -> Cell:
    said = ", ".join(filter(None, (words.figure(figure), _period(figure))))
    return lines((figure["name"], STRONG), (figure["scope"], PLAIN), (said, PLAIN))


def _sentence(figure: Statistic, _: Names) -> str:
    what = ", ".join(filter(None, (figure["name"], figure["scope"], _period(figure))))
    counted = f", {_counted_by(figure)}" if figure["counted_by"] else ""
    return f"{what}: {words.figure(figure)}{counted}"


def _article(figure: Statistic, _: Names) -> Article:
    about = (figure["scope"], _period(figure), _counted_by(figure))
    return Article(figure["name"], about, words.figure(figure))


def _related(figure: Statistic) -> str:
    period = _period(figure)
    return words.figure(figure) + (f" ({period})" if period else "")


def _claim(figure: Statistic, reason: str, _: Names) -> str:
    return ", ".join(filter(None, (words.figure(figure), figure["scope"], _counted_by(figure))))


def _value(figure: Statistic) -> Cell:
    return [Line(words.figure(figure), STRONG), Line(words.all_digits(figure["value"]), FAINT)]


def _rounded_to(figure: Statistic) -> Cell:
    return [Line(words.number(figure["rounded_to"] or 0))]


VIEW = View(
    noun=("figure", "figures"),
    heading="Figures",
    counted="Stats",
    columns=(
        Column("Indicator", _indicator),
        Column("Figure", _figure, figure=True, short=True),
        REGIONS,
        SOURCE,
    ),
    passage=_passage,
    sentence=_sentence,
    article=_article,
    related=_related,
    worded={"value": _value, "rounded_to": _rounded_to},
    claim=_claim,
    subject=lambda figure: ", ".join(filter(None, (figure["name"], _period(figure)))),
    timeline=(
        WHEN._replace(header="Period"),
        Column("Figure", lambda line, _: lines((words.figure(line), STRONG)), figure=True),
        CLAIM,
    ),
    line=("figure", "figures"),
)
