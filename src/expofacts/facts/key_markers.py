"""What the declaration of a record says of its keys: which value each has, and what else is true.

A key is `Annotated` with the kind of its value, its description, and markers. What needs to know
something of keys asks for those with a marker, never for keys or kinds by name. All of it is
light, for it is part of every start: pydantic's model is made from it in `model`.
"""

from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING, Annotated, Any, Literal, NamedTuple, get_args, get_origin

if TYPE_CHECKING:
    from decimal import Decimal


class ValueKind(NamedTuple):
    """A kind of value in a fact file, checked by the type of that name in `accepted_values`."""

    name: str


Text = Annotated[str, ValueKind("Text")]
Slug = Annotated[str, ValueKind("Slug")]
Url = Annotated[str, ValueKind("Url")]
Language = Annotated[str, ValueKind("Language")]
Iso = Annotated[str, ValueKind("Iso")]
Date = Annotated[str, ValueKind("Date")]
Period = Annotated[str, ValueKind("Period")]
Count = Annotated[int, ValueKind("Count")]
Flag = Annotated[bool, ValueKind("Flag")]
Number = Annotated["int | Decimal", ValueKind("Number")]
PositiveNumber = Annotated["int | Decimal", ValueKind("PositiveNumber")]


class Searched(NamedTuple):
    """Search looks through the key, in this column of the index: names count most, notes least."""

    column: str


NAME, TEXT, NOTE = Searched("names"), Searched("text"), Searched("notes")


class Filter(NamedTuple):
    """Facts are filtered by the key: it is an option, a column of the index, a filter in Python.

    `help` and `metavar` are the option's. By an `indexed` one facts are found at once, and it is
    what facts shown as related have in common. One that `is_slug` is meant where it is given to
    the letter, whatever else reads like it; it also goes by the name in the key `named_by`.
    """

    help: str
    metavar: str
    indexed: bool = False
    is_slug: bool = False
    named_by: str | None = None


class Regions(NamedTuple):
    """The key has the ids of regions that the fact is about; with `parts`, of all within them."""

    parts: bool = False


class Marker(NamedTuple):
    """Something that is true of a key or not."""

    name: str


# What claims that can be compared share: `timeline` and `conflicts` go by it.
SUBJECT = Marker("subject")
# The time that the fact covers, which --period asks for. Of several keys the first counts.
COVERS = Marker("covers")
# What verify weighs against the words of the source, beside looking these up.
WEIGHED = Marker("weighed")
# Filled in from the source of the fact's file where the fact leaves it out.
FILLED_IN = Marker("filled in")
# Not written in a fact file, but part of the record as data; the second are those of its source.
DERIVED = Marker("derived")
OF_SOURCE = Marker("of source")


class Key(NamedTuple):
    """A key of a record, as declared.

    `value` is the kind of its value, or of each where it has a list of `many`; None where that is
    one of the `words` of a closed vocabulary, or of the record as data alone. A record always has
    what is `needed`.
    """

    name: str
    about: str
    value: ValueKind | None
    words: tuple[str, ...]
    many: bool
    needed: bool
    marks: tuple[Any, ...]

    @property
    def is_slug(self) -> bool:
        """Return whether its values are slugs."""
        return self.value == ValueKind("Slug")

    @property
    def is_date(self) -> bool:
        """Return whether its values are days, parts of dates or periods."""
        return self.value in _DATES

    @property
    def is_number(self) -> bool:
        """Return whether its values are exact numbers, with decimals or without."""
        return self.value in _NUMBERS

    @property
    def is_whole(self) -> bool:
        """Return whether its values are whole numbers, or true and false."""
        return self.value in _WHOLE

    @property
    def filter(self) -> Filter | None:
        """Return how facts are filtered by it, if they are."""
        return next((mark for mark in self.marks if isinstance(mark, Filter)), None)

    @property
    def searched(self) -> str | None:
        """Return the column of the index in which it is searched, if it is."""
        return next((mark.column for mark in self.marks if isinstance(mark, Searched)), None)

    @property
    def regions(self) -> Regions | None:
        """Return in which way it names regions, if it does."""
        return next((mark for mark in self.marks if isinstance(mark, Regions)), None)


_DATES = (ValueKind("Date"), ValueKind("Period"))
_WHOLE = (ValueKind("Count"), ValueKind("Flag"))
_NUMBERS = (ValueKind("Number"), ValueKind("PositiveNumber"))


@cache
def keys(record: type) -> dict[str, Key]:
    """Return the keys of a kind of record by name, as declared: inherited ones first."""
    return {name: _key(name, hint) for name, hint in record.__annotations__.items()}


def _key(name: str, hint: Any) -> Key:
    about = next(mark for mark in hint.__metadata__ if isinstance(mark, str))
    marks = tuple(mark for mark in hint.__metadata__ if not isinstance(mark, str | ValueKind))
    found = list(_within(hint))
    return Key(
        name,
        about,
        next((part for part in found if isinstance(part, ValueKind)), None),
        tuple(part for part in found if isinstance(part, str)),
        list in found,
        type(None) not in get_args(hint.__origin__),
        marks,
    )


def _within(hint: Any) -> Iterator[Any]:
    """Yield what a hint is made of: kinds of values, words of a vocabulary, `list` for a list."""
    origin = get_origin(hint)
    if origin is Annotated:
        yield from (mark for mark in hint.__metadata__ if isinstance(mark, ValueKind))
        yield from _within(hint.__origin__)
    elif origin is Literal:
        yield from get_args(hint)
    elif origin:
        yield origin
        for part in get_args(hint):
            yield from _within(part)
