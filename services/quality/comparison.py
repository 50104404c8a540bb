"""What the comparison of gauges says at an instant, from values read once for a stretch of time."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import numpy as np
from sqlalchemy.orm import Session

from data import observations
from data.region_pack.rows import GaugeRow
from services.flood.constants import SECONDS_PER_HOUR
from services.flood.model import Flag
from services.quality.consistency import (
    DRIFT_DAYS,
    Course,
    against_rain,
    drift,
    still_among,
    unseen_below,
)
from services.quality.verdict import DRIFT, NEIGHBOUR, RAIN
from services.region import Region

WINDOW = timedelta(hours=6)
RAIN_BEFORE = timedelta(hours=12)
"""Rain of so long before the window may still raise a creek (estimate)."""
LOOK_BACK = timedelta(days=2 * DRIFT_DAYS)
"""So far before an instant values are read: for the drift, which needs the most."""
LOW_WATER = 0.10
SLOW = 2.0
"""A wave may take twice as long as the region's default speed says (estimate)."""
DAY_S = 24 * SECONDS_PER_HOUR
Said = dict[tuple[int, str], str]
"""What could be looked at (datastream, test) and what it says; empty where nothing is odd."""


@dataclass(frozen=True, slots=True)
class Readings:
    """Trusted levels and depths of rain of start <= time <= end, each series read once."""

    session: Session
    start: datetime
    end: datetime
    levels: dict[int, Course] = field(default_factory=dict)
    depths: dict[int, Course] = field(default_factory=dict)

    def course(self, number: int, start: datetime, end: datetime) -> Course:
        """Return the trusted values of start <= time <= end."""
        if number not in self.levels:
            rows = observations.window(self.session, number, self.start, self.end)
            kept = ((at, value) for at, value, flag in rows if flag < Flag.SUSPECT)
            self.levels[number] = _course(kept)
        return _part(self.levels[number], start, end)

    def rain_mm(self, number: int | None, end: datetime) -> float | None:
        """Return the rain before and in the window, None where none is measured."""
        if number is None:
            return None
        if number not in self.depths:
            rows = observations.rain_window(self.session, number, self.start, self.end)
            self.depths[number] = _course((row.phenomenon_time, row.value) for row in rows)
        fallen = _part(self.depths[number], end - WINDOW - RAIN_BEFORE, end).values
        return float(fallen.sum()) if fallen.size else None


@dataclass(frozen=True, slots=True)
class Comparison:
    """Compares the gauges of each river with each other and with their rain."""

    region: Region
    ids: Mapping[str, int]

    def rivers(self, key: str = "") -> list[list[GaugeRow]]:
        """Return the gauges by river, downstream; with a key only the river of that datastream."""
        found: dict[str, list[GaugeRow]] = defaultdict(list)
        for row in self.region.heard.gauges:
            if row.observes == "stage" and row.river_km is not None and key_of(row) in self.ids:
                found[row.river_id].append(row)
        return [
            sorted(rows, key=lambda row: -(row.river_km or 0.0))
            for rows in found.values()
            if not key or key in map(key_of, rows)
        ]

    def look(self, readings: Readings, rows: Sequence[GaugeRow], at: datetime) -> Said:
        """Return what neighbours and rain say of the last hours of a river's gauges."""
        courses = {row.gauge_id: self._course(readings, row, at) for row in rows}
        found: Said = {}
        for row, below in zip(rows, [*rows[1:], None], strict=True):
            own, number = courses[row.gauge_id], self.ids[key_of(row)]
            others = [courses[other.gauge_id] for other in rows if other is not row]
            rain_mm = readings.rain_mm(self.ids.get(f"{row.gauge_id}/rain"), at)
            words = still_among(own, others) or self._unseen(readings, (row, below), at)
            if words or own.values.size:
                found[number, NEIGHBOUR] = words
            if own.values.size and rain_mm is not None:
                found[number, RAIN] = against_rain(own, rain_mm)
        return found

    def drifts(self, readings: Readings, rows: Sequence[GaugeRow], at: datetime) -> Said:
        """Return what the low waters of the last days say of a river's gauges."""
        lows = {row.gauge_id: self._lows(readings, row, at) for row in rows}
        found: Said = {}
        for row in rows:
            others = [lows[other.gauge_id] for other in rows if other is not row]
            own, beside = _same_days(lows[row.gauge_id], others)
            if len(own) >= DRIFT_DAYS:
                found[self.ids[key_of(row)], DRIFT] = drift(own, beside)
        return found

    def _unseen(
        self, readings: Readings, pair: tuple[GaugeRow, GaugeRow | None], at: datetime
    ) -> str:
        """Look at the rise that had to arrive below by now."""
        row, below = pair
        if below is None:
            return ""
        metres = 1000.0 * ((row.river_km or 0.0) - (below.river_km or 0.0))
        travel = timedelta(seconds=SLOW * metres / self.region.pack.info.default_celerity_ms)
        own = self._course(readings, row, at - travel)
        lower = readings.course(self.ids[key_of(below)], at - WINDOW - travel, at)
        rain_mm = readings.rain_mm(self.ids.get(f"{row.gauge_id}/rain"), at - travel)
        return unseen_below(own, lower, rain_mm)

    def _course(self, readings: Readings, row: GaugeRow, at: datetime) -> Course:
        return readings.course(self.ids[key_of(row)], at - WINDOW, at)

    def _lows(self, readings: Readings, row: GaugeRow, at: datetime) -> dict[int, float]:
        """Return the low water of each of the last days, by days before."""
        found = readings.course(self.ids[key_of(row)], at - LOOK_BACK, at)
        days = ((at.timestamp() - found.times_s) // DAY_S).astype(int)
        return {
            int(day): float(np.quantile(found.values[days == day], LOW_WATER))
            for day in np.unique(days)
        }


def key_of(row: GaugeRow) -> str:
    """Return the key of a gauge's datastream."""
    return f"{row.gauge_id}/{row.observes}"


def _course(rows: Iterable[tuple[datetime, float | None]]) -> Course:
    kept = [(at.timestamp(), value) for at, value in rows if value is not None]
    return Course(np.array([at for at, _ in kept]), np.array([value for _, value in kept]))


def _part(course: Course, start: datetime, end: datetime) -> Course:
    first = int(np.searchsorted(course.times_s, start.timestamp(), side="left"))
    last = int(np.searchsorted(course.times_s, end.timestamp(), side="right"))
    return Course(course.times_s[first:last], course.values[first:last])


def _same_days(
    own: Mapping[int, float], others: list[dict[int, float]]
) -> tuple[list[float], list[list[float]]]:
    """Return low waters of the days that all have, oldest day first."""
    days = sorted(set(own).intersection(*others), reverse=True)
    return [own[day] for day in days], [[other[day] for day in days] for other in others]
