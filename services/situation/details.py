"""Detail views of a gauge and of a place, put together from the snapshot."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from services.flood.celerity import travel_quantiles_min
from services.flood.model import GaugeResult, Path, Village
from services.flood.network import planning_minutes, route
from services.manual_readings.model import ManualReadingView
from services.quality.views import FlaggedWindow
from services.region import Region
from services.situation.model import (
    GaugeDetail,
    GaugeView,
    PlanningPath,
    Point,
    VillageDetail,
    VillageView,
)


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What stands around a gauge."""

    gauges: tuple[GaugeView, ...]
    villages: tuple[VillageView, ...]
    run_at: datetime | None


@dataclass(frozen=True, slots=True)
class Window:
    """The window of time that a chart shows."""

    hours: int
    points: tuple[Point, ...]
    quality: FlaggedWindow
    by_hand: tuple[ManualReadingView, ...] = ()


def gauge_detail(
    region: Region,
    view: GaugeView,
    result: GaugeResult | None,
    around: Surroundings,
    window: Window,
) -> GaugeDetail:
    """Return a gauge with its neighbours along the rivers and the villages below it."""
    others = [
        other for other in around.gauges if other.gauge_id != view.gauge_id and other.is_connected
    ]
    below = {
        (village.place_id, village.river_id)
        for village in region.network.villages
        if any(path.gauge_id == view.gauge_id for path in village.paths)
    }
    return GaugeDetail(
        gauge=view,
        window_h=window.hours,
        points=window.points,
        band=result.band if result else None,
        run_at=around.run_at,
        crossing_p50=result.crossing_p50 if result else {},
        upstream=tuple(other for other in others if _drains_to(region, other, view)),
        downstream=tuple(other for other in others if _drains_to(region, view, other)),
        villages_below=tuple(
            village for village in around.villages if (village.place_id, village.river_id) in below
        ),
        crossing_p10=result.crossing_p10 if result else {},
        crossing_p90=result.crossing_p90 if result else {},
        p_within=result.p_within if result else {},
        quality=window.quality,
        by_hand=window.by_hand,
    )


def village_detail(
    region: Region,
    own: tuple[VillageView, ...],
    gauges: Mapping[str, GaugeView],
    run_at: datetime | None,
) -> VillageDetail:
    """Return a place with the planning minutes of each gauge above it, per river."""
    place = next(row for row in region.pack.places if row.place_id == own[0].place_id)
    names = {row.ags: row.name for row in region.pack.municipalities}
    villages = {(row.place_id, row.river_id): row for row in region.network.villages}
    paths = {}
    for view in own:
        village = villages[view.place_id, view.river_id]
        paths[view.river_id] = tuple(
            _planning(region, village, path, gauges[path.gauge_id]) for path in village.paths
        )
    return VillageDetail(
        place_id=place.place_id,
        name=place.name,
        municipality=names.get(place.ags, ""),
        municipality_population=place.municipality_population,
        note=place.note,
        rivers=own,
        paths=paths,
        run_at=run_at,
    )


def _planning(region: Region, village: Village, path: Path, gauge: GaugeView) -> PlanningPath:
    fast, median, slow = travel_quantiles_min(path.distance_km, path.celerity)
    engine_gauge = region.network.gauges[path.gauge_id]
    return PlanningPath(
        gauge_id=path.gauge_id,
        gauge_name=gauge.name,
        distance_km=path.distance_km,
        travel_p10_min=fast,
        travel_p50_min=median,
        travel_p90_min=slow,
        usable_p10_min=planning_minutes(fast, engine_gauge, village),
        usable_p50_min=planning_minutes(median, engine_gauge, village),
        basis=path.celerity.basis,
        is_silent=gauge.is_silent,
    )


def _drains_to(region: Region, upper: GaugeView, lower: GaugeView) -> bool:
    if upper.river_km is None or lower.river_km is None:
        return False
    rivers = {row.river_id: row for row in region.pack.rivers}
    if upper.river_id not in rivers or lower.river_id not in rivers:
        return False
    start, end = (upper.river_id, upper.river_km), (lower.river_id, lower.river_km)
    return route(rivers, start, end) is not None
