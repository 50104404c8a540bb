"""One reach, a block of members side by side: Muskingum-Cunge in separable storage form.

The storage of a reach is S = f(I) + h(O) with the slopes f' = (T - W) / 2 and h' = (T + W) / 2,
T = dx/c the travel time and W = max(2 D / c², |T - dt|) the spread with its floor. Both functions
are tables, so mass is kept to rounding whatever the celerity does, and O is one look-up:

    H(O) = z - F(I) + dt q / 2,   z' = z + dt (I + q - O),   F = f - dt I / 2,   H = h + dt O / 2.

docs/method/routing.md derives it. Blocks lie as `[time or knot, lane]`: the innermost loops run
over members and become vector instructions.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from services.flood.routing.jit import kernel

FloatArray = NDArray[np.float64]
INVERSE_KNOTS = 128
"""Knots of the inverse table, uniform in storage; the flow is about its power 5/3."""


class Lanes(NamedTuple):
    """Tables of one reach for a block of members."""

    upper: FloatArray
    """`[k, lane]` F at the knots of the flow."""
    inverse: FloatArray
    """`[INVERSE_KNOTS, lane]` flow at uniform steps of H."""
    per_root: FloatArray
    """`[1]` knots per root of the flow."""
    per_storage: FloatArray
    """`[lane]` knots per unit of H."""
    state: FloatArray
    """`[lane]` z: storage less the step's half balance."""


@kernel
def make_lanes(knots: int, lanes: int) -> Lanes:
    """Return empty tables for a block."""
    return Lanes(
        np.zeros((knots, lanes)),
        np.zeros((INVERSE_KNOTS, lanes)),
        np.zeros(1),
        np.zeros(lanes),
        np.zeros(lanes),
    )


@kernel
def fill_lane(
    block: Lanes, lane: int, flow_max: float, times: tuple[FloatArray, FloatArray], dt_s: float
) -> None:
    """Fill the tables of one member; `times` are T and W of each interval of the flow."""
    travel, spread = times
    last = travel.size
    storage = np.empty(last + 1)
    storage[0] = 0.0
    block.upper[0, lane] = 0.0
    block.per_root[0] = last / np.sqrt(flow_max)
    for knot in range(last):
        step = flow_max * (2 * knot + 1) / (last * last)
        wide = max(spread[knot], abs(travel[knot] - dt_s))
        block.upper[knot + 1, lane] = block.upper[knot, lane] + step * 0.5 * (
            travel[knot] - wide - dt_s
        )
        storage[knot + 1] = storage[knot] + step * 0.5 * (travel[knot] + wide + dt_s)
    _invert(block, lane, flow_max, storage)


@kernel
def _invert(block: Lanes, lane: int, flow_max: float, storage: FloatArray) -> None:
    last = storage.size - 1
    steps = INVERSE_KNOTS - 1
    width = storage[last] / steps
    block.per_storage[lane] = 1.0 / width
    knot = 0
    for index in range(INVERSE_KNOTS):
        wanted = index * width
        while knot < last - 1 and storage[knot + 1] < wanted:
            knot += 1
        share = (wanted - storage[knot]) / (storage[knot + 1] - storage[knot])
        low = flow_max * (knot / last) ** 2
        high = flow_max * ((knot + 1) / last) ** 2
        block.inverse[index, lane] = low + share * (high - low)


@kernel
def settle(block: Lanes, inflow: FloatArray, lateral: FloatArray, dt_s: float) -> None:
    """Set the state in which the outflow equals inflow plus lateral flow."""
    for lane in range(block.state.size):
        outflow = inflow[lane] + lateral[lane]
        low, high = 0, INVERSE_KNOTS - 2
        while low < high:
            middle = (low + high + 1) // 2
            if block.inverse[middle, lane] <= outflow:
                low = middle
            else:
                high = middle - 1
        rise = block.inverse[low + 1, lane] - block.inverse[low, lane]
        place = low + (outflow - block.inverse[low, lane]) / rise
        root = np.sqrt(inflow[lane]) * block.per_root[0]
        knot = min(int(root), block.upper.shape[0] - 2)
        below = block.upper[knot, lane]
        upper = below + (root - knot) * (block.upper[knot + 1, lane] - below)
        block.state[lane] = place / block.per_storage[lane] + upper - 0.5 * dt_s * lateral[lane]


@kernel
def step_lanes(
    block: Lanes, inflow: FloatArray, lateral: FloatArray, outflow: FloatArray, dt_s: float
) -> None:
    """Write the outflow of one step and move the state on; all arrays are `[lane]`."""
    last = block.upper.shape[0] - 2
    most = INVERSE_KNOTS - 2
    for lane in range(block.state.size):
        into = inflow[lane]
        root = np.sqrt(into) * block.per_root[0]
        knot = min(int(root), last)
        below = block.upper[knot, lane]
        upper = below + (root - knot) * (block.upper[knot + 1, lane] - below)
        side = lateral[lane]
        place = (block.state[lane] - upper + 0.5 * dt_s * side) * block.per_storage[lane]
        index = min(max(int(place), 0), most)
        low = block.inverse[index, lane]
        out = max(low + (place - index) * (block.inverse[index + 1, lane] - low), 0.0)
        block.state[lane] += dt_s * (into + side - out)
        outflow[lane] = out
