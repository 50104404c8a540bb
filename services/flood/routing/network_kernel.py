"""A network of reaches, upstream first, for blocks of members; see `ensemble` for the meaning."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from services.flood.routing.jit import kernel
from services.flood.routing.stepping import Lanes, fill_lane, run_lanes, settle

FloatArray = NDArray[np.float64]
Float32Array = NDArray[np.float32]
IntArray = NDArray[np.int64]
HOLD = 4.0
"""A gauge that forecasts more than comes from above is believed so many times longer: what entered
between the gauges is not seen above, and the high side is the safe one (estimate)."""
LANES = 16
"""Members side by side; the result does not depend on it."""


UPPER, LOWER = 0, 1
"""Ends of a reach."""


class Network(NamedTuple):
    """Order, buffers and step counts of the reaches."""

    downstream: IntArray
    length_m: FloatArray
    slot: IntArray
    """`[n]` buffer of each reach's inflow, reused down the river."""
    dt_s: float


class Tables(NamedTuple):
    """Per interval of the flow, at speed 1."""

    flow_max: FloatArray
    slowness: FloatArray
    """`[n, k-1]` ΔA/ΔQ = 1/c, s/m."""
    spread: FloatArray
    """`[n, k-1]` 2 D / c², s."""
    speed: FloatArray
    """`[m or 1, n]` factor on the celerity."""


class Forcing(NamedTuple):
    """What enters: fields as in `ensemble.Drive`, `sources` by source, member and step."""

    sources: FloatArray
    lateral_source: IntArray
    lateral_weight: FloatArray
    node_source: IntArray
    node_weight: FloatArray
    node_splice: IntArray
    node_decay_steps: FloatArray


class Wanted(NamedTuple):
    """Where results go; outputs are sorted by reach, `first[i]` to `first[i + 1]`."""

    first: IntArray
    column: IntArray
    fraction: FloatArray
    values: Float32Array
    node_raw: Float32Array


class Scratch(NamedTuple):
    """Buffers of one block."""

    sources: FloatArray
    """`[s, t, lane]`"""
    flows: FloatArray
    """`[slot, t, lane]` inflow, then outflow of a reach."""
    lateral: FloatArray
    """`[t, lane]`"""


@kernel
def assign_slots(downstream: IntArray) -> tuple[IntArray, int]:
    """Give each reach the buffer of a finished one; also return how many are needed."""
    count = downstream.size
    slot = np.full(count, -1, dtype=np.int64)
    free = np.empty(count, dtype=np.int64)
    spare, used = 0, 0
    for reach in range(count):
        if slot[reach] < 0:
            if spare > 0:
                spare -= 1
                slot[reach] = free[spare]
            else:
                slot[reach] = used
                used += 1
        below = downstream[reach]
        if below >= 0 and slot[below] < 0:
            slot[below] = slot[reach]
        else:
            free[spare] = slot[reach]
            spare += 1
    return slot, used


@kernel
def _take_sources(sources: FloatArray, own: FloatArray, begin: int) -> None:
    is_shared = sources.shape[1] == 1
    for source in range(own.shape[0]):
        for lane in range(own.shape[2]):
            member = 0 if is_shared else begin + lane
            for step in range(own.shape[1]):
                own[source, step, lane] = sources[source, member, step]


@kernel
def route_block(
    network: Network,
    tables: Tables,
    forcing: Forcing,
    wanted: Wanted,
    work: tuple[Lanes, Scratch],
    begin: int,
) -> None:
    """Route the members from `begin` on, one in each lane of the block."""
    block, scratch = work
    _take_sources(forcing.sources, scratch.sources, begin)
    is_begun = np.zeros(network.downstream.size, dtype=np.bool_)
    gauge = 0
    for reach in range(network.downstream.size):
        flows = scratch.flows[network.slot[reach]]
        if not is_begun[reach]:
            flows[:] = 0.0
        if forcing.node_source[reach] >= 0:
            _keep_raw(flows, wanted.node_raw, gauge, begin)
            _observe(flows, scratch.sources[forcing.node_source[reach]], forcing, reach)
            gauge += 1
        _take_lateral(scratch, forcing, reach)
        _collect(wanted, reach, flows, begin, UPPER)
        _fill(block, network, tables, reach, begin)
        settle(block, flows[0], scratch.lateral[0], network.dt_s)
        run_lanes(block, flows, scratch.lateral, network.dt_s)
        _collect(wanted, reach, flows, begin, LOWER)
        _pass_down(network, scratch.flows, is_begun, reach)


@kernel
def _keep_raw(flows: FloatArray, node_raw: Float32Array, gauge: int, begin: int) -> None:
    for step in range(flows.shape[0]):
        for lane in range(flows.shape[1]):
            node_raw[begin + lane, step, gauge] = flows[step, lane]


@kernel
def _observe(flows: FloatArray, source: FloatArray, forcing: Forcing, reach: int) -> None:
    """Replace the inflow by the gauge up to the splice; after it the gauge's course fades out."""
    steps, lanes = flows.shape
    weight = forcing.node_weight[reach]
    splice = min(forcing.node_splice[reach], steps - 1)
    if splice < 0:
        return
    for lane in range(lanes):
        for step in range(splice + 1):
            flows[step, lane] = weight * source[step, lane]
        for step in range(splice + 1, steps):
            offset = weight * source[step, lane] - flows[step, lane]
            fading = forcing.node_decay_steps[reach] * (HOLD if offset > 0.0 else 1.0)
            trust = np.exp((splice - step) / fading)
            flows[step, lane] = max(flows[step, lane] + trust * offset, 0.0)


@kernel
def _take_lateral(scratch: Scratch, forcing: Forcing, reach: int) -> None:
    source = forcing.lateral_source[reach]
    if source < 0:
        scratch.lateral[:] = 0.0
        return
    weight = forcing.lateral_weight[reach]
    for step in range(scratch.lateral.shape[0]):
        for lane in range(scratch.lateral.shape[1]):
            scratch.lateral[step, lane] = weight * scratch.sources[source, step, lane]


@kernel
def _collect(wanted: Wanted, reach: int, flows: FloatArray, begin: int, end: int) -> None:
    """Add the share of the upper or the lower end to the outputs inside a reach."""
    for place in range(wanted.first[reach], wanted.first[reach + 1]):
        share = wanted.fraction[place] if end == LOWER else 1.0 - wanted.fraction[place]
        column = wanted.column[place]
        if share == 0.0:
            continue
        for step in range(flows.shape[0]):
            for lane in range(flows.shape[1]):
                wanted.values[begin + lane, step, column] += share * flows[step, lane]


@kernel
def _fill(block: Lanes, network: Network, tables: Tables, reach: int, begin: int) -> None:
    intervals = tables.slowness.shape[1]
    travel, spread = np.empty(intervals), np.empty(intervals)
    is_shared = tables.speed.shape[0] == 1
    for lane in range(block.state.size):
        speed = tables.speed[0 if is_shared else begin + lane, reach]
        for knot in range(intervals):
            travel[knot] = network.length_m[reach] * tables.slowness[reach, knot] / speed
            spread[knot] = tables.spread[reach, knot] / (speed * speed)
        fill_lane(block, lane, tables.flow_max[reach], (travel, spread), network.dt_s)


@kernel
def _pass_down(
    network: Network, flows: FloatArray, is_begun: NDArray[np.bool_], reach: int
) -> None:
    below = network.downstream[reach]
    if below < 0:
        return
    if is_begun[below]:
        _, steps, lanes = flows.shape
        own, theirs = flows[network.slot[reach]], flows[network.slot[below]]
        for step in range(steps):
            for lane in range(lanes):
                theirs[step, lane] += own[step, lane]
    is_begun[below] = True
