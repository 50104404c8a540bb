"""Bench `flood`: the routing kernels, from a live cycle to a whole state."""

import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable

import numpy as np

from bench.cycle import measure as measure_publish
from bench.flood_linear import REACHES, STEPS, measure_linear
from bench.report import Measured
from config import ROOT
from services.flood.routing.ensemble import (
    Drive,
    Outputs,
    ReachArrays,
    ReachTables,
    route_members,
)

DT_S = 300.0
FLOW_MAX = 150.0
STATE_KNOTS = 32
"""Coarser tables for 100,000 reaches: half the memory."""
CYCLE = (1000, 60, 144)
"""Members, reaches, steps of 300 s."""
GROWTH = {
    "reaches_120": (1000, 120, 144),
    "reaches_240": (1000, 240, 144),
    "steps_288": (1000, 60, 288),
    "members_2000": (2000, 60, 144),
    "members_4000": (4000, 60, 144),
    "live_95x288": (1000, 95, 288),
}
REPEATS = 5
KB_PER_MB = 1024.0
WARM = """
import time
began = time.perf_counter()
from services.flood.routing.warm import warm
warm()
print(time.perf_counter() - began)
"""


def measure() -> Measured:
    """Measure the kernels; memory is the peak of the whole bench."""
    cycle, processor_s = _cycle(*CYCLE)
    cold, warm = _compile_times()
    figures = {
        "cycle_s": cycle,
        "cycle_cpu_s": processor_s,
        "cycle_publish_s": measure_publish().figures["cycle_s"],
        "reach_steps_per_s": float(np.prod(CYCLE)) / cycle,
        "variable_1e5x96_s": _state()[0],
        **measure_linear(),
        **{f"{name}_s": _cycle(*size)[0] for name, size in GROWTH.items()},
        "compile_cold_s": cold,
        "compile_warm_s": warm,
    }
    figures["peak_mb"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / KB_PER_MB
    return Measured(
        figures=figures,
        targets={
            "cycle_s": {"max": 0.5},
            "cycle_publish_s": {"max": 1.0},
            "linear_1e5x96_s": {"max": 0.1},
            "variable_1e5x96_s": {"max": 1.2},
            "peak_mb": {"max": 1000.0},
        },
    )


def _cycle(members: int, reaches: int, steps: int) -> tuple[float, float]:
    """Return the times of an ensemble with a wave, lateral inflow, gauges and 40 outputs."""
    random = np.random.default_rng(1)
    hours = np.arange(steps) * DT_S / 3600.0
    wave = 4.0 + 60.0 * np.exp(-(((hours - 4.0) / 1.5) ** 2))
    scale = random.uniform(0.5, 1.5, (members, 1))
    sources = np.stack([scale * wave, np.full((members, steps), 0.05), scale * wave], axis=2)
    node = np.full(reaches, -1)
    node[0], node[reaches // 2] = 0, 2
    drive = Drive(
        sources,
        np.ones(reaches, dtype=np.int64),
        np.ones(reaches),
        node,
        np.ones(reaches),
        np.full(reaches, steps // 6),
        np.full(reaches, 24.0),
    )
    speed = np.exp(random.normal(0.0, 0.35, (members, reaches)))
    below = np.arange(1, reaches + 1)
    below[-1] = -1
    outputs = Outputs(np.linspace(0, reaches - 1, 40).astype(np.int64), np.full(40, 0.5))
    network = ReachArrays(below, np.full(reaches, 1000.0))
    tables = _creeks(reaches)
    return _median(lambda: route_members(network, tables, speed, drive, outputs, DT_S))


def _state() -> tuple[float, float]:
    """Return the times of one member with variable celerity through 100,000 reaches."""
    random = np.random.default_rng(2)
    below = np.arange(REACHES) + random.integers(1, 200, REACHES)
    below[below >= REACHES] = -1
    hours = np.arange(STEPS) * 0.25
    rain = 0.002 + 0.03 * np.exp(-(((hours - 6.0) / 2.0) ** 2))
    nowhere = np.full(REACHES, -1)
    drive = Drive(
        rain[None, :, None],
        np.zeros(REACHES, dtype=np.int64),
        random.uniform(0.5, 1.5, REACHES),
        nowhere,
        np.zeros(REACHES),
        nowhere,
        np.ones(REACHES),
    )
    outputs = Outputs(np.flatnonzero(below < 0), np.ones(int((below < 0).sum())))
    network = ReachArrays(below, random.uniform(500.0, 2000.0, REACHES))
    tables, speed = _creeks(REACHES, STATE_KNOTS), np.ones((1, REACHES))
    return _median(lambda: route_members(network, tables, speed, drive, outputs, 900.0))


def _creeks(reaches: int, knots: int = 64) -> ReachTables:
    """Wide creeks of 8 per mille: c = 0.73 Q^0.4, D = Q / (2 B S0)."""
    return ReachTables.from_function(
        np.full(reaches, FLOW_MAX),
        lambda flow: 0.73 * flow**0.4,
        lambda flow: flow / (2.0 * 10.0 * 0.008),
        knots,
    )


def _median(call: Callable[[], object]) -> tuple[float, float]:
    """Return the medians of the time on the clock and on all processors together."""
    call()
    times, busy = [], []
    for _ in range(REPEATS):
        began, began_busy = time.perf_counter(), time.process_time()
        call()
        times.append(time.perf_counter() - began)
        busy.append(time.process_time() - began_busy)
    return statistics.median(times), statistics.median(busy)


def _compile_times() -> tuple[float, float]:
    """Return the seconds from import to warm kernels, without and with compiled code on disk."""
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "NUMBA_CACHE_DIR": folder}
        found = [
            float(
                subprocess.run(
                    [sys.executable, "-c", WARM],
                    cwd=ROOT,
                    env=environment,
                    capture_output=True,
                    text=True,
                    check=True,
                ).stdout
            )
            for _ in range(2)
        ]
    return found[0], found[1]
