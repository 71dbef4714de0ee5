"""Typed, read-only access to a collection from Python: `from expofacts import open_facts`."""

from expofacts.library.evidence import (
    Conflict,
    FigureEntry,
    LookedUp,
    ProjectEntry,
    TimelineEntry,
    Verification,
)
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
