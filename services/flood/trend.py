"""Trend of one gauge: level and slope at its last reading, and whether it rises (METHOD B.5).

Level and slope come from a local linear trend filter, the slope is averaged with the robust
Theil-Sen slope of the last hour. Theil-Sen needs three readings and follows a sudden rise late, so
a gauge also rises by its filtered slope, and by its last step when that is larger than noise.
"""

import math
from dataclasses import dataclass

import numpy as np

from services.flood.constants import SECONDS_PER_HOUR, SECONDS_PER_MIN
from services.flood.model import FloatArray

SLOPE_WINDOW_MIN = 60.0
"""Window of the Theil-Sen slope (METHOD B.5: 45 to 60 minutes)."""

MIN_SLOPE_POINTS = 3
"""Readings a slope needs; the window is never shorter than so many sampling intervals."""

SAMPLING_MIN = 15.0
FILTER_WINDOW_H = 6.0
RISE_WINDOW_H = 12.0

RISING_M_PER_H = 0.02
"""Slower than this is still: three times the slope noise of five readings with 5 mm (estimate)."""

STEP_NOISE_M = 0.05
"""A smaller last step may be noise: more than three times that of a difference of two readings with
1 cm each (estimate)."""

OBSERVATION_SIGMA_M = 0.01
LEVEL_SIGMA_M = 0.005
SLOPE_SIGMA_M_PER_H = 0.25
"""Noise of reading, level and slope, per square root of an hour for the latter two (estimate)."""

ONSET_M = 0.03
"""A rise began when the stage was last so near to its lowest value (estimate: six times noise)."""


@dataclass(frozen=True, slots=True)
class Trend:
    """Where a gauge stands: filtered level and slope per hour with spreads, at its last reading.

    `told_slope_per_h` is the slope for the screen, None when too few readings tell one.
    """

    time_s: float
    level: float
    slope_per_h: float
    level_sigma: float
    slope_sigma: float
    told_slope_per_h: float | None
    rise_h: float
    lowest: float
    is_rising: bool


def theil_sen_per_h(
    times_s: FloatArray, values: FloatArray, window_min: float = SLOPE_WINDOW_MIN
) -> float | None:
    """Return the median of all pairwise slopes per hour in the window, None below 3 readings."""
    recent = times_s >= times_s[-1] - window_min * SECONDS_PER_MIN if times_s.size else []
    t, x = times_s[recent], values[recent]
    if t.size < MIN_SLOPE_POINTS:
        return None
    i, j = np.triu_indices(t.size, k=1)
    return float(np.median((x[j] - x[i]) / (t[j] - t[i]))) * SECONDS_PER_HOUR


def trend(
    times_s: FloatArray, values: FloatArray, metre: float, sampling_min: float = SAMPLING_MIN
) -> Trend:
    """Return the trend of valid readings (strictly increasing times, at least one).

    Parameters
    ----------
    times_s, values
        Valid readings.
    metre
        What a metre of stage means in the unit of the values.
    sampling_min
        Usual minutes between two readings.
    """
    window = times_s >= times_s[-1] - FILTER_WINDOW_H * SECONDS_PER_HOUR
    level, slope, level_sigma, slope_sigma = _local_linear_trend(
        times_s[window], values[window], metre
    )
    robust = theil_sen_per_h(
        times_s, values, max(SLOPE_WINDOW_MIN, MIN_SLOPE_POINTS * sampling_min)
    )
    count = int(np.count_nonzero(window))
    filtered = _filtered_slope(slope, slope_sigma, robust, count)
    step = _step_slope(times_s, values, robust, STEP_NOISE_M * metre)
    told = _told_slope((robust, filtered, step), RISING_M_PER_H * metre)
    if told is None and count > 1:
        told = 0.0
    near = times_s >= times_s[-1] - RISE_WINDOW_H * SECONDS_PER_HOUR
    t, x = times_s[near], values[near]
    onset = int(np.flatnonzero(x <= x.min() + ONSET_M * metre)[-1])
    return Trend(
        time_s=float(times_s[-1]),
        level=level,
        slope_per_h=slope if robust is None else (slope + robust) / 2.0,
        level_sigma=level_sigma,
        slope_sigma=slope_sigma,
        told_slope_per_h=told,
        rise_h=float(t[-1] - t[onset]) / SECONDS_PER_HOUR,
        lowest=float(values.min()),
        is_rising=told is not None and told > RISING_M_PER_H * metre,
    )


def _filtered_slope(slope: float, sigma: float, robust: float | None, count: int) -> float | None:
    """Return the filter's slope where it says something: in place of Theil-Sen, or beyond noise."""
    if count < MIN_SLOPE_POINTS or (robust is not None and abs(slope) <= sigma):
        return None
    return slope


def _step_slope(
    times_s: FloatArray, values: FloatArray, robust: float | None, noise: float
) -> float | None:
    """Return the slope of the last step where it leaves the robust slope by more than noise."""
    if times_s.size < 2:  # noqa: PLR2004  # a step has two ends
        return None
    hours = float(times_s[-1] - times_s[-2]) / SECONDS_PER_HOUR
    step = float(values[-1] - values[-2])
    beyond = step - (robust or 0.0) * hours
    is_beyond = min(abs(step), abs(beyond)) > noise and step * beyond > 0
    return step / hours if is_beyond else None


def _told_slope(
    slopes: tuple[float | None, float | None, float | None], still: float
) -> float | None:
    """Return the slope that counts, of the robust, the filtered and the last step's.

    A rise in any of them is a rise: the steepest is told, but the robust one as long as it rises
    and the last step did not leave it. Without a rise a sudden fall comes before the robust slope.
    """
    robust, filtered, step = slopes
    if robust is not None and robust > still and (step is None or step <= robust):
        return robust
    known = [slope for slope in slopes if slope is not None]
    if not known or max(known) > still:
        return max(known, default=None)
    return next(slope for slope in (step, robust, filtered) if slope is not None)


def _local_linear_trend(
    times_s: FloatArray, values: FloatArray, metre: float
) -> tuple[float, float, float, float]:
    """Return level, slope per hour and their spreads after a Kalman filter over the readings."""
    hours = np.diff(times_s, prepend=times_s[0]) / SECONDS_PER_HOUR
    r = (OBSERVATION_SIGMA_M * metre) ** 2
    q_level, q_slope = (LEVEL_SIGMA_M * metre) ** 2, (SLOPE_SIGMA_M_PER_H * metre) ** 2
    level, slope = float(values[0]), 0.0
    pll, pls, pss = r, 0.0, q_slope
    for dt, value in zip(hours[1:].tolist(), values[1:].tolist(), strict=True):
        level += slope * dt
        pll += 2.0 * pls * dt + pss * dt**2 + q_level * dt + q_slope * dt**3 / 3.0
        pls += pss * dt + q_slope * dt**2 / 2.0
        pss += q_slope * dt
        gain_level, gain_slope = pll / (pll + r), pls / (pll + r)
        residual = value - level
        level += gain_level * residual
        slope += gain_slope * residual
        pss -= gain_slope * pls
        pls *= 1.0 - gain_level
        pll *= 1.0 - gain_level
    return level, slope, math.sqrt(max(pll, 0.0)), math.sqrt(max(pss, 0.0))
