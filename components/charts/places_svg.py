"""A small drawing of where the rows of a data set lie: municipalities as ground, points on top."""

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from components.charts import svg
from components.charts.svg import Svg

SIZE = 420.0
MARGIN = 10.0
DOT = 4.0
SMALL_DOT = 2.0
MANY = 200
"""From so many points on they are drawn small."""
Ring = Sequence[Sequence[float]]
Place = tuple[float, float]


def places_svg(features: Iterable[Mapping[str, Any]], places: Sequence[Place], about: str) -> Svg:
    """Draw the ground and one dot a place (lon, lat)."""
    rings = [ring for feature in features for ring in _rings(feature["geometry"])]
    every = [(point[0], point[1]) for ring in rings for point in ring] + list(places)
    if not every:
        return Svg("")
    middle = math.radians(sum(lat for _, lat in every) / len(every))
    stretch = math.cos(middle)
    west, north = min(lon for lon, _ in every), max(lat for _, lat in every)
    wide = (max(lon for lon, _ in every) - west) * stretch
    high = north - min(lat for _, lat in every)
    scale = (SIZE - 2 * MARGIN) / (max(wide, high) or 1.0)

    def at(point: Sequence[float]) -> Place:
        x = MARGIN + (point[0] - west) * stretch * scale
        return x, MARGIN + (north - point[1]) * scale

    parts = [svg.path([at(point) for point in ring], "land", is_closed=True) for ring in rings]
    radius = SMALL_DOT if len(places) > MANY else DOT
    for place in places:
        x, y = at(place)
        parts.append(svg.element("circle", cx=x, cy=y, r=radius, class_="dot"))
    size = (wide * scale + 2 * MARGIN, high * scale + 2 * MARGIN)
    return svg.document(size, "Lage der Einträge", about, parts, "dataset-places")


def _rings(geometry: Mapping[str, Any]) -> list[Ring]:
    """Return the outer rings of a polygon or of several."""
    coordinates = geometry.get("coordinates") or []
    if geometry.get("type") == "Polygon":
        return [coordinates[0]]
    return [polygon[0] for polygon in coordinates] if geometry.get("type") == "MultiPolygon" else []
