"""Bench `chart`: ten years of one gauge at 15 minutes, brought down to 2,000 points, on SQLite."""

import math
import statistics
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bench.report import Measured
from config import Settings
from data import observations, things
from data.engine import writing
from data.observations import ObservationRow
from services.situation.service import SituationService
from wiring import Wired, wire

GAUGE = "iot-nitz"
YEARS = 10
POINTS = 2000
STEP = timedelta(minutes=15)
END = datetime(2026, 1, 1, tzinfo=UTC)
BATCH = 5000
REPEATS = 5


def measure() -> Measured:
    """Measure the service call that a ten-year chart makes."""
    own = Settings(region="myk", region_dir=None)
    with tempfile.TemporaryDirectory() as folder:
        wired = wire(own.private(Path(folder)))
        start = END - timedelta(days=365 * YEARS)
        count = _fill(wired, start)
        while wired.roller.step():
            continue
        service = SituationService(wired.sessions, wired.region, wired.clock)
        times = []
        for _ in range(REPEATS):
            began = time.perf_counter()
            points = service.history(GAUGE, start, END, POINTS)
            times.append((time.perf_counter() - began) * 1000.0)
        wired.engine.dispose()
    return Measured(
        figures={
            "chart_ms": statistics.median(times),
            "first_ms": times[0],
            "rows": count,
            "points": len(points),
        },
        targets={"chart_ms": {"max": 50.0}, "points": {"max": POINTS}},
    )


def _fill(wired: Wired, start: datetime) -> int:
    number_of_rows = int((END - start) / STEP)
    with wired.sessions() as session:
        number = things.ids(session)[f"{GAUGE}/stage"]
    for first in range(0, number_of_rows, BATCH):
        rows = []
        for index in range(first, min(first + BATCH, number_of_rows)):
            at, value = start + STEP * index, 0.6 + 0.2 * math.sin(index / 300.0)
            rows.append(ObservationRow(number, at, at, value, value, 1, "", "simulated"))
        with wired.sessions() as session, session.begin():
            observations.upsert(writing(session), rows)
    return number_of_rows
