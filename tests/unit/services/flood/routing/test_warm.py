"""Warming compiles what a cycle will call, so that no cycle waits for the compiler."""

from typing import Any

import numpy as np

from services.flood.arrival_kernel import peaks, reached_steps
from services.flood.routing.ensemble import (
    Drive,
    Outputs,
    ReachArrays,
    ReachTables,
    route_members,
)
from services.flood.routing.network_kernel import assign_slots, route_block
from services.flood.routing.warm import warm


def compiled() -> list[int]:
    kernels: list[Any] = [route_block, assign_slots, reached_steps, peaks]
    return [len(each.signatures) for each in kernels]


def test_a_cycle_after_warming_compiles_nothing():
    warm()
    before = compiled()
    count, steps, members = 3, 10, 20
    tables = ReachTables.from_function(np.full(count, 50.0), lambda flow: 0.5 * flow**0.4)
    drive = Drive(
        np.ones((members, steps, 2)),
        np.array([-1, 1, -1]),
        np.array([0.0, 0.5, 0.0]),
        np.array([0, -1, -1]),
        np.ones(count),
        np.array([4, 4, 4]),
        np.full(count, 6.0),
    )
    routed = route_members(
        ReachArrays(np.array([1, 2, -1]), np.full(count, 900.0)),
        tables,
        np.ones((members, count)),
        drive,
        Outputs(np.array([2]), np.array([0.5])),
        300.0,
    )
    reached_steps(routed.values, np.full((members, 1, 3), 1.2), 4)
    peaks(routed.values, 4)
    assert compiled() == before
