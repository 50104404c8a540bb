"""How long a battery may last: a straight line, told only where the line is honest."""

from collections.abc import Sequence

import numpy as np

LEAST_DAYS = 10
LEAST_FIT = 0.8
"""Days with a value and R² from which a line is worth telling (estimates)."""
EMPTY = {"%": 10.0}
"""Level at which a battery is changed (estimate). Volts say nothing of the rest: lithium cells
keep theirs until shortly before the end."""
FARTHEST_DAYS = 3650.0


def battery_trend(
    days: Sequence[tuple[float, float]], unit: str
) -> tuple[float | None, float | None]:
    """Return change by day and days left, of (day, mean) pairs; None where it can't be told."""
    slope_rest = _honest_line(days)
    if slope_rest is None:
        return None, None
    slope, newest = slope_rest
    empty = EMPTY.get(unit)
    if empty is None or slope >= 0.0:
        return slope, None
    rest = (empty - newest) / slope
    return slope, rest if 0.0 <= rest <= FARTHEST_DAYS else None


def _honest_line(days: Sequence[tuple[float, float]]) -> tuple[float, float] | None:
    """Return slope and fitted newest level, None for too few days or a bad fit."""
    if len(days) < LEAST_DAYS:
        return None
    at, level = np.array(days, dtype=np.float64).T
    spread = float(((level - level.mean()) ** 2).sum())
    if spread == 0.0:
        return None
    start = at[0]
    slope, first = (float(found) for found in np.polyfit(at - start, level, 1))
    left = level - (first + slope * (at - start))
    if 1.0 - float((left**2).sum()) / spread < LEAST_FIT:
        return None
    return slope, first + slope * float(at[-1] - start)
