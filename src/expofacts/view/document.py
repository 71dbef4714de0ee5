"""A collection as a document in Markdown, in which nothing of a fact file is markup."""

from collections.abc import Iterable, Iterator

from expofacts.facts.kinds import KINDS, AnyFact, Source
from expofacts.json_lines import from_json
from expofacts.view import words
from expofacts.view.cells import Names
from expofacts.view.columns import region_list
from expofacts.view.safe_text import clean, markdown
from expofacts.view.views import view_of


def document(tables: Iterable[tuple[str, Iterable[str]]], names: Names) -> Iterator[str]:
    """Yield the document: a section for each kind of fact, and at the end the sources.

    `tables` are those of a collection by name, each with its records as lines of JSON; `names`
    are those of regions.
    """
    yield "# Facts\n"
    sources: list[str] = []
    kinds = {kind.table: name for name, kind in KINDS.items()}
    for table, lines in tables:
        if table == "sources":
            sources = [_source(from_json(line)) for line in lines]
        elif table in kinds:
            facts = (_fact(from_json(line), names) for line in lines)
            yield from _section(view_of(kinds[table]).heading, facts)
    yield from _section("Sources", sources)


def _section(heading: str, entries: Iterable[str]) -> Iterator[str]:
    """Yield a heading and what is below it; nothing where there is nothing."""
    before = f"\n## {heading}\n\n"
    for entry in entries:
        yield before + entry
        before = "\n"


def _fact(record: AnyFact, names: Names) -> str:
    """Return a fact as an item of a list: what it says, whose claim that is, what is unclear."""
    lines = [_claim(record, names), _origin(record, names)]
    if record["note"]:
        lines.append(f"Note: {_text(record['note'])}")
    return "- " + "\\\n  ".join(lines) + "\n"


def _claim(record: AnyFact, names: Names) -> str:
    return _line(*view_of(record["kind"]).article(record, names))


def _line(subject: str, about: Iterable[str | None], said: str | None) -> str:
    """Return the subject in bold, what is known of it, and what is said."""
    known = [f"**{_text(subject)}**", *(_text(text) for text in about if text)]
    return ", ".join(known) + (f": {_text(said)}" if said else "")


def _origin(record: AnyFact, names: Names) -> str:
    """Return the source of a fact, the paragraph, the day of the claim, the regions and the id."""
    paragraph = record["paragraph"] and f", para. {record['paragraph']}"
    parts = [f"[{_text(words.source(record))}](#{record['source']}){paragraph or ''}"]
    if view_of(record["kind"]).dated or record["as_of"] != record["published"]:
        parts.append(f"as of {words.date(record['as_of'])}")
    if record["regions"]:
        parts.append(_text(region_list(record["regions"], names)))
    return " · ".join([*parts, f"`{record['id']}`"])


def _source(source: Source) -> str:
    """Return a source below a heading that is its id, to which its facts link."""
    title = f": {_text(source['title'])}" if source["title"] else ""
    place = f", {_text(source['place'])}" if source["place"] else ""
    lines = [f"**{_text(source['publisher'])}**{title}", f"{words.published(source)}{place}"]
    if source["url"]:
        # Legal in an address, but here they would end it.
        lines.append(f"<{clean(source['url']).replace('<', '%3C').replace('>', '%3E')}>")
    if source["note"]:
        lines.append(f"Note: {_text(source['note'])}")
    return f"### {source['id']}\n\n" + "\\\n".join(lines) + "\n"


def _text(text: str) -> str:
    """Return the text as Markdown of one line."""
    return markdown(text).replace("\n", "<br>")
