"""Perturbed rain: each member multiplies the totals and shifts them in time, all rivers alike."""

from dataclasses import dataclass

import numpy as np

from services.convolution import delayed
from services.flood.gauge_status import Draws
from services.flood.model import FloatArray
from services.flood.rain.runoff import effective_rain
from services.flood.rain.unit_hydrograph import nash
from services.flood.reach_draws import stratified_normal

TOTAL_SIGMA = 0.4
"""Spread of ln of a catchment's rain: radar and few gauges, convective (METHOD B.6: 0.3 to 0.5)."""

JITTER_H = 0.5
"""Standard deviation of the shift in time (estimate: a cell of 10 km at 20 km/h)."""

BASE_SPECIFIC = 0.0045
"""Flow before the rain, m³/s per km² (median daily flow of Wernerseck, 1.0 m³/s on 241 km²)."""

MM_KM2 = 1000.0
"""Cubic metres of 1 mm on 1 km²."""

_TOTAL, _SHIFT = 0x5A1, 0x5A2


@dataclass(frozen=True, slots=True)
class Perturbation:
    """Factor on the totals and shift in steps, one of each a member."""

    factor: FloatArray
    shift: np.ndarray[tuple[int], np.dtype[np.int64]]


def perturbation(draws: Draws, step_s: float) -> Perturbation:
    """Return the perturbation of all members; the same draws give the same."""
    total, shift = (
        stratified_normal(np.random.default_rng([draws.seed, what]), draws.members)
        for what in (_TOTAL, _SHIFT)
    )
    steps = np.round(JITTER_H * 3600.0 / step_s * shift).astype(np.int64)
    return Perturbation(np.exp(TOTAL_SIGMA * total), steps)


def member_runoff(
    rain_mm: FloatArray, curve_number: float, lag_h: float, step_s: float, perturbed: Perturbation
) -> FloatArray:
    """Return runoff with base flow in m³/s per km², shape (members, steps), for rain per step."""
    cumulative = np.cumsum(rain_mm)[None, :] * perturbed.factor[:, None]
    effective = np.diff(effective_rain(cumulative, curve_number), axis=1, prepend=0.0)
    response = nash(lag_h, step_s / 3600.0)[None, :]
    late = delayed(effective, response, axis=1)
    index = np.arange(rain_mm.size)[None, :] - perturbed.shift[:, None]
    moved = np.take_along_axis(late, np.clip(index, 0, rain_mm.size - 1), axis=1)
    moved = np.where(index < 0, 0.0, np.maximum(moved, 0.0))
    return np.asarray(moved * MM_KM2 / step_s + BASE_SPECIFIC)
