"""Which weather warnings concern a place: by warning cell, by municipality key, or by area."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from shapely.errors import ShapelyError
from shapely.geometry import Polygon
from shapely.geometry.base import BaseGeometry
from sqlalchemy.orm import Session

from data import alerts
from data.alerts import AlertRow

AGS_DIGITS = 8
"""Digits of a municipality key; the DWD's cell of a municipality is a digit and its key."""

LEAST_POINTS = 4


def holding_for(
    session: Session,
    at: datetime,
    codes: Collection[str] = (),
    area: BaseGeometry | None = None,
) -> list[AlertRow]:
    """Return the warnings that hold at an instant for any of the codes or the area (lon, lat).

    A code is a warning cell or a municipality key (AGS). An area counts where a block has polygons.
    """
    return [
        row
        for row in alerts.holding_at(session, at)
        if any(_has_code(info, codes) or _touches(info, area) for info in row.infos)
    ]


def _has_code(info: Mapping[str, Any], codes: Collection[str]) -> bool:
    return any(
        value == code or (len(code) == AGS_DIGITS and value[1:] == code)
        for area in info["areas"]
        for _, value in area["geocodes"]
        for code in codes
    )


def _touches(info: Mapping[str, Any], area: BaseGeometry | None) -> bool:
    if area is None:
        return False
    return any(_intersects(polygon, area) for part in info["areas"] for polygon in part["polygons"])


def _intersects(points: Sequence[Sequence[float]], area: BaseGeometry) -> bool:
    if len(points) < LEAST_POINTS:
        return False
    try:
        return bool(Polygon([(lon, lat) for lat, lon in points]).buffer(0).intersects(area))
    except (ShapelyError, ValueError):
        return True  # a polygon that can't be read is no reason to keep a warning back
