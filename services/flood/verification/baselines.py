"""What the engine has to beat: distance over velocity, persistence, extrapolated rise.

All three look at the nearest gauge above on the village's own river (else the nearest one) and at
its equivalent level. They give one instant each, as minutes after the issue, or refuse.
"""

from typing import Final

import numpy as np

from services.flood.constants import METRES_PER_KM, SECONDS_PER_HOUR, SECONDS_PER_MIN
from services.flood.model import FloatArray, Path, Series, State, Village
from services.flood.qc import is_valid
from services.flood.verification.records import HORIZON_MIN

VELOCITY_MS: Final = 2.0
"""The usual figure of distance over velocity (docs/method/verification.md)."""

LEAST_RISE_M_PER_H: Final = 0.01
"""A gauge that rises by less is not extrapolated (estimate: two readings' noise)."""


def nearest_path(village: Village) -> Path:
    """Return the path from the nearest gauge above on the own river, else the nearest one."""
    own = [path for path in village.paths if not path.tributary]
    return (own or list(village.paths))[0]


def baseline_minutes(
    path: Path, series: Series, level: State, now_s: float
) -> tuple[float | None, float | None, float | None]:
    """Return distance/velocity, persistence and rise extrapolation, in the order of `BASELINES`.

    Parameters
    ----------
    path
        The path of `nearest_path`.
    series
        Readings of its gauge, known at `now_s`.
    level
        The level whose arrival is asked for.
    now_s
        Instant of issue, epoch seconds.
    """
    limit = path.levels.get(level)
    good = is_valid(series.flags)
    times, values = series.times_s[good], series.values[good]
    if limit is None or not times.size:
        return None, HORIZON_MIN, None
    travel_min = path.distance_km * METRES_PER_KM / VELOCITY_MS / SECONDS_PER_MIN
    stays = 0.0 if values[-1] >= limit else HORIZON_MIN
    crossed_s = _first_crossing_s(times, values, limit)
    if crossed_s is not None:
        told = min(max((crossed_s - now_s) / SECONDS_PER_MIN + travel_min, 0.0), HORIZON_MIN)
        return told, stays, told
    rise_s = _extrapolated_s(times, values, limit)
    if rise_s is None:
        return None, stays, None
    told = (rise_s - now_s) / SECONDS_PER_MIN + travel_min
    return None, stays, min(max(told, 0.0), HORIZON_MIN)


def _first_crossing_s(times: FloatArray, values: FloatArray, limit: float) -> float | None:
    above = np.flatnonzero(values >= limit)
    if not above.size:
        return None
    index = int(above[0])
    if index == 0:
        return float(times[0])
    low, high = float(values[index - 1]), float(values[index])
    share = (limit - low) / (high - low)
    return float(times[index - 1] + share * (times[index] - times[index - 1]))


def _extrapolated_s(times: FloatArray, values: FloatArray, limit: float) -> float | None:
    before = np.flatnonzero(times <= times[-1] - SECONDS_PER_HOUR)
    first = int(before[-1]) if before.size else 0
    hours = float(times[-1] - times[first]) / SECONDS_PER_HOUR
    if hours <= 0:
        return None
    slope = float(values[-1] - values[first]) / hours
    if slope < LEAST_RISE_M_PER_H:
        return None
    return float(times[-1]) + (limit - float(values[-1])) / slope * SECONDS_PER_HOUR
