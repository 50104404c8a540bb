"""How steeply the water rose within any hour of the last hours."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from services.flood.model import Flag
from services.gauge_context.model import Rise
from services.situation.model import Point

HOUR = timedelta(hours=1)
LOOK_BACK = timedelta(hours=3)
LEAST = timedelta(minutes=30)
"""Two readings closer together give no rate (estimate): waves and noise would be one."""
TRUSTED = (Flag.GOOD, Flag.NOT_EVALUATED)


def steepest_rise(points: Sequence[Point], now: datetime) -> Rise | None:
    """Return the steepest rise between two valid readings 30 to 60 minutes apart, per hour.

    None where no two such readings are known, or the water rose in no hour.
    """
    start = now - LOOK_BACK
    known = [
        (point.at, point.value)
        for point in points
        if point.value is not None and point.flag in TRUSTED and start <= point.at <= now
    ]
    return steepest_of(known)


def steepest_of(known: Sequence[tuple[datetime, float]]) -> Rise | None:
    """Return the steepest rise between two of these valid readings (instant, value), per hour."""
    best: Rise | None = None
    for index, (at, value) in enumerate(known):
        for earlier_at, earlier in reversed(known[:index]):
            apart = at - earlier_at
            if apart > HOUR:
                break
            if apart < LEAST:
                continue
            rate = (value - earlier) / (apart / HOUR)
            if rate > 0 and (best is None or rate > best.per_hour):
                best = Rise(rate, at)
    return best
