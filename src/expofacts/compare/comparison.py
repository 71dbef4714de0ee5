"""What there is for each kind of fact whose claims can be compared."""

from collections.abc import Callable, Collection, Iterator, Sequence, Set
from functools import cache
from importlib import import_module
from typing import Any, NamedTuple

from expofacts.compare.findings import Finding, Within
from expofacts.facts.kinds import KINDS


class Comparison(NamedTuple):
    """How claims of one kind are compared.

    Claims on one thing have the same value of the key `subject`, and of the `shared` columns of the
    index. `compare` yields what they say of each other, of the kinds of finding that are asked for;
    `comparable` counts those that can be compared with one of the ids that are asked for. `order`
    puts them in order among themselves, and `agree` says whether two may both be right. Where what
    two claims say of each other depends on no third, they can be compared `two_by_two`.
    """

    subject: str
    shared: tuple[str, ...]
    compare: Callable[[Sequence[Any], Within, Collection[str]], Iterator[Finding]]
    comparable: Callable[[Sequence[Any], Set[str]], int]
    order: Callable[[Any], tuple[Any, ...]]
    agree: Callable[[Any, Any], bool]
    two_by_two: bool = False


# The kinds of fact whose claims can be compared.
COMPARED = tuple(name for name, kind in KINDS.items() if kind.compared_in)


@cache
def comparison_of(kind: str) -> Comparison:
    """Return how claims of a kind of `COMPARED` are compared."""
    module = import_module(f"expofacts.compare.{KINDS[kind].compared_in}")
    comparison: Comparison = module.COMPARISON
    return comparison
