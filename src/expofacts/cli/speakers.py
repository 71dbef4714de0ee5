"""The command that lists who is quoted."""

from expofacts.cli.listing import listing

speakers = listing(
    "speaker",
    """Who is quoted, in which post, how often.

    expofacts speakers
    expofacts speakers --format csv

    Unnamed groups are quoted too, but they are nobody, and not listed.
    """,
)
