"""Linear Muskingum routing: one reach or a whole network, deterministic."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from services.flood.routing.jit import kernel

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Coefficients:
    """O' = on_next I' + on_last I + on_outflow O; the three sum to 1 (Chow et al. 1988, 8.4)."""

    on_next: float
    on_last: float
    on_outflow: float


def muskingum(travel: float, weight: float, step: float) -> Coefficients:
    """Return the coefficients of storage K (x I + (1 - x) O), K and dt in the same unit."""
    below = 2.0 * travel * (1.0 - weight) + step
    return Coefficients(
        (step - 2.0 * travel * weight) / below,
        (step + 2.0 * travel * weight) / below,
        (2.0 * travel * (1.0 - weight) - step) / below,
    )


@kernel
def route_linear(
    downstream: IntArray, coefficients: FloatArray, start: FloatArray, flows: FloatArray
) -> None:
    """Turn what enters each reach from outside into what leaves it, in place.

    Parameters
    ----------
    downstream
        `[n]` later reach or -1.
    coefficients
        `[n, 3]` on the next inflow, the last inflow and the last outflow.
    start
        `[n]` outflow of each reach at the first step.
    flows
        `[n, t]` inflow from outside the network at the upper end; afterwards the outflow.
    """
    count, steps = flows.shape
    for reach in range(count):
        on_next, on_last, on_outflow = coefficients[reach]
        row = flows[reach]
        last, out = row[0], start[reach]
        row[0] = out
        for step in range(1, steps):
            into = row[step]
            out = on_next * into + on_last * last + on_outflow * out
            last = into
            row[step] = out
        below = downstream[reach]
        if below >= 0:
            theirs = flows[below]
            for step in range(steps):
                theirs[step] += row[step]


def route_chain(
    inflow: FloatArray, factors: Coefficients, reaches: int, start: float
) -> FloatArray:
    """Route a series through equal reaches one after the other; returns the flows `[n, t]`."""
    flows = np.zeros((reaches, inflow.size))
    flows[0] = inflow
    below = np.arange(1, reaches + 1)
    below[-1] = -1
    row = [factors.on_next, factors.on_last, factors.on_outflow]
    route_linear(below, np.tile(row, (reaches, 1)), np.full(reaches, start), flows)
    return flows
