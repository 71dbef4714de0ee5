"""What statements are put together from; values are always bound, never written into them."""

from collections.abc import Sized


def placeholders(values: Sized) -> str:
    """Return the signs that stand for the values in a statement, "?, ?" for two of them."""
    return ", ".join("?" * len(values))
