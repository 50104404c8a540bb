"""Settlement and mobility figures of the municipalities, straight from the region pack."""

from collections import Counter
from dataclasses import dataclass

from data.region_pack.area_rows import MunicipalityRow
from services.boundaries.service import BoundaryService
from services.region import Region
from services.settlement_model import BoundarySet, MunicipalityView, StopSupplyView

PERCENT = 100.0
STOPS_ATTRIBUTION = (
    "Haltestellen: Deutsche Bahn (CC BY 4.0) und OpenStreetMap contributors (ODbL); "
    "Zuordnung zur Gemeinde aus generalisierten Grenzen (VG5000). Kein Fahrplan."
)


@dataclass(frozen=True, slots=True)
class SettlementService:
    """Population of municipalities and of the county, with the boundaries to draw them."""

    region: Region
    areas: BoundaryService

    def boundaries(self) -> BoundarySet:
        """Return the municipal boundaries, schematic until official ones are imported."""
        return self.areas.current()

    def municipalities(self) -> tuple[MunicipalityView, ...]:
        """Return all municipalities by name."""
        rows = sorted(self.region.pack.municipalities, key=lambda row: row.name)
        return tuple(_municipality(row) for row in rows)

    def totals(self) -> MunicipalityView:
        """Return the county's sums; a year in which a municipality lacks has no sum."""
        rows = self.region.pack.municipalities
        return _view(
            ags=self.region.pack.info.ags_prefix,
            name=self.region.pack.info.name,
            vg="",
            area_km2=sum(row.area_km2 for row in rows),
            figures=tuple(
                _sum([getattr(row, f"pop_{year}") for row in rows])
                for year in (2011, 2016, 2018, 2020)
            ),
            source=rows[0].source if rows else "",
        )


@dataclass(frozen=True, slots=True)
class MobilityService:
    """Public transport stops per municipality; supply by timetable comes with GTFS."""

    region: Region

    @property
    def attribution(self) -> str:
        """Return who made the stop data and under which licences."""
        return STOPS_ATTRIBUTION

    def stops(self) -> tuple[StopSupplyView, ...]:
        """Return the stops of each municipality by kind; zero stops is a real zero here."""
        counted: Counter[tuple[str, str]] = Counter(
            (stop.ags, stop.kind) for stop in self.region.pack.stops
        )
        return tuple(
            _supply(row, counted)
            for row in sorted(self.region.pack.municipalities, key=lambda row: row.name)
        )


def _supply(row: MunicipalityRow, counted: Counter[tuple[str, str]]) -> StopSupplyView:
    bus, rail = counted[row.ags, "bus"], counted[row.ags, "bahn"]
    other = counted[row.ags, "sonstige"]
    people = row.pop_2020
    return StopSupplyView(
        ags=row.ags,
        name=row.name,
        vg=row.vg,
        bus=bus,
        rail=rail,
        other=other,
        per_1000=(bus + rail + other) / people * 1000.0 if people else None,
    )


def _municipality(row: MunicipalityRow) -> MunicipalityView:
    figures = (row.pop_2011, row.pop_2016, row.pop_2018, row.pop_2020)
    return _view(row.ags, row.name, row.vg, row.area_km2, figures, row.source)


def _view(  # one column each
    ags: str,
    name: str,
    vg: str,
    area_km2: float,
    figures: tuple[int | None, ...],
    source: str,
) -> MunicipalityView:
    first, newest = figures[0], figures[-1]
    change = (newest - first) / first * PERCENT if first and newest is not None else None
    return MunicipalityView(
        ags=ags,
        name=name,
        vg=vg,
        area_km2=area_km2,
        pop_2011=figures[0],
        pop_2016=figures[1],
        pop_2018=figures[2],
        pop_2020=figures[3],
        change_percent=change,
        density_per_km2=newest / area_km2 if newest is not None and area_km2 else None,
        source=source,
    )


def _sum(values: list[int | None]) -> int | None:
    known = [value for value in values if value is not None]
    return sum(known) if known and len(known) == len(values) else None
