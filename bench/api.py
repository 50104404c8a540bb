"""Bench `api`: pages of 100 readings under load, from gunicorn as in production.

The store is SQLite in a private folder with a year of readings at 15 minutes. Two workers serve;
one client process with four connections asks over loopback on the same
cores, with keep-alive.
"""

import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

from bench.product import answers, free_port
from bench.report import Measured, percentile
from config import ROOT, Settings
from data import observations, things
from data.observations import ObservationRow
from services.clock import wall_now
from verbs.web import METRICS, SHARED_FOLDER, web_command
from wiring import wire

STREAMS = ("iot-nitz/stage", "27140205/stage")
YEAR, STEP = timedelta(days=365), timedelta(minutes=15)
BATCH = 2000
WARM_S, SECONDS, CONNECTIONS, WORKERS = 2.0, 10.0, 4, 2
START_S, POLL_S, STOP_S = 90.0, 0.1, 20.0
LIMIT = 100
FRESH = ".{n}Z"
"""A start with microseconds of its own each time: no answer is taken from the memory of pages."""
UNLIMITED = 100_000_000
TARGETS = {
    "requests_per_s": {"min": 300.0},
    "fresh_requests_per_s": {"min": 300.0},
    "errors": {"max": 0.0},
}
"""The first is what many clients that ask for the same newest page see; the second never comes from
the memory of pages."""


def measure() -> Measured:
    """Fill the store, serve it, and load both forms of the page one after the other."""
    with tempfile.TemporaryDirectory() as folder:
        rows, stream = _fill(Path(folder))
        with _served(Path(folder)) as port:
            page = f"/api/v1/gauges/iot-nitz/observations?limit={LIMIT}&start={_ago(30)}"
            newest = f"{page}Z"
            things_page = (
                f"/api/v1/sensorthings/v1.1/Datastreams({stream})/Observations"
                f"?$orderby=phenomenonTime%20desc&$top={LIMIT}"
            )
            plain = _loaded(port, newest)
            fresh = _loaded(port, page + FRESH)
            standard = _loaded(port, things_page)
    return Measured(
        figures={
            "rows": rows,
            **plain,
            **{f"fresh_{name}": value for name, value in fresh.items()},
            **{f"sensorthings_{name}": value for name, value in standard.items()},
            "errors": plain["errors"] + fresh["errors"] + standard["errors"],
        },
        targets=TARGETS,
    )


def _ago(days: int) -> str:
    return f"{wall_now() - timedelta(days=days):%Y-%m-%dT%H:%M:%S}"


def _fill(folder: Path) -> tuple[int, int]:
    """Store a year of readings; returns their number and the datastream that is asked for."""
    wired = wire(_settings(folder))
    now = wall_now().replace(second=0, microsecond=0)
    with wired.sessions() as session:
        ids = things.ids(session)
    rows = 0
    for key in STREAMS:
        for first in range(0, YEAR // STEP, BATCH):
            numbers = range(first, min(first + BATCH, YEAR // STEP))
            batch = [_row(ids[key], now, number) for number in numbers]
            with wired.sessions.begin() as session:
                observations.upsert(session, batch)
            rows += len(batch)
    wired.engine.dispose()
    return rows, ids[STREAMS[0]]


def _row(stream: int, now: Any, number: int) -> ObservationRow:  # noqa: ANN401  # an instant
    at = now - number * STEP
    value = round(1.0 + (number % 400) / 1000, 3)
    return ObservationRow(stream, at, at + timedelta(seconds=20), value, value, 1, "", "simulated")


def _settings(folder: Path) -> Settings:
    return Settings(**_values(folder))


def _values(folder: Path) -> dict[str, Any]:
    return {"state_dir": folder, "api_per_minute": UNLIMITED}


@contextmanager
def _served(folder: Path) -> Iterator[int]:
    port = free_port()
    settings = _settings(folder).model_copy(update={"port": port, "web_workers": WORKERS})
    environment = {key: text for key, text in os.environ.items() if not key.startswith("COCKPIT_")}
    environment |= {f"COCKPIT_{key.upper()}": str(text) for key, text in _values(folder).items()}
    environment[SHARED_FOLDER] = str(folder / METRICS)
    (folder / METRICS).mkdir(exist_ok=True)
    process = subprocess.Popen(web_command(settings), cwd=ROOT, env=environment)
    try:
        until = time.perf_counter() + START_S
        while not answers(port, "/healthz/live"):
            if time.perf_counter() > until or process.poll() is not None:
                raise TimeoutError("the web process did not answer")
            time.sleep(POLL_S)
        yield port
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(STOP_S)


def _loaded(port: int, path: str) -> dict[str, float]:
    _client(port, path, WARM_S)
    seen = _client(port, path, SECONDS)
    times = seen["times_ms"]
    return {
        "requests_per_s": len(times) / SECONDS,
        "p50_ms": percentile(times, 0.5),
        "p95_ms": percentile(times, 0.95),
        "errors": float(seen["errors"]),
        "bytes_per_answer": seen["bytes_read"] / max(len(times), 1),
    }


def _client(port: int, path: str, seconds: float) -> dict[str, Any]:
    command = [sys.executable, "-m", "bench.api_load", "127.0.0.1", str(port), path]
    command += [str(seconds), str(CONNECTIONS)]
    found: dict[str, Any] = json.loads(subprocess.check_output(command, cwd=ROOT))
    return found
