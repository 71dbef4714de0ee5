"""A number of things, in words."""


def counted(number: int, one: str, many: str = "") -> str:
    """Return "1 quote", "2 quotes" or "1,300 quotes"; `many` where an s alone is no plural."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"
