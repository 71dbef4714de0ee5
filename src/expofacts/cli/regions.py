"""The command that lists regions, as a tree."""

from expofacts.cli.listing import listing

regions = listing(
    "region",
    """Regions as a tree, with the number of facts within each.

    expofacts regions
    expofacts regions --fields id,name,iso,aliases --format tsv
    """,
)
