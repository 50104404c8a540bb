"""The stored readings of a gauge: points of a window, what is not trusted in it, a CSV file."""

import csv
import io
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session, sessionmaker

from data import things
from data.region_pack.rows import GaugeRow
from services.archive.reading import SeriesReader
from services.clock import Clock
from services.errors import UnknownGaugeError
from services.manual_readings.beside import without_doubles
from services.quality.flagged import Stream, flagged_window
from services.quality.views import FlaggedWindow
from services.reading import Reading
from services.region import Region
from services.series.chart import Window, extremes
from services.situation.model import Point

CSV_MOST = 600_000
"""More than a year of minutes: the window is bounded by its hours already."""
RAW_POINTS = 3000
"""Up to so many readings a window is drawn as it is; beyond, by the extremes of its buckets."""


@dataclass(frozen=True, slots=True)
class GaugeReadings:
    """Reads what a gauge observes (level or discharge), the archive included."""

    sessions: sessionmaker[Session]
    region: Region
    clock: Clock
    reader: SeriesReader

    def history(
        self, gauge_id: str, start: datetime, end: datetime, points: int
    ) -> tuple[Point, ...]:
        """Return the readings of a window, in at most about `points` points.

        Readings by hand beside a device that speaks are left out. Where the window is drawn by
        extremes they are among them.

        Raises
        ------
        UnknownGaugeError
            When the region has no such gauge.
        """
        row = self._gauge(gauge_id)
        with Reading(self.sessions) as session:
            number = things.ids(session).get(_key(row))
            if number is None:
                return ()
            minutes = (end - start).total_seconds() / 60.0
            if minutes / row.sampling_min <= points:
                raw = self.reader.window_with_origin(session, number, start, end, 10 * points)
                return tuple(Point(at, value, flag) for at, value, flag in without_doubles(raw))
            window = Window(number, start, end)
            found = extremes(session, window, points // 2, self.region.timezone)
        return tuple(Point(at, value, flag) for at, value, flag in found)

    def flagged(self, gauge_id: str, start: datetime, end: datetime) -> FlaggedWindow:
        """Return which readings of a window are not trusted, and why."""
        row = self._gauge(gauge_id)
        with Reading(self.sessions) as session:
            number = things.ids(session).get(_key(row))
            if number is None:
                return FlaggedWindow()
            return flagged_window(session, Stream(number, _key(row), row.name), start, end)

    def as_csv(self, gauge_id: str, unit: str, window_h: int) -> str:
        """Return the readings of the last hours as CSV, in the unit of the gauge."""
        row, now = self._gauge(gauge_id), self.clock.now()
        start = now - timedelta(hours=window_h)
        with Reading(self.sessions) as session:
            number = things.ids(session).get(_key(row))
            rows = (
                []
                if number is None
                else self.reader.window_with_origin(session, number, start, now, CSV_MOST)
            )
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\r\n")
        head = ["gauge_id", "phenomenon_time_utc", row.observes, "unit", "qartod_flag", "origin"]
        writer.writerow(head)
        for at, value, flag, origin in rows:
            text = "" if value is None else f"{value:.3f}"
            writer.writerow([gauge_id, at.isoformat(timespec="seconds"), text, unit, flag, origin])
        return out.getvalue()

    def _gauge(self, gauge_id: str) -> GaugeRow:
        row = next((row for row in self.region.pack.gauges if row.gauge_id == gauge_id), None)
        if row is None:
            raise UnknownGaugeError(gauge_id)
        return row


def _key(row: GaugeRow) -> str:
    return f"{row.gauge_id}/{row.observes}"
