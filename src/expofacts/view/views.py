"""What is shown of each kind of fact, in one place a kind: its view, in `quote_view` and so on."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from importlib import import_module
from typing import Any, Generic, NamedTuple, TypeVar

from expofacts.view.cells import Cell, Column, Names

F = TypeVar("F")


class Article(NamedTuple):
    """A fact in a document: what or whom it is about, what is known of that, and what is said."""

    subject: str
    about: Iterable[str | None]
    said: str | None


class View(NamedTuple, Generic[F]):
    """What is shown of a kind of fact.

    `noun` is for one and for many; `heading` is that of its part of a document, and `counted` that
    of a column with their number. `columns` are those of its table; `passage` is what a search
    shows, `sentence` what `cite` gives, `article` what a document has, and `related` the line that
    is shown with another fact on the same thing. `worded` has cells for fields that are not shown
    as they are, where a fact is shown in full. `dated` are claims that are not to be shown without
    their day. Of claims that are compared, `claim` is what they say as far as it matters for a
    reason, on what is called `subject`, and `timeline` has the columns of their time lines, which
    have so many of a `line`.
    """

    noun: tuple[str, str]
    heading: str
    counted: str
    columns: Sequence[Column]
    passage: Callable[[F], Cell]
    sentence: Callable[[F, Names], str]
    article: Callable[[F, Names], Article]
    related: Callable[[F], str]
    worded: Mapping[str, Callable[[F], Cell]] = {}
    dated: bool = False
    claim: Callable[[F, str, Names], str] | None = None
    subject: Callable[[F], str] | None = None
    timeline: Sequence[Column] = ()
    line: tuple[str, str] = ("", "")


@cache
def view_of(kind: str) -> View[Any]:
    """Return the view of a kind of fact."""
    view: View[Any] = import_module(f"expofacts.view.{kind}_view").VIEW
    return view
