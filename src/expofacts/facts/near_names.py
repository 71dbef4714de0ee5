"""Which names are so near that one may be a slip for the other."""

from collections.abc import Iterable

from expofacts.facts.folding import fold

# How many letters names have of which one may be a slip; longer ones are no names of people.
_NEARLY_FROM = 6
_NEARLY_TO = 100


def one_letter_apart(names: Iterable[str]) -> dict[str, str]:
    """Return, for each name that is nearly an earlier one, that earlier one.

    They differ in one letter, or in two that have changed places, or only in what `fold` leaves
    out. Digits tell names apart, and short names are one letter apart too easily. Each name
    leaves the forms behind in which a near one meets it, so no two names are compared.
    """
    found: dict[str, str] = {}
    left: dict[tuple[str, str], str] = {}
    for name in names:
        letters = fold(name)
        cuts, gaps, swaps = _near_forms(letters)
        meets = [("same", letters), ("cut", letters)]
        meets += [("same", form) for form in (*cuts, *swaps)] + [("gap", form) for form in gaps]
        if earlier := next((left[form] for form in meets if form in left), None):
            found[name] = earlier
        left.setdefault(("same", letters), name)
        for form in cuts:
            left.setdefault(("cut", form), name)
        for form in gaps:
            left.setdefault(("gap", form), name)
    return found


def _near_forms(letters: str) -> tuple[list[str], list[str], list[str]]:
    """Return the letters without each one, with a gap for each one, and with each two swapped."""
    if not _NEARLY_FROM <= len(letters) <= _NEARLY_TO:
        return [], [], []
    cuts, gaps, swaps = [], [], []
    for n, letter in enumerate(letters):
        before, behind = letters[:n], letters[n + 1 :]
        if not letter.isdigit():
            cuts.append(before + behind)
            gaps.append(f"{before} {behind}")
        if behind and not (letter + behind[0]).isdigit():
            swaps.append(before + behind[0] + letter + behind[1:])
    return cuts, gaps, swaps
