"""One way to read a window that may reach into the archive: values now, and as known then."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy.orm import Session

from data import archives, as_of, observations
from data.archives import VersionRow
from services.archive import files

Value = tuple[datetime, float | None, int]
"""Instant, value and flag."""
TICK = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class SeriesReader:
    """Reads datastreams from the database and, where months have left it, from their files."""

    folder: Path

    def window(
        self, session: Session, datastream_id: int, start: datetime, end: datetime, limit: int
    ) -> list[Value]:
        """Return the values of start <= time <= end in order, at most `limit`.

        Raises
        ------
        ArchiveDamagedError
            When a file of the window is missing or damaged.
        """
        if not archives.covering(session, datastream_id, start, end):
            return observations.window(session, datastream_id, start, end, limit)
        return self._held(session, datastream_id, (start, end), None)[:limit]

    def known_at(
        self, session: Session, datastream_id: int, start: datetime, end: datetime, then: datetime
    ) -> list[Value]:
        """Return the window as it was known at an instant.

        Raises
        ------
        ArchiveDamagedError
            When a file of the window is missing or damaged.
        """
        if not archives.covering(session, datastream_id, start, end):
            return as_of.known_at(session, datastream_id, start, end, then)
        return self._held(session, datastream_id, (start, end), then)

    def rows(
        self, session: Session, datastream_id: int, start: datetime, end: datetime
    ) -> list[VersionRow] | None:
        """Return the current versions of a window that reaches into the archive, else None.

        Raises
        ------
        ArchiveDamagedError
            When a file of the window is missing or damaged.
        """
        if not archives.covering(session, datastream_id, start, end):
            return None
        return self._rows(session, datastream_id, (start, end), None)

    def _held(
        self,
        session: Session,
        datastream_id: int,
        window: tuple[datetime, datetime],
        then: datetime | None,
    ) -> list[Value]:
        found = self._rows(session, datastream_id, window, then)
        return [(row.phenomenon_time, row.value, row.flag) for row in found]

    def _rows(
        self,
        session: Session,
        datastream_id: int,
        window: tuple[datetime, datetime],
        then: datetime | None,
    ) -> list[VersionRow]:
        start, end = window
        rows: list[VersionRow] = []
        for row in archives.covering(session, datastream_id, start, end):
            rows += files.read(self.folder / row.path, row.sha256)
        rows += archives.versions(session, datastream_id, start, end + TICK)
        return held(
            row
            for row in rows
            if start <= row.phenomenon_time <= end and (then is None or row.result_time <= then)
        )


NO_ARCHIVE = SeriesReader(Path("archive"))
"""For tools and tests whose store has archived nothing."""


def held(rows: Iterable[VersionRow]) -> list[VersionRow]:
    """Return for each instant the version that was received last; of equals the current one."""
    best: dict[datetime, VersionRow] = {}
    for row in rows:
        known = best.get(row.phenomenon_time)
        if known is None or _rank(row) >= _rank(known):
            best[row.phenomenon_time] = row
    return [best[at] for at in sorted(best)]


def _rank(row: VersionRow) -> tuple[datetime, bool]:
    return row.result_time, not row.is_superseded
