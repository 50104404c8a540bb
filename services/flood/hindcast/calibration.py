"""Travel time learnt from matched waves: ln(lag) on ln(mean flow), robustly (G.9).

Huber's M-estimator (1964) with the usual k = 1.345, started from Theil-Sen; the spread is the root
mean square of the leave-one-out residuals, so an event never judges its own prediction.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.stats import theilslopes

from services.flood.constants import METRES_PER_KM, SECONDS_PER_MIN, Z80
from services.flood.hindcast.matching import Match, lag_window_s
from services.flood.hindcast.waves import Front
from services.flood.model import Celerity, FloatArray

MIN_EVENTS = 5
"""With fewer matched waves the region's prior celerity speaks (METHOD B.3: regression is no better
than the prior with few events)."""

SAMPLING_SIGMA_MIN = 8.6
SAMPLING_REFERENCE_MIN = 15.0
"""Sampling error of a travel time between two gauges at 15 minutes (G.9), in proportion else."""

HUBER_K = 1.345
MAD_TO_SIGMA = 1.4826
MAX_ITERATIONS = 50
TOLERANCE = 1e-9

BASELINE_MS = 2.0
"""Official practice "distance / velocity" with 2 m/s (G.9): the baseline to beat."""


@dataclass(frozen=True, slots=True)
class LagModel:
    """Travel time of one pair: ln(lag in s) = intercept + slope * ln(mean flow), with spread."""

    intercept: float
    slope: float
    sigma_ln: float | None
    sampling_sigma_min: float
    n_events: int
    distance_km: float
    floor: float = 0.0

    def lag_s(self, front: Front) -> float:
        """Return the median travel time, inside the window that is believed."""
        flow = _flow(front.mean, self.floor)
        shortest, longest = lag_window_s(self.distance_km)
        return min(max(math.exp(self.intercept + self.slope * math.log(flow)), shortest), longest)

    def interval_s(self, front: Front) -> tuple[float, float] | None:
        """Return the 80 % interval of the travel time, None when its spread is not known."""
        if self.sigma_ln is None:
            return None
        lag = self.lag_s(front)
        sampling = self.sampling_sigma_min * SECONDS_PER_MIN / lag
        width = Z80 * math.hypot(self.sigma_ln, sampling)
        return lag * math.exp(-width), lag * math.exp(width)


def sampling_sigma_min(upper_step_min: float, lower_step_min: float) -> float:
    """Return the sampling error of a travel time for the steps of both gauges."""
    return SAMPLING_SIGMA_MIN * max(upper_step_min, lower_step_min) / SAMPLING_REFERENCE_MIN


def calibrate(
    matches: Sequence[Match],
    distance_km: float,
    prior: Celerity,
    sampling_sigma: float,
    floor: float = 0.0,
) -> LagModel:
    """Return the travel time model of a pair from its calibration waves, else the prior's.

    `floor` is subtracted from flows: 0 for discharge, the series' minimum for stage.
    """
    if len(matches) < MIN_EVENTS:
        intercept = math.log(distance_km * METRES_PER_KM / prior.median_ms)
        sigma = max(prior.sigma_fast, prior.sigma_slow)
        return LagModel(intercept, 0.0, sigma, sampling_sigma, len(matches), distance_km, floor)
    x = np.log([_flow(item.upper.front.mean, floor) for item in matches])
    y = np.log([item.lag_s for item in matches])
    intercept, slope = huber_line(x, y)
    sigma = math.sqrt(float(np.mean(leave_one_out(x, y) ** 2)))
    return LagModel(intercept, slope, sigma, sampling_sigma, len(matches), distance_km, floor)


def baseline(matches: Sequence[Match], distance_km: float, sampling_sigma: float) -> LagModel:
    """Return distance / 2 m/s, with the spread of its own errors on the calibration waves."""
    lag_s = distance_km * METRES_PER_KM / BASELINE_MS
    sigma = None
    if matches:
        errors = np.log([item.lag_s / lag_s for item in matches])
        sigma = math.sqrt(float(np.mean(errors**2)))
    return LagModel(math.log(lag_s), 0.0, sigma, sampling_sigma, len(matches), distance_km)


def huber_line(x: FloatArray, y: FloatArray) -> tuple[float, float]:
    """Return intercept and slope of the robust line through points."""
    if float(np.ptp(x)) < TOLERANCE:
        return float(np.median(y)), 0.0
    slope, intercept, *_ = theilslopes(y, x)
    line = np.array([intercept, slope], dtype=np.float64)
    design = np.column_stack([np.ones_like(x), x])
    for _ in range(MAX_ITERATIONS):
        residual = y - design @ line
        scale = max(MAD_TO_SIGMA * float(np.median(np.abs(residual))), TOLERANCE)
        size = np.maximum(np.abs(residual) / scale, TOLERANCE)
        weight = np.sqrt(np.minimum(1.0, HUBER_K / size))
        new = np.linalg.lstsq(design * weight[:, None], y * weight, rcond=None)[0]
        is_settled = bool(np.max(np.abs(new - line)) < TOLERANCE)
        line = new
        if is_settled:
            break
    return float(line[0]), float(line[1])


def leave_one_out(x: FloatArray, y: FloatArray) -> FloatArray:
    """Return each point's distance from the line through all the others."""
    residuals = np.empty_like(y)
    for index in range(y.size):
        intercept, slope = huber_line(np.delete(x, index), np.delete(y, index))
        residuals[index] = y[index] - intercept - slope * x[index]
    return residuals


def _flow(mean: float, floor: float) -> float:
    return max(mean - floor, TOLERANCE)
