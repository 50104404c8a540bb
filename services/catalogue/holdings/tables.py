"""Records of data sets that are tables: the pack's files, boundaries, the newest run."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Protocol

from data.region_pack.model import RegionPack
from services.catalogue.holdings.columns import COLUMNS
from services.catalogue.model import Geometry, Record, Selection, Value
from services.errors import BadParameterError
from services.region import Region
from services.settlement_model import BoundarySet
from services.situation.model import Situation, VillageView


class Boundaries(Protocol):
    """Gives the boundaries as they are now."""

    def current(self) -> BoundarySet:
        """Return the boundaries."""


class Situations(Protocol):
    """Gives the situation as it is now."""

    def situation(self) -> Situation:
        """Return the situation."""


def point(lat: float | None, lon: float | None) -> Geometry | None:
    """Return a GeoJSON point, None without a place."""
    if lat is None or lon is None:
        return None
    return {"type": "Point", "coordinates": [lon, lat]}


def require_gauge(pack: RegionPack, gauge: str) -> None:
    """Refuse a gauge that the region does not have."""
    if gauge and gauge not in {row.gauge_id for row in pack.gauges}:
        raise BadParameterError(
            user_message=f"gauge: Den Pegel „{gauge[:40]}“ gibt es in dieser Region nicht."
        )


def require_municipality(pack: RegionPack, ags: str) -> None:
    """Refuse a municipality that the region does not have."""
    if ags and ags not in {row.ags for row in pack.municipalities}:
        raise BadParameterError(
            user_message=f"municipality: Den Gemeindeschlüssel „{ags[:40]}“ gibt es in dieser"
            " Region nicht."
        )


def pack_records(pack: RegionPack, holds: str, chosen: Selection) -> Iterator[Record]:
    """Yield the rows of a file of the pack, with the thresholds that hold."""
    require_gauge(pack, chosen.gauge)
    require_municipality(pack, chosen.municipality)
    places = {row.gauge_id: (row.lat, row.lon) for row in pack.gauges}
    names = [column.name for column in COLUMNS[holds]]
    rows: Mapping[str, Iterable[object]] = {
        "gauges": pack.gauges,
        "thresholds": pack.thresholds,
        "municipalities": pack.municipalities,
        "stops": pack.stops,
    }
    for row in rows[holds]:
        if chosen.gauge and getattr(row, "gauge_id", "") != chosen.gauge:
            continue
        if chosen.municipality and getattr(row, "ags", "") != chosen.municipality:
            continue
        at = places.get(getattr(row, "gauge_id", ""), (None, None))
        found: dict[str, Value] = {"lat": at[0], "lon": at[1]}
        found |= {name: getattr(row, name) for name in names if hasattr(row, name)}
        lat, lon = getattr(row, "lat", at[0]), getattr(row, "lon", at[1])
        yield Record(tuple(found[name] for name in names), point(lat, lon))


def boundary_records(region: Region, boundaries: Boundaries, chosen: Selection) -> Iterator[Record]:
    """Yield the municipalities with their polygons."""
    require_municipality(region.pack, chosen.municipality)
    found = boundaries.current()
    for feature in found.features:
        named: Mapping[str, str] = feature["properties"]  # type: ignore[assignment]  # GeoJSON
        if chosen.municipality and named["ags"] != chosen.municipality:
            continue
        geometry: Geometry = feature["geometry"]  # type: ignore[assignment]  # GeoJSON
        values = (named["ags"], named.get("name", ""), found.is_schematic, found.attribution)
        yield Record(values, geometry)


def village_records(region: Region, situations: Situations, chosen: Selection) -> Iterator[Record]:
    """Yield what the newest run says of every place."""
    require_municipality(region.pack, chosen.municipality)
    ags = {row.place_id: row.ags for row in region.pack.places}
    found = situations.situation()
    for view in found.villages:
        if chosen.municipality and ags[view.place_id] != chosen.municipality:
            continue
        yield Record(_village(view, ags[view.place_id], found), point(view.lat, view.lon))


def _village(view: VillageView, ags: str, found: Situation) -> tuple[Value, ...]:
    told = view.result
    return (
        view.place_id,
        view.river_id,
        view.name,
        ags,
        view.state.value,
        told.level.value if told and told.level else None,
        told.earliest if told else None,
        told.likely if told else None,
        told.latest if told else None,
        told.usable_p10_min if told else None,
        told.usable_p50_min if told else None,
        told.data_at if told else None,
        found.run_at,
        told.degraded if told else None,
        told.sentence if told else None,
        view.lat,
        view.lon,
    )
