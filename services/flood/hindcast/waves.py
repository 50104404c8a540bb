"""Waves in a series: rising fronts, their arrival, what was known of one while it rose (G.9)."""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from services.flood.constants import SECONDS_PER_MIN
from services.flood.model import FloatArray, Series

MIN_RISE_SHARE = 0.15
"""A front is at least this share of the series' range above base (G.9)."""

BASE_QUANTILE = 0.05
"""Base of a series: its 5 % quantile, so that one low outlier does not set the range."""

END_FALL_SHARE = 1.0 / 3.0
"""A wave ends when it has fallen by a third of its rise (G.9)."""

START_SHARE = 0.05
"""The rise begins at the last reading below this share of it: the still water before has no say
in the mean flow of the rise."""

MAX_GAP_STEPS = 4.0
"""A gap of more sampling steps than this ends a wave: nothing is filled in."""


SETTLED_SHARE = 0.10
"""A front has settled when a reading adds less than this share of the rise so far: then a
prediction is issued, without waiting for the maximum (estimate; 2 to 20 % change the median errors
of January 2014 by less than 4 minutes)."""


@dataclass(frozen=True, slots=True)
class Front:
    """A rise as known at `known_s`: time of half the rise, height, and mean value while rising."""

    known_s: float
    arrival_s: float
    rise: float
    mean: float


@dataclass(frozen=True, slots=True)
class Wave:
    """A whole front, and what could be seen of it, reading by reading until the first fall."""

    front: Front
    seen: tuple[Front, ...]

    @property
    def arrival_s(self) -> float:
        """Return the interpolated time of half the rise."""
        return self.front.arrival_s

    def settled(self) -> Front | None:
        """Return the front as known when it settled: the issue of the prediction that is scored."""
        for before, now in pairwise(self.seen):
            if now.rise - before.rise < SETTLED_SHARE * now.rise:
                return now
        return None

    def last_seen_before(self, instant_s: float) -> Front | None:
        """Return the newest front known before an instant, None when none was."""
        before = [front for front in self.seen if front.known_s < instant_s]
        return before[-1] if before else None


def sampling_min(series: Series) -> float:
    """Return the usual step of a series in minutes."""
    if series.times_s.size < 2:  # noqa: PLR2004  # one reading has no step
        return 0.0
    return float(np.median(np.diff(series.times_s))) / SECONDS_PER_MIN


def min_rise(series: Series) -> float:
    """Return the least height of a front in the series' unit."""
    base = float(np.quantile(series.values, BASE_QUANTILE))
    return MIN_RISE_SHARE * (float(series.values.max()) - base)


def find_waves(series: Series) -> tuple[Wave, ...]:
    """Return all waves of a series in order of time."""
    height = min_rise(series)
    if height <= 0:
        return ()
    found: list[Wave] = []
    for part in _unbroken(series):
        x = part.values
        for start, top in _fronts(x, height):
            seen = tuple(
                _front(part, start, end)
                for end in range(start + 1, top + 2)
                if x[start : end + 1].max() - x[start] >= height
            )
            found.append(Wave(_front(part, start, top), seen))
    return tuple(found)


def _unbroken(series: Series) -> list[Series]:
    gap_s = MAX_GAP_STEPS * sampling_min(series) * SECONDS_PER_MIN
    cuts = np.flatnonzero(np.diff(series.times_s) > gap_s) + 1
    edges = [0, *cuts.tolist(), series.times_s.size]
    return [
        Series(series.times_s[a:b], series.values[a:b], series.flags[a:b])
        for a, b in pairwise(edges)
    ]


def _fronts(x: FloatArray, height: float) -> list[tuple[int, int]]:
    """Return index pairs (local minimum, maximum) of the fronts that have ended."""
    found: list[tuple[int, int]] = []
    low, top = 0, -1
    for index in range(1, x.size):
        if top < 0:
            if x[index] <= x[low]:
                low = index
            elif x[index] - x[low] >= height:
                top = index
        elif x[index] > x[top]:
            top = index
        elif x[top] - x[index] >= END_FALL_SHARE * (x[top] - x[low]):
            found.append((low, top))
            low, top = index, -1
    return found


def _front(series: Series, start: int, end: int) -> Front:
    """Return the front from the minimum at `start` to the highest reading until `end`."""
    top = start + int(np.argmax(series.values[start : end + 1]))
    x, t = series.values[start : top + 1], series.times_s[start : top + 1]
    rise = float(x[-1] - x[0])
    half = float(x[0]) + rise / 2.0
    index = int(np.argmax(x >= half))
    share = (half - x[index - 1]) / (x[index] - x[index - 1])
    arrival = float(t[index - 1] + share * (t[index] - t[index - 1]))
    first = int(np.flatnonzero(x <= x[0] + START_SHARE * rise)[-1])
    return Front(float(series.times_s[end]), arrival, rise, float(x[first:].mean()))
