"""What is shown of events: when and where each took place, or was announced to."""

from typing import Any

from expofacts.facts.kinds import Event
from expofacts.plurals import counted
from expofacts.view import words
from expofacts.view.cells import FAINT, PLAIN, STRONG, Cell, Column, Names, identified, lines
from expofacts.view.columns import SOURCE, region_list
from expofacts.view.timeline_columns import CLAIM
from expofacts.view.views import Article, View


def _when(event: Any) -> str:
    """Return when an event took place, and for when it was announced."""
    held = event["held"] and f"held {words.date(event['held'])}"
    expected = event["expected"] and f"announced for {words.date(event['expected'])}"
    return ", ".join(filter(None, (held, expected)))


def _as_of(event: Event) -> str:
    return f"as of {words.date(event['as_of'])}"


def _edition(event: Any) -> str | None:
    return event["edition"] and f"{words.ordinal(event['edition'])} edition"


def _named(event: Event) -> str:
    return ", ".join(filter(None, (event["name"], _edition(event))))


def _organizers(event: Event) -> str:
    return ", ".join(event["organizers"] or ())


def _name(event: Event, _: Names) -> Cell:
    return identified(event, (event["name"], STRONG), (_edition(event), PLAIN))


def _held(event: Event, _: Names) -> Cell:
    return lines((_when(event), PLAIN), (_as_of(event), FAINT))


def _places(event: Event, names: Names) -> Cell:
    return lines((region_list(event["places"], names), PLAIN))


def _passage(event: Event) -> Cell:
    return lines((_named(event), STRONG), (f"{_when(event)} ({_as_of(event)})", PLAIN))


def _sentence(event: Event, names: Names) -> str:
    places = region_list(event["places"], names)
    return f"{_named(event)}{f' ({places})' if places else ''}: {_when(event)}, {_as_of(event)}"


def _article(event: Event, names: Names) -> Article:
    about = (_edition(event), region_list(event["places"], names), _organizers(event))
    said = "; ".join(filter(None, (_when(event), event["purpose"])))
    return Article(event["name"], about, said)


def _related(event: Event) -> str:
    return f"{_named(event)}: {_when(event)} ({_as_of(event)})"


def _claim(event: Event, reason: str, names: Names) -> str:
    if reason == "different places":
        return region_list(event["places"], names)
    return f"{_when(event)} ({_as_of(event)})"


def _date(line: Any, _: Names) -> Cell:
    return lines((words.date(line["date"]), PLAIN))


def _event(line: Any, names: Names) -> Cell:
    """Return the event of a line of a time line, or what was announced and what became of it."""
    where = ", ".join(filter(None, (_edition(line), region_list(line["places"], names))))
    outcome = _outcome(line) if line["what"] == "announcement" else None
    when = _when(line) if outcome else None
    return lines((line["name"], STRONG), (where, PLAIN), (when, PLAIN), (outcome, STRONG))


def _outcome(line: Any) -> str:
    least, most = line["late_days_min"], line["late_days_max"]
    match line["outcome"]:
        case None:
            return "not judged: which edition it is, is not said"
        case "late" if least != most:
            return f"late by {least:,} to {counted(most, 'day')}"
        case "late":
            return f"late by {counted(most, 'day')}"
        case "kept or moved":
            return "kept, or moved: of when it was held, only this is known"
        case "early":
            return "held earlier"
        case "moved":
            return "moved: announced anew for another time"
        case "overdue":
            return "overdue: what became of it is not known"
        case "disputed":
            return "disputed, for sources differ in when it was held"
        case outcome:
            return str(outcome)


VIEW = View(
    noun=("event", "events"),
    heading="Events",
    counted="Events",
    columns=(
        Column("Event", _name),
        Column("When", _held),
        Column("Places", _places),
        SOURCE,
    ),
    passage=_passage,
    sentence=_sentence,
    article=_article,
    related=_related,
    worded={"edition": lambda event: lines((words.ordinal(event["edition"] or 0), PLAIN))},
    dated=True,
    claim=_claim,
    subject=_named,
    timeline=(Column("When", _date, short=True), Column("Event", _event), CLAIM),
    line=("entry", "entries"),
)
