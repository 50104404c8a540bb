"""What the readings of a gauge are held against, from the region pack, the record and old runs."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session, sessionmaker

from data import observations, rollups, run_history, things
from data.models import DailyRollup
from services.clock import Clock
from services.flood.model import Band
from services.gauge_context.earlier import LOOK_BACK, earlier_forecasts, sampled
from services.gauge_context.marks import impact_marks
from services.gauge_context.model import EarlierForecast, GaugeContext, WaterTemperature
from services.gauge_context.peaks import past_peaks
from services.gauge_context.record import low_flow, normal_range
from services.gauge_context.rise import TRUSTED, steepest_rise
from services.impacts.listing import ImpactListing
from services.reading import Reading
from services.region import Region
from services.run_results import gauge_result
from services.situation.model import GaugeDetail

WATER_TEMPERATURE = "water_temperature"
RECORD = timedelta(days=5 * 366)
"""How far back the record is looked at: five years hold wet and dry ones (estimate)."""


@dataclass(frozen=True, slots=True)
class GaugeContextService:
    """Answers for one gauge at a time."""

    sessions: sessionmaker[Session]
    region: Region
    clock: Clock
    impacts: ImpactListing

    def context(self, detail: GaugeDetail) -> GaugeContext:
        """Return everything there is to hold the readings of a gauge against."""
        gauge, now = detail.gauge, self.clock.now()
        days = self._daily_means(gauge.gauge_id, now)
        return GaugeContext(
            events=past_peaks(self.region, gauge.gauge_id),
            normal=normal_range([mean for _, mean in days]),
            low_flow=low_flow(days, now.astimezone(self.region.timezone).date()),
            steepest=steepest_rise(detail.points, now),
            water=self._water(gauge.gauge_id),
            earlier=self._earlier(gauge.gauge_id, gauge.unit, detail.band, now),
            marks=impact_marks(
                self.region,
                gauge.gauge_id,
                [held.row for held in self.impacts.current()],
            ),
        )

    def _water(self, gauge_id: str) -> WaterTemperature | None:
        key = f"{gauge_id}/{WATER_TEMPERATURE}"
        with Reading(self.sessions) as session:
            newest = [row for row in observations.latest(session) if row.key == key]
        valid = [row for row in newest if row.value is not None and row.flag in TRUSTED]
        return next(
            (WaterTemperature(row.value or 0.0, row.phenomenon_time) for row in valid), None
        )

    def _daily_means(self, gauge_id: str, now: datetime) -> list[tuple[date, float]]:
        row = next(row for row in self.region.pack.gauges if row.gauge_id == gauge_id)
        with Reading(self.sessions) as session:
            number = things.ids(session).get(f"{gauge_id}/{row.observes}")
            if number is None:
                return []
            days = rollups.stored(session, DailyRollup, number, now - RECORD, now)
        zone = self.region.timezone
        return [
            (day.start_at.astimezone(zone).date(), day.mean) for day in days if day.mean is not None
        ]

    def _earlier(
        self, gauge_id: str, unit: str, present: Band | None, now: datetime
    ) -> tuple[EarlierForecast, ...]:
        with Reading(self.sessions) as session:
            known = run_history.cycles_between(
                session, self.region.region_id, now - LOOK_BACK, now, self.clock.epoch()
            )
            chosen = sampled(known, now)
            stored = run_history.gauge_of_runs(session, gauge_id, [run for run, _ in chosen])
        bands: dict[datetime, Band] = {}
        for run_id, as_of in chosen:
            result = gauge_result(stored[run_id]) if run_id in stored else None
            if result is not None and result.band is not None:
                bands[as_of] = result.band
        return earlier_forecasts(bands, present, unit)
