"""Facts to paste: each as one sentence with whose claim it is, or their sources as references."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import NamedTuple

from expofacts.facts.kinds import AnyFact, Source
from expofacts.json_lines import escape_active
from expofacts.view import words
from expofacts.view.safe_text import clean, clean_line, markdown
from expofacts.view.views import view_of

# BibTeX counts braces even where they are escaped, so they get names.
_LATEX = str.maketrans(
    {char: f"\\{char}" for char in "&%$#_"}
    | {"{": r"\textbraceleft{}", "}": r"\textbraceright{}", "\\": r"\textbackslash{}"}
    | {"~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}
)


class Cited(NamedTuple):
    """What is cited: a fact and its source, or a source as a whole; and the names of regions."""

    fact: AnyFact | None
    source: Source
    names: Mapping[str, str]


def as_text(cited: Iterable[Cited]) -> Iterator[str]:
    """Yield each fact as a sentence with its source and paragraph, a source as a reference."""
    for one in cited:
        if one.fact:
            text = sentence(one.fact, one.names)
            claimed = ", ".join(filter(None, (words.source(one.source), paragraph(one.fact))))
            text += f" ({claimed})"
        else:
            text = reference(one.source)
        yield f"{clean_line(_in_one_line(text))}.\n"


def as_markdown(cited: Iterable[Cited]) -> Iterator[str]:
    """Yield each fact as a sentence with a footnote, then the footnotes, each once."""
    notes: dict[str, str] = {}
    for fact, source, names in cited:
        place = paragraph(fact) if fact else ""
        # Ids have no dots, so no two labels are alike.
        label = f"{source['id']}.{place.removeprefix('para. ')}" if place else source["id"]
        url = f"<{_escaped(source['url'], '<>')}>" if source["url"] else ""
        said = _in_one_line(reference(source, url=False))
        notes[label] = f"[^{label}]: {', '.join(filter(None, (markdown(said), place, url)))}.\n"
        if fact:
            yield f"{markdown(_in_one_line(sentence(fact, names)))}.[^{label}]\n\n"
    yield from notes.values()


def as_bibtex(cited: Iterable[Cited]) -> Iterator[str]:
    """Yield a BibTeX entry a source, the facts of it that are cited as its annotation."""
    for source, facts in _sources(cited):
        year, month, day, *_ = [*_date_parts(source), "", "", ""]
        fields = {
            # In braces of their own: no given and family name, no letters to be made small.
            "author": f"{{{{{_latex(source['publisher'])}}}}}",
            "title": source["title"] and f"{{{{{_latex(source['title'])}}}}}",
            "year": year and f"{{{year}}}",
            "month": month and words.MONTHS[int(month) - 1][:3].lower(),  # a macro of its styles
            "day": day and f"{{{int(day)}}}",
            "address": source["place"] and f"{{{_latex(source['place'])}}}",
            # Verbatim to BibTeX's styles, but for what would end it.
            "url": source["url"] and f"{{{_escaped(source['url'], '{}')}}}",
            "annote": facts and f"{{{_latex(facts)}}}",
        }
        lines = (f"  {name} = {value},\n" for name, value in fields.items() if value)
        yield clean(f"@misc{{{source['id']},\n{''.join(lines)}}}\n")


def as_csl_json(cited: Iterable[Cited]) -> Iterator[str]:
    """Yield an array of CSL-JSON with an item a source, as `as_bibtex` does."""
    import json

    items = []
    for source, facts in _sources(cited):
        parts = [int(part) for part in _date_parts(source) if part]
        item = {
            "id": source["id"],
            "type": "webpage" if source["url"] else "document",
            "author": [{"literal": source["publisher"]}],
            "title": source["title"],
            "issued": {"date-parts": [parts]} if parts else None,
            "publisher-place": source["place"],
            "URL": source["url"],
            "language": source["language"],
            "annote": facts,
        }
        items.append({name: value for name, value in item.items() if value})
    yield escape_active(json.dumps(items, ensure_ascii=False, indent=2)) + "\n"


STYLES: dict[str, Callable[[Iterable[Cited]], Iterator[str]]] = {
    "text": as_text,
    "markdown": as_markdown,
    "bibtex": as_bibtex,
    "csl-json": as_csl_json,
}


def _sources(cited: Iterable[Cited]) -> Iterator[tuple[Source, str]]:
    """Yield each source once, with the facts of it that are cited, each with its paragraph."""
    claims: dict[str, list[str]] = {}
    sources = {}
    for fact, source, names in cited:
        sources[source["id"]] = source
        claim = claims.setdefault(source["id"], [])
        if fact:
            place = paragraph(fact).capitalize()
            claim.append(_in_one_line(": ".join(filter(None, (place, sentence(fact, names))))))
    for id_, source in sources.items():
        yield source, "; ".join(claims[id_])


def _date_parts(source: Source) -> list[str]:
    """Return year, month and day of publication, as far as they are known."""
    return source["published"].split("-") if source["published"] else []


def _latex(text: str) -> str:
    return _in_one_line(text).translate(_LATEX)


def _escaped(url: str, signs: str) -> str:
    """Return the address with some signs that it need not have as they are in percent form."""
    return url.translate({ord(sign): f"%{ord(sign):02X}" for sign in signs})


def _in_one_line(text: str) -> str:
    return " ".join(text.split())


def sentence(fact: AnyFact, names: Mapping[str, str]) -> str:
    """Return what a fact says, and who says it, without its source and its last full stop."""
    return view_of(fact["kind"]).sentence(fact, names)


def paragraph(fact: AnyFact) -> str:
    """Return where in its source a fact stands, or ""."""
    return f"para. {fact['paragraph']}" if fact["paragraph"] else ""


def reference(source: Source, *, url: bool = True) -> str:
    """Return a source as a list of references has it: publisher, title, place, date, address."""
    title = source["title"] and f"“{source['title']}”"
    parts = (source["publisher"], title, source["place"], words.published(source))
    return ", ".join(filter(None, (*parts, source["url"] if url else "")))
