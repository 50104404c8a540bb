"""How slopes and side brooks delay the runoff: lag time, and Nash's cascade of storages."""

import math

import numpy as np

from services.flood.model import FloatArray

RESERVOIRS = 3
"""Storages of the cascade (METHOD B.6: n = 3, n k = lag)."""

LENGTH_IN_LAGS = 6.0
"""Where the response is cut; less than 0.001 of it lies beyond."""

FEET_PER_M = 3.280839895013123


def kirpich_min(length_m: float, slope: float) -> float:
    """Return the time of concentration in minutes, 0.0195 L^0.77 S^-0.385 (Kirpich 1940)."""
    return float(0.0195 * length_m**0.77 * slope**-0.385)


def scs_lag_h(length_m: float, slope: float, curve_number: float) -> float:
    """Return the lag in hours, L^0.8 (1000/CN - 9)^0.7 / (1900 Y^0.5) (NEH-630 eq. 15-4a).

    L in feet and Y in per cent inside; the arguments are metres and m/m.
    """
    feet, per_cent = length_m * FEET_PER_M, 100.0 * slope
    retention = 1000.0 / curve_number - 9.0
    return float(feet**0.8 * retention**0.7 / (1900.0 * math.sqrt(per_cent)))


def nash(lag_h: float, step_h: float) -> FloatArray:
    """Return the share of the runoff that leaves in each step; sums to 1 (Nash 1957)."""
    scale_h = lag_h / RESERVOIRS
    times = np.arange(0.5 * step_h, LENGTH_IN_LAGS * lag_h + step_h, step_h)
    shape = times ** (RESERVOIRS - 1) * np.exp(-times / scale_h)
    return np.asarray(shape / shape.sum(), dtype=np.float64)
