"""Typed, read-only access to a collection from Python: `from expofacts import open_facts`."""

from expofacts.library.collection import Facts
from expofacts.library.objects import (
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
from expofacts.library.results import (
    Conflict,
    FigureEntry,
    LookedUp,
    ProjectEntry,
    TimelineEntry,
    Verification,
)

__all__ = [
    "AnyFact",
    "Conflict",
    "Fact",
    "Facts",
    "FigureEntry",
    "Found",
    "Hit",
    "Infrastructure",
    "LookedUp",
    "Mechanism",
    "ProjectEntry",
    "Quote",
    "Region",
    "Source",
    "Speaker",
    "Statistic",
    "TimelineEntry",
    "Topic",
    "Verification",
]
