"""What is shown of quotes: quoted words in quotation marks, a paraphrase without."""

import re

from expofacts.facts.kinds import Quote
from expofacts.view import words
from expofacts.view.cells import FAINT, PLAIN, STRONG, Cell, Column, Line, Names, identified, lines
from expofacts.view.columns import REGIONS, SOURCE
from expofacts.view.views import Article, View


def _speaker(quote: Quote, _: Names) -> Cell:
    return lines((quote["speaker"], STRONG), (quote["role"], PLAIN), (quote["organization"], FAINT))


def _statement(quote: Quote, _: Names) -> Cell:
    return identified(quote, (words.statement(quote), PLAIN))


def _passage(quote: Quote) -> Cell:
    return lines((quote["speaker"], STRONG), (words.statement(quote), PLAIN))


def _sentence(quote: Quote, _: Names) -> str:
    said = _without_full_stop(quote)
    by = ", ".join(filter(None, (quote["speaker"], quote["role"], quote["organization"])))
    return f"{said}{'' if said.rstrip('”')[-1] in '?!？！' else ','} said {by}"


def _without_full_stop(quote: Quote) -> str:
    """Return what was said without the full stop that an attribution takes the place of."""
    text = quote["text"].strip()
    # Not that of an abbreviation, as of the U.S., or of an ellipsis.
    if re.search(r"(?<!\.)[^\s.]+[.。]$", text) and "." not in text.split()[-1][:-1]:
        text = text[:-1]
    return words.statement({**quote, "text": text})


def _article(quote: Quote, _: Names) -> Article:
    said = words.statement(quote)
    if original := quote["original"]:
        said += f" ({original})" if quote["speech"] == "indirect" else f" (“{original}”)"
    post = (quote["role"], quote["organization"], quote["occasion"])
    return Article(quote["speaker"], post, said)


def _text(quote: Quote) -> Cell:
    text = quote["text"]
    return [Line(text if quote["speech"] == "indirect" else f"“{text}”", STRONG)]


VIEW = View(
    noun=("quote", "quotes"),
    heading="Quotes",
    counted="Quotes",
    columns=(
        Column("Speaker", _speaker, short=True),
        Column("Statement", _statement),
        REGIONS,
        SOURCE,
    ),
    passage=_passage,
    sentence=_sentence,
    article=_article,
    related=words.statement,
    worded={"text": _text},
)
