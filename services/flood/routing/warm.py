"""Compiles the kernels, or loads them from the cache, before they are needed."""

import numpy as np

from services.flood.arrival_kernel import peaks, reached_steps
from services.flood.routing.ensemble import (
    Drive,
    Outputs,
    ReachArrays,
    ReachTables,
    route_members,
)


def warm() -> None:
    """Route two members through two reaches, as a cycle does with many."""
    count, steps = 2, 3
    reaches = ReachArrays(np.array([1, -1]), np.full(count, 1000.0))
    tables = ReachTables.from_function(np.full(count, 2.0), lambda flow: 1.0 + flow)
    drive = Drive(
        np.ones((2, steps, 1)),
        np.full(count, -1),
        np.zeros(count),
        np.array([0, -1]),
        np.ones(count),
        np.full(count, steps),
        np.ones(count),
    )
    ends = Outputs(np.arange(count), np.ones(count))
    routed = route_members(reaches, tables, np.ones((2, count)), drive, ends, 300.0)
    reached_steps(routed.values, np.full((2, count, 1), 2.0), 1)
    peaks(routed.values, 1)
