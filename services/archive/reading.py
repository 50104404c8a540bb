"""One way to read a window that may reach into the archive: values now, and as known then."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy.orm import Session

from data import archives, as_of, observations
from data.archives import ArchiveRow, VersionRow
from services.archive import files

Value = tuple[datetime, float | None, int]
"""Instant, value and flag."""
Sourced = tuple[datetime, float | None, int, str]
"""Instant, value, flag and origin (simulated, live or imported)."""
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
        found = self._first(session, datastream_id, (start, end), limit)
        return [(row.phenomenon_time, row.value, row.flag) for row in found]

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

    def window_with_origin(
        self, session: Session, datastream_id: int, start: datetime, end: datetime, limit: int
    ) -> list[Sourced]:
        """Return the window, each value with its origin.

        Raises
        ------
        ArchiveDamagedError
            When a file of the window is missing or damaged.
        """
        if not archives.covering(session, datastream_id, start, end):
            return observations.window_with_origin(session, datastream_id, start, end, limit)
        return _sourced(self._first(session, datastream_id, (start, end), limit))

    def known_with_origin(
        self, session: Session, datastream_id: int, start: datetime, end: datetime, then: datetime
    ) -> list[Sourced]:
        """Return the window as it was known at an instant, each value with its origin.

        Raises
        ------
        ArchiveDamagedError
            When a file of the window is missing or damaged.
        """
        if not archives.covering(session, datastream_id, start, end):
            return as_of.known_with_origin(session, datastream_id, start, end, then)
        return _sourced(self._rows(session, datastream_id, (start, end), then))

    def rows(
        self,
        session: Session,
        datastream_id: int,
        window: tuple[datetime, datetime],
        limit: int,
        flags: Collection[int] = (),
    ) -> list[VersionRow] | None:
        """Return the first current versions of a window that reaches into the archive, else None.

        At most `limit`, of all flags or some; files are read one after the other and only as far
        as the limit needs.

        Raises
        ------
        ArchiveDamagedError
            When a file of the window is missing or damaged.
        """
        if not archives.covering(session, datastream_id, *window):
            return None
        return self._first(session, datastream_id, window, limit, flags)

    def _first(
        self,
        session: Session,
        datastream_id: int,
        window: tuple[datetime, datetime],
        limit: int,
        flags: Collection[int] = (),
    ) -> list[VersionRow]:
        found: list[VersionRow] = []
        known = archives.covering(session, datastream_id, *window)
        for begin, until, is_filed in _stretches(window, known):
            if is_filed:
                rows = self._rows(session, datastream_id, (begin, until), None)
                found += [row for row in rows if not flags or row.flag in flags]
            else:
                left = limit - len(found)
                found += archives.current(session, datastream_id, (begin, until), left, flags)
            if len(found) >= limit:
                break
        return found[:limit]

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


def _sourced(rows: Iterable[VersionRow]) -> list[Sourced]:
    return [(row.phenomenon_time, row.value, row.flag, row.origin) for row in rows]


NO_ARCHIVE = SeriesReader(Path("archive"))
"""For tools and tests whose store has archived nothing."""


def _stretches(
    window: tuple[datetime, datetime], known: Sequence[ArchiveRow]
) -> Iterator[tuple[datetime, datetime, bool]]:
    """Cut start <= time <= end into stretches with files and stretches without, in order."""
    start, end = window
    for row in sorted(known, key=lambda each: each.first_at):
        if row.last_at < start:
            continue
        if row.first_at > start:
            yield start, row.first_at - TICK, False
            start = row.first_at
        yield start, min(row.last_at, end), True
        start = min(row.last_at, end) + TICK
    if start <= end:
        yield start, end, False


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
