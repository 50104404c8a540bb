"""Moves whole old months of datastreams into files, after the region's rules of retention."""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy.orm import Session, sessionmaker

from data import archives
from data.archives import ArchiveRow, OldStream, VersionRow
from data.engine import writing
from data.region_pack.sensor_rows import RetentionRow
from services.archive import files
from services.clock import wall_now

LOG = logging.getLogger(__name__)
ANY = "*"


@dataclass(frozen=True, slots=True)
class ArchiveReport:
    """What one run did; `waiting` months are not rolled up yet and follow in a later run."""

    months: int = 0
    observations: int = 0
    waiting: int = 0


@dataclass(frozen=True, slots=True)
class ArchiveService:
    """Keeps the database small; what has left it is read through `services.archive.reading`."""

    sessions: sessionmaker[Session]
    folder: Path
    rules: Sequence[RetentionRow]
    now: Callable[[], datetime] = wall_now

    def run(self) -> ArchiveReport:
        """Archive or delete every month that is old enough.

        A file is on disk before its rows go, and both are noted in one transaction: a crash at any
        moment leaves either the rows or the noted file.
        """
        done = ArchiveReport()
        if not self.rules:
            return done
        now = self.now()
        with self.sessions() as session:
            streams = archives.old_streams(session, now)
        for stream in streams:
            rule = self._rule(stream)
            if rule is None:
                continue
            limit = month_of(now - timedelta(days=rule.keep_days))
            start = month_of(stream.oldest_at)
            while start < limit:
                done = _sum(done, self._month(stream, start, rule))
                start = next_month(start)
        return done

    def _rule(self, stream: OldStream) -> RetentionRow | None:
        """Return the most precise rule of a datastream: its property counts before its kind."""
        fitting = [
            rule
            for rule in self.rules
            if rule.observed_property in {ANY, stream.observed_property}
            and rule.kind in {ANY, stream.kind}
        ]
        return max(
            fitting,
            key=lambda rule: (rule.observed_property != ANY, rule.kind != ANY),
            default=None,
        )

    def _month(self, stream: OldStream, start: datetime, rule: RetentionRow) -> ArchiveReport:
        number, end = stream.datastream_id, next_month(start)
        with self.sessions() as session, session.begin():
            writing(session)
            if archives.has_dirty_hours(session, number, start, end):
                return ArchiveReport(waiting=1)
            rows = archives.versions(session, number, start, end)
            if not rows:
                return ArchiveReport()
            if rule.archive:
                archives.add(session, self._write(session, stream, start, rows))
            gone = archives.remove(session, number, start, end)
            if gone != len(rows):
                # somebody stored beside us: the transaction is given up, the next run finds all
                session.rollback()
                return ArchiveReport(waiting=1)
        LOG.info("%s: %s archiviert, %d Werte", stream.key, f"{start:%Y-%m}", len(rows))
        return ArchiveReport(1, sum(not row.is_superseded for row in rows))

    def _write(
        self, session: Session, stream: OldStream, start: datetime, rows: Sequence[VersionRow]
    ) -> ArchiveRow:
        known = archives.covering(session, stream.datastream_id, start, next_month(start))
        name = f"{files.folder_of(stream.key)}/{start:%Y-%m}-{len(known) + 1}.parquet"
        current = sum(not row.is_superseded for row in rows)
        return ArchiveRow(
            datastream_id=stream.datastream_id,
            path=name,
            first_at=rows[0].phenomenon_time,
            last_at=rows[-1].phenomenon_time,
            observations=current,
            revisions=len(rows) - current,
            sha256=files.write(self.folder / name, rows),
            created_at=self.now(),
        )


def month_of(at: datetime) -> datetime:
    """Return the start of the UTC month of an instant."""
    return at.astimezone(UTC).replace(day=1, hour=0, minute=0, second=0, microsecond=0)


def next_month(start: datetime) -> datetime:
    """Return the start of the month after one that starts at `start`."""
    return (start + timedelta(days=32)).replace(day=1)


def _sum(first: ArchiveReport, second: ArchiveReport) -> ArchiveReport:
    return ArchiveReport(
        first.months + second.months,
        first.observations + second.observations,
        first.waiting + second.waiting,
    )
