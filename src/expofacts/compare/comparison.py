"""What there is for each kind of fact whose claims can be compared."""

from collections.abc import Callable, Iterator, Sequence
from functools import cache
from importlib import import_module
from typing import NamedTuple

from expofacts.compare.claims import Claim
from expofacts.compare.findings import Stand, Within
from expofacts.facts.kinds import KINDS


class Comparison(NamedTuple):
    """How claims of one kind are compared.

    Facts on one thing share the key `subject`. `compare` yields how claims on it, given in order,
    stand to each other by one kind of finding; `comparable` counts those that can be compared with
    one that was asked for, and `agree` says whether two may both be right. What contradicts a fact
    is listed by id, or as it is found.
    """

    subject: str
    compare: Callable[[Sequence[Claim], Within, str], Iterator[Stand]]
    comparable: Callable[[Sequence[Claim]], int]
    agree: Callable[[Claim, Claim], bool]
    listed_by_id: bool = False


@cache
def comparison_of(kind: str) -> Comparison:
    """Return how claims of a kind of `COMPARED` are compared."""
    module = import_module(f"expofacts.compare.{KINDS[kind].compared_in}")
    comparison: Comparison = module.COMPARISON
    return comparison
