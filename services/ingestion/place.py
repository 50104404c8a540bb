"""Whether a station's coordinates can be true: swapped ones lose their place, with a reason."""

from dataclasses import replace
from typing import Protocol

from data.region_pack.model import RegionPack
from data.things import ThingRow

MARGIN_DEG = 1.0
"""How far around the region a station may lie: about 100 km, more than any neighbour (estimate)."""

MAX_LAT, MAX_LON = 90.0, 180.0

Box = tuple[float, float, float, float]
"""South, west, north, east in degrees."""


def bounding_box(pack: RegionPack) -> Box | None:
    """Return the box around all gauges and places of a region with the margin; None without any."""
    positions = [(row.lat, row.lon) for row in pack.gauges]
    positions += [(row.lat, row.lon) for row in pack.places]
    points = [(lat, lon) for lat, lon in positions if lat is not None and lon is not None]
    if not points:
        return None
    lats, lons = [lat for lat, _ in points], [lon for _, lon in points]
    return (
        min(lats) - MARGIN_DEG,
        min(lons) - MARGIN_DEG,
        max(lats) + MARGIN_DEG,
        max(lons) + MARGIN_DEG,
    )


class Positioned(Protocol):
    """Anything with a position that may be unknown, degrees on WGS 84."""

    @property
    def lat(self) -> float | None:
        """Degrees north."""

    @property
    def lon(self) -> float | None:
        """Degrees east."""


def is_near(item: Positioned, pack: RegionPack) -> bool:
    """Tell whether something lies in or near the region, or would with its coordinates swapped.

    What has no position, and a region without any, leave it open: then it counts.
    """
    box = bounding_box(pack)
    if box is None or item.lat is None or item.lon is None:
        return True
    return _inside(item.lat, item.lon, box) or _inside(item.lon, item.lat, box)


def is_at_region(lat: float, lon: float, pack: RegionPack) -> bool:
    """Tell whether a place lies in or near the region; a region without places knows none."""
    box = bounding_box(pack)
    return box is not None and _inside(lat, lon, box)


def placed(thing: ThingRow, pack: RegionPack) -> tuple[ThingRow, str]:
    """Return the thing, without its position where that can't be true, and the German reason."""
    if thing.lat is None or thing.lon is None:
        return thing, ""
    box = bounding_box(pack)
    is_possible = abs(thing.lat) <= MAX_LAT and abs(thing.lon) <= MAX_LON
    if is_possible and (box is None or _inside(thing.lat, thing.lon, box)):
        return thing, ""
    without = replace(thing, lat=None, lon=None)
    if box is not None and _inside(thing.lon, thing.lat, box):
        return without, f"{thing.name}: Breite und Länge sind vertauscht, Lage nicht übernommen"
    return without, f"{thing.name}: Lage außerhalb der Region, nicht übernommen"


def _inside(lat: float, lon: float, box: Box) -> bool:
    south, west, north, east = box
    return south <= lat <= north and west <= lon <= east
