"""The ground of every map: neighbours, the region's outline and its municipalities."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from components import urls
from components.maps.deck import Join, MapLayer, Record, polygon_layer

OUTLINE_PX = 5.0
BORDER_PX = 1.0
MARGIN_DEG = 0.015
AGS_KEY = "ags"


def ground(rows: Mapping[str, Record], *, is_pickable: bool) -> list[MapLayer]:
    """Draw neighbours pale, the outline of the region, then its municipalities by their rows."""
    plain: dict[str, Any] = {"fill": "var(--map-land)", "line": "var(--map-outline)"}
    outline = dict.fromkeys(rows, plain)
    neighbour = {"fill": "var(--map-neighbour)", "line": "var(--map-neighbour-line)"}
    outside = Join(urls.BOUNDARIES, outline, inside=False, rest=neighbour)
    return [
        polygon_layer("neighbours", outside, line_px=BORDER_PX, is_pickable=False),
        polygon_layer(
            "outline", Join(urls.BOUNDARIES, outline), line_px=OUTLINE_PX, is_pickable=False
        ),
        polygon_layer(
            "land", Join(urls.BOUNDARIES, rows), line_px=BORDER_PX, is_pickable=is_pickable
        ),
    ]


def plain_land(ags_codes: Iterable[str]) -> dict[str, Record]:
    """Return rows that only show the land, for maps about something else."""
    row = {"fill": "var(--map-land)", "line": "var(--map-land-line)"}
    return dict.fromkeys(ags_codes, row)


def bounds_of(points: Sequence[tuple[float, float]]) -> tuple[float, float, float, float]:
    """Return west, south, east, north of points (lon, lat) with a small margin."""
    if not points:
        return (5.5, 47.2, 15.1, 55.1)
    lons = [lon for lon, _ in points]
    lats = [lat for _, lat in points]
    return (
        min(lons) - MARGIN_DEG,
        min(lats) - MARGIN_DEG,
        max(lons) + MARGIN_DEG,
        max(lats) + MARGIN_DEG,
    )


def corners(
    features: Iterable[Mapping[str, Any]], inside: Iterable[str]
) -> list[tuple[float, float]]:
    """Return all corner points of the features that belong to the region."""
    wanted = set(inside)
    found: list[tuple[float, float]] = []
    for feature in features:
        properties = feature.get("properties") or {}
        if properties.get(AGS_KEY) in wanted:
            geometry = feature.get("geometry") or {}
            found.extend(_flat(geometry.get("coordinates") or []))
    return found


def _flat(coordinates: Sequence[Any]) -> Iterable[tuple[float, float]]:
    if coordinates and isinstance(coordinates[0], int | float):
        yield (float(coordinates[0]), float(coordinates[1]))
        return
    for part in coordinates:
        yield from _flat(part)
