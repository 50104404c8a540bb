"""Bench `wall`: fifty wall screens and five hundred readers on one product while runs are made.

A refresh is what a screen waits for when there is something new: the poll that says so and the
answer of the callback that draws it. `behind_max_s` is how long after the first screen had a run
the last wall had it.
"""

import json
import subprocess
import sys
import time
from typing import Any

from bench.product import answers, running_product
from bench.report import Measured, percentile
from config import ROOT

WALLS, READERS = 50, 500
SECONDS = 60.0
SETTLE_S = 15.0
CYCLE_S = "20"
"""Three times as many runs as the product makes without news: each minute one."""
BEHIND_S = 5.0
SETTINGS = {"COCKPIT_CYCLE_SECONDS": CYCLE_S, "COCKPIT_SCENARIO_SPEED": "1"}


def measure() -> Measured:
    """Load the demonstration, its flood at the speed of real time."""
    with running_product(**SETTINGS) as product:
        until = time.monotonic() + SETTLE_S
        while time.monotonic() < until and not answers(product.port, "/healthz/freshness"):
            time.sleep(0.2)
        time.sleep(SETTLE_S)
        found = _clients(product.port)
    walls, readers = found["walls"], found["readers"]
    return Measured(
        figures={
            "refresh_p50_ms": percentile(walls["refresh_ms"], 0.5),
            "refresh_p95_ms": percentile(walls["refresh_ms"], 0.95),
            "refresh_max_ms": max(walls["refresh_ms"], default=0.0),
            "reader_p95_ms": percentile(readers["refresh_ms"], 0.95),
            "behind_max_s": _behind(walls["drawn"]),
            "refreshes": float(len(walls["refresh_ms"])),
            "reader_refreshes": float(len(readers["refresh_ms"])),
            "polls_per_s": (walls["polls"] + readers["polls"]) / SECONDS,
            "errors": float(walls["errors"] + readers["errors"]),
        },
        targets={
            "refresh_p95_ms": {"max": 500.0},
            "behind_max_s": {"max": BEHIND_S},
            "refreshes": {"min": float(WALLS)},
            "errors": {"max": 0.0},
        },
    )


def _clients(port: int) -> dict[str, Any]:
    command = [sys.executable, "-m", "bench.wall_load", str(port), str(WALLS), str(READERS)]
    done = subprocess.check_output([*command, str(SECONDS)], cwd=ROOT)
    found: dict[str, Any] = json.loads(done)
    return found


def _behind(drawn: list[list[Any]]) -> float:
    """Return the longest time between the first and the last wall of a version."""
    by_version: dict[str, list[float]] = {}
    for version, at in drawn:
        by_version.setdefault(version, []).append(at)
    return max((max(times) - min(times) for times in by_version.values()), default=0.0)
