"""Rolls up what changed: bounded batches, each in one transaction with the marks it settles."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session, sessionmaker

from data import archives, rollups
from data.engine import writing
from data.models import DailyRollup, HourlyRollup
from data.observation_rows import Key
from services.archive.reading import SeriesReader
from services.series.summary import combine, day_of, next_day, summarise

LAST = rollups.HOUR - timedelta(microseconds=1)
MOST = 100_000
"""Values of an hour: more than a sensor gives every 40 milliseconds."""
BATCH = 500
"""Marks a transaction (estimate): SQLite has one writer, and ingest waits for it meanwhile."""


@dataclass(frozen=True, slots=True)
class Roller:
    """Keeps hourly and daily rollups equal to what a fresh computation would give."""

    sessions: sessionmaker[Session]
    zone: ZoneInfo
    reader: SeriesReader | None = None
    """Where months have left the database, an hour is more than what is left in it."""

    def step(self, limit: int = BATCH) -> int:
        """Roll up the oldest changes and return how many marks were settled.

        A crash or rollback leaves the marks; one that comes meanwhile is kept for the next step.
        """
        with self.sessions() as session:
            if not rollups.is_waiting(session):
                return 0
        with self.sessions.begin() as session:
            marks = rollups.claim(writing(session), limit)
            if marks:
                self._roll(session, sorted({hour for _, hour in marks}))
                rollups.settle(session, [number for number, _ in marks])
        return len(marks)

    def _roll(self, session: Session, hours: list[Key]) -> None:
        found = {**rollups.raw_of_hours(session, hours), **self._archived(session, hours)}
        made = {key: summarise(*key, values) for key, values in found.items()}
        _replace(session, HourlyRollup, made)
        days = sorted({(number, day_of(at, self.zone)) for number, at in hours})
        _replace(session, DailyRollup, {key: self._day(session, *key) for key in days})

    def _archived(self, session: Session, hours: list[Key]) -> dict[Key, list[rollups.RawValue]]:
        """Return the values of those hours of which a part lies in the archive."""
        if self.reader is None:
            return {}
        by_stream: dict[int, list[datetime]] = {}
        for number, hour in hours:
            by_stream.setdefault(number, []).append(hour)
        return {
            (number, hour): self.reader.window(session, number, hour, hour + LAST, MOST)
            for number, of in by_stream.items()
            if archives.covering(session, number, of[0], of[-1] + LAST)
            for hour in of
        }

    def _day(self, session: Session, number: int, day: datetime) -> rollups.RollupRow | None:
        end = next_day(day, self.zone)
        return combine(rollups.stored(session, HourlyRollup, number, day, end), day)


def _replace(
    session: Session, table: rollups.Table, made: dict[Key, rollups.RollupRow | None]
) -> None:
    gone: Iterable[Key] = [key for key, row in made.items() if row is None]
    rollups.replace(session, table, [row for row in made.values() if row is not None], gone)
