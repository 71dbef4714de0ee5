"""What two claims on one thing say of each other."""

from collections.abc import Mapping, Set
from typing import NamedTuple

from expofacts.facts.kinds import AnyFact

CONTRADICTION, TWO_COUNTS, AGREEMENT = "contradiction", "two counts", "agreement"

# For each region all that lies within it, and itself.
Within = Mapping[str, Set[str]]


class Finding(NamedTuple):
    """What two claims on one thing say of each other.

    `subject` is the indicator, project or series. `left` is the lower figure, or the earlier claim.
    """

    kind: str
    subject: str
    reason: str
    left: AnyFact
    right: AnyFact
