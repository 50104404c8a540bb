"""The job that compares gauges with each other and with the rain, each quarter of an hour."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np
from sqlalchemy.orm import Session, sessionmaker

from data import observations, quality, things
from data.engine import writing
from data.quality import FindingRow
from data.region_pack.rows import GaugeRow
from services.clock import Clock
from services.flood.model import Flag
from services.jobs.model import Job
from services.quality.consistency import (
    DRIFT_DAYS,
    Course,
    against_rain,
    drift,
    still_among,
    unseen_below,
)
from services.quality.finding import ACTOR
from services.quality.rules import Rules
from services.quality.verdict import DRIFT, HINTS, NEIGHBOUR, RAIN
from services.region import Region

EVERY = timedelta(minutes=15)
WINDOW = timedelta(hours=6)
RAIN_BEFORE = timedelta(hours=12)
"""Rain of so long before the window may still raise a creek (estimate)."""
LOW_WATER = 0.10
SLOW = 2.0
"""A wave may take twice as long as the region's default speed says (estimate)."""


@dataclass(frozen=True, slots=True)
class Hindsight:
    """Looks for gauges that contradict their neighbours, the rain or their own past."""

    sessions: sessionmaker[Session]
    region: Region
    rules: Rules
    clock: Clock

    def job(self) -> Job:
        """Return it as a recurring job."""
        return Job("pruefung", EVERY, self.run)

    def run(self) -> str:
        """Keep the hints of now and withdraw those that hold no longer; says how many are new."""
        now = self.clock.now()
        begin = now.replace(minute=0, second=0, microsecond=0) - WINDOW
        with self.sessions.begin() as session:
            writing(session)
            ids = things.ids(session)
            hints = self._hints(session, ids, now)
            for number in {ids[key] for key in self._keys(ids)}:
                open_now = quality.standing(session, number, begin, now)
                gone = [
                    (number, row.start_at)
                    for row in open_now
                    if row.test in HINTS and (number, row.test) not in hints
                ]
                quality.withdraw(session, gone, HINTS, now)
            rows = [
                FindingRow(
                    number, begin, now, test, Flag.SUSPECT, words, ACTOR, now, self.rules.digest
                )
                for (number, test), words in hints.items()
            ]
            quality.keep(session, rows)
        return f"{len(hints)} Hinweise aus dem Vergleich der Pegel" if hints else ""

    def _keys(self, ids: Mapping[str, int]) -> list[str]:
        return [key for row in self.region.heard.gauges if (key := _key(row)) in ids]

    def _hints(
        self, session: Session, ids: Mapping[str, int], now: datetime
    ) -> dict[tuple[int, str], str]:
        rivers: dict[str, list[GaugeRow]] = defaultdict(list)
        for row in self.region.heard.gauges:
            if row.observes == "stage" and row.river_km is not None and _key(row) in ids:
                rivers[row.river_id].append(row)
        found: dict[tuple[int, str], str] = {}
        for rows in rivers.values():
            rows.sort(key=lambda row: -(row.river_km or 0.0))
            courses = {row.gauge_id: self._course(session, ids[_key(row)], now) for row in rows}
            lows = {row.gauge_id: self._lows(session, ids[_key(row)], now) for row in rows}
            for row, below in zip(rows, [*rows[1:], None], strict=True):
                others = [other.gauge_id for other in rows if other is not row]
                own = courses[row.gauge_id]
                rain_mm = self._rain(session, ids.get(f"{row.gauge_id}/rain"), now)
                low = _same_days(lows[row.gauge_id], [lows[other] for other in others])
                said = {
                    NEIGHBOUR: still_among(own, [courses[other] for other in others])
                    or self._unseen(session, ids, (row, below), now),
                    RAIN: against_rain(own, rain_mm),
                    DRIFT: drift(*low),
                }
                found |= {(ids[_key(row)], test): text for test, text in said.items() if text}
        return found

    def _unseen(
        self,
        session: Session,
        ids: Mapping[str, int],
        pair: tuple[GaugeRow, GaugeRow | None],
        now: datetime,
    ) -> str:
        """Look at the rise that had to arrive below by now."""
        row, below = pair
        if below is None:
            return ""
        metres = 1000.0 * ((row.river_km or 0.0) - (below.river_km or 0.0))
        travel = timedelta(seconds=SLOW * metres / self.region.pack.info.default_celerity_ms)
        own = self._course(session, ids[_key(row)], now - travel)
        lower = self._course(session, ids[_key(below)], now, WINDOW + travel)
        rain_mm = self._rain(session, ids.get(f"{row.gauge_id}/rain"), now - travel)
        return unseen_below(own, lower, rain_mm)

    def _course(
        self, session: Session, number: int, end: datetime, back: timedelta = WINDOW
    ) -> Course:
        rows = observations.window(session, number, end - back, end)
        kept = [
            (at.timestamp(), value)
            for at, value, flag in rows
            if value is not None and flag < Flag.SUSPECT
        ]
        return Course(np.array([at for at, _ in kept]), np.array([value for _, value in kept]))

    def _lows(self, session: Session, number: int, now: datetime) -> dict[int, float]:
        """Return the low water of each of the last days, by days before now."""
        rows = observations.window(session, number, now - timedelta(days=2 * DRIFT_DAYS), now)
        days: dict[int, list[float]] = defaultdict(list)
        for at, value, flag in rows:
            if value is not None and flag < Flag.SUSPECT:
                days[(now - at).days].append(value)
        return {day: float(np.quantile(values, LOW_WATER)) for day, values in days.items()}

    def _rain(self, session: Session, number: int | None, end: datetime) -> float | None:
        """Return the rain before and in the window, None where none is measured."""
        if number is None:
            return None
        rows = observations.rain_window(session, number, end - WINDOW - RAIN_BEFORE, end)
        fallen = [row.value for row in rows if row.value is not None]
        return sum(fallen) if fallen else None


def _key(row: GaugeRow) -> str:
    return f"{row.gauge_id}/{row.observes}"


def _same_days(
    own: Mapping[int, float], others: list[dict[int, float]]
) -> tuple[list[int], list[float], list[list[float]]]:
    """Return the days that all have, oldest first and counted upwards, and their low waters."""
    days = sorted(set(own).intersection(*others), reverse=True)
    levels = [own[day] for day in days], [[other[day] for day in days] for other in others]
    return [-day for day in days], *levels
