"""Hints from neighbours, rain and drift over a period that has passed; flags stay as they are.

The job of operation (`services.quality.hindsight`) looks at now. What came late, or was measured
while no worker ran, is compared here.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from sqlalchemy.orm import Session, sessionmaker

from data import quality, things
from data.engine import writing
from data.quality import FindingRow
from data.region_pack.rows import GaugeRow
from services.flood.model import Flag
from services.quality.comparison import LOOK_BACK, WINDOW, Comparison, Readings, Said, key_of
from services.quality.finding import ACTOR
from services.quality.rules import Rules
from services.region import Region

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
BLOCK = timedelta(days=10)
"""Read at a time, with as long before it: 20 days of a river are some megabytes (estimate)."""
NOT_YET = WINDOW + HOUR
"""The newest hours belong to the job of operation, which takes its hints back itself."""
Span = tuple[datetime, datetime, str]
"""First and last instant of a hint and its words."""


@dataclass(frozen=True, slots=True)
class HintReport:
    """How many hints a period has, and how many that stood there hold no longer."""

    found: int = 0
    withdrawn: int = 0

    @property
    def sentence(self) -> str:
        """Say it in German, nothing where there is nothing to say."""
        if not self.found and not self.withdrawn:
            return ""
        hints = "ein Hinweis" if self.found == 1 else f"{self.found} Hinweise"
        old = "ein früherer gilt" if self.withdrawn == 1 else f"{self.withdrawn} frühere gelten"
        gone = f", {old} nicht mehr" if self.withdrawn else ""
        return (
            f"Vergleich mit Nachbarpegeln und Regen: {hints}{gone}. "
            "Hinweise ändern kein Kennzeichen."
        )

    def __add__(self, other: "HintReport") -> "HintReport":
        return HintReport(self.found + other.found, self.withdrawn + other.withdrawn)


@dataclass(frozen=True, slots=True)
class PastHints:
    """Makes the comparisons again for each hour of a period, the drift for each day."""

    sessions: sessionmaker[Session]
    region: Region
    rules: Rules

    def run(
        self, key: str, period: tuple[datetime, datetime], now: datetime, *, dry_run: bool = False
    ) -> HintReport:
        """Compare the gauges of a datastream's river, or (empty key) of all; twice changes nothing.

        Hints are kept for the datastream itself. One without comparisons has none.
        """
        start, end = period[0], min(period[1], now - NOT_YET)
        with self.sessions() as session:
            compared = Comparison(self.region, things.ids(session))
        total = HintReport()
        for rows in compared.rivers(key) if start <= end else ():
            seen = _Seen(start, {compared.ids[key_of(row)] for row in rows})
            if key:
                seen.wanted &= {compared.ids[key]}
            self._search(compared, rows, seen, end)
            total += self._store(seen, (start, end), now, dry_run=dry_run)
        return total

    def _search(
        self, compared: Comparison, rows: list[GaugeRow], seen: "_Seen", end: datetime
    ) -> None:
        block = seen.start
        while block <= end:
            last = min(block + BLOCK, end)
            with self.sessions() as session:
                readings = Readings(session, block - LOOK_BACK, last)
                for at in _hours(block, last):
                    seen.add(at, WINDOW, compared.look(readings, rows, at))
                    if at.hour == 0:
                        seen.add(at, DAY, compared.drifts(readings, rows, at))
            block = last + timedelta(microseconds=1)

    def _store(
        self, seen: "_Seen", period: tuple[datetime, datetime], now: datetime, *, dry_run: bool
    ) -> HintReport:
        """Keep the hints and withdraw those within the period that were looked at and not found."""
        rows = [
            FindingRow(
                number, begin, last, test, Flag.SUSPECT, words, ACTOR, now, self.rules.digest
            )
            for (number, test), spans in seen.spans.items()
            for begin, last, words in spans
        ]
        held = {(row.datastream_id, row.test, row.start_at) for row in rows}
        withdrawn = 0
        with self.sessions() as session, session.begin():
            if not dry_run:
                writing(session)
            for number, test in sorted(seen.looked):
                gone = [
                    (number, row.start_at)
                    for row in quality.standing(session, number, *period, (test,))
                    if period[0] <= row.start_at
                    and row.end_at <= period[1]
                    and (number, test, row.start_at) not in held
                ]
                withdrawn += len(gone)
                if not dry_run:
                    quality.withdraw(session, gone, (test,), now)
            if not dry_run:
                quality.keep(session, rows)
        return HintReport(len(rows), withdrawn)


@dataclass(slots=True)
class _Seen:
    """Hints by datastream and test; those whose windows touch are one."""

    start: datetime
    wanted: set[int]
    spans: dict[tuple[int, str], list[Span]] = field(default_factory=dict)
    looked: set[tuple[int, str]] = field(default_factory=set)

    def add(self, at: datetime, window: timedelta, said: Said) -> None:
        """Add what was said of the window before an instant."""
        begin = max(at - window, self.start)
        for key, words in said.items():
            if key[0] not in self.wanted:
                continue
            self.looked.add(key)
            if not words:
                continue
            spans = self.spans.setdefault(key, [])
            if spans and begin <= spans[-1][1]:
                begin_before, _, _ = spans.pop()
                spans.append((begin_before, at, words))
            else:
                spans.append((begin, at, words))


def _hours(start: datetime, end: datetime) -> Iterator[datetime]:
    """Return the whole hours of start <= hour <= end."""
    at = start.astimezone(UTC).replace(minute=0, second=0, microsecond=0)
    while at <= end:
        if at >= start:
            yield at
        at += HOUR
