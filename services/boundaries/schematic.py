"""Schematic boundaries: Voronoi cells around one point of each municipality, never official."""

import math
from collections.abc import Sequence
from typing import Any

from shapely import MultiPoint, Point, convex_hull, voronoi_polygons
from shapely.geometry import mapping

from data.region_pack.area_rows import MunicipalityRow

KM_PER_DEGREE = 111.32
"""Kilometres of one degree of latitude."""
MARGIN_KM = 2.5
"""How far the outline lies beyond the outermost points (estimate)."""


def schematic_features(rows: Sequence[MunicipalityRow]) -> tuple[dict[str, Any], ...]:
    """Return one GeoJSON feature a municipality; fewer than two points give none."""
    if len(rows) < 2:  # noqa: PLR2004  # a Voronoi cell needs a neighbour
        return ()
    stretch = math.cos(math.radians(sum(row.lat for row in rows) / len(rows)))
    points = {row.ags: Point(row.lon * stretch, row.lat) for row in rows}
    cloud = MultiPoint(list(points.values()))
    outline = convex_hull(cloud).buffer(MARGIN_KM / KM_PER_DEGREE)
    cells = list(voronoi_polygons(cloud, extend_to=outline).geoms)
    features = []
    for row in sorted(rows, key=lambda row: row.ags):
        cell = next(cell for cell in cells if cell.covers(points[row.ags]))
        shape = mapping(cell.intersection(outline))
        features.append(
            {
                "type": "Feature",
                "properties": {"ags": row.ags, "name": row.name},
                "geometry": {
                    "type": shape["type"],
                    "coordinates": _unstretched(shape["coordinates"], stretch),
                },
            }
        )
    return tuple(features)


def _unstretched(coordinates: Any, stretch: float) -> Any:  # noqa: ANN401  # nested GeoJSON arrays
    if isinstance(coordinates[0], int | float):
        return [round(coordinates[0] / stretch, 5), round(coordinates[1], 5)]
    return [_unstretched(part, stretch) for part in coordinates]
