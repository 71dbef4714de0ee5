"""The command that lists what is built across borders."""

from expofacts.cli.listing import listing
from expofacts.cli.options import flag

_LATEST = "The latest state of each project alone. --status then asks of that state."

infrastructure = listing(
    "infrastructure",
    """What is built across borders: its state on which day, and what is promised.

    expofacts infrastructure --status "under construction"
    expofacts infrastructure --between heilongjiang russia --as-of 2019-06-18
    expofacts infra --region heihe --format json
    expofacts infrastructure --latest

    --latest gives one row a project: its latest state, by the day on which it came to be so, else
    by the day of the claim.
    """,
    parameters=[flag("latest", _LATEST, panel="Filters")],
)
