"""Mass-conservative variable-parameter Muskingum-Cunge (Todini 2007) in one channel.

With C* = C / β and R* = R / β the storage of a reach is S = dx A(Q) - W(Q) (I - O) / 2 at the
reference flow Q = (I + O) / 2, W = Q / (B S0 c²). Todini's recursion is its exact balance; here it
is solved to rounding, because only the solved equation is monotone (docs/method/routing.md):

    G(I, O) = S - dt (I - O) / 2 = z,   z' = z + dt (I - O).

The floor R* >= 1 - C* is W >= dx A / Q - dt.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from services.flood.routing.jit import kernel
from services.flood.routing.section import Section

FloatArray = NDArray[np.float64]
KNOTS = 2049
"""Flows per table, uniform in the root of the flow: area within 2e-6 (tested)."""
MOST_ROUNDS = 200
HALVE_EVERY = 3
"""Each third round halves the bracket: a nearly dry bed would hold the secant at one end."""
CLOSE = 1e-13
"""Rest of the balance, or width of the bracket, at which a flow is found; relative."""
HEADROOM = 1.5
"""Tables reach so far beyond the largest inflow; what lies beyond continues their last piece."""


class Curves(NamedTuple):
    """A section over its flow: knot j at (j / per_root)²."""

    per_root: float
    area: FloatArray
    spread: FloatArray
    """W = Q / (B S0 c²), s."""


class Reach(NamedTuple):
    """One reach and the step it is routed with."""

    length_m: float
    step_s: float
    low: float
    high: float
    """Range of all inflow and starting flows: no outflow leaves it."""


def curves(section: Section, flow_max: float) -> Curves:
    """Tabulate a section up to a flow."""
    top = HEADROOM * max(flow_max, 1e-6)
    flow = top * np.linspace(0.0, 1.0, KNOTS) ** 2
    depth = section.depth(flow)
    celerity = section.celerity(depth)
    spread = np.zeros(KNOTS)
    spread[1:] = 2.0 * section.diffusivity(depth[1:]) / celerity[1:] ** 2
    return Curves(float((KNOTS - 1) / np.sqrt(top)), section.area(depth), spread)


@kernel
def balance(shape: Curves, reach: Reach, into: float, out: float) -> tuple[float, bool]:
    """Return G(I, O), rising with O, and whether the floor on the spread acts."""
    flow = 0.5 * (into + out)
    if flow <= 0.0:
        return 0.0, False
    root = np.sqrt(flow) * shape.per_root
    knot = min(int(root), shape.area.size - 2)
    low, high = (knot / shape.per_root) ** 2, ((knot + 1) / shape.per_root) ** 2
    share = (flow - low) / (high - low)
    rise = shape.area[knot + 1] - shape.area[knot]
    stored = reach.length_m * (shape.area[knot] + share * rise)
    spread = shape.spread[knot] + share * (shape.spread[knot + 1] - shape.spread[knot])
    travel = max(stored / flow, reach.length_m * rise / (high - low))
    floor = travel - reach.step_s
    wide = max(spread, floor)
    return stored - 0.5 * (wide + reach.step_s) * (into - out), spread < floor


@kernel
def solve(shape: Curves, reach: Reach, into: float, state: float) -> float:
    """Return the outflow at which the balance holds (Illinois form of the false position)."""
    low, high = reach.low, reach.high
    at_low = balance(shape, reach, into, low)[0] - state
    at_high = balance(shape, reach, into, high)[0] - state
    if at_low >= 0.0:
        return low
    if at_high <= 0.0:
        return high
    side = 0
    for turn in range(1, MOST_ROUNDS):
        out = (low * at_high - high * at_low) / (at_high - at_low)
        if turn % HALVE_EVERY == 0:
            out = 0.5 * (low + high)
        found = balance(shape, reach, into, out)[0] - state
        if abs(found) <= CLOSE * abs(state) or high - low <= CLOSE * reach.high:
            return out
        if found < 0.0:
            low, at_low = out, found
            at_high = 0.5 * at_high if side < 0 else at_high
            side = -1
        else:
            high, at_high = out, found
            at_low = 0.5 * at_low if side > 0 else at_low
            side = 1
    return 0.5 * (low + high)


@kernel
def route_reach(shape: Curves, reach: Reach, flows: FloatArray, start: float) -> tuple[float, int]:
    """Turn inflow `[t]` into outflow, in place; returns the gain in storage (m³) and floored steps.

    The outflow begins at `start`, with the storage that belongs to it and the first inflow.
    """
    into, out = flows[0], start
    state, is_floored = balance(shape, reach, into, out)
    first = state + 0.5 * reach.step_s * (into - out)
    floored = 1 if is_floored else 0
    flows[0] = start
    for step in range(1, flows.size):
        state += reach.step_s * (into - out)
        into = flows[step]
        out = solve(shape, reach, into, state)
        floored += 1 if balance(shape, reach, into, out)[1] else 0
        flows[step] = out
    return state + 0.5 * reach.step_s * (into - out) - first, floored
