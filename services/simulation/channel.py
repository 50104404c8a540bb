"""Hydraulics of the simulated truth: a compound rectangular section at normal depth.

The truth is meant to differ from the engine, which knows no discharge and no cross section.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]
FIVE_THIRDS = 5.0 / 3.0
"""Exponent of depth in Manning's formula for a wide section (Chow et al. 1988, section 2.5)."""


@dataclass(frozen=True, slots=True)
class Channel:
    """Sections of all cells: width, floodplain width, roughness, bankfull depth, slope, length."""

    width_m: FloatArray
    floodplain_m: FloatArray
    manning_n: FloatArray
    floodplain_n: FloatArray
    bankfull_m: FloatArray
    slope: FloatArray
    length_m: FloatArray

    def depth(self, area_m2: FloatArray) -> FloatArray:
        """Return the depth of each cell for its wetted area."""
        full = self.width_m * self.bankfull_m
        inside = area_m2 / self.width_m
        beyond = self.bankfull_m + (area_m2 - full) / (self.width_m + self.floodplain_m)
        return np.where(area_m2 <= full, inside, beyond)

    def discharge(self, area_m2: FloatArray) -> FloatArray:
        """Return the discharge of each cell for its wetted area, m³/s (total conveyance)."""
        depth = self.depth(area_m2)
        root = np.sqrt(self.slope)
        main = root / self.manning_n * self.width_m * depth**FIVE_THIRDS
        over = np.maximum(depth - self.bankfull_m, 0.0)
        plain = root / self.floodplain_n * self.floodplain_m * over**FIVE_THIRDS
        return main + plain

    def area(self, discharge_m3s: FloatArray) -> FloatArray:
        """Return the wetted area that carries a discharge, by bisection."""
        low = np.zeros_like(discharge_m3s)
        high = self.width_m * self.bankfull_m + 10.0 * (self.width_m + self.floodplain_m)
        for _ in range(60):
            middle = (low + high) / 2.0
            too_small = self.discharge(middle) < discharge_m3s
            low = np.where(too_small, middle, low)
            high = np.where(too_small, high, middle)
        return (low + high) / 2.0
