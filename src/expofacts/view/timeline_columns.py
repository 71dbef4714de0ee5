"""Columns of time lines: when, and whose claim it is."""

from collections.abc import Callable

from expofacts.view import words
from expofacts.view.cells import FAINT, PLAIN, STRONG, Cell, Column, Names, Record, lines


def _when(line: Record, _: Names) -> Cell:
    """Return the day of a line; of a state of which it is not known since when."""
    if not line["date"]:
        return lines((f"as of {words.date(line['as_of'])}", FAINT))
    known = line["what"] != "state" or line["happened"]
    return lines((("" if known else "as of ") + words.date(line["date"]), PLAIN))


def promised(claim: Callable[[Record], str]) -> Callable[[Record, Names], Cell]:
    """Return what shows the claim of a line, or its promise and what became of it."""

    def cell(line: Record, _: Names) -> Cell:
        if line["what"] != "promise":
            return lines((claim(line), STRONG))
        return lines((words.promise(line), PLAIN), (words.outcome(line), STRONG))

    return cell


def _claim(line: Record, _: Names) -> Cell:
    """Return whose claim a line is, and by which others it is judged."""
    counted_by = line.get("counted_by") and f"counted by {line['counted_by']}"
    shown_by = line.get("shown_by") and f"shown by {', '.join(line['shown_by'])}"
    return lines(
        (words.source(line), PLAIN),
        (line.get("scope"), PLAIN),
        (counted_by, PLAIN),
        (line["fact"], FAINT),
        (shown_by, FAINT),
    )


WHEN = Column("When", _when, short=True)
CLAIM = Column("Source", _claim)
