"""The situation as screens ask for it: the newest run, the newest readings, the pack's facts."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session, sessionmaker

from data import manual_readings, observations, rejected, runs
from services.alarms import scope
from services.archive.reading import NO_ARCHIVE, SeriesReader
from services.cache_policy import Remember, forget_at_once
from services.clock import Clock, wall_now
from services.errors import UnknownGaugeError, UnknownPlaceError
from services.flood.model import GaugeResult
from services.health.service import STALE_AFTER
from services.manual_readings.model import by_gauge
from services.planned_outages.standing import standing
from services.reading import Reading
from services.region import Region
from services.run_results import gauge_result, village_result
from services.situation import details, headline, lines, walk
from services.situation.along import Along, along_of_gauge, along_of_place
from services.situation.gauge_readings import RAW_POINTS, GaugeReadings
from services.situation.gauges import PeopleSaid, gauge_views
from services.situation.model import (
    GaugeDetail,
    GaugeView,
    Point,
    Situation,
    VillageDetail,
    VillageView,
)
from services.situation.rivers import RiverLine, RiverWalk
from services.situation.villages import village_views
from services.thresholds.in_effect import Held, of_pack

STALE_MARK = "-veraltet"
"""A calculation that stands still is news too: pages then say so."""
BY_HAND_FOR, BY_HAND_MOST = timedelta(days=30), 1000
"""Readings by hand that charts mark: as far back as the longest window that shows single values."""


@dataclass(frozen=True, slots=True)
class _Snapshot:
    run: runs.RunRow | None
    gauge_results: Mapping[str, GaugeResult]
    gauges: tuple[GaugeView, ...]
    people: PeopleSaid
    villages: tuple[VillageView, ...]


@dataclass(frozen=True, slots=True)
class SituationService:
    """Everything the water pages and the overview show."""

    sessions: sessionmaker[Session]
    region: Region
    clock: Clock
    reader: SeriesReader = NO_ARCHIVE
    wall: Callable[[], datetime] = wall_now
    remember: Remember = forget_at_once
    thresholds: Held = of_pack

    def version(self) -> str:
        """Return a text that changes with each new run, and when no run has come for long."""
        run_id, finished = self.remember("situation.version", self.region.region_id, self._newest)
        return f"{run_id}{STALE_MARK if self._is_stale(finished) else ''}"

    def _newest(self) -> tuple[str, datetime | None]:
        with self._reading() as session:
            run = runs.newest_cycle(session, self.region.region_id, self.clock.epoch())
        return (run.run_id, run.finished_at) if run else ("", None)

    def _is_stale(self, finished: datetime | None) -> bool:
        return finished is None or self.wall() - finished > STALE_AFTER

    def situation(self) -> Situation:
        """Return the whole situation."""
        shot = self._snapshot()
        clock = self.clock.view()
        with self._reading() as session:
            refused = sum(rejected.counts(session, clock.now - timedelta(days=1)).values())
        finished = shot.run.finished_at if shot.run else None
        return Situation(
            region_name=self.region.pack.info.name,
            clock=clock,
            run_id=shot.run.run_id if shot.run else None,
            run_at=shot.run.as_of if shot.run else None,
            run_kind=shot.run.kind if shot.run else "",
            is_stale=self._is_stale(finished),
            headline=self._headline(shot, clock.now),
            subline=headline.subline(
                shot.villages, shot.gauges, shot.run.as_of if shot.run else None
            ),
            gauges=shot.gauges,
            villages=shot.villages,
            rejected_last_day=refused,
            faults=shot.run.faults if shot.run else (),
            has_rain=bool(shot.run.parameters.get("rain", False)) if shot.run else True,
        )

    def _headline(self, shot: _Snapshot, now: datetime) -> str:
        run = shot.run
        if run is None or run.finished_at is None:
            return headline.without_run(None, now, self.region.timezone)
        if self.wall() - run.finished_at > STALE_AFTER:
            return headline.without_run(run.as_of, now, self.region.timezone)
        return headline.headline(shot.villages, now)

    def gauge(self, gauge_id: str, window_h: int = 48) -> GaugeDetail:
        """Return a gauge with its history.

        Raises
        ------
        UnknownGaugeError
            When the region has no such gauge.
        """
        shot = self._snapshot()
        view = _find_gauge(shot.gauges, gauge_id)
        now = self.clock.now()
        start = now - timedelta(hours=window_h)
        points = self.readings.history(gauge_id, start, now, RAW_POINTS)
        return details.gauge_detail(
            self.region,
            view,
            shot.gauge_results.get(gauge_id),
            details.Surroundings(shot.gauges, shot.villages, shot.run.as_of if shot.run else None),
            details.Window(
                window_h,
                points,
                self.readings.flagged(view.gauge_id, start, now),
                tuple(
                    item for item in shot.people.readings.get(gauge_id, ()) if item.read_at >= start
                ),
            ),
        )

    @property
    def readings(self) -> GaugeReadings:
        """Return what reads the stored values of gauges."""
        return GaugeReadings(self.sessions, self.region, self.clock, self.reader)

    def history(
        self, gauge_id: str, start: datetime, end: datetime, points: int
    ) -> tuple[Point, ...]:
        """Return the readings of a window, in at most about `points` points."""
        return self.readings.history(gauge_id, start, end, points)

    def gauge_csv(self, gauge_id: str, window_h: int) -> str:
        """Return the readings of a gauge as CSV with phenomenon time, unit, flag and origin."""
        view = _find_gauge(self._snapshot().gauges, gauge_id)
        return self.readings.as_csv(gauge_id, view.unit, window_h)

    def village(self, place_id: str) -> VillageDetail:
        """Return a place with its rivers and planning paths.

        Raises
        ------
        UnknownPlaceError
            When the region has no such exposed place.
        """
        shot = self._snapshot()
        own = tuple(view for view in shot.villages if view.place_id == place_id)
        if not own:
            raise UnknownPlaceError(place_id)
        return details.village_detail(
            self.region,
            own,
            {view.gauge_id: view for view in shot.gauges},
            shot.run.as_of if shot.run else None,
        )

    def along_gauge(self, gauge_id: str) -> tuple[Along, ...]:
        """Return what lies above and below a gauge."""
        view = _find_gauge(self._snapshot().gauges, gauge_id)
        return along_of_gauge(self.region, view, self.situation())

    def along_place(self, place_id: str) -> tuple[Along, ...]:
        """Return what lies above and below a place, for each of its rivers."""
        situation = self.situation()
        own = [view for view in situation.villages if view.place_id == place_id]
        return along_of_place(self.region, own, situation)

    def walk(self, river_id: str) -> RiverWalk:
        """Return the Laufzeitdiagramm of a river."""
        shot = self._snapshot()
        return walk.river_walk(self.region, river_id, self.clock.now(), shot.villages, shot.gauges)

    def walk_rivers(self) -> tuple[tuple[str, str], ...]:
        """Return id and name of the rivers that have a gauge with a sensor."""
        return lines.heard_rivers(self.region)

    def river_lines(self) -> tuple[RiverLine, ...]:
        """Return the schematic river lines with the state of each river."""
        shot = self._snapshot()
        return lines.river_lines(self.region, shot.villages, shot.gauges)

    def _snapshot(self) -> _Snapshot:
        return self.remember("situation.snapshot", self.region.region_id, self._read)

    def _read(self) -> _Snapshot:
        now = self.clock.now()
        with self._reading() as session:
            run = runs.newest_cycle(session, self.region.region_id, self.clock.epoch())
            newest = {row.key: row for row in observations.latest(session)}
            stored = runs.gauge_details(session, run.run_id) if run else []
            of_villages = runs.village_details(session, run.run_id) if run else []
            held = self.thresholds(session)
            people = self._people(session, now)
        gauges = {result.gauge_id: result for result in map(gauge_result, stored)}
        villages = {
            (result.place_id, result.river_id): result
            for result in map(village_result, of_villages)
        }
        return _Snapshot(
            run,
            gauges,
            gauge_views(self.region, gauges, newest, now, held, people),
            people,
            village_views(self.region, villages, now),
        )

    def _people(self, session: Session, now: datetime) -> PeopleSaid:
        place = (self.region.region_id, scope.of(self.clock))
        rows = manual_readings.since(session, *place, now - BY_HAND_FOR, BY_HAND_MOST)
        names = {row.gauge_id: row.name for row in self.region.pack.gauges}
        outages = standing(session, self.region, self.clock, now).gauges
        return PeopleSaid(by_gauge(rows, names), outages)

    def _reading(self) -> Reading:
        return Reading(self.sessions)


def _find_gauge(gauges: tuple[GaugeView, ...], gauge_id: str) -> GaugeView:
    found = next((view for view in gauges if view.gauge_id == gauge_id), None)
    if found is None:
        raise UnknownGaugeError(gauge_id)
    return found
