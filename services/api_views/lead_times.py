"""Lead times of every village as a run told them: the newest, of an id, the newest at a time."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session, sessionmaker

from data import runs
from data.runs import RunRow
from services.api_views.instants import text_of
from services.clock import Clock
from services.errors import NoRunError, UnknownRunError
from services.flood.model import VillageResult
from services.reading import Reading
from services.region import Region
from services.run_results import village_result
from services.situation.levels import LevelTime, level_times
from services.situation.model import VillageView
from services.situation.villages import village_views

Item = dict[str, object]
SECONDS = 60.0


@dataclass(frozen=True, slots=True)
class LeadTimes:
    """A run and what it says of each village; `at` is the instant that minutes count from."""

    run: RunRow
    at: datetime
    villages: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class LeadTimeService:
    """Reads stored runs; the newest one ages with the clock, earlier ones stay as they were."""

    sessions: sessionmaker[Session]
    region: Region
    clock: Clock

    def newest(self, as_of: datetime | None = None) -> LeadTimes:
        """Return the newest lead times, or those that were the newest at an instant.

        Raises
        ------
        NoRunError
            When no cycle is stored (at that time).
        """
        region_id, epoch = self.region.region_id, self.clock.epoch()
        with Reading(self.sessions) as session:
            run = (
                runs.newest_cycle(session, region_id, epoch)
                if as_of is None
                else runs.cycle_at(session, region_id, as_of, epoch)
            )
            if run is None:
                raise NoRunError
            return self._told(session, run, as_of or self.clock.now())

    def of_run(self, run_id: str) -> LeadTimes:
        """Return what a run said.

        Raises
        ------
        UnknownRunError
            When it is not stored (any more), or has no results.
        """
        with Reading(self.sessions) as session:
            run = runs.by_id(session, run_id)
            if run is None or run.region_id != self.region.region_id or run.status != runs.DONE:
                raise UnknownRunError(run_id)
            return self._told(session, run, run.as_of)

    def _told(self, session: Session, run: RunRow, at: datetime) -> LeadTimes:
        results = map(village_result, runs.village_details(session, run.run_id))
        by_key = {(result.place_id, result.river_id): result for result in results}
        waits = {
            (row.place_id, row.river_id): row.delivery_min + row.decision_min
            for row in self.region.pack.exposures
        }
        views = village_views(self.region, by_key, at)
        return LeadTimes(run, at, tuple(_village(view, waits, at) for view in views))


def _village(view: VillageView, waits: Mapping[tuple[str, str], float], at: datetime) -> Item:
    head: Item = {
        "place_id": view.place_id,
        "river_id": view.river_id,
        "name": view.name,
        "river": view.river_name,
        "river_km": view.river_km,
        "in_region": view.in_region,
        "state": view.state.value,
        "has_gauge_above": view.has_gauge_above,
        "levels": [],
    }
    if view.result is None:
        return head
    wait = waits[view.place_id, view.river_id]
    times = level_times(view.result, at)
    return {**head, **_said(view.result), "levels": [_level(time, wait, at) for time in times]}


def _said(result: VillageResult) -> Item:
    return {
        "level": result.level.value if result.level else None,
        "state_since": text_of(result.state_since),
        "held_since": _text(result.held_since),
        "is_degraded": result.degraded,
        "degraded_reasons": list(result.degraded_reasons),
        "basis": result.path_kind,
        "confidence": result.confidence,
        "driving_gauge": result.driving_gauge,
        "data_at": _text(result.data_at),
        "sentence": result.sentence,
        "usable_p10_min": result.usable_p10_min,
        "usable_p50_min": result.usable_p50_min,
    }


def _level(time: LevelTime, wait_min: float, at: datetime) -> Item:
    return {
        "level": time.level.value,
        "p10": _text(time.earliest),
        "p50": _text(time.likely),
        "p90": _text(time.latest),
        "p_within_12h": time.chance,
        "is_reached": time.reached_at is not None,
        "reached_at": _text(time.reached_at) if time.is_since_known(at) else None,
        "usable_p10_min": _left(time.earliest, wait_min, at),
        "usable_p50_min": _left(time.likely, wait_min, at),
    }


def _left(arrival: datetime | None, wait_min: float, at: datetime) -> float | None:
    """Return the minutes left after delivery and decision, floor 0."""
    if arrival is None:
        return None
    return round(max(0.0, (arrival - at).total_seconds() / SECONDS - wait_min), 1)


def _text(instant: datetime | None) -> str | None:
    return text_of(instant) if instant else None
