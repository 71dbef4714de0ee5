"""Whether sources say what facts have of them: every fact's words looked up in its source's text.

And whether a fact's figure, qualifier and status are those that its words have.
"""

import os
from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path
from sqlite3 import Connection
from typing import Any, NamedTuple

from expofacts.errors import UsageError
from expofacts.facts.folding import readable
from expofacts.facts.kinds import AnyFact
from expofacts.facts.suggestions import suggest
from expofacts.index import query
from expofacts.index.filters import Filters, conditions
from expofacts.index.query import Order
from expofacts.index.resolve import resolve
from expofacts.json_lines import from_json
from expofacts.verify.denial import negation
from expofacts.verify.numerals import figures
from expofacts.verify.passages import (
    NEAR,
    Passage,
    Searched,
    changes,
    marked,
)
from expofacts.verify.source_text import TextError, read_beside
from expofacts.verify.tokens import SENTENCE_ENDS, Words, words
from expofacts.verify.weighing import Carrier, misfit

Phrase = tuple[str, str]  # its key, text or stated, and its words

# The fields of a finding as data.
FIELDS = {
    "fact": "Id of the fact",
    "source": "Source of the fact",
    "field": "Key of the phrase: text or stated",
    "phrase": "The words that the fact has",
    "result": "found, drifted or absent; value, qualifier or status: found, not fitting",
    "paragraph": "Paragraph of the source's text with these words or the nearest, from 1",
    "wording": "The source's own words there",
    "score": "How near they are, 100 for the same",
}

# The score of a phrase that is there to the letter, but not as it is meant.
_NOT_SO = 99

# How many words about a phrase may have the qualifier or the unit of its figure.
_AROUND = 4


class Finding(NamedTuple):
    """What became of a phrase of a fact, in its source's text.

    `difference` has the source's words with what they do not share with the phrase marked;
    `remarks` are for people, and no failures.
    """

    fact: str
    source: str
    field: str
    phrase: str
    result: str
    paragraph: int | None
    wording: str | None
    score: int
    difference: str = ""
    remarks: tuple[str, ...] = ()

    def record(self) -> dict[str, Any]:
        """Return the finding as data."""
        return {name: getattr(self, name) for name in FIELDS}


class Report(NamedTuple):
    """What was found for each phrase, and what could not be looked up.

    `without_text` are sources, `unread` sources with what is wrong with their text, and
    `without_phrase` facts.
    """

    findings: list[Finding]
    without_text: list[str]
    unread: dict[str, str]
    without_phrase: list[str]

    @property
    def all_found(self) -> bool:
        """Return whether something was looked up, and all of it found."""
        found = all(finding.result == "found" for finding in self.findings)
        return bool(self.findings) and found and not self.unread


def look_up_all(
    index: Connection,
    where: Filters,
    ids: Collection[str] = (),
    given: Mapping[str, Sequence[str]] | None = None,
) -> Report:
    """Return what the sources' texts say of the facts that match, or of those with the ids.

    `given` has the paragraphs of texts by source; then only these sources are looked at. Others
    have their text beside the fact file. Raises UsageError as `query.select` does, and for an id
    that is no fact's.
    """
    report = Report([], [], {}, [])
    _check_ids(index, ids)
    conditions(index, None, where)  # what is wrong with them is said even where nothing is asked
    for source, facts in _facts(index, where, ids, given):
        language = from_json(query.find(index, source)[1])["language"]
        with_phrases = [(fact, phrases(fact)) for fact in facts]
        report.without_phrase.extend(fact["id"] for fact, own in with_phrases if not own)
        try:
            paragraphs = given[source] if given else _text_of(index, source)
        except TextError as error:
            report.unread[source] = str(error)
            continue
        if paragraphs is None:
            report.without_text.append(source)
            continue
        report.findings.extend(look_up(with_phrases, paragraphs, language))
    return report


def _facts(
    index: Connection,
    where: Filters,
    ids: Collection[str],
    given: Mapping[str, Sequence[str]] | None,
) -> Iterator[tuple[str, list[AnyFact]]]:
    """Yield each source with its facts that match, in the order of the files."""
    asked = {source for name in where.source for source in resolve(index, "source", name)}
    for source in query.ids_of_kind(index, "source"):
        if (asked and source not in asked) or (given and source not in given):
            continue
        of_source = where._replace(source=[source])
        facts = [
            fact
            for kind in query.FACTS
            for fact in map(from_json, query.select(index, kind, of_source, Order()))
            if not ids or fact["id"] in ids
        ]
        if facts:
            yield source, facts


def _check_ids(index: Connection, ids: Collection[str]) -> None:
    """Raise UsageError, with the nearest there is, for an id that is no fact's."""
    for id_ in ids:
        if query.find(index, id_)[0] not in query.FACTS:
            known = (known for kind in query.FACTS for known in query.ids_of_kind(index, kind))
            raise UsageError(f'"{id_}" is not the id of a fact{suggest(id_, known)}')


def _text_of(index: Connection, source: str) -> list[str] | None:
    """Return the paragraphs of a source's text, or None where it has none; raises TextError."""
    statement = "SELECT folder, path FROM text WHERE source = ?"
    place = index.execute(statement, [source]).fetchone()
    return read_beside(Path(os.fsdecode(place[0])), place[1]) if place else None


def phrases(fact: Mapping[str, Any]) -> list[Phrase]:
    """Return the words of a fact that its source has to the letter, each with its key."""
    spoken = [("text", fact["text"])] if fact.get("speech") in ("direct", "partial") else []
    return spoken + [("stated", phrase) for phrase in fact["stated"] or ()]


def look_up(
    facts: Sequence[tuple[AnyFact, Sequence[Phrase]]],
    paragraphs: Sequence[str],
    language: str | None,
) -> Iterator[Finding]:
    """Yield what became of each phrase of facts in the text of their source.

    The facts are given with their phrases; the language is that of the source.
    """
    wanted = {phrase: words([phrase]) for _, own in facts for _, phrase in own}
    known = {key for phrase in wanted.values() for key in phrase.folded.split()}
    text = Searched(words(paragraphs, known))
    for fact, own in facts:
        found = [_look_up(fact, field, phrase, wanted[phrase], text) for field, phrase in own]
        carriers = [
            Carrier(phrase, *_around(text.words, passage) if passage else ())
            for (_, phrase), (_, passage) in zip(own, found, strict=True)
        ]
        wrong = misfit(fact, carriers, language)
        for number, (finding, _) in enumerate(found):
            if wrong and wrong.number == number and finding.result == "found":
                remarks = (wrong.remark, *finding.remarks)
                finding = finding._replace(result=wrong.result, remarks=remarks)
            elif finding.result == "found" and (denied := negation(carriers[number].before)):
                finding = _denied(finding, denied)
            yield finding


def _denied(finding: Finding, denial: str) -> Finding:
    """Return what becomes of a phrase that is there, but denied by the words before it."""
    said = f"{{+{denial}+}} {finding.wording}"
    return finding._replace(
        result="drifted",
        wording=f"{denial} {finding.wording}",
        score=_NOT_SO,
        difference=said,
        remarks=("denied by what stands before it", *finding.remarks),
    )


def _look_up(
    fact: AnyFact, field: str, phrase: str, wanted: Words, text: Searched
) -> tuple[Finding, Passage | None]:
    """Return the finding, and the passage that says the phrase if one does."""
    place = fact["paragraph"]
    missing = Finding(fact["id"], fact["source"], field, phrase, "absent", None, None, 0)

    def finding(result: str, at: Passage, difference: str, *remarks: str) -> Finding:
        paragraph, said = text.words.paragraph(at.first), text.words.wording(at.first, at.end)
        if place and paragraph != place and result != "absent":
            remarks = (*remarks, f"the fact has para. {place}")
        return missing._replace(
            result=result, paragraph=paragraph, wording=said, score=at.score,
            difference=difference, remarks=remarks,
        )  # fmt: skip

    # Those in the fact's own paragraph first.
    exact = sorted(text.exact(wanted), key=lambda at: text.words.paragraph(at.first) != place)
    at = next((at for at in exact if field != "text" or text.is_spoken(at)), None)
    if exact and not at:
        at = exact[0]._replace(score=_NOT_SO)
        bare = f"[-“-]{text.words.wording(at.first, at.end)}[-”-]"
        return finding("drifted", at, bare, "not within quotation marks"), None
    if at:
        if place and text.words.paragraph(at.first) != place:
            near = text.nearest(wanted, place, only=True)
            if near and _is_changed(wanted, text.words, near):
                return finding("drifted", near, marked(wanted, text.words, near)), None
        return finding("found", at, phrase), at
    near = text.nearest(wanted, place)
    if not near:
        return missing, None
    result = "drifted" if near.score >= NEAR else "absent"
    return finding(result, near, marked(wanted, text.words, near)), None


def _is_changed(phrase: Words, text: Words, near: Passage) -> bool:
    """Return whether a passage is the phrase but for one change, and not only 6th for sixth.

    In a fact's own paragraph that is the claim, changed, whatever another paragraph says.
    """
    differing = [change for change in changes(phrase, text, near) if not change.same]
    if near.score < NEAR or len(differing) != 1:
        return False
    old, new = (
        {value for figure in figures(readable(part)) for value in figure.values}
        for change in differing
        for part in (phrase.wording(*change.old), text.wording(*change.new))
    )
    return not old & new


def _around(text: Words, passage: Passage) -> tuple[str, str]:
    """Return some words of the same sentence before the passage, and some behind it."""
    begin, stop = passage.first, passage.end
    paragraph = text.within(text.paragraph(begin))
    while begin > max(paragraph[0], passage.first - _AROUND) and not _ends(text, begin - 1):
        begin -= 1
    while stop < min(paragraph[1], passage.end + _AROUND) and not _ends(text, stop):
        stop += 1
    return text.wording(begin, passage.first), text.wording(passage.end, stop)


def _ends(text: Words, number: int) -> bool:
    return text.keys[number] in SENTENCE_ENDS
