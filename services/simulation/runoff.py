"""Rain to runoff of the simulated truth: SCS curve number, then a Nash cascade."""

import math

import numpy as np
from numpy.typing import NDArray

from services.convolution import delayed

FloatArray = NDArray[np.float64]
INITIAL_ABSTRACTION = 0.2
"""Share of the storage that rain fills first (USDA NRCS, NEH-630 chapter 10)."""
NASH_RESERVOIRS = 3
"""Reservoirs of the Nash cascade (docs/method/simulation.md)."""


def effective_rain(cumulative_mm: FloatArray, curve_number: float) -> FloatArray:
    """Return cumulative effective rain in mm from cumulative rain (SCS-CN, NEH-630)."""
    storage = 25_400.0 / curve_number - 254.0
    excess = np.maximum(cumulative_mm - INITIAL_ABSTRACTION * storage, 0.0)
    return excess**2 / (excess + storage)


def nash_unit_hydrograph(lag_h: float, step_h: float) -> FloatArray:
    """Return the share of runoff that leaves in each step; sums to 1 (Nash 1957, n k = lag)."""
    scale_h = lag_h / NASH_RESERVOIRS
    times = np.arange(0.0, 12.0 * lag_h + step_h, step_h) + step_h / 2.0
    shape = times ** (NASH_RESERVOIRS - 1) * np.exp(-times / scale_h)
    shape /= scale_h**NASH_RESERVOIRS * math.factorial(NASH_RESERVOIRS - 1)
    share: FloatArray = shape / shape.sum()
    return share


def specific_runoff(
    rain_mm: FloatArray, step_s: float, curve_number: float, lag_h: float
) -> FloatArray:
    """Return direct runoff per area in m³/s per km² for rain depths of equal steps."""
    effective = np.diff(effective_rain(np.cumsum(rain_mm), curve_number), prepend=0.0)
    late = np.convolve(effective, nash_unit_hydrograph(lag_h, step_s / 3600.0))
    cubic_metres = 1000.0  # 1 mm on 1 km²
    return late[: len(rain_mm)] * cubic_metres / step_s


def specific_runoff_by_cell(
    rain_mm: FloatArray, step_s: float, curve_number: float, lag_h: FloatArray
) -> FloatArray:
    """Return direct runoff in m³/s per km² for rain of shape (steps, cells), one lag per cell.

    The same as `specific_runoff` column by column, with the convolution made by FFT.
    """
    steps = len(rain_mm)
    effective = np.diff(effective_rain(np.cumsum(rain_mm, axis=0), curve_number), axis=0, prepend=0)
    shapes = np.zeros((steps, len(lag_h)))
    for lag in np.unique(lag_h):
        shape = nash_unit_hydrograph(float(lag), step_s / 3600.0)[:steps]
        shapes[: len(shape), lag_h == lag] = shape[:, None]
    late = delayed(effective, shapes, axis=0)
    cubic_metres = 1000.0  # 1 mm on 1 km²
    runoff: FloatArray = np.maximum(late, 0.0) * cubic_metres / step_s
    return runoff
