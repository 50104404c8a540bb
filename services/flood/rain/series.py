"""Rain on a river's own catchment as the engine takes it: depths with the end of their interval."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from services.flood.constants import SECONDS_PER_HOUR, SECONDS_PER_MIN
from services.flood.model import FloatArray

CATCHMENT_PREFIX = "catchment-"


def catchment_thing(river_id: str) -> str:
    """Return the id of the thing that a river's own catchment is in the store."""
    return f"{CATCHMENT_PREFIX}{river_id}"


def catchment_key(river_id: str) -> str:
    """Return the key of the datastream of the rain on a river's own catchment."""
    return rain_key(catchment_thing(river_id))


def above_thing(gauge_id: str) -> str:
    """Return the id of the thing that the whole catchment of a gauge is in the store."""
    return f"{CATCHMENT_PREFIX}above-{gauge_id}"


def sides_thing(gauge_id: str) -> str:
    """Return the id of the thing that the areas beside the river below a gauge are."""
    return f"{CATCHMENT_PREFIX}sides-{gauge_id}"


def rain_key(thing: str) -> str:
    """Return the key of the datastream of the rain on an area."""
    return f"{thing}/rain"


CLOCK_TOLERANCE_S = 120.0

WHOLE_H = 6.0
LONGEST_GAP_MIN = 30.0
"""Rain that shall say how much is still to come must be known for so long without a longer gap: a
gap counts as dry, and dry rain makes a rise smaller (estimates; gauges report every 15 min)."""

OLDEST_MIN = 60.0
"""Rain whose newest value is older says nothing."""


@dataclass(frozen=True, slots=True)
class RainSeries:
    """Rain on one catchment, mm per interval, in time order; times beyond now are a forecast.

    `times_s` are the ends of the intervals, epoch seconds; `known_s` is when the newest of it was
    measured or analysed: its age counts, not that of a forecast. A missing value is left out.
    """

    times_s: FloatArray
    depth_mm: FloatArray
    known_s: float
    source: str = ""

    def on_grid(self, start_s: float, step_s: float, steps: int) -> FloatArray:
        """Return the depth per step; an interval counts in the step in which it ends."""
        index = np.ceil((self.times_s - start_s) / step_s).astype(np.int64) - 1
        inside = (index >= 0) & (index < steps)
        return np.asarray(
            np.bincount(index[inside], self.depth_mm[inside], minlength=steps), dtype=np.float64
        )


@dataclass(frozen=True, slots=True)
class GaugeRain:
    """Rain on what drains to a gauge, and on what enters from the sides below it."""

    above: RainSeries
    sides: RainSeries


@dataclass(frozen=True, slots=True)
class HeardRain:
    """All rain that is known at an instant: by river, and by gauge where areas are divided."""

    rivers: Mapping[str, RainSeries] = field(default_factory=dict)
    gauges: Mapping[str, GaugeRain] = field(default_factory=dict)


def is_fresh(series: RainSeries, now_s: float) -> bool:
    """Return whether the newest value is at most an hour old and not from the future."""
    age_s = now_s - series.known_s
    return series.times_s.size > 0 and -CLOCK_TOLERANCE_S <= age_s <= OLDEST_MIN * SECONDS_PER_MIN


def is_whole(series: RainSeries, now_s: float) -> bool:
    """Return whether the rain of the last hours is known without a gap."""
    begin_s = now_s - WHOLE_H * SECONDS_PER_HOUR
    known = series.times_s[(series.times_s > begin_s) & (series.times_s <= now_s)]
    edges = np.concatenate([[begin_s], known, [now_s]])
    return bool(np.diff(edges).max() <= LONGEST_GAP_MIN * SECONDS_PER_MIN)
