"""Rain to direct runoff: the curve number of the Soil Conservation Service, wetted by what fell.

USDA NRCS, National Engineering Handbook 630, chapters 9 and 10. Chosen over GR4H because it needs
one number per region and no calibration (docs/decisions/0019-rain-path.md).
"""

from datetime import UTC, datetime

import numpy as np

from services.flood.model import FloatArray

INITIAL_ABSTRACTION = 0.2
"""Share of the storage that rain fills before anything runs off (NEH-630 ch. 10)."""

STORAGE_MM = 25_400.0
STORAGE_LESS_MM = 254.0
"""S = 25400 / CN - 254 in mm (NEH-630 ch. 10)."""

DRY_MM, WET_MM = {True: 35.6, False: 12.7}, {True: 53.3, False: 27.9}
"""Rain of five days below which the ground counts as dry, above which as wet, in the growing season
and outside of it (SCS 1964, 1.4 / 2.1 and 0.5 / 1.1 inches)."""

GROWING_MONTHS = range(4, 10)
"""April to September (estimate)."""


def effective_rain(cumulative_mm: FloatArray, curve_number: float | FloatArray) -> FloatArray:
    """Return cumulative direct runoff in mm from cumulative rain; both broadcast."""
    storage = STORAGE_MM / curve_number - STORAGE_LESS_MM
    excess = np.maximum(cumulative_mm - INITIAL_ABSTRACTION * storage, 0.0)
    return np.asarray(excess**2 / (excess + storage))


def wetted(curve_number: float, five_days_mm: float | None, at_s: float) -> float:
    """Return the curve number after the rain of five days, the usual one where that is unknown.

    Dry: 4.2 CN / (10 - 0.058 CN), wet: 23 CN / (10 + 0.13 CN) (Chow et al. 1988, eq. 5.5.7-8).
    """
    if five_days_mm is None:
        return curve_number
    is_growing = datetime.fromtimestamp(at_s, tz=UTC).month in GROWING_MONTHS
    if five_days_mm < DRY_MM[is_growing]:
        return 4.2 * curve_number / (10.0 - 0.058 * curve_number)
    if five_days_mm > WET_MM[is_growing]:
        return 23.0 * curve_number / (10.0 + 0.13 * curve_number)
    return curve_number
