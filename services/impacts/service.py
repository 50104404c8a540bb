"""Impacts that hold with what the newest run says of each: reached, expected, or unknown."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from data.region_pack.impact_rows import ImpactRow
from services.flood.model import State
from services.impacts.listing import Held, ImpactListing
from services.impacts.model import ImpactView
from services.impacts.reach import by_gauge, by_level, urgency
from services.region import Region
from services.situation.model import GaugeView, Situation, VillageView


@dataclass(frozen=True, slots=True)
class ImpactService:
    """Joins the list of impacts with a situation."""

    region: Region
    listing: ImpactListing

    def impacts(
        self, situation: Situation, *, place_id: str = "", gauge_id: str = ""
    ) -> tuple[ImpactView, ...]:
        """Return the impacts of a place, of a gauge or of all, the most urgent first.

        Raises
        ------
        StoreUnavailableError
            When what people entered cannot be read: a list without it would be a wrong one.
        """
        villages = {(view.place_id, view.river_id): view for view in situation.villages}
        gauges = {view.gauge_id: view for view in situation.gauges}
        now = situation.clock.now
        found = [
            self._view(held, villages.get((held.row.place_id, held.row.river_id)), gauges, now)
            for held in self.listing.current()
            if place_id in {"", held.row.place_id} and gauge_id in {"", held.row.gauge_id}
        ]
        return tuple(sorted(found, key=lambda view: urgency(view.reach, view.earliest, view.what)))

    def _view(
        self,
        held: Held,
        village: VillageView | None,
        gauges: Mapping[str, GaugeView],
        now: datetime,
    ) -> ImpactView:
        row = held.row
        gauge = gauges.get(row.gauge_id or "")
        level = State(row.level) if row.level else None
        told = by_gauge(row.value, gauge) if level is None else by_level(level, village, now)
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
            entered_at=held.entered_at,
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
