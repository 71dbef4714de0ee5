"""The command that lists topics."""

from expofacts.cli.listing import listing

topics = listing(
    "topic",
    """Topics, with the number of facts on each.

    expofacts topics
    expofacts topics --sort facts --reverse
    """,
)
