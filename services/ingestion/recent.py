"""The newest readings of each datastream, kept beside the store so that a batch need not ask anew.

What is kept of a stream is trusted as long as the newest row of the store is the one that we put
there, and for ten minutes at most: somebody may have changed a flag behind it.
"""

import math
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

import numpy as np
from sqlalchemy.orm import Session

from data import observations
from data.observation_rows import ObservationRow
from services.flood.model import Flag, Series

RECENT = 64
"""Earlier readings a flag may depend on: 16 hours at 15 minutes (estimate)."""

ROOM = 4 * RECENT
TRUST_S = 600.0
END_OF_TIME = datetime(9999, 12, 31, tzinfo=UTC)
RecentValue = tuple[datetime, float | None, int]
"""Phenomenon time, value and flag of an earlier reading."""


class RecentSeries:
    """Readings of one datastream in order of time; the last RECENT count."""

    def __init__(self, values: Sequence[RecentValue] = ()) -> None:
        self._times = np.empty(ROOM, dtype=np.float64)
        self._values = np.empty(ROOM, dtype=np.float64)
        self._flags = np.empty(ROOM, dtype=np.int8)
        self._size = 0
        for at, value, flag in values[-RECENT:]:
            self.append(at.timestamp(), value, flag)

    @property
    def newest_s(self) -> float:
        """Return the time of the newest reading in epoch seconds, minus infinity without one."""
        return float(self._times[self._size - 1]) if self._size else -math.inf

    def append(self, time_s: float, value: float | None, flag: int) -> None:
        """Add a reading later than all others; a value that lacks is a missing one."""
        if self._size == ROOM:
            for kept in (self._times, self._values, self._flags):
                kept[:RECENT] = kept[-RECENT:]
            self._size = RECENT
        self._times[self._size] = time_s
        self._values[self._size] = math.nan if value is None else value
        self._flags[self._size] = Flag.MISSING if value is None else flag
        self._size += 1

    def time_before_newest(self) -> datetime:
        """Return the time of the last but one reading."""
        return datetime.fromtimestamp(float(self._times[self._size - 2]), UTC)

    def reflag_before_newest(self, flag: int) -> None:
        """Change the flag of the last but one reading: the newest told what it was."""
        self._flags[self._size - 2] = flag

    def series(self) -> Series:
        """Return the readings that count; the arrays are ours and hold until the next append."""
        part = slice(max(self._size - RECENT, 0), self._size)
        return Series(self._times[part], self._values[part], self._flags[part])


@dataclass(slots=True)
class _Kept:
    series: RecentSeries
    newest: datetime | None
    read_at: float


@dataclass(slots=True)
class RecentCache:
    """Recent readings by datastream, of the one process that writes them."""

    seconds: Callable[[], float] = time.monotonic
    _kept: dict[int, _Kept] = field(default_factory=dict, init=False)

    def of(self, session: Session, ids: Iterable[int]) -> dict[int, RecentSeries]:
        """Return the recent readings of datastreams, from the store where ours may be old."""
        wanted = sorted(set(ids))
        newest = observations.newest_times(session, wanted)
        found = {}
        for number in wanted:
            kept = self._kept.get(number)
            if kept is None or not self._holds(kept, newest.get(number)):
                rows = observations.recent(session, number, END_OF_TIME, RECENT)
                kept = _Kept(RecentSeries(rows), newest.get(number), self.seconds())
                self._kept[number] = kept
            found[number] = kept.series
        return found

    def stored(self, rows: Iterable[ObservationRow], late: Iterable[int]) -> None:
        """Note what a batch has stored; streams with late readings are read anew next time."""
        for row in rows:
            kept = self._kept.get(row.datastream_id)
            if kept is not None and (kept.newest is None or row.phenomenon_time > kept.newest):
                kept.newest = row.phenomenon_time
        for number in late:
            self._kept.pop(number, None)

    def forget(self) -> None:
        """Drop everything: a transaction was rolled back."""
        self._kept.clear()

    def _holds(self, kept: _Kept, newest: datetime | None) -> bool:
        return kept.newest == newest and self.seconds() - kept.read_at < TRUST_S
