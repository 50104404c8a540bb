"""Village views: what the pack knows of a place beside what the engine says of it."""

from collections.abc import Mapping
from datetime import datetime

from services.flood.model import State, VillageResult
from services.flood.path_kinds import PATH_RAIN
from services.region import Region
from services.situation.aging import still_true, unconnected
from services.situation.model import VillageView
from services.situation.places import RANK

Results = Mapping[tuple[str, str], VillageResult]


def village_views(region: Region, results: Results, now: datetime) -> tuple[VillageView, ...]:
    """Return all exposed places, the most urgent first; without a result a place is unknown.

    A result that is older at `now` than a path may be says nothing any more: calm becomes unknown,
    a warning stays and says since when.
    """
    places = {row.place_id: row for row in region.pack.places}
    rivers = {row.river_id: row.name for row in region.pack.rivers}
    paths = {(row.place_id, row.river_id): row.paths for row in region.network.villages}
    gauges = {row.gauge_id: row.name for row in region.pack.gauges}
    views = []
    for row in region.pack.exposures:
        if not row.exposed:
            continue
        key = (row.place_id, row.river_id)
        place, result = places[row.place_id], results.get(key)
        if result is not None:
            has_path = bool(paths.get(key))
            by_rain = result.path_kind == PATH_RAIN
            is_deaf = key in region.below_gauges and not has_path and not by_rain
            result = (
                unconnected(result, row.label) if is_deaf else still_true(result, row.label, now)
            )
        driving = result.driving_gauge if result else None
        views.append(
            VillageView(
                place_id=row.place_id,
                river_id=row.river_id,
                name=row.label,
                river_name=rivers[row.river_id],
                river_km=row.river_km,
                lat=place.lat,
                lon=place.lon,
                in_region=place.in_region,
                exposed=row.exposed,
                has_gauge_above=key in region.below_gauges or _is_warned_by_rain(result),
                side_brook_risk=row.side_brook_risk,
                state=result.state if result else State.UNBEKANNT,
                driving_gauge_name=gauges.get(driving, "") if driving else "",
                result=result,
            )
        )
    return tuple(sorted(views, key=_urgency))


def _is_warned_by_rain(result: VillageResult | None) -> bool:
    """Return whether rain speaks for a place that no gauge speaks for."""
    return result is not None and result.path_kind == PATH_RAIN


def _urgency(view: VillageView) -> tuple[int, float, float]:
    usable = view.result.usable_p10_min if view.result else None
    return (
        RANK[view.state] + (0 if view.has_gauge_above else len(RANK)),
        usable if usable is not None else float("inf"),
        -view.river_km,
    )
