"""A map of municipalities coloured by classes of a value; no figure is hatched pale, never zero."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from components.maps.deck import MapLabel, map_spec
from components.maps.land import AGS_KEY, bounds_of, corners, ground
from components.short_name import short_name

LABEL_LENGTH = 18
LARGE = 9000
"""Municipalities from this many inhabitants on are named at once (choice for legibility)."""
MIDDLE = 1500


@dataclass(frozen=True, slots=True)
class Area:
    """A municipality on the map: its class as token ("" is no figure) and its words."""

    ags: str
    name: str
    token: str
    tip: str
    population: int | None


def choropleth_spec(areas: Sequence[Area], features: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Build the map of areas."""
    rows = {
        area.ags: {
            "fill": f"var({area.token or '--none'})",
            "line": "var(--map-land-line)",
            "tip": area.tip,
            "pick": ["municipality", area.ags],
        }
        for area in areas
    }
    points = corners(features, rows)
    return map_spec(ground(rows, is_pickable=True), _labels(areas, features), bounds_of(points))


def class_token(value: float | None, steps: Sequence[float], tokens: Sequence[str]) -> str:
    """Return the token of the class that a value falls into; "" without a value."""
    if value is None:
        return ""
    return tokens[sum(value >= step for step in steps)]


def _labels(areas: Iterable[Area], features: Sequence[Mapping[str, Any]]) -> list[MapLabel]:
    centres = {
        str((feature.get("properties") or {}).get(AGS_KEY)): _centre(feature)
        for feature in features
    }
    labels = []
    for area in areas:
        place = centres.get(area.ags)
        if place is None:
            continue
        people = area.population or 0
        labels.append(
            MapLabel(
                short_name(area.name, LABEL_LENGTH),
                *place,
                priority=-float(people),
                kind="strong" if people >= LARGE else "plain",
                level=0 if people >= LARGE else 1 if people >= MIDDLE else 2,
                marker=False,
            )
        )
    return labels


def _centre(feature: Mapping[str, Any]) -> tuple[float, float] | None:
    """Return the centre of the largest ring's box: good enough for a name."""
    geometry = feature.get("geometry") or {}
    west, south, east, north = bounds_of(_ring(geometry))
    return ((west + east) / 2, (south + north) / 2) if geometry else None


def _ring(geometry: Mapping[str, Any]) -> list[tuple[float, float]]:
    coordinates = geometry.get("coordinates") or []
    polygons = coordinates if geometry.get("type") == "MultiPolygon" else [coordinates]
    rings = [polygon[0] for polygon in polygons if polygon]
    longest: Sequence[Sequence[float]] = max(rings, key=len, default=[])
    return [(float(point[0]), float(point[1])) for point in longest]
