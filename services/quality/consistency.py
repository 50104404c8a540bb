"""Comparisons of a gauge with its neighbours, the rain and its own past: hints for a person.

They never lower a value's flag: a flash flood above one gauge, under rain that no station saw,
looks exactly like a fault, and must not be hidden from the lead times.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from services.flood.model import FloatArray

MOVES_M = 0.10
"""Rise in six hours from which a gauge counts as moving (estimate: five times the noise)."""
STILL_M = 0.002
"""A level that stays within this has not moved (estimate: the resolution of cheap sensors)."""
RISE_M = 0.30
"""Rise in six hours that has a cause: rain, or a wave from above (estimate)."""
DRY_MM = 1.0
WET_MM = 20.0
"""Rain of the window below which it was dry, and from which a creek answers (estimates)."""
DRIFT_M_PER_DAY = 0.01
"""Slope against the neighbours that is no longer weather (estimate)."""
DRIFT_DAYS = 5
"""Days that a drift takes to be told from a recession (estimate)."""


class Course(NamedTuple):
    """Trusted values of one gauge in a window: epoch seconds and metres."""

    times_s: FloatArray
    values: FloatArray

    @property
    def rise(self) -> float:
        """Return the last value above the lowest before it, nought without values."""
        if not self.values.size:
            return 0.0
        return float(self.values[-1] - self.values.min())

    @property
    def span(self) -> float:
        """Return highest minus lowest value."""
        return float(np.ptp(self.values)) if self.values.size else 0.0


def still_among(own: Course, neighbours: Sequence[Course]) -> str:
    """Say that a gauge stands still while most of its neighbours move, empty otherwise."""
    moving = sum(course.span >= MOVES_M for course in neighbours)
    if own.values.size < 2 or own.span > STILL_M or not moving or 2 * moving < len(neighbours):  # noqa: PLR2004  # one value moves nothing
        return ""
    return f"steht still, während {moving} von {len(neighbours)} Nachbarpegeln sich bewegen"


def unseen_below(own: Course, below: Course | None, rain_mm: float | None) -> str:
    """Say that a rise did not arrive at the gauge below and that no rain explains it.

    `below` is the lower gauge over the time in which the wave had to arrive.
    """
    if below is None or below.values.size < 2 or own.rise < RISE_M or rain_mm is None:  # noqa: PLR2004  # as above
        return ""
    if below.span >= MOVES_M or rain_mm >= DRY_MM:
        return ""
    return "Anstieg, der am Pegel unterhalb nicht ankam, ohne Regen"


def against_rain(own: Course, rain_mm: float | None) -> str:
    """Say that a rise had no rain, or a strong rain no reaction; without rain data nothing."""
    if rain_mm is None or not own.values.size:
        return ""
    if own.rise >= RISE_M and rain_mm < DRY_MM:
        return "Anstieg ohne Regen im Einzugsgebiet"
    if rain_mm >= WET_MM and own.span <= STILL_M:
        return "Regen ohne jede Reaktion des Wasserstands"
    return ""


def drift(
    days: Sequence[float], own: Sequence[float], neighbours: Sequence[Sequence[float]]
) -> str:
    """Say that daily low waters run away from the median of the neighbours, empty otherwise.

    `own` and each of `neighbours` hold one low-water value (m, 10 % quantile) for each of `days`,
    which rise and may have gaps. The slope is that of Theil and Sen: the median of the slopes of
    all pairs of days.
    """
    if len(days) < DRIFT_DAYS or not neighbours:
        return ""
    at = np.array(days, dtype=float)
    others = np.array(neighbours, dtype=float)
    apart = np.array(own, dtype=float) - np.median(others - others[:, :1], axis=0)
    first, second = np.triu_indices(len(days), k=1)
    slope = float(np.median((apart[second] - apart[first]) / (at[second] - at[first])))
    if abs(slope) < DRIFT_M_PER_DAY:
        return ""
    way = "steigt" if slope > 0 else "fällt"
    return f"{way} gegen die Nachbarpegel um {abs(slope) * 100:.1f} cm am Tag".replace(".", ",")
