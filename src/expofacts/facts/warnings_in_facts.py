"""What is legal in a collection, and yet most likely a slip.

Each function yields what one rule finds in the facts of all files, or in the files, where regions
count too. Values may be of a wrong type: that is said elsewhere.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from expofacts.facts.dates import period_days
from expofacts.facts.key_markers import keys
from expofacts.facts.kinds import KINDS, region_keys, tables
from expofacts.facts.locate import Place
from expofacts.facts.near_names import one_letter_apart
from expofacts.facts.punctuation import DOUBLE, SINGLE
from expofacts.facts.references import Parsed, Record, texts
from expofacts.facts.units import is_currency, unit_of_comparison


class Fact(NamedTuple):
    """A fact as it stands in a file, and the source that it has."""

    file: str
    place: Place
    record: Record
    source: Record

    @property
    def kind(self) -> str | int:
        """Return the name of its table."""
        return self.place[0]

    @property
    def source_id(self) -> str:
        """Return the id of its source, or whatever stands in place of one."""
        return str(self.source.get("id"))

    def text(self, key: str) -> str:
        """Return the text that a key has, or "" for none."""
        value = self.record.get(key)
        return value if isinstance(value, str) else ""


class Suspicion(NamedTuple):
    """Something suspicious at a place in a file; the message ends with `other`, a second place."""

    file: str
    place: Place
    message: str
    other: tuple[str, Place] | None = None


Facts = Sequence[Fact]


def _single(opening: str, closing: str) -> str:
    """Return a pattern of what stands between single marks; within a word one is an apostrophe.

    A mark that may open as well is one only behind a letter.
    """
    apostrophe = rf"[{closing}](?=\w)" if opening != closing else rf"(?<=\w)[{closing}](?=\w)"
    return rf"(?<!\w)[{opening}]((?:[^{opening}{closing}]|{apostrophe})++)[{closing}](?!\w)"


# What stands between quotation marks, each with its partner.
_QUOTED = re.compile(
    "|".join(
        [
            *(f"[{opening}]([^{opening}{closing}]+)[{closing}]" for opening, closing in DOUBLE),
            *(_single(opening, closing) for opening, closing in SINGLE),
        ]
    )
)
# What a sentence ends with, and how many words, or characters of a script without capital letters,
# a name has at most.
_END = tuple(".!?,;。！？，；…")
_WORDS = 6
_LETTERS = 10


def facts_of(files: Sequence[Parsed]) -> list[Fact]:
    """Return the facts of all files; a source that is not there is empty."""
    sources: dict[Any, Record] = {
        source["id"]: source
        for file in files
        for _, source in file.records("sources")
        if isinstance(source.get("id"), str)
    }
    found = []
    for file in files:
        own = [source for _, source in file.records("sources")]
        only = own[0] if len(own) == 1 else {}
        for kind in KINDS.values():
            for place, record in file.records(kind.table):
                name = record.get("source")
                known = sources.get(name, {}) if isinstance(name, str) else only
                found.append(Fact(file.path, place, record, known))
    return found


def without_paragraph(facts: Facts) -> Iterator[Suspicion]:
    """Yield quoted words without the paragraph in which a reader finds them."""
    quotes = [fact for fact in facts if fact.text("speech") in ("direct", "partial")]
    for fact in _without("paragraph", quotes, facts):
        yield Suspicion(fact.file, fact.place, 'quoted words without "paragraph"')


def without_phrases(facts: Facts) -> Iterator[Suspicion]:
    """Yield facts without a phrase of the source that carries them."""
    for fact in _without("stated", facts, facts):
        yield Suspicion(fact.file, fact.place, 'no "stated": no words of the source carry this')


def _without(key: str, some: Facts, facts: Facts) -> Iterator[Fact]:
    """Yield those of some facts that lack the key.

    A source that was seen in an extract or a translation has it in none of its facts, and says so
    in its note: these are left out.
    """
    having = {fact.source_id for fact in facts if fact.record.get(key)}
    for fact in some:
        excused = fact.source.get("note") and fact.source_id not in having
        if not fact.record.get(key) and not excused:
            yield fact


def quotation_in_paraphrase(facts: Facts) -> Iterator[Suspicion]:
    """Yield paraphrases with words in quotation marks: to a reader these are the speaker's own.

    A name in quotation marks is none, as that of a film or a ship.
    """
    for fact in facts:
        text = fact.text("text").strip()
        if fact.kind != "quotes" or fact.text("speech") != "indirect":
            continue
        for match in _QUOTED.finditer(text):
            words = next(filter(None, match.groups()))
            if match[0] != text and not _is_name(words.strip()):
                message = f'words in quotation marks in indirect speech: "{words}"'
                yield Suspicion(fact.file, (*fact.place, "text"), message)
                break


def _is_name(words: str) -> bool:
    if not words or words.endswith(_END):
        return False
    if words[0].isupper() or words[0].isdigit():
        return len(words.split()) <= _WORDS
    has_case = words.lower() != words.upper()
    return not has_case and len(words) <= _LETTERS


def expected_before_as_of(facts: Facts) -> Iterator[Suspicion]:
    """Yield promises for a time that was over on the day of the claim."""
    for fact in facts:
        if "expected" not in fact.record or "held" in fact.record:
            continue  # of what has been held since it is said for when it had been announced
        expected = _days(fact.record["expected"])
        as_of = _days(fact.record.get("as_of", fact.source.get("published")))
        if expected and as_of and expected[1] < as_of[0]:
            message = f'"expected" is over before {as_of[0]}, for which the claim holds'
            yield Suspicion(fact.file, (*fact.place, "expected"), message)


def _days(value: object) -> tuple[str, str] | None:
    try:
        return period_days(str(value))
    except ValueError:
        return None


def half_a_promise(facts: Facts) -> Iterator[Suspicion]:
    """Yield promises of which only half is there: when without what, or what without when."""
    pair = ("expected", "expected_status")
    kinds = tables()
    for fact in facts:
        if not keys(kinds[str(fact.kind)]).keys() >= {*pair}:
            continue  # of what is only held there is nothing more to promise
        for here, there in (pair, pair[::-1]):
            if here in fact.record and there not in fact.record:
                message = f'a promise has both "expected" and "expected_status": no "{there}"'
                yield Suspicion(fact.file, (*fact.place, here), message)


def units_of_an_indicator(facts: Facts) -> Iterator[Suspicion]:
    """Yield the second unit of an indicator, if no figure in it can be compared with the first.

    A sum may be given in several currencies.
    """
    for indicator, uses in _by_subject(facts, "statistics", "indicator", "unit").items():
        (unit, first), *others = _first_uses(uses, "unit").items()
        for other, fact in others:
            one, two = unit_of_comparison(unit)[0], unit_of_comparison(other)[0]
            if one != two and not (is_currency(one) and is_currency(two)):
                message = f'indicator "{indicator}" is in "{other}" here, but in "{unit}" at '
                yield _second(fact, "unit", message, first)


def names_of_a_project(facts: Facts) -> Iterator[Suspicion]:
    """Yield the second name of a project in one source, or one that looks like a slip.

    Several sources may well have several names for one thing.
    """
    for project, uses in _by_subject(facts, "infrastructure", "project", "name").items():
        by_name = _first_uses(uses, "name")
        near = one_letter_apart(by_name)
        of_source: dict[str, Fact] = {}
        reported = set()
        for fact in uses:
            name, first = fact.text("name"), of_source.setdefault(fact.source_id, fact)
            other = by_name[near[name]] if name in near else first
            known = other.text("name")
            if known != name and (fact.source_id, name) not in reported:
                reported.add((fact.source_id, name))
                message = f'project "{project}" is "{name}" here, but "{known}" at '
                yield _second(fact, "name", message, other)


def speakers_alike(facts: Facts) -> Iterator[Suspicion]:
    """Yield speakers whose names are one letter apart, or differ only in case or accents."""
    people = [fact for fact in facts if fact.record.get("collective") is not True]
    first = _first_uses(people, "speaker")
    for name, other in one_letter_apart(first).items():
        message = f'speaker "{name}" is nearly "{other}", at '
        yield _second(first[name], "speaker", message, first[other])


def regions_named_twice(files: Sequence[Parsed]) -> Iterator[Suspicion]:
    """Yield each region that a list has already: perhaps another was meant."""
    for file in files:
        for table, of_table in tables().items():
            naming = region_keys(of_table)
            for place, record in file.records(table):
                for key in naming:
                    first: dict[str, int] = {}
                    for index, name in enumerate(texts(record.get(key))):
                        if name is not None and first.setdefault(name, index) != index:
                            message = f'"{key}" has region "{name}" already, at '
                            other = (file.path, (*place, key, first[name]))
                            yield Suspicion(file.path, (*place, key, index), message, other)


def _by_subject(facts: Facts, kind: str, subject: str, key: str) -> dict[str, list[Fact]]:
    """Return the facts of a kind that have a text for the key, by what they are about."""
    found: dict[str, list[Fact]] = {}
    for fact in facts:
        if fact.kind == kind and fact.text(subject) and fact.text(key):
            found.setdefault(fact.text(subject), []).append(fact)
    return found


def _first_uses(facts: Facts, key: str) -> dict[str, Fact]:
    """Return the first fact with each text that the key has."""
    found: dict[str, Fact] = {}
    for fact in facts:
        if fact.text(key):
            found.setdefault(fact.text(key), fact)
    return found


def _second(fact: Fact, key: str, message: str, first: Fact) -> Suspicion:
    return Suspicion(fact.file, (*fact.place, key), message, (first.file, (*first.place, key)))
