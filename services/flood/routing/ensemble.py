"""An ensemble of hydrographs down a river network.

The same code serves 60 reaches with 1,000 members and 100,000 reaches with one. Mass is kept to
rounding, no outflow is negative or above what came in (docs/method/routing.md).
"""

import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from services.flood.routing.network_kernel import (
    LANES,
    Forcing,
    Network,
    Scratch,
    Tables,
    Wanted,
    assign_slots,
    route_block,
)
from services.flood.routing.reaches import FloatArray, IntArray, ReachArrays, ReachTables
from services.flood.routing.stepping import make_lanes

__all__ = ["Drive", "ReachArrays", "ReachTables", "Routed", "route_members"]


@dataclass(frozen=True, slots=True)
class Drive:
    """What enters the network; flows in the unit of the tables.

    Parameters
    ----------
    sources
        `[m, t, s]` series of the ensemble; m may be 1, then all members share them.
    lateral_source, lateral_weight
        `[n]` index into s or -1: weight * source flows into the whole length of the reach.
    node_source, node_weight
        `[n]` index or -1: a gauge at the upper end of the reach. Up to `node_splice` its
        weight * source replaces the routed inflow.
    node_splice
        `[n]` last step of the replacement; from the end of the series on: always. Negative: never.
    node_decay_steps
        `[n]` after the splice the gauge's forecast counts with exp(-(t - splice) / decay), what
        comes from above with the rest; a forecast above that fades `HOLD` times more slowly.
    """

    sources: FloatArray
    lateral_source: IntArray
    lateral_weight: FloatArray
    node_source: IntArray
    node_weight: FloatArray
    node_splice: IntArray
    node_decay_steps: FloatArray


@dataclass(frozen=True, slots=True)
class Outputs:
    """Where flows are wanted.

    Parameters
    ----------
    reaches
        `[k]` reach of each output.
    fractions
        `[k]` 0 (upper end) to 1 (lower end): (1 - f) * inflow + f * outflow.
    """

    reaches: IntArray
    fractions: FloatArray


@dataclass(frozen=True, slots=True)
class Routed:
    """Result of a run.

    Parameters
    ----------
    values
        `[m, t, k]` flow at the outputs.
    node_raw
        `[m, t, g]` routed inflow before replacement at the reaches with a gauge, in their order.
    """

    values: NDArray[np.float32]
    node_raw: NDArray[np.float32]


def route_members(
    reaches: ReachArrays,
    tables: ReachTables,
    speed: FloatArray,
    drive: Drive,
    outputs: Outputs,
    dt_s: float,
) -> Routed:
    """Route all members through the network, beginning in the steady state of the first step.

    Parameters
    ----------
    reaches, tables, drive, outputs
        Network, waves, what enters and where flows are wanted.
    speed
        `[m, n]` factor on the celerity; one row serves all members, as one member's sources do.
    dt_s
        Seconds between the steps of the sources.

    Raises
    ------
    ValueError
        When arrays do not fit each other, or flows are negative or not finite.
    """
    members = max(speed.shape[0], drive.sources.shape[0])
    _check(reaches, speed, drive, outputs, members)
    slot, slots = assign_slots(reaches.downstream)
    flow_step = tables.flow_max[:, None] * np.diff(np.linspace(0.0, 1.0, tables.area.shape[1]) ** 2)
    slowness = np.diff(tables.area, axis=1) / flow_step
    spread = (tables.diffusivity_m2s[:, 1:] + tables.diffusivity_m2s[:, :-1]) * slowness**2
    network = Network(reaches.downstream, reaches.length_m, slot, dt_s)
    steps = drive.sources.shape[1]
    wanted = _wanted(outputs, reaches.downstream.size, members, steps)
    wanted = wanted._replace(
        node_raw=np.zeros((members, steps, int((drive.node_source >= 0).sum())), np.float32)
    )
    forcing = Forcing(
        np.ascontiguousarray(np.moveaxis(drive.sources, 2, 0)),
        drive.lateral_source,
        drive.lateral_weight,
        drive.node_source,
        drive.node_weight,
        drive.node_splice,
        drive.node_decay_steps,
    )
    table = Tables(tables.flow_max, slowness, spread, np.ascontiguousarray(speed))
    with ThreadPoolExecutor(os.cpu_count() or 1) as pool:
        jobs = [
            pool.submit(_route_part, network, table, forcing, wanted, slots, part)
            for part in _parts(members)
        ]
        for job in jobs:
            job.result()
    return Routed(wanted.values, wanted.node_raw)


def _route_part(
    network: Network,
    tables: Tables,
    forcing: Forcing,
    wanted: Wanted,
    slots: int,
    members: range,
) -> None:
    """Route some members, a block of lanes at a time."""
    sources, _, steps = forcing.sources.shape
    for begin in members[::LANES]:
        lanes = min(LANES, members.stop - begin)
        scratch = Scratch(
            np.empty((sources, steps, lanes)),
            np.empty((slots, steps, lanes)),
            np.empty((steps, lanes)),
        )
        block = make_lanes(tables.slowness.shape[1] + 1, lanes)
        route_block(network, tables, forcing, wanted, (block, scratch), begin)


def _parts(members: int) -> list[range]:
    """Cut the members into whole blocks, one part for each processor."""
    blocks = -(-members // LANES)
    share = -(-blocks // (os.cpu_count() or 1)) * LANES
    return [range(begin, min(begin + share, members)) for begin in range(0, members, share)]


def _wanted(outputs: Outputs, count: int, members: int, steps: int) -> Wanted:
    order = np.argsort(outputs.reaches, kind="stable")
    first = np.searchsorted(outputs.reaches[order], np.arange(count + 1))
    values = np.zeros((members, steps, outputs.reaches.size), np.float32)
    return Wanted(
        first.astype(np.int64),
        order,
        outputs.fractions[order],
        values,
        np.zeros((0, 0, 0), np.float32),
    )


def _check(
    reaches: ReachArrays, speed: FloatArray, drive: Drive, outputs: Outputs, members: int
) -> None:
    count = reaches.downstream.size
    for rows in (speed.shape[0], drive.sources.shape[0]):
        if rows not in (1, members):
            raise ValueError("speed and sources differ in members")
    if speed.shape[1] != count or not np.all(speed > 0.0):
        raise ValueError("speed needs a positive factor per reach")
    if not np.all(np.isfinite(drive.sources)) or drive.sources.min(initial=0.0) < 0.0:
        raise ValueError("sources must be finite and not negative")
    if outputs.reaches.size and not 0 <= outputs.reaches.min() <= outputs.reaches.max() < count:
        raise ValueError("an output lies in no reach")
