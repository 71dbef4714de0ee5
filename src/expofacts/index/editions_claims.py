"""What a report on an event claims: when and where an edition of a series took place."""

from collections.abc import Mapping
from typing import Any

from expofacts.facts.dates import period_days
from expofacts.index.claim_rows import Claimed


def claimed(event: Mapping[str, Any]) -> Claimed | None:
    """Return what a report claims of a series: the days of an edition, which it was, and where.

    None where it says of no edition that it took place: what was announced is no claim.
    """
    series, edition, held = (event.get(key) for key in ("series", "edition", "held"))
    if not (series and edition and held):
        return None
    return Claimed(series, "", *period_days(held), (edition, event.get("places") or ()))
