"""The command that lists sources."""

from expofacts.cli.listing import listing

sources = listing(
    "source",
    """Sources, with the number of facts from each.

    expofacts sources
    expofacts sources --sort published --format json
    """,
)
