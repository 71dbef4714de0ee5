"""Typed, read-only access to a collection from Python: `from expofacts import open_facts`."""

from expofacts.library.facts import Facts
from expofacts.library.kinds import (
    AnyFact,
    Fact,
    Found,
    Hit,
    Infrastructure,
    Mechanism,
    Quote,
    Region,
    Source,
    Speaker,
    Statistic,
    Topic,
)

__all__ = [
    "AnyFact",
    "Fact",
    "Facts",
    "Found",
    "Hit",
    "Infrastructure",
    "Mechanism",
    "Quote",
    "Region",
    "Source",
    "Speaker",
    "Statistic",
    "Topic",
]
