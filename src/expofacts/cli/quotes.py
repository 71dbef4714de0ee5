"""The command that lists what was said."""

from expofacts.cli.listing import listing

quotes = listing(
    "quote",
    """Who said what: exactly, in part, or in substance.

    expofacts quotes --region sichuan
    expofacts quotes --speech direct --format markdown
    expofacts quotes --speaker "Li Yunze" --fields speaker,text,published

    Quoted words stand in quotation marks; a paraphrase has none.
    """,
)
