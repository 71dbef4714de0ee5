"""Every rule of `check` in one table, with its code. Codes stay; docs/checks.md explains them.

A new rule is one row here, with the function that finds what it is about; the tests then ask for
its page in the documentation, and for an example.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from expofacts.errors import UsageError
from expofacts.facts import warnings_in_facts, warnings_in_text
from expofacts.facts.references import Parsed
from expofacts.facts.suggestions import suggest


class Rule(NamedTuple):
    """A rule, and how its violations are found: in the text of a file, in all facts or all files.

    Errors have none of these: they are found as the files are read (`load`), and compared
    (`references`).
    """

    code: str
    title: str
    text: Callable[[str], warnings_in_text.Found] | None = None
    facts: Callable[[warnings_in_facts.Facts], Iterator[warnings_in_facts.Suspicion]] | None = None
    files: Callable[[Sequence[Parsed]], Iterator[warnings_in_facts.Suspicion]] | None = None


RULES = (
    # The file as a whole.
    Rule("E101", "cannot be read"),
    Rule("E102", "not UTF-8"),
    Rule("E103", "not TOML"),
    Rule("E104", "nested too deep"),
    Rule("E105", "number of thousands of digits"),
    Rule("E106", "unknown format"),
    # Its records, each by itself.
    Rule("E111", "unknown key"),
    Rule("E112", "missing key"),
    Rule("E113", "value of the wrong kind"),
    Rule("E114", "empty"),
    Rule("E115", "none of the words there are"),
    Rule("E116", "not a slug"),
    Rule("E117", "not a web address"),
    Rule("E118", "not a language tag"),
    Rule("E119", "not an ISO 3166 code"),
    Rule("E120", "not a date"),
    Rule("E121", "not a period"),
    Rule("E122", "number out of bounds"),
    # Its records together with others.
    Rule("E131", "id twice"),
    Rule("E132", "unknown source"),
    Rule("E133", "unknown region"),
    Rule("E134", "fact without a source"),
    Rule("E135", "fact without a day"),
    Rule("E136", "name of two regions"),
    Rule("E137", "regions in a circle"),
    Rule("E138", "regions without end"),
    Rule("E139", "paraphrase as a quotation"),
    # Legal, and yet suspicious.
    Rule("W201", "hidden character", text=warnings_in_text.hidden_characters),
    Rule("W202", "quotation in a paraphrase", facts=warnings_in_facts.quotation_in_paraphrase),
    Rule("W203", "quotation without a paragraph", facts=warnings_in_facts.without_paragraph),
    Rule("W204", "fact without the words of its source", facts=warnings_in_facts.without_phrases),
    Rule("W205", "promise for the past", facts=warnings_in_facts.expected_before_as_of),
    Rule("W206", "half a promise", facts=warnings_in_facts.half_a_promise),
    Rule("W207", "indicator in two units", facts=warnings_in_facts.units_of_an_indicator),
    Rule("W208", "project with two names", facts=warnings_in_facts.names_of_a_project),
    Rule("W209", "speakers of nearly one name", facts=warnings_in_facts.speakers_alike),
    Rule("W210", "TOML 1.1", text=warnings_in_text.newer_toml),
    Rule("W211", "region named twice", files=warnings_in_facts.regions_named_twice),
)


def chosen(select: Sequence[str], ignore: Sequence[str]) -> frozenset[str]:
    """Return the codes of the rules that are selected, or of all, without those to be ignored.

    Each is given as a code, or as what some codes begin with, in any case, or as several with
    commas between them. Raises UsageError for what is neither.
    """
    known = [rule.code for rule in RULES]
    ignored = _codes(ignore, known)
    return frozenset(_codes(select, known) if select else known) - ignored


def _codes(given: Sequence[str], known: Sequence[str]) -> frozenset[str]:
    found: set[str] = set()
    for name in (name.strip().upper() for names in given for name in names.split(",")):
        codes = [code for code in known if code.startswith(name)] if name else []
        if not codes:
            raise UsageError(f'unknown code "{name}"{suggest(name, known)}')
        found.update(codes)
    return frozenset(found)
