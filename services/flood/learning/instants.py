"""Instants of a wave at one gauge: peak, steepest rise, crossing of a level, each with its spread.

Sampling at a step dt leaves +-dt/2, a spread of dt / sqrt(12) (METHOD B.2); a flat top adds its
own length. Instants between readings come from a parabola or from interpolation.
"""

import math
from dataclasses import dataclass

import numpy as np

from services.flood.constants import SECONDS_PER_MIN
from services.flood.hindcast.waves import Wave, sampling_min
from services.flood.model import FloatArray, Series

UNIFORM_SPREAD = 1.0 / math.sqrt(12.0)
"""Standard deviation of a uniform distribution over its length."""

FLAT_SHARE = 0.02
"""Readings that close to the peak, as a share of the rise, are its flat top (estimate)."""

TINY = 1e-9


@dataclass(frozen=True, slots=True)
class Instant:
    """When something happened at a gauge, the value then, and the spread of the time in minutes."""

    at_s: float
    value: float
    spread_min: float


@dataclass(frozen=True, slots=True)
class Front:
    """The readings of one rise from its minimum to its peak, and those around the peak."""

    times_s: FloatArray
    values: FloatArray
    start: int
    top: int
    step_min: float

    @property
    def longest_gap_min(self) -> float:
        """Return the longest time without a reading from the minimum to one after the peak."""
        end = min(self.top + 2, self.times_s.size)
        return float(np.diff(self.times_s[self.start : end]).max()) / SECONDS_PER_MIN

    @property
    def from_s(self) -> float:
        """Return when the rise begins."""
        return float(self.times_s[self.start])

    @property
    def until_s(self) -> float:
        """Return when the highest reading was taken."""
        return float(self.times_s[self.top])


def front_of(series: Series, wave: Wave) -> Front:
    """Return the readings of a wave that `find_waves` found in the series."""
    top = int(np.searchsorted(series.times_s, wave.front.known_s))
    foot = series.values[top] - wave.front.rise + TINY
    start = int(np.flatnonzero(series.values[: top + 1] <= foot)[-1])
    return Front(series.times_s, series.values, start, top, sampling_min(series))


def peak(front: Front) -> Instant:
    """Return the peak: vertex of the parabola through the highest reading and its neighbours."""
    t, x, top = front.times_s, front.values, front.top
    rise = float(x[top] - x[front.start])
    high = np.flatnonzero(x < x[top] - FLAT_SHARE * rise)
    left = high[high < top].max(initial=0)
    right = high[high > top].min(initial=x.size - 1)
    flat_min = max(0.0, float(t[right - 1] - t[left + 1])) / SECONDS_PER_MIN
    at_s = _vertex(t, x, top)
    spread = math.hypot(front.step_min, flat_min) * UNIFORM_SPREAD
    return Instant(at_s, float(x[top]), spread)


def steepest(front: Front) -> Instant:
    """Return the steepest rise, from the differenced readings."""
    part = slice(front.start, front.top + 1)
    t, x = front.times_s[part], front.values[part]
    middle = (t[1:] + t[:-1]) / 2.0
    slope = np.diff(x) / np.diff(t)
    at_s = _vertex(middle, slope, int(np.argmax(slope)))
    return Instant(at_s, float(np.interp(at_s, t, x)), front.step_min * UNIFORM_SPREAD)


def crossing(front: Front, level: float) -> Instant | None:
    """Return when the rise crossed a level, None when it did not."""
    part = slice(front.start, front.top + 1)
    t, x = front.times_s[part], front.values[part]
    if not x[0] < level <= x[-1]:
        return None
    index = int(np.argmax(x >= level))
    share = (level - x[index - 1]) / (x[index] - x[index - 1])
    at_s = float(t[index - 1] + share * (t[index] - t[index - 1]))
    return Instant(at_s, level, front.step_min * UNIFORM_SPREAD)


def _vertex(t: FloatArray, x: FloatArray, index: int) -> float:
    """Return the time of the parabola's top through three points, the middle one at the ends."""
    if index in (0, t.size - 1):
        return float(t[index])
    around = slice(index - 1, index + 2)
    centred = (t[around] - t[index]) / SECONDS_PER_MIN
    bend, slope, _ = np.polyfit(centred, x[around], 2)
    if bend >= -TINY:
        return float(t[index])
    moved = float(np.clip(-slope / (2.0 * bend), centred[0] / 2.0, centred[2] / 2.0))
    return float(t[index]) + moved * SECONDS_PER_MIN
