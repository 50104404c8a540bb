"""The rectangle of a region that small maps show, the same for all of them."""

import math
from dataclasses import dataclass

from data.region_pack.model import RegionPack

MARGIN_DEG = 0.03
"""About 3 km around the outermost places (estimate)."""


@dataclass(frozen=True, slots=True)
class MapFrame:
    """West, south, east and north in degrees on WGS 84."""

    west: float
    south: float
    east: float
    north: float

    @property
    def stretch(self) -> float:
        """Return how much shorter a degree of longitude is than one of latitude."""
        return math.cos(math.radians((self.south + self.north) / 2))

    @property
    def aspect(self) -> float:
        """Return width by height on the ground."""
        return (self.east - self.west) * self.stretch / (self.north - self.south)

    def place(self, lon: float, lat: float, width: float) -> tuple[float, float]:
        """Return x and y of a position in a drawing of a width, y downwards."""
        scale = width / (self.east - self.west)
        return (lon - self.west) * scale, (self.north - lat) * scale / self.stretch


def frame_of(pack: RegionPack) -> MapFrame:
    """Return the frame around the municipalities and the exposed places of a region."""
    points = [(row.lon, row.lat) for row in pack.municipalities]
    points += [(row.lon, row.lat) for row in pack.places]
    lons, lats = zip(*points, strict=True)
    return MapFrame(
        min(lons) - MARGIN_DEG,
        min(lats) - MARGIN_DEG,
        max(lons) + MARGIN_DEG,
        max(lats) + MARGIN_DEG,
    )
