"""What statements are put together from; values are always bound, never written into them."""

from collections.abc import Sized

# How search takes texts apart: in the index, and wherever what it finds is marked or named.
TOKENIZER = "porter unicode61"

# What has an id of its own. Topics and speakers go by their names.
HAS_ID = "kind NOT IN ('topic', 'speaker')"


def placeholders(values: Sized) -> str:
    """Return the signs that stand for the values in a statement, "?, ?" for two of them."""
    return ", ".join("?" * len(values))
