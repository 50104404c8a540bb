"""Rolls up what changed: bounded batches, each in one transaction with the marks it settles."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session, sessionmaker

from data import archives, rollups
from data.engine import writing
from data.models import DailyRollup, HourlyRollup
from data.observation_rows import Key
from services.archive.errors import ArchiveDamagedError
from services.archive.reading import SeriesReader
from services.clock import wall_now
from services.series.late import late_hours, note
from services.series.summary import combine, day_of, next_day, summarise

LAST = rollups.HOUR - timedelta(microseconds=1)
MOST = 100_000
"""Values of an hour: more than a sensor gives every 40 milliseconds."""
BATCH = 500
"""Marks a transaction (estimate): SQLite has one writer, and ingest waits for it meanwhile."""


class Rolled(NamedTuple):
    """What was done: marks settled, marks left for want of a file, the files, is all seen."""

    settled: int = 0
    left: int = 0
    damaged: frozenset[str] = frozenset()
    is_end: bool = True


@dataclass(slots=True)
class Roller:
    """Keeps hourly and daily rollups equal to what a fresh computation would give."""

    sessions: sessionmaker[Session]
    zone: ZoneInfo
    reader: SeriesReader | None = None
    """Where months have left the database, an hour is more than what is left in it."""
    now: Callable[[], datetime] = wall_now
    _after: int = field(default=0, init=False)
    """Mark up to which this round through the marks has come."""

    def run(self, batches: int) -> Rolled:
        """Roll up at most so many batches; ends when all marks were seen."""
        total = Rolled()
        begins_again = self._after > 0
        for _ in range(batches):
            done = self._batch(BATCH)
            total = Rolled(
                total.settled + done.settled,
                total.left + done.left,
                total.damaged | done.damaged,
                done.is_end,
            )
            if done.is_end and not begins_again:
                break
            begins_again = begins_again and not done.is_end
        return total

    def step(self, limit: int = BATCH) -> int:
        """Roll up the next changes and return how many marks were settled.

        A crash or rollback leaves the marks; one that comes meanwhile is kept for the next step.
        """
        began_later = self._after > 0
        settled = self._batch(limit).settled
        if not settled and began_later:  # the round is over, the next one begins at once
            settled = self._batch(limit).settled
        return settled

    def _batch(self, limit: int) -> Rolled:
        with self.sessions() as session:
            if not rollups.is_waiting(session):
                return Rolled()
        with self.sessions.begin() as session:
            marks = rollups.claim(writing(session), limit, self._after)
            damaged = self._roll(session, sorted({hour for _, hour in marks}))
            settled = [number for number, hour in marks if hour not in damaged]
            rollups.settle(session, settled)
        is_end = len(marks) < limit
        self._after = 0 if is_end else marks[-1][0]
        left = len(marks) - len(settled)
        return Rolled(len(settled), left, frozenset(damaged.values()), is_end)

    def _roll(self, session: Session, hours: list[Key]) -> dict[Key, str]:
        """Roll up hours; returns those that can't be, each with the file that is not as it was."""
        archived, damaged = self._archived(session, hours)
        late = self._late(session, hours)
        left = {*damaged, *late}
        whole = [hour for hour in hours if hour not in left]
        found = {**rollups.raw_of_hours(session, whole), **archived}
        made = {key: summarise(*key, values) for key, values in found.items() if key not in late}
        _replace(session, HourlyRollup, made)
        days = sorted({(number, day_of(at, self.zone)) for number, at in whole})
        _replace(session, DailyRollup, {key: self._day(session, *key) for key in days})
        return damaged

    def _archived(
        self, session: Session, hours: list[Key]
    ) -> tuple[dict[Key, list[rollups.RawValue]], dict[Key, str]]:
        """Return the values of those hours of which a part lies in the archive, and what fails."""
        found: dict[Key, list[rollups.RawValue]] = {}
        damaged: dict[Key, str] = {}
        if self.reader is None:
            return found, damaged
        for number, of in _by_stream(hours).items():
            if not archives.covering(session, number, of[0], of[-1] + LAST):
                continue
            for hour in of:
                try:
                    found[number, hour] = self.reader.window(
                        session, number, hour, hour + LAST, MOST
                    )
                except ArchiveDamagedError as error:
                    damaged[number, hour] = error.path
        return found, damaged

    def _late(self, session: Session, hours: list[Key]) -> set[Key]:
        """Return the hours of deleted months whose rollups stay; each gets a finding."""
        found = {
            (number, hour)
            for number, of in _by_stream(hours).items()
            for hour in late_hours(session, number, of)
        }
        note(session, found, self.now())
        return found

    def _day(self, session: Session, number: int, day: datetime) -> rollups.RollupRow | None:
        end = next_day(day, self.zone)
        return combine(rollups.stored(session, HourlyRollup, number, day, end), day)


def _by_stream(hours: Iterable[Key]) -> dict[int, list[datetime]]:
    found: dict[int, list[datetime]] = {}
    for number, hour in hours:
        found.setdefault(number, []).append(hour)
    return found


def _replace(
    session: Session, table: rollups.Table, made: dict[Key, rollups.RollupRow | None]
) -> None:
    gone: Iterable[Key] = [key for key, row in made.items() if row is None]
    rollups.replace(session, table, [row for row in made.values() if row is not None], gone)
