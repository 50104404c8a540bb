"""Boundaries for small drawings: fewer corners, shared borders kept together."""

from collections.abc import Iterable, Mapping
from typing import Any

import shapely
from shapely.geometry import shape

Ring = tuple[tuple[float, float], ...]

TOLERANCE_DEG = 0.0025
"""About 200 m: a third of a pixel in a drawing of a county 600 pixels wide (estimate)."""


def simple_rings(features: Iterable[Mapping[str, Any]]) -> tuple[Ring, ...]:
    """Return the outer rings (lon, lat) of all municipalities with few corners."""
    shapes = [shape(feature["geometry"]) for feature in features]
    if not shapes:
        return ()
    simplified = shapely.coverage_simplify(shapes, TOLERANCE_DEG)
    polygons = shapely.get_parts(simplified)
    rings = shapely.get_exterior_ring(polygons)
    return tuple(
        tuple((float(lon), float(lat)) for lon, lat in shapely.get_coordinates(ring))
        for ring in rings
        if ring is not None
    )
