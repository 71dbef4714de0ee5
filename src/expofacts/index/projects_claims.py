"""What a report on a project claims: a state of it, since when, and its ends."""

from collections.abc import Mapping
from typing import Any

from expofacts.facts.dates import date_days
from expofacts.facts.states import STATES
from expofacts.index.claim_rows import Claimed


def claimed(report: Mapping[str, Any]) -> Claimed:
    """Return what a report claims of its project.

    On one of its days the project came into the state, or was in it where the report does not say
    when. It is about the state; the last day on which the project is certain to have been in it;
    whether the report says when it came; and its ends.
    """
    status, happened = report["status"], report.get("happened")
    first, last = date_days(happened or report["as_of"])
    still = first
    if STATES[status].lasts:  # then it is still there on the day of the claim
        still = max(still, date_days(report["as_of"])[0])
    about = (status, still, bool(happened), report["connects"])
    return Claimed(report["project"], "", first, last, about)
