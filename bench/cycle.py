"""Bench `cycle`: one flood cycle for the region, from reading the store to the stored run."""

import statistics
import tempfile
import time
from datetime import timedelta
from pathlib import Path

from bench.report import Measured
from config import Settings
from services.clock import SteppedClock, wall_now
from services.cycles import CycleService
from services.simulation.player import messages_of
from services.simulation.replay import find_scenario
from wiring import wire
from wiring_work import make_writer

MEMBERS = 1000
REPEATS = 7
INTO_EVENT = timedelta(hours=6)


def measure() -> Measured:
    """Measure a cycle six hours into July 2021, when the Nette rises."""
    own = Settings(region="myk", region_dir=None, flood_members=MEMBERS)
    with tempfile.TemporaryDirectory() as folder:
        wired = wire(own.private(Path(folder)))
        scenario = find_scenario(wired.region.scenarios, "2021-07")
        at = scenario.play_from + INTO_EVENT
        messages = [m for m in messages_of(wired.region, scenario) if m.received_at <= at]
        wired.spool.put(messages)
        make_writer(wired).drain()
        clock = SteppedClock(at, scenario.id, scenario.title, wall_now())
        cycles = CycleService(wired.sessions, wired.region, clock, "simulated", MEMBERS)
        first = _timed(cycles)
        again = [_timed(cycles) for _ in range(REPEATS)]
        wired.engine.dispose()
    return Measured(
        figures={
            "cycle_s": statistics.median(again),
            "slowest_s": max(again),
            "first_s": first,
            "members": MEMBERS,
            "gauges": len(wired.region.network.gauges),
            "villages": len(wired.region.network.villages),
            "readings": len(messages),
        },
        targets={"cycle_s": {"max": 1.0}, "gauges": {"min": 1}, "villages": {"min": 1}},
    )


def _timed(cycles: CycleService) -> float:
    began = time.perf_counter()
    cycles.run()
    return time.perf_counter() - began
