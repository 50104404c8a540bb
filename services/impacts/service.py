"""Impacts of the region with what the newest run says of each: reached, expected, or unknown."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from data.region_pack.impact_rows import ImpactRow
from services.flood.model import LEVELS, State
from services.impacts.model import ImpactView, Reach
from services.region import Region
from services.situation.levels import LevelTime, level_times
from services.situation.model import GaugeView, Situation, VillageView

EXPECTED_FROM = 0.5
"""A level counts as expected from this chance within twelve hours (METHOD E, state rule)."""
ORDER = (Reach.REACHED, Reach.EXPECTED, Reach.POSSIBLE, Reach.UNKNOWN, Reach.NOT_TOLD)


@dataclass(frozen=True, slots=True)
class ImpactService:
    """Joins the region's list of impacts with a situation."""

    region: Region

    def impacts(
        self, situation: Situation, *, place_id: str = "", gauge_id: str = ""
    ) -> tuple[ImpactView, ...]:
        """Return the impacts of a place, of a gauge or of all, the most urgent first."""
        villages = {(view.place_id, view.river_id): view for view in situation.villages}
        gauges = {view.gauge_id: view for view in situation.gauges}
        now = situation.clock.now
        found = [
            self._view(row, villages.get((row.place_id, row.river_id)), gauges, now)
            for row in self.region.pack.impacts
            if place_id in {"", row.place_id} and gauge_id in {"", row.gauge_id}
        ]
        return tuple(sorted(found, key=_urgency))

    def _view(
        self,
        row: ImpactRow,
        village: VillageView | None,
        gauges: Mapping[str, GaugeView],
        now: datetime,
    ) -> ImpactView:
        gauge = gauges.get(row.gauge_id or "")
        level = State(row.level) if row.level else None
        told = _by_gauge(row, gauge) if level is None else _by_level(level, village, now)
        rivers = {river.river_id: river.name for river in self.region.pack.rivers}
        return ImpactView(
            impact_id=row.impact_id,
            place_id=row.place_id,
            place_name=self._place_name(row, village),
            river_id=row.river_id,
            river_name=rivers.get(row.river_id, row.river_id),
            kind=row.kind,
            what=row.what,
            level=level,
            gauge_id=row.gauge_id or "",
            gauge_name=gauge.name if gauge else "",
            value=row.value,
            unit=gauge.unit if gauge else "",
            lat=row.lat,
            lon=row.lon,
            observed_on=row.observed_on,
            maintained_by=row.maintained_by,
            source=row.source,
            reach=told.reach,
            earliest=told.earliest,
            likely=told.likely,
            reached_at=told.reached_at,
            missing=told.missing,
            data_at=told.data_at,
        )

    def _place_name(self, row: ImpactRow, village: VillageView | None) -> str:
        if village is not None:
            return village.name
        names = {place.place_id: place.name for place in self.region.pack.places}
        return names.get(row.place_id, row.place_id)


@dataclass(frozen=True, slots=True)
class _Told:
    reach: Reach
    earliest: datetime | None = None
    likely: datetime | None = None
    reached_at: datetime | None = None
    missing: float | None = None
    data_at: datetime | None = None


def _by_gauge(row: ImpactRow, gauge: GaugeView | None) -> _Told:
    """Compare with the reading; a silent gauge that was above it last stays reached."""
    if gauge is None or row.value is None or gauge.value is None:
        return _Told(Reach.UNKNOWN, data_at=gauge.observed_at if gauge else None)
    missing = row.value - gauge.value
    if missing <= 0:
        return _Told(Reach.REACHED, missing=missing, data_at=gauge.observed_at)
    if gauge.is_silent:
        return _Told(Reach.UNKNOWN, data_at=gauge.observed_at)
    return _Told(Reach.NOT_TOLD, missing=missing, data_at=gauge.observed_at)


def _by_level(level: State, village: VillageView | None, now: datetime) -> _Told:
    result = village.result if village else None
    if village is None or result is None or village.state is State.UNBEKANNT:
        return _Told(Reach.UNKNOWN)
    times = {time.level: time for time in level_times(result, now)}
    above = [times[each] for each in LEVELS[LEVELS.index(level) :] if each in times]
    reached = next((time for time in above if time.reached_at is not None), None)
    own = times.get(level)
    if reached is not None:
        since = reached.reached_at if reached.is_since_known(now) else None
        return _told(Reach.REACHED, own or reached, result.data_at, since)
    if own is None or own.earliest is None:
        return _Told(Reach.NOT_TOLD, data_at=result.data_at)
    is_likely = own.chance is not None and own.chance >= EXPECTED_FROM
    return _told(Reach.EXPECTED if is_likely else Reach.POSSIBLE, own, result.data_at, None)


def _told(
    reach: Reach, time: LevelTime, data_at: datetime | None, reached_at: datetime | None
) -> _Told:
    return _Told(reach, time.earliest, time.likely, reached_at, None, data_at)


def _urgency(view: ImpactView) -> tuple[int, float, str]:
    at = view.earliest.timestamp() if view.earliest else float("inf")
    return ORDER.index(view.reach), at, view.what
