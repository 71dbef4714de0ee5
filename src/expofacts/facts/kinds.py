"""The format of fact files, version 1: the one declaration of every kind of record.

What validates, the index, the data formats, `--fields` and the JSON Schema follow from here.
"""

from collections.abc import Mapping
from functools import cache
from typing import Annotated, Any, Literal, Required, get_args

from pydantic import ConfigDict, Field, with_config
from typing_extensions import TypedDict, get_type_hints

from expofacts.facts.states import Status
from expofacts.facts.values import (
    DIGITS,
    Date,
    Iso,
    Language,
    Number,
    Period,
    PositiveNumber,
    Slug,
    Text,
    Url,
)

FORMAT = 1

Speech = Literal["direct", "partial", "indirect"]
Qualifier = Literal["about", "more than", "at least", "less than", "at most"]

_closed = with_config(ConfigDict(extra="forbid", strict=True))


def _about(description: str) -> Any:
    return Field(description=description)


@_closed
class Source(TypedDict, total=False):
    """Where facts come from: a report, a statement, a page."""

    id: Required[Annotated[Slug, _about("Name of the source, used by its facts")]]
    publisher: Required[Annotated[Text, _about("Who published it")]]
    title: Annotated[Text, _about("Its headline or title")]
    published: Annotated[Date, _about("Day, month or year of publication")]
    place: Annotated[Text, _about("Place in the dateline")]
    language: Annotated[Language, _about("Language tag (BCP 47)")]
    url: Annotated[Url, _about("Where to read it")]
    text: Annotated[Text, _about("Local copy of its text, relative to the fact file")]
    note: Annotated[Text, _about("What a reader should know about it")]


@_closed
class Region(TypedDict, total=False):
    """A country, province, city ... or a group of them."""

    id: Required[Annotated[Slug, _about("Name of the region, used by facts")]]
    name: Required[Annotated[Text, _about("Name as printed in tables")]]
    level: Required[Annotated[Text, _about("country, macro-region, province, city, village ...")]]
    within: Annotated[list[Slug], _about("Regions that it lies within")]
    iso: Annotated[Iso, _about("ISO 3166 code")]
    aliases: Annotated[list[Text], _about("Other names, in any script")]


@_closed
class Fact(TypedDict, total=False):
    """What every fact has: its place in a source, and what it touches."""

    id: Required[Annotated[Slug, _about("Name of the fact, for `show`")]]
    regions: Annotated[list[Slug], _about("Regions that the fact is about")]
    topics: Annotated[list[Slug], _about("Topics")]
    as_of: Annotated[Date, _about("Day, month or year for which the claim holds")]
    source: Annotated[Slug, _about("Source that makes the claim")]
    paragraph: Annotated[int, Field(ge=1, lt=10**DIGITS), _about("Paragraph of the source, from 1")]
    stated: Annotated[list[Text], _about("Exact phrases of the source that carry the claim")]
    note: Annotated[Text, _about("What is ambiguous or worth knowing")]


@_closed
class Quote(Fact, total=False):
    """What somebody said."""

    speaker: Required[Annotated[Text, _about("Who said it")]]
    collective: Annotated[bool, _about("Whether the speaker is an unnamed group")]
    role: Annotated[Text, _about("Post of the speaker")]
    organization: Annotated[Text, _about("Body the speaker speaks for")]
    occasion: Annotated[Text, _about("Where it was said")]
    speech: Required[Annotated[Speech, _about("direct and partial: quoted words; indirect: not")]]
    text: Required[Annotated[Text, _about("The quoted words to the letter, or a paraphrase")]]
    context: Annotated[Text, _about("What partly quoted words are said of, not a quotation")]
    original: Annotated[Text, _about("The words in the language they were spoken in")]


@_closed
class Statistic(Fact, total=False):
    """A figure, as its source prints it."""

    indicator: Required[Annotated[Slug, _about("What is measured; what can be compared shares it")]]
    name: Required[Annotated[Text, _about("What is measured, in words")]]
    value: Required[Annotated[Number, _about("The figure, exact")]]
    unit: Required[Annotated[Text, _about('Its unit; "ordinal" for 6th')]]
    qualifier: Annotated[Qualifier, _about("about, more than, at least, less than, at most")]
    rounded_to: Annotated[
        PositiveNumber, _about("What the last digit that is not rounded is worth")
    ]
    period: Annotated[Period, _about("Time that the figure covers")]
    scope: Annotated[Text, _about("What is counted")]
    counted_by: Annotated[Text, _about("Whose count it is")]
    project: Annotated[Slug, _about("Project that the figure belongs to")]


@_closed
class Infrastructure(Fact, total=False):
    """A report on something built across a border."""

    project: Required[Annotated[Slug, _about("The thing built; reports of it share this")]]
    name: Required[Annotated[Text, _about("Its name")]]
    mode: Required[
        Annotated[Text, _about("highway bridge, railway bridge, rail freight service ...")]
    ]
    connects: Required[
        Annotated[list[Slug], Field(min_length=1), _about("Regions that it connects")]
    ]
    status: Required[Annotated[Status, _about("State on the day of the claim")]]
    happened: Annotated[Date, _about("When it came into this state")]
    expected: Annotated[Date, _about("A promise: when")]
    expected_status: Annotated[Status, _about("A promise: what")]


@_closed
class Mechanism(Fact, total=False):
    """A standing arrangement between regions."""

    name: Required[Annotated[Text, _about("Its name")]]
    partners: Required[Annotated[list[Slug], Field(min_length=1), _about("Regions that take part")]]
    purpose: Annotated[Text, _about("What it is for")]


@_closed
class FactFile(TypedDict, total=False):
    """A fact file."""

    format: Required[Annotated[Literal[1], _about("Version of the format")]]
    sources: Annotated[list[Source], _about("Where facts come from")]
    regions: Annotated[list[Region], _about("Places, and groups of places")]
    quotes: Annotated[list[Quote], _about("What somebody said")]
    statistics: Annotated[list[Statistic], _about("Figures, as their sources print them")]
    infrastructure: Annotated[list[Infrastructure], _about("What is built across borders")]
    mechanisms: Annotated[list[Mechanism], _about("Standing arrangements between regions")]


# The kinds of fact: the name of the kind as data, and its table in a fact file.
KINDS = {
    "quote": "quotes",
    "statistic": "statistics",
    "infrastructure": "infrastructure",
    "mechanism": "mechanisms",
}
TABLES: dict[str, type] = {
    "sources": Source,
    "regions": Region,
    "quotes": Quote,
    "statistics": Statistic,
    "infrastructure": Infrastructure,
    "mechanisms": Mechanism,
}

# The keys that name regions, by table. What a record connects, or whom it joins, it is also about.
REGION_KEYS = {
    "sources": (),
    "regions": ("within",),
    "quotes": ("regions",),
    "statistics": ("regions",),
    "infrastructure": ("connects", "regions"),
    "mechanisms": ("partners", "regions"),
}

# What a fact as data has of its source.
SOURCE_FIELDS = ("publisher", "published", "url")


@cache
def fields(table: str) -> Mapping[str, str]:
    """Return the fields of a table's records as data, in their one order, with descriptions."""
    described = _descriptions(TABLES[table])
    if table not in KINDS.values():
        return described
    common = _descriptions(Fact)
    own = {key: about for key, about in described.items() if key not in common}
    ordered = {"kind": "Kind of fact", "id": common.pop("id")} | own
    for key, about in common.items():
        ordered[key] = about
        if key == "source":
            of_source = _descriptions(Source)
            ordered |= {key: f"{of_source[key]} (of the source)" for key in SOURCE_FIELDS}
    return ordered


def vocabulary(kind: type, key: str) -> tuple[str, ...]:
    """Return the values that a key with a closed vocabulary may have."""
    hint = get_type_hints(kind)[key]
    return get_args(hint)


def _descriptions(table: type) -> dict[str, str]:
    hints = get_type_hints(table, include_extras=True)
    described = {}
    for key, hint in hints.items():
        annotated = getattr(hint, "__metadata__", None) or get_args(hint)[0].__metadata__
        described[key] = next(m.description for m in annotated if getattr(m, "description", None))
    return described
