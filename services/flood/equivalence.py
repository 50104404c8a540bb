"""Which relative exceedance counts as a level reached in a village, and how sure that is.

A village without levels of its own takes those of its river's nearest gauge above, level to level
(METHOD G.3), where that gauge sees at least half of the village's catchment; its pair levels are
read on the gauge's scale. Else the levels' usual exceedance holds: a gauge that sees less speaks
through the routing, which adds up what flows together.
"""

import math
from collections.abc import Mapping

import numpy as np

from services.flood.exceedance import LEVEL_EXCEEDANCE, Scale
from services.flood.model import LEVELS, Path, State

SHARE_SEEN = 0.5
"""A gauge that sees less of a village's catchment has no level that is the village's own."""

FAR_SIGMA = 0.28
NEAR_KM = 5.0
"""Spread of ln e far from the gauge, and the distance over which it grows (estimate)."""


def village_exceedance(
    path: Path | None, scale: Scale | None, share: float
) -> tuple[dict[State, float], float]:
    """Return e per level and the spread of ln e.

    Parameters
    ----------
    path, scale
        The nearest gauge above on the village's own river; None without one.
    share
        Part of the village's catchment that this gauge sees, 0 to 1.
    """
    if path is None or scale is None or share < SHARE_SEEN:
        return dict(LEVEL_EXCEEDANCE), FAR_SIGMA
    found = {
        level: float(scale.e(np.array(path.levels[level])))
        for level in LEVELS
        if level in path.levels
    }
    return _ordered(found), FAR_SIGMA * -math.expm1(-path.distance_km / NEAR_KM)


def _ordered(found: Mapping[State, float]) -> dict[State, float]:
    """Return the levels that have a positive exceedance, the usual one where the scale ends."""
    return {level: e if e > 0 else LEVEL_EXCEEDANCE[level] for level, e in found.items()}
