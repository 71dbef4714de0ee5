"""The format of fact files, version 1: the one declaration of every kind of record.

Each is declared as the record that it is as data, with every key that it has; a key that may be
left out in a fact file may be None. What validates, the index, filters, search, the data formats,
`--fields`, the JSON Schema and the exported database follow from here. What is shown of a kind of
fact is beside it, in `view`: that of a quote in `quote_view`.
"""

from collections.abc import Callable
from typing import Annotated, Literal, NamedTuple, TypeAlias, TypedDict

from expofacts.facts.key_markers import (
    COVERS,
    DERIVED,
    FILLED_IN,
    NAME,
    NOTE,
    OF_SOURCE,
    SUBJECT,
    TEXT,
    WEIGHED,
    Count,
    Date,
    Filter,
    Flag,
    Iso,
    Key,
    Language,
    Marker,
    Number,
    Period,
    PositiveNumber,
    Regions,
    Slug,
    Text,
    Url,
    keys,
)
from expofacts.facts.states import Status

FORMAT = 1

Speech = Literal["direct", "partial", "indirect"]
Qualifier = Literal["about", "nearly", "more than", "at least", "less than", "at most"]

_PROJECT = {"help": "What is being built.", "metavar": "PROJECT", "indexed": True, "is_slug": True}


class Source(TypedDict):
    """Where facts come from: a report, a statement, a page."""

    id: Annotated[Slug, "Name of the source, used by its facts"]
    publisher: Annotated[Text, TEXT, "Who published it"]
    title: Annotated[Text | None, TEXT, "Its headline or title"]
    published: Annotated[Date | None, "Day, month or year of publication"]
    place: Annotated[Text | None, TEXT, "Place in the dateline"]
    language: Annotated[Language | None, "Language tag (BCP 47)"]
    url: Annotated[Url | None, "Where to read it"]
    text: Annotated[Text | None, "Local copy of its text, relative to the fact file"]
    note: Annotated[Text | None, NOTE, "What a reader should know about it"]


class Region(TypedDict):
    """A country, province, city ... or a group of them."""

    id: Annotated[Slug, "Name of the region, used by facts"]
    name: Annotated[Text, NAME, "Name as printed in tables"]
    level: Annotated[Text, "country, macro-region, province, city, village ..."]
    within: Annotated[list[Slug] | None, Regions(), "Regions that it lies within"]
    iso: Annotated[Iso | None, "ISO 3166 code"]
    aliases: Annotated[list[Text] | None, NAME, "Other names, in any script"]


class Fact(TypedDict):
    """What every fact has: its place in a source, and what it touches."""

    kind: Annotated[str, DERIVED, "Kind of fact"]
    id: Annotated[Slug, "Name of the fact, for `show`"]
    regions: Annotated[list[Slug] | None, Regions(), "Regions that the fact is about"]
    topics: Annotated[list[Slug] | None, TEXT, "Topics"]
    as_of: Annotated[Date, FILLED_IN, "Day, month or year for which the claim holds"]
    source: Annotated[Slug, FILLED_IN, "Source that makes the claim"]
    publisher: Annotated[str, OF_SOURCE, "Who published it (of the source)"]
    published: Annotated[
        Date | None, OF_SOURCE, "Day, month or year of publication (of the source)"
    ]
    url: Annotated[str | None, OF_SOURCE, "Where to read it (of the source)"]
    paragraph: Annotated[Count | None, "Paragraph of the source, from 1"]
    stated: Annotated[list[Text] | None, NOTE, "Exact phrases of the source that carry the claim"]
    note: Annotated[Text | None, NOTE, "What is ambiguous or worth knowing"]


class Quote(Fact):
    """What somebody said."""

    speaker: Annotated[Text, NAME, Filter("Who spoke.", "NAME", indexed=True), "Who said it"]
    collective: Annotated[Flag | None, "Whether the speaker is an unnamed group"]
    role: Annotated[Text | None, TEXT, "Post of the speaker"]
    organization: Annotated[Text | None, TEXT, "Body the speaker speaks for"]
    occasion: Annotated[Text | None, NOTE, "Where it was said"]
    speech: Annotated[
        Speech,
        Filter("direct, partial or indirect.", "SPEECH"),
        "direct and partial: quoted words; indirect: not",
    ]
    text: Annotated[Text, TEXT, "The quoted words to the letter, or a paraphrase"]
    context: Annotated[Text | None, TEXT, "What partly quoted words are said of, not a quotation"]
    original: Annotated[Text | None, TEXT, "The words in the language they were spoken in"]


class Statistic(Fact):
    """A figure, as its source prints it."""

    indicator: Annotated[
        Slug,
        NAME,
        SUBJECT,
        Filter("What is measured.", "INDICATOR", indexed=True, is_slug=True, named_by="name"),
        "What is measured; what can be compared shares it",
    ]
    name: Annotated[Text, NAME, "What is measured, in words"]
    value: Annotated[Number, WEIGHED, "The figure, exact"]
    unit: Annotated[
        Text, TEXT, WEIGHED, Filter("Unit of the figure.", "UNIT"), 'Its unit; "ordinal" for 6th'
    ]
    qualifier: Annotated[
        Qualifier | None, WEIGHED, "about, nearly, more than, at least, less than, at most"
    ]
    rounded_to: Annotated[PositiveNumber | None, "What the last digit that is not rounded is worth"]
    period: Annotated[Period | None, COVERS, "Time that the figure covers"]
    scope: Annotated[Text | None, TEXT, "What is counted"]
    counted_by: Annotated[Text | None, TEXT, "Whose count it is"]
    project: Annotated[Slug | None, NAME, Filter(**_PROJECT), "Project that the figure belongs to"]


class Infrastructure(Fact):
    """A report on something built across a border."""

    project: Annotated[
        Slug,
        NAME,
        SUBJECT,
        Filter(**_PROJECT, named_by="name"),
        "The thing built; reports of it share this",
    ]
    name: Annotated[Text, NAME, "Its name"]
    mode: Annotated[
        Text,
        TEXT,
        Filter("Kind of infrastructure.", "MODE"),
        "highway bridge, railway bridge, rail freight service ...",
    ]
    connects: Annotated[list[Slug], Regions(), "Regions that it connects"]
    status: Annotated[
        Status,
        TEXT,
        WEIGHED,
        Filter('State, such as "under construction".', "STATUS"),
        "State on the day of the claim",
    ]
    happened: Annotated[Date | None, "When it came into this state"]
    expected: Annotated[Date | None, "A promise: when"]
    expected_status: Annotated[Status | None, WEIGHED, "A promise: what"]


class Mechanism(Fact):
    """A standing arrangement between regions."""

    name: Annotated[Text, NAME, "Its name"]
    partners: Annotated[list[Slug], Regions(parts=True), "Regions that take part"]
    purpose: Annotated[Text | None, TEXT, "What it is for"]


class Event(Fact):
    """What is held at a place and time."""

    series: Annotated[
        Slug | None,
        NAME,
        SUBJECT,
        Filter("Series of events.", "SERIES", indexed=True, is_slug=True, named_by="name"),
        "What it is an edition of; events of it share this",
    ]
    edition: Annotated[Count | None, "Which one of the series it is, 6 for the 6th"]
    name: Annotated[Text, NAME, "Its name"]
    places: Annotated[list[Slug] | None, Regions(), "Regions where it is held"]
    held: Annotated[Period | None, COVERS, "When it took place"]
    expected: Annotated[Period | None, COVERS, "When it was announced to take place"]
    organizers: Annotated[list[Text] | None, TEXT, "Who holds it"]
    purpose: Annotated[Text | None, TEXT, "What it is for"]


# What a fact as data has of its source.
SOURCE_FIELDS = tuple(name for name, key in keys(Fact).items() if OF_SOURCE in key.marks)

AnyFact: TypeAlias = Quote | Statistic | Infrastructure | Mechanism | Event


class Kind(NamedTuple):
    """A kind of fact: its record, its table in a fact file, and the command that lists it.

    `about` says what its table has. A record has at least one of the keys `one_of`. Where claims
    of the kind can be compared, modules of `index` and `compare` named `compared_in` know how.
    """

    record: type
    table: str
    command: str
    about: str
    aliases: tuple[str, ...] = ()
    one_of: tuple[str, ...] = ()
    compared_in: str | None = None


# By the name of the kind as data, in the order in which kinds are listed.
KINDS: dict[str, Kind] = {
    "quote": Kind(Quote, "quotes", "quotes", "What somebody said"),
    "statistic": Kind(
        Statistic, "statistics", "stats", "Figures, as their sources print them",
        compared_in="figures",
    ),
    "infrastructure": Kind(
        Infrastructure, "infrastructure", "infrastructure", "What is built across borders",
        aliases=("infra",), compared_in="projects",
    ),
    "mechanism": Kind(
        Mechanism, "mechanisms", "mechanisms", "Standing arrangements between regions"
    ),
    "event": Kind(
        Event, "events", "events", "What is held at a place and time",
        one_of=("held", "expected"), compared_in="editions",
    ),
}  # fmt: skip

# What facts rest on: a record each, in tables of a fact file.
BASES: dict[str, Kind] = {
    "source": Kind(Source, "sources", "sources", "Where facts come from"),
    "region": Kind(Region, "regions", "regions", "Places, and groups of places"),
}


def tables() -> dict[str, type]:
    """Return the kinds of record by their tables in a fact file, in their order."""
    return {kind.table: kind.record for kind in (*BASES.values(), *KINDS.values())}


def fields(record: type) -> dict[str, str]:
    """Return the fields of a kind of record as data, in their one order, with descriptions."""
    ordered = keys(record)
    if "kind" in ordered:  # a fact, which has what is its own first
        ordered = {name: ordered[name] for name in ("kind", "id")} | own_keys(record) | ordered
    return {name: key.about for name, key in ordered.items()}


def own_keys(record: type) -> dict[str, Key]:
    """Return the keys of a kind of fact by name, but for those that every fact has."""
    return {name: key for name, key in keys(record).items() if name not in keys(Fact)}


def marked(record: type, marker: Marker) -> list[str]:
    """Return the names of the keys of a kind of record with a marker."""
    return [name for name, key in keys(record).items() if marker in key.marks]


def region_keys(record: type) -> list[str]:
    """Return the names of the keys of a kind of record that name regions, its own first.

    What a record connects, or whom it joins, it is also about.
    """
    named = [name for name, key in keys(record).items() if key.regions]
    return sorted(named, key=lambda name: name in keys(Fact))


def searched_keys(column: str) -> list[str]:
    """Return the names of the keys of facts that are searched in a column of the index.

    Slugs come last, for a word is rather shown as it stands in a name.
    """
    found = of_all_kinds(lambda key: key.searched == column)
    return sorted(found, key=lambda name: found[name].is_slug)


def of_all_kinds(chosen: Callable[[Key], object]) -> dict[str, Key]:
    """Return the keys of facts that are chosen, by name, each as the first kind has it."""
    found: dict[str, Key] = {}
    for kind in KINDS.values():
        for name, key in keys(kind.record).items():
            if chosen(key):
                found.setdefault(name, key)
    return found
