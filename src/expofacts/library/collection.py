"""A collection that is open to be read."""

import sqlite3
import sys
from collections.abc import Callable, Mapping, Sequence
from itertools import islice
from os import PathLike, fspath
from typing import Any, Self, TypeVar, Unpack

from expofacts.errors import UsageError
from expofacts.facts.suggestions import suggest
from expofacts.index import full_text, query
from expofacts.index.opening import ask, open_index
from expofacts.index.resolve import resolve
from expofacts.json_lines import from_json
from expofacts.library.arguments import CommonFilters, SearchFilters, as_value, asked
from expofacts.library.objects import (
    ENTRIES,
    FACTS,
    RECORDS,
    AnyFact,
    ConflictFilters,
    Event,
    EventFilters,
    Infrastructure,
    InfrastructureFilters,
    Mechanism,
    Quote,
    QuoteFilters,
    Region,
    Source,
    Speaker,
    Statistic,
    StatisticFilters,
    TimelineEntry,
    Topic,
    of,
)
from expofacts.library.results import Conflict, Found, Hit, LookedUp, Verification

Answer = TypeVar("Answer")
Kind = TypeVar("Kind")

StrPath = str | PathLike[str]


class Facts:
    """A collection as it was when it was opened. To be closed, or used as a context manager.

    What it gives are tuples of objects of `expofacts.library`. Raises UsageError, with the nearest
    that there is, for a value that the collection does not have, and TypeError for one that a
    filter cannot have.
    """

    def __init__(self, paths: Sequence[str]) -> None:
        self._paths = paths
        self._index: sqlite3.Connection | None = open_index(paths)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the collection; to ask it for anything then raises ValueError."""
        if self._index:
            self._index.close()
        self._index = None

    def quotes(self, **filters: Unpack[QuoteFilters]) -> tuple[Quote, ...]:
        """Return the quotes that match."""
        return self._listed(Quote, filters, QuoteFilters)

    def statistics(self, **filters: Unpack[StatisticFilters]) -> tuple[Statistic, ...]:
        """Return the figures that match."""
        return self._listed(Statistic, filters, StatisticFilters)

    def infrastructure(
        self, **filters: Unpack[InfrastructureFilters]
    ) -> tuple[Infrastructure, ...]:
        """Return the reports on what is built that match."""
        return self._listed(Infrastructure, filters, InfrastructureFilters)

    def mechanisms(self, **filters: Unpack[CommonFilters]) -> tuple[Mechanism, ...]:
        """Return the arrangements between regions that match."""
        return self._listed(Mechanism, filters, CommonFilters)

    def events(self, **filters: Unpack[EventFilters]) -> tuple[Event, ...]:
        """Return the events that match."""
        return self._listed(Event, filters, EventFilters)

    def search(self, words: str, /, *, limit: int = 20, **filters: Unpack[SearchFilters]) -> Found:
        """Return the facts of any kind that are best for some words, as the command does."""
        wanted, _ = asked(filters, SearchFilters)
        most = as_value("limit", limit, int)

        def question(index: sqlite3.Connection) -> tuple[full_text.Found, list[dict[str, Any]]]:
            found = full_text.find(index, words, wanted, most)
            return found, list(full_text.hits(index, found))

        found, records = self._ask(question)
        hits = tuple(
            Hit(
                fact=of(FACTS[record["kind"]], record),
                score=float(record["score"]),
                matched=tuple(record["matched"]),
            )
            for record in records
        )
        return Found(hits=hits, total=found.total, partial=found.partial, near=tuple(found.near))

    def show(self, id_: str, /) -> AnyFact | Source | Region:
        """Return the fact, source or region with the id; of a region any name will do."""
        kind, line = self._ask(lambda index: query.find(index, id_))
        record: AnyFact | Source | Region = of(RECORDS[kind], from_json(line))
        return record

    def conflicts(
        self, *, agreements: bool = False, **filters: Unpack[ConflictFilters]
    ) -> tuple[Conflict, ...]:
        """Return the contradictions that facts which match are in, each pair once.

        With `agreements` also which figures are two counts, and which claims agree.
        """
        from expofacts.compare.contradictions import find
        from expofacts.compare.findings import AGREEMENT, CONTRADICTION, TWO_COUNTS

        kinds = [CONTRADICTION]
        if as_value("agreements", agreements, bool):
            kinds += [TWO_COUNTS, AGREEMENT]
        wanted, _ = asked(filters, ConflictFilters)
        findings = self._ask(lambda index: list(find(index, wanted, kinds)))
        return tuple(
            of(
                Conflict,
                finding._asdict()
                | {
                    side: of(FACTS[record["kind"]], record)
                    for side, record in (("left", finding.left), ("right", finding.right))
                },
            )
            for finding in findings
        )

    def timeline(
        self,
        subject: str | None = None,
        /,
        *,
        limit: int | None = None,
        **filters: Unpack[SearchFilters],
    ) -> tuple[TimelineEntry, ...]:
        """Return the claims on one thing in order of time, or those on all projects."""
        from expofacts.compare import timelines

        wanted, _ = asked(filters, SearchFilters)
        most = None if limit is None else min(as_value("limit", limit, int), sys.maxsize)
        key = self._ask(lambda index: timelines.key_of(index, subject))
        lines = self._ask(lambda index: list(islice(timelines.lines(index, subject, wanted), most)))
        return tuple(of(ENTRIES[key], line) for line in lines)

    def verify(
        self, texts: Mapping[str, StrPath] | None = None, /, **filters: Unpack[SearchFilters]
    ) -> Verification:
        """Return what the sources' texts say of the words of the facts that match.

        `texts` has files by the ids of sources, and then only these sources are looked at; by
        default each source has its text where its fact file says. Raises TextError for a file
        that cannot be read.
        """
        from expofacts.verify.source_text import read_given
        from expofacts.verify.verification import Report, look_up_all

        wanted, _ = asked(filters, SearchFilters)
        given = {source: read_given(fspath(path)) for source, path in (texts or {}).items()}

        def question(index: sqlite3.Connection) -> Report:
            for source in given:
                resolve(index, "source", source)
            return look_up_all(index, wanted, given=given)

        report = self._ask(question)
        return Verification(
            phrases=tuple(of(LookedUp, finding.record()) for finding in report.findings),
            all_found=report.all_found,
            without_text=tuple(report.without_text),
            unread=tuple(report.unread.items()),
            without_phrase=tuple(report.without_phrase),
        )

    def cite(self, *ids: str, style: str = "text") -> str:
        """Return facts as sentences to paste, or their sources as references.

        Styles are "text", "markdown", "bibtex" and "csl-json".
        """
        from expofacts.view.citation import STYLES, Cited

        if style not in STYLES:
            raise UsageError(f'unknown style "{style}"{suggest(style, STYLES)}')

        def question(index: sqlite3.Connection) -> list[Cited]:
            names = query.region_names(index)
            return [Cited(*query.with_source(index, id_), names) for id_ in ids]

        return "".join(STYLES[style](self._ask(question)))

    def regions(self) -> tuple[Region, ...]:
        """Return all regions."""
        return self._listed(Region)

    def sources(self) -> tuple[Source, ...]:
        """Return all sources."""
        return self._listed(Source)

    def topics(self) -> tuple[Topic, ...]:
        """Return all topics."""
        return self._listed(Topic)

    def speakers(self) -> tuple[Speaker, ...]:
        """Return all who are quoted by name."""
        return self._listed(Speaker)

    def _listed(
        self,
        kind: type[Kind],
        given: Mapping[str, Any] | None = None,
        known: type = CommonFilters,
    ) -> tuple[Kind, ...]:
        name = kind.__name__.lower()
        where, order = asked(given or {}, known)
        lines = self._ask(lambda index: list(query.select(index, name, where, order)))
        return tuple(of(kind, from_json(line)) for line in lines)

    def _ask(self, question: Callable[[sqlite3.Connection], Answer]) -> Answer:
        if not self._index:
            raise ValueError("the collection is closed")
        try:
            return question(self._index)
        except sqlite3.DatabaseError:  # damaged: then it is made again
            answer = ask(self._paths, question)
            self._index.close()
            self._index = open_index(self._paths)
            return answer
