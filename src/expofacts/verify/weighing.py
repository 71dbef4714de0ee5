"""Whether a fact's figure, unit, qualifier and status are those of the words that carry it."""

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from expofacts.facts.folding import readable
from expofacts.facts.key_markers import WEIGHED
from expofacts.facts.kinds import KINDS, Infrastructure, Statistic, marked
from expofacts.facts.scales import scale_of
from expofacts.facts.units import UNITS
from expofacts.verify.numerals import Figure, figures
from expofacts.verify.reported_states import named, promised, states
from expofacts.verify.wording import qualifier_of, qualifiers, unit_of, units


class Carrier(NamedTuple):
    """A phrase that carries a fact, and what stands before and behind it in its sentence."""

    phrase: str
    before: str = ""
    behind: str = ""


class Misfit(NamedTuple):
    """What of a fact does not fit a phrase, the phrase's number, and that in words."""

    number: int
    result: str
    remark: str


class _Printed(NamedTuple):
    """A figure where it is printed: the phrase's number, and the words about it."""

    number: int
    text: str
    figure: Figure

    def words(self) -> str:
        return self.text[self.figure.start : self.figure.end]


def misfit(fact: Any, carriers: Sequence[Carrier], language: str | None) -> Misfit | None:
    """Return the first thing that does not fit: value or unit, qualifier, status; None if all do.

    `language` is that of the source.
    """
    weighed = marked(KINDS[fact["kind"]].record, WEIGHED)
    found = (weigh(fact, carriers, language) for key, weigh in _WEIGHERS.items() if key in weighed)
    return next(filter(None, found), None)


def _figure_misfit(
    fact: Statistic, carriers: Sequence[Carrier], language: str | None
) -> Misfit | None:
    if not carriers:
        return None
    printed = [
        one
        for number, carrier in enumerate(carriers)
        for one in _printed(number, carrier, language)
    ]
    wanted = _values(fact)
    right = [one for one in printed if wanted & one.figure.values]
    if not right:
        others = ", ".join(dict.fromkeys(one.words() for one in printed)) or "no figure"
        number = printed[0].number if printed else 0
        return Misfit(number, "value", f"the fact has {Decimal(fact['value']):,f}, this {others}")
    known = units(readable(fact["unit"]))
    other_units = [(one, unit_of(one.text, one.figure)) for one in right]
    fitting = [one for one, unit in other_units if not known or not unit or unit & known]
    if not fitting:
        one, unit = other_units[0]
        other = next(symbol for symbol in UNITS if symbol in unit)
        return Misfit(one.number, "value", f"the fact has {fact['unit']}, this {other}")
    return _qualifier_misfit(fact["qualifier"], fitting, carriers)


def _printed(number: int, carrier: Carrier, language: str | None) -> Iterator[_Printed]:
    """Yield the figures of a phrase, each in its sentence."""
    before, phrase = readable(carrier.before), readable(carrier.phrase)
    start = len(before) + 1
    text = f"{before} {phrase} {readable(carrier.behind)}"
    for figure in figures(phrase, language):
        moved = figure._replace(start=figure.start + start, end=figure.end + start)
        yield _Printed(number, text, moved)


def _values(fact: Statistic) -> frozenset[Decimal]:
    """Return the numbers that print the fact's value."""
    value = Decimal(fact["value"])
    values = {value, abs(value)}  # "fell by 5" is -5
    for word in readable(fact["unit"]).lower().split():
        if scale := scale_of(word):  # 100 in "billion USD" is printed as 100 billion
            values |= {one * scale for one in values}
    return frozenset(values)


def _qualifier_misfit(
    qualifier: str | None, printed: Sequence[_Printed], carriers: Sequence[Carrier]
) -> Misfit | None:
    attached = [(one, qualifier_of(one.text, one.figure)) for one in printed]
    for one, said in attached:
        if said and qualifier not in said.meaning:
            words = one.text[said.start : said.end]
            has = f"“{qualifier}”" if qualifier else "no qualifier"
            return Misfit(one.number, "qualifier", f"the fact has {has}, this “{words}”")
    if qualifier is None or any(said for _, said in attached):
        return None
    for one, _ in attached:
        anywhere = qualifiers(readable(carriers[one.number].phrase))
        if any(qualifier in said.meaning for said in anywhere):
            return None
    return Misfit(
        printed[0].number, "qualifier", f"the fact has “{qualifier}”, this nothing like it"
    )


def _status_misfit(
    fact: Infrastructure, carriers: Sequence[Carrier], _: str | None
) -> Misfit | None:
    """Return where the words have states, but not the fact's, or have that only as to come."""
    texts = [readable(carrier.phrase) for carrier in carriers]
    for status, of in ((fact["status"], states), (fact["expected_status"], promised)):
        said = [of(text) for text in texts]
        if not status or any(status in one for one in said):
            continue
        for number, (one, text) in enumerate(zip(said, texts, strict=True)):
            if one:
                other = " or ".join(sorted(one))
                return Misfit(number, "status", f"the fact has “{status}”, this “{other}”")
            if of is states and status in named(text):
                remark = f"the fact has “{status}”, this not, or not yet, or not wholly"
                return Misfit(number, "status", remark)
    return None


# What weighs the keys of a fact that are marked so, each by the first of the keys that it weighs.
_WEIGHERS: dict[str, Callable[[Any, Sequence[Carrier], str | None], Misfit | None]] = {
    "value": _figure_misfit,
    "status": _status_misfit,
}
