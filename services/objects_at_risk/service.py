"""Objects of the region with what the newest run says of each: cut off, expected, or unknown."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from data.region_pack.risk_rows import ObjectRow
from data.region_pack.rows import PlaceRow
from services.flood.model import State
from services.impacts.reach import by_gauge, by_level, urgency
from services.objects_at_risk.model import ObjectView
from services.region import Region
from services.situation.model import GaugeView, Situation, VillageView


@dataclass(frozen=True, slots=True)
class _Now:
    """What the objects are looked up in."""

    villages: Mapping[tuple[str, str], VillageView]
    gauges: Mapping[str, GaugeView]
    places: Mapping[str, PlaceRow]
    rivers: Mapping[str, str]
    at: datetime


@dataclass(frozen=True, slots=True)
class ObjectService:
    """Joins the region's list of objects with a situation."""

    region: Region

    def objects(self, situation: Situation, *, place_id: str = "") -> tuple[ObjectView, ...]:
        """Return the objects of a place or of the region, the most urgent first."""
        pack = self.region.pack
        known = _Now(
            villages={(view.place_id, view.river_id): view for view in situation.villages},
            gauges={view.gauge_id: view for view in situation.gauges},
            places={row.place_id: row for row in pack.places},
            rivers={row.river_id: row.name for row in pack.rivers},
            at=situation.clock.now,
        )
        found = [_view(row, known) for row in pack.objects if place_id in {"", row.place_id}]
        return tuple(sorted(found, key=lambda view: urgency(view.reach, view.earliest, view.name)))


def _view(row: ObjectRow, known: _Now) -> ObjectView:
    village = known.villages.get((row.place_id or "", row.river_id or ""))
    place = known.places.get(row.place_id or "")
    gauge = known.gauges.get(row.gauge_id or "")
    level = State(row.level) if row.level else None
    told = by_gauge(row.value, gauge) if level is None else by_level(level, village, known.at)
    is_at_place = row.lat is None
    stands = place if is_at_place else row
    river_id = row.river_id or (gauge.river_id if gauge else "")
    return ObjectView(
        object_id=row.object_id,
        kind=row.kind,
        name=row.name,
        place_id=row.place_id or "",
        place_name=village.name if village else place.name if place else "",
        river_name=known.rivers.get(river_id, river_id),
        lat=stands.lat if stands else None,
        lon=stands.lon if stands else None,
        is_at_place=is_at_place,
        level=level,
        gauge_id=row.gauge_id or "",
        gauge_name=gauge.name if gauge else "",
        value=row.value,
        unit=gauge.unit if gauge else "",
        people=row.people,
        checked_on=row.checked_on,
        provisional=row.provisional,
        source=row.source,
        reach=told.reach,
        earliest=told.earliest,
        likely=told.likely,
        reached_at=told.reached_at,
        missing=told.missing,
        data_at=told.data_at,
    )
