"""Kernel of the simulated truth: a cascade of nonlinear storages, compiled.

Explicit steps of dA/dt = (inflow - outflow) / length; cells are ordered from source to mouth, so
a cell sees what the cells above it gave off at the step's beginning. Volume is kept exactly.
"""

import numpy as np
from numba import njit
from numpy.typing import NDArray

from services.simulation.channel import FIVE_THIRDS, Channel

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]


def sections_of(channel: Channel) -> FloatArray:
    """Return the channel as rows for the kernel: widths, conveyances, bankfull depth, length."""
    root = np.sqrt(channel.slope)
    return np.stack(
        [
            channel.width_m,
            channel.floodplain_m,
            root / channel.manning_n * channel.width_m,
            root / channel.floodplain_n * channel.floodplain_m,
            channel.bankfull_m,
            channel.length_m,
        ]
    )


@njit(cache=True)
def cascade(
    lateral_m3s: FloatArray,
    area_m2: FloatArray,
    downstream: IntArray,
    sections: FloatArray,
    step_s: float,
) -> tuple[FloatArray, FloatArray]:
    """Return discharge (m³/s) and depth (m) of every cell at each step's beginning.

    Parameters
    ----------
    lateral_m3s
        Inflow from the cells' own slopes, shape (steps, cells).
    area_m2
        Wetted areas at the beginning; left as it is.
    downstream
        Cell that each cell drains into, -1 at the end of the network.
    sections
        Rows of `sections_of`.
    step_s
        Length of a step.
    """
    steps, cells = lateral_m3s.shape
    discharge = np.empty((steps, cells))
    depth = np.empty((steps, cells))
    area = area_m2.copy()
    inflow = np.empty(cells)
    for step in range(steps):
        inflow[:] = lateral_m3s[step]
        for cell in range(cells):
            width, plain, bankfull = sections[0, cell], sections[1, cell], sections[4, cell]
            h = area[cell] / width
            outflow = 0.0
            if h > bankfull:
                h = bankfull + (area[cell] - width * bankfull) / (width + plain)
                outflow = sections[3, cell] * (h - bankfull) ** FIVE_THIRDS
            outflow += sections[2, cell] * h**FIVE_THIRDS
            discharge[step, cell] = outflow
            depth[step, cell] = h
            if downstream[cell] >= 0:
                inflow[downstream[cell]] += outflow
        for cell in range(cells):
            change = (inflow[cell] - discharge[step, cell]) * step_s / sections[5, cell]
            area[cell] = max(area[cell] + change, 0.0)
    return discharge, depth
