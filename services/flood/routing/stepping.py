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
IntArray = NDArray[np.int64]
INVERSE_KNOTS = 128
"""Knots of the inverse table, uniform in storage; the flow is about its power 5/3."""


class Lanes(NamedTuple):
    """Tables of one reach for a block of members, member after member, and room to work."""

    upper: FloatArray
    """`[lane * k]` F at the knots of the flow."""
    inverse: FloatArray
    """`[lane * INVERSE_KNOTS]` flow at uniform steps of H."""
    per_root: FloatArray
    """`[1]` knots per root of the flow."""
    per_storage: FloatArray
    """`[lane]` knots per unit of H."""
    state: FloatArray
    """`[lane]` z: storage less the step's half balance."""
    place: IntArray
    """`[lane]` knot below, and `share`: how far beyond it, and `value`: what the table says."""
    share: FloatArray
    value: FloatArray


def make_lanes(knots: int, lanes: int) -> Lanes:
    """Return empty tables for a block."""
    return Lanes(
        np.zeros(lanes * knots),
        np.zeros(lanes * INVERSE_KNOTS),
        np.zeros(1),
        np.zeros(lanes),
        np.zeros(lanes),
        np.zeros(lanes, dtype=np.int64),
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
    at = lane * (last + 1)
    block.upper[at] = 0.0
    block.per_root[0] = last / np.sqrt(flow_max)
    for knot in range(last):
        half = flow_max * (2 * knot + 1) / (2 * last * last)
        wide = max(spread[knot], abs(travel[knot] - dt_s))
        fall = half * (travel[knot] - wide - dt_s)
        block.upper[at + knot + 1] = block.upper[at + knot] + fall
        storage[knot + 1] = storage[knot] + half * (travel[knot] + wide + dt_s)
    _invert(block, lane, flow_max, storage)


@kernel
def _invert(block: Lanes, lane: int, flow_max: float, storage: FloatArray) -> None:
    """Read the flow at uniform steps of a storage that rises with it."""
    last = storage.size - 1
    width = storage[last] / (INVERSE_KNOTS - 1)
    block.per_storage[lane] = 1.0 / width
    index = lane * INVERSE_KNOTS
    end = index + INVERSE_KNOTS
    wanted = 0.0
    for knot in range(last):
        low = flow_max * knot * knot / (last * last)
        slope = flow_max * (2 * knot + 1) / (last * last) / (storage[knot + 1] - storage[knot])
        while index < end and (wanted <= storage[knot + 1] or knot == last - 1):
            block.inverse[index] = low + slope * (wanted - storage[knot])
            wanted += width
            index += 1


@kernel
def settle(block: Lanes, inflow: FloatArray, lateral: FloatArray, dt_s: float) -> None:
    """Set the state in which the outflow equals inflow plus lateral flow."""
    knots = block.upper.size // block.state.size
    for lane in range(block.state.size):
        outflow = inflow[lane] + lateral[lane]
        low = lane * INVERSE_KNOTS
        high = low + INVERSE_KNOTS - 2
        first = low
        while low < high:
            middle = (low + high + 1) // 2
            if block.inverse[middle] <= outflow:
                low = middle
            else:
                high = middle - 1
        rise = block.inverse[low + 1] - block.inverse[low]
        place = low - first + (outflow - block.inverse[low]) / rise
        root = np.sqrt(inflow[lane]) * block.per_root[0]
        knot = min(int(root), knots - 2)
        below = block.upper[lane * knots + knot]
        upper = below + (root - knot) * (block.upper[lane * knots + knot + 1] - below)
        block.state[lane] = place / block.per_storage[lane] + upper - 0.5 * dt_s * lateral[lane]


@kernel
def run_lanes(block: Lanes, flows: FloatArray, lateral: FloatArray, dt_s: float) -> None:
    """Turn the inflow `[t, lane]` of a reach into its outflow, in place, moving the state on.

    Each step is cut into loops that hold either arithmetic or look-ups: the former become vector
    instructions, which makes the whole twice as fast (measured).
    """
    knots = block.upper.size // block.state.size
    last, most = knots - 2.0, INVERSE_KNOTS - 2.0
    lanes, half = block.state.size, 0.5 * dt_s
    for step in range(flows.shape[0]):
        for lane in range(lanes):
            root = np.sqrt(flows[step, lane]) * block.per_root[0]
            knot = np.int64(min(root, last))
            block.share[lane] = root - knot
            block.place[lane] = knot + lane * knots
        _look_up(block.upper, block)
        for lane in range(lanes):
            side = half * lateral[step, lane] - block.value[lane]
            stored = (block.state[lane] + side) * block.per_storage[lane]
            knot = np.int64(min(max(stored, 0.0), most))
            block.share[lane] = stored - knot
            block.place[lane] = knot + lane * INVERSE_KNOTS
        _look_up(block.inverse, block)
        for lane in range(lanes):
            outflow = max(block.value[lane], 0.0)
            into = flows[step, lane] + lateral[step, lane]
            block.state[lane] += dt_s * (into - outflow)
            flows[step, lane] = outflow


@kernel
def _look_up(table: FloatArray, block: Lanes) -> None:
    for lane in range(block.state.size):
        at = np.uint64(block.place[lane])
        low = table[at]
        block.value[lane] = low + block.share[lane] * (table[at + np.uint64(1)] - low)
