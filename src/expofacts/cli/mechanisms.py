"""The command that lists standing arrangements."""

from expofacts.cli.listing import listing

mechanisms = listing(
    "mechanism",
    """Standing arrangements between regions.

    expofacts mechanisms
    expofacts mechanisms --region sichuan

    A mechanism is found by its partners, by what lies around them and by what lies within them.
    """,
)
