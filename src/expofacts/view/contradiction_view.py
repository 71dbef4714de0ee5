"""What claims on one thing say of each other: by sides for people, two by two for programs."""

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from expofacts.facts.kinds import AnyFact
from expofacts.json_lines import to_json
from expofacts.plurals import counted
from expofacts.view import words
from expofacts.view.cells import FAINT, PLAIN, STRONG, Cell, Line, Names, Row, lines
from expofacts.view.views import view_of

# Claims, the places of the sides that they are set against, and of those with which they agree.
Side = tuple[Sequence[Any], Sequence[int], Sequence[int]]

# The fields of two claims as data.
_OF_CLAIM = {
    "": "Id of the {}",
    "_says": "What the {} says, in words",
    "_source": "Source of the {}",
    "_published": "When that was published",
}
FIELDS = {
    "kind": "contradiction; two counts and agreement with --agreements",
    "subject": "Indicator, project or series",
    "name": "What that is, in words",
    "period": "Time that the figures cover",
    "reason": "What the claims differ in, or agree on",
    **{f"left{end}": about.format("lower or earlier claim") for end, about in _OF_CLAIM.items()},
    **{f"right{end}": about.format("higher or later claim") for end, about in _OF_CLAIM.items()},
}

# What one claim does to the sides that it is set against, and what several do.
_VERBS = {
    "contradiction": ("contradicts", "contradict"),
    "two counts": ("is another count than", "are another count than"),
    "agreement": ("agrees with", "agree with"),
}

# Of more sides than these, a side names the first only.
_NAMED = 8

# Of so many sides it is said in short whom they contradict.
_SAID = 4


class Said(NamedTuple):
    """What a claim says as data: members of an object of JSON, on either side of another claim."""

    of_both: str
    left: str
    right: str


def what_is_said(record: Any, reason: str, names: Names) -> Said:
    """Return what a record says, as far as it matters for a reason, for `as_line`."""
    says = claim(record, reason, names).replace(words.NO_BREAK, " ")
    of_claim = (record["id"], says, record["source"], record["published"])
    left, right = (
        {f"{side}{end}": value for end, value in zip(_OF_CLAIM, of_claim, strict=True)}
        for side in ("left", "right")
    )
    of_both = {"name": record["name"], "period": record.get("period")}
    return Said(*(to_json(members)[1:-1] for members in (of_both, left, right)))


def as_line(kind: str, subject: str, reason: str, left: Said, right: Said) -> str:
    """Return what two claims say of each other as a line of JSON, which has all `FIELDS`.

    There may be millions, and what a claim says is the same in each: a subject is a slug, and
    needs no more than quotation marks.
    """
    return (
        f'{{"kind":"{kind}","subject":"{subject}",{left.of_both},"reason":"{reason}",'
        f"{left.left},{right.right}}}"
    )


def claim(record: AnyFact, reason: str, names: Names) -> str:
    """Return what a record claims as far as it matters for a reason: figure, ends or state."""
    claimed = view_of(record["kind"]).claim
    return claimed(record, reason, names) if claimed else ""


def title(kind: str, reason: str, record: AnyFact) -> str:
    """Return what is in dispute, and how, given any of the claims."""
    subject = view_of(record["kind"]).subject
    return f"{subject(record) if subject else record['id']}: {_how(kind, reason)}"


def _how(kind: str, reason: str) -> str:
    return kind if kind == "two counts" else reason


def caption(contradictions: int, disputes: int, shown: int) -> str:
    """Return what is below all disputes: "7 contradictions in 3 disputes, 2 of them shown"."""
    below = f"{counted(contradictions, 'contradiction')} in {counted(disputes, 'dispute')}"
    return f"{below}, {shown:,} of them shown" if shown < disputes else below


def in_short(reason: str, sides: Sequence[tuple[Sequence[str], Sequence[int]]]) -> str:
    """Return a dispute in a line: "different dates: a contradicts b, c and 10 more".

    Sides are given as ids, with the places of those that they contradict. Each contradiction is
    said once, by the side that has more against it; of many sides the first few alone.
    """
    sizes = [sum(len(sides[other][0]) for other in against) for _, against in sides]
    said: list[str] = []
    done: set[int] = set()
    for place in sorted(range(len(sides)), key=lambda place: -sizes[place]):
        ids, against = sides[place]
        done.add(place)
        if others := [id_ for other in against if other not in done for id_ in sides[other][0]]:
            verb = _VERBS["contradiction"][len(ids) > 1]
            said.append(f"{words.some(ids)} {verb} {words.some(others)}")
    more = [f"and so on, in {len(sides)} sides"] if len(said) > _SAID else []
    return f"{reason}: {'; '.join([*said[:_SAID], *more])}"


def rows(kind: str, reason: str, sides: Sequence[Side], names: Names) -> Iterator[Row]:
    """Yield a letter and a cell for each side: whom it is against, and each claim in full."""
    for n, (claims, against, fits) in enumerate(sides):
        cell = [Line(_stand(kind, len(claims), against, fits, len(sides)))]
        said: dict[str, Cell] = {}
        for record in claims:
            said.setdefault(claim(record, reason, names), []).extend(source_of_claim(record))
        for what, sources in said.items():
            cell += [Line(what, STRONG), *sources]
        yield _letter(n), cell


def _stand(kind: str, count: int, against: Sequence[int], fits: Sequence[int], sides: int) -> str:
    """Return how many claims a side has, and how it stands to the others."""
    verb = _VERBS[kind][count > 1]
    others = _letters(against, sides)
    if kind == "agreement" and count > 1:
        others = " and ".join(filter(None, ("each other", others)))
    said = f"{counted(count, 'claim')} {verb} {others}"
    if fits:
        said += f", {_VERBS['agreement'][count > 1]} {_letters(fits, sides)}"
    return said


def source_of_claim(record: Any) -> Cell:
    """Return whose claim a record is, as of when, in which words of the source, and its id."""
    stated = " ".join(f"“{phrase}”" for phrase in record["stated"] or ())
    # Of what is undated, the day of the claim is all that is known.
    as_of = "" if record["published"] else f", as of {words.date(record['as_of'])}"
    said = ": ".join(filter(None, (f"{words.source(record)}{as_of}", stated)))
    return lines((said, PLAIN), (record["id"], FAINT))


def _letters(places: Sequence[int], sides: int) -> str:
    if len(places) > _NAMED:
        if len(places) == sides - 1:
            return f"all {sides - 1} others"
        return f"{', '.join(map(_letter, places[:_NAMED]))} and {len(places) - _NAMED} more"
    *first, last = map(_letter, places) if places else [""]
    return f"{', '.join(first)} and {last}" if first else last


def _letter(place: int) -> str:
    """Return A to Z, then AA, AB ..."""
    letters = ""
    while place >= 0:
        letters = chr(ord("A") + place % 26) + letters
        place = place // 26 - 1
    return letters
