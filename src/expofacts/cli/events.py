"""The command that lists what is held at a place and time."""

from expofacts.cli.listing import listing

events = listing(
    "event",
    """What was held where and when, or is announced to be.

    expofacts events
    expofacts events --series china-russia-expo
    expofacts events --period 2019 --region harbin
    expofacts timeline china-russia-expo

    --period finds what was held, or else was announced, for a time. What became of announcements
    is in the time line of a series.
    """,
)
