"""Waves of a gauge in its own record, and what the region pack knows of earlier ones."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session, sessionmaker

from data import manual_readings, things
from services.alarms import scope
from services.archive.reading import NO_ARCHIVE, SeriesReader
from services.clock import Clock
from services.gauge_context.peaks import past_peaks
from services.gauge_events.detection import waves
from services.gauge_events.figures import Basis, figures, window
from services.gauge_events.model import GaugeRecord, Wave, WaveFigures
from services.gauge_events.windows import OLDEST, Source, high_readings, record_begins
from services.reading import Reading
from services.region import Region
from services.situation.model import GaugeView, ThresholdView

NEWEST = 12
HIGHEST = 12
"""Of a long record so many of the newest waves and of the highest others are offered (estimate):
a list that one still reads through."""
BY_HAND_MOST = 20_000
"""Of the readings by hand of a region the newest so many are looked up (estimate): one an hour for
two years."""


@dataclass(frozen=True, slots=True)
class GaugeEventService:
    """Answers for one gauge at a time."""

    sessions: sessionmaker[Session]
    region: Region
    clock: Clock
    reader: SeriesReader = NO_ARCHIVE

    def record(self, gauge: GaugeView) -> GaugeRecord:
        """Return the waves above the lowest threshold in force, and the peaks that are known.

        Raises
        ------
        ArchiveDamagedError
            When a file of the record is missing or damaged.
        """
        threshold, now = lowest(gauge), self.clock.now()
        peaks = past_peaks(self.region, gauge.gauge_id)
        with Reading(self.sessions) as session:
            number = self._number(session, gauge.gauge_id)
            if number is None:
                return GaugeRecord(threshold, peaks=peaks)
            source = Source(
                session, self.reader, number, self._read_by_hand(session, gauge.gauge_id, now)
            )
            since = record_begins(source, now)
            if threshold is None:
                return GaugeRecord(peaks=peaks, since=since)
            found = waves(high_readings(source, threshold.value, now), threshold.value, now)
        listed = _listed(found)
        running = next((wave for wave in found if wave.is_ongoing), None)
        return GaugeRecord(
            threshold,
            listed,
            peaks,
            since,
            unlisted=len(found) - len(listed),
            higher=sum(running is not None and wave.peak > running.peak for wave in found),
        )

    def figures(self, gauge: GaugeView, chosen: Sequence[Wave]) -> tuple[WaveFigures, ...]:
        """Measure waves of a gauge from their single readings, in the order given.

        Raises
        ------
        ArchiveDamagedError
            When a file of the record is missing or damaged.
        """
        threshold, now = lowest(gauge), self.clock.now()
        if threshold is None:
            return ()
        row = next(row for row in self.region.pack.gauges if row.gauge_id == gauge.gauge_id)
        basis = Basis(threshold.value, timedelta(minutes=row.sampling_min), now)
        with Reading(self.sessions) as session:
            number = self._number(session, gauge.gauge_id)
            if number is None:
                return ()
            source = Source(session, self.reader, number)
            return tuple(_measured(source, wave, basis) for wave in chosen)

    def _read_by_hand(self, session: Session, gauge_id: str, now: datetime) -> tuple[datetime, ...]:
        place = (self.region.region_id, scope.of(self.clock))
        rows = manual_readings.since(session, *place, now - OLDEST, BY_HAND_MOST)
        return tuple(row.read_at for row in rows if row.gauge_id == gauge_id)

    def _number(self, session: Session, gauge_id: str) -> int | None:
        row = next(row for row in self.region.pack.gauges if row.gauge_id == gauge_id)
        return things.ids(session).get(f"{gauge_id}/{row.observes}")


def lowest(gauge: GaugeView) -> ThresholdView | None:
    """Return the lowest threshold in force of a gauge, None where it has none."""
    return min(gauge.thresholds, key=lambda threshold: threshold.value, default=None)


def _measured(source: Source, wave: Wave, basis: Basis) -> WaveFigures:
    return figures(source.values(*window(wave, basis.now)), wave, basis)


def _listed(found: Sequence[Wave]) -> tuple[Wave, ...]:
    """Return the newest waves and the highest of the others, the newest first."""
    newest = found[-NEWEST:]
    older = sorted(found[:-NEWEST], key=lambda wave: wave.peak)[-HIGHEST:]
    return tuple(sorted([*older, *newest], key=_began, reverse=True))


def _began(wave: Wave) -> datetime:
    return wave.began_at
