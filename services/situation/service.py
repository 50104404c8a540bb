"""The situation as screens ask for it: the newest run, the newest readings, the pack's facts."""

import csv
import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session, sessionmaker

from data import observations, rejected, runs, things
from services.archive.reading import NO_ARCHIVE, SeriesReader
from services.cache_policy import Remember, forget_at_once
from services.clock import Clock, wall_now
from services.errors import UnknownGaugeError, UnknownPlaceError
from services.flood.model import GaugeResult, State
from services.health.service import STALE_AFTER
from services.quality.flagged import Stream, flagged_window
from services.quality.views import FlaggedWindow
from services.reading import Reading
from services.region import Region
from services.run_results import gauge_result, village_result
from services.series.chart import Window, extremes
from services.situation import details, headline, walk
from services.situation.gauges import gauge_views
from services.situation.model import (
    GaugeDetail,
    GaugeView,
    Point,
    RiverLine,
    RiverWalk,
    Situation,
    VillageDetail,
    VillageView,
)
from services.situation.villages import village_views

CSV_MOST = 600_000
"""More than a year of minutes: the window is bounded by its hours already."""
RAW_POINTS = 3000
"""Up to so many readings a window is drawn as it is; beyond, by the extremes of its buckets."""


@dataclass(frozen=True, slots=True)
class _Snapshot:
    run: runs.RunRow | None
    gauge_results: Mapping[str, GaugeResult]
    gauges: tuple[GaugeView, ...]
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

    def version(self) -> str:
        """Return a text that changes with each new run."""
        with self._reading() as session:
            run = runs.newest_cycle(session, self.region.region_id, self.clock.epoch())
        return run.run_id if run else ""

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
            is_stale=finished is None or self.wall() - finished > STALE_AFTER,
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
        points = self.history(gauge_id, start, now, RAW_POINTS)
        return details.gauge_detail(
            self.region,
            view,
            shot.gauge_results.get(gauge_id),
            details.Surroundings(shot.gauges, shot.villages, shot.run.as_of if shot.run else None),
            details.Window(window_h, points, self._flagged(view, start, now)),
        )

    def _flagged(self, view: GaugeView, start: datetime, end: datetime) -> FlaggedWindow:
        """Return which readings of a window are not trusted, and why."""
        row = next(row for row in self.region.pack.gauges if row.gauge_id == view.gauge_id)
        key = f"{view.gauge_id}/{row.observes}"
        with self._reading() as session:
            number = things.ids(session).get(key)
            if number is None:
                return FlaggedWindow()
            return flagged_window(session, Stream(number, key, view.name), start, end)

    def history(
        self, gauge_id: str, start: datetime, end: datetime, points: int
    ) -> tuple[Point, ...]:
        """Return the readings of a window, in at most about `points` points."""
        row = next((row for row in self.region.pack.gauges if row.gauge_id == gauge_id), None)
        if row is None:
            raise UnknownGaugeError(gauge_id)
        with self._reading() as session:
            number = things.ids(session).get(f"{gauge_id}/{row.observes}")
            if number is None:
                return ()
            minutes = (end - start).total_seconds() / 60.0
            if minutes / row.sampling_min <= points:
                raw = self.reader.window(session, number, start, end, 10 * points)
                return tuple(Point(at, value, flag) for at, value, flag in raw)
            window = Window(number, start, end)
            found = extremes(session, window, points // 2, self.region.timezone)
        return tuple(Point(at, value, flag) for at, value, flag in found)

    def gauge_csv(self, gauge_id: str, window_h: int) -> str:
        """Return the readings of a gauge as CSV with phenomenon time, unit, flag and origin."""
        now = self.clock.now()
        detail = self.gauge(gauge_id, window_h=24)
        start = now - timedelta(hours=window_h)
        with self._reading() as session:
            ids = things.ids(session)
            kind = "stage" if detail.gauge.unit == "m" else "discharge"
            number = ids.get(f"{gauge_id}/{kind}")
            rows = (
                []
                if number is None
                else self.reader.window_with_origin(session, number, start, now, CSV_MOST)
            )
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\r\n")
        writer.writerow(["gauge_id", "phenomenon_time_utc", kind, "unit", "qartod_flag", "origin"])
        for at, value, flag, origin in rows:
            text = "" if value is None else f"{value:.3f}"
            written = at.isoformat(timespec="seconds")
            writer.writerow([gauge_id, written, text, detail.gauge.unit, flag, origin])
        return out.getvalue()

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

    def walk(self, river_id: str) -> RiverWalk:
        """Return the Laufzeitdiagramm of a river."""
        shot = self._snapshot()
        return walk.river_walk(self.region, river_id, self.clock.now(), shot.villages, shot.gauges)

    def walk_rivers(self) -> tuple[tuple[str, str], ...]:
        """Return id and name of the rivers that have a gauge with a sensor."""
        heard = {gauge.river_id for gauge in self.region.network.gauges.values()}
        return tuple(
            (row.river_id, row.name) for row in self.region.pack.rivers if row.river_id in heard
        )

    def river_lines(self) -> tuple[RiverLine, ...]:
        """Return the schematic river lines with the state of each river."""
        shot = self._snapshot()
        points: dict[str, list[tuple[float, float, float]]] = {}
        for row in self.region.pack.river_points:
            points.setdefault(row.river_id, []).append((-row.river_km, row.lon, row.lat))
        return tuple(
            RiverLine(
                river_id=row.river_id,
                name=row.name,
                state=self._river_state(row.river_id, shot),
                points=tuple((lon, lat) for _, lon, lat in sorted(points.get(row.river_id, []))),
                is_schematic=True,
            )
            for row in self.region.pack.rivers
        )

    def _river_state(self, river_id: str, shot: _Snapshot) -> State:
        return walk.river_state(
            (view for view in shot.villages if view.river_id == river_id),
            (view for view in shot.gauges if view.river_id == river_id),
        )

    def _snapshot(self) -> _Snapshot:
        return self.remember("situation.snapshot", self.region.region_id, self._read)

    def _read(self) -> _Snapshot:
        now = self.clock.now()
        with self._reading() as session:
            run = runs.newest_cycle(session, self.region.region_id, self.clock.epoch())
            newest = {row.key: row for row in observations.latest(session)}
            stored = runs.gauge_details(session, run.run_id) if run else []
            of_villages = runs.village_details(session, run.run_id) if run else []
        gauges = {result.gauge_id: result for result in map(gauge_result, stored)}
        villages = {
            (result.place_id, result.river_id): result
            for result in map(village_result, of_villages)
        }
        return _Snapshot(
            run,
            gauges,
            gauge_views(self.region, gauges, newest, now),
            village_views(self.region, villages, now),
        )

    def _reading(self) -> Reading:
        return Reading(self.sessions)


def _find_gauge(gauges: tuple[GaugeView, ...], gauge_id: str) -> GaugeView:
    found = next((view for view in gauges if view.gauge_id == gauge_id), None)
    if found is None:
        raise UnknownGaugeError(gauge_id)
    return found
