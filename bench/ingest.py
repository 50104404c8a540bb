"""Bench `ingest`: uplinks over MQTT with QoS 1 into both databases, and how soon a state is stored.

Publisher, broker, database and ingest are processes of this machine and share its cores: the
broker is a Mosquitto with the settings that we ship, PostgreSQL the one on 5432 (a schema of its
own, dropped afterwards), SQLite a file in a temporary folder. A rate counts from the first
publication to the last stored reading. `broker_dropped` is what the broker threw away before ingest
could acknowledge it.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Engine, text

from bench.broker import dropped, private_broker
from bench.ingest_pack import write_pack
from bench.ingest_state import state_delays
from bench.report import Measured, percentile
from bench.series import schema_of_its_own
from config import ROOT
from data.engine import make_engine

SECONDS = 300
RATES = {"pg": 2600.0, "sqlite": 1500.0}
"""Offered uplinks a second: above the targets, so that a rate is what was taken, not offered."""
TARGETS = {"pg": 2000.0, "sqlite": 500.0}
READY_S = 60.0
PATIENCE_S = 300.0
LOOK_S = 0.25
READINGS = 2
"""Of each uplink: stage and battery."""


def measure(rows: int | None = None) -> Measured:
    """Publish for five minutes into each database (or `rows` uplinks), then ask for delays."""
    figures: dict[str, float] = {"lost": 0.0, "duplicated": 0.0}
    with tempfile.TemporaryDirectory() as folder, private_broker() as port:
        root = Path(folder)
        with schema_of_its_own() as url:
            found = {"pg": _measure(root / "pg", url, port, rows)}
        found["sqlite"] = _measure(root / "sqlite", "", port, rows)
        figures["broker_dropped"] = dropped(port)
        delays = state_delays(root / "state", short=rows is not None)
    for name, part in found.items():
        figures[f"{name}_uplinks_per_s"] = part["per_s"]
        figures[f"{name}_sent"] = part["sent"]
        figures["lost"] += part["lost"]
        figures["duplicated"] += part["duplicated"]
    figures["state_p50_s"] = percentile(delays, 0.5)
    figures["state_p99_s"] = percentile(delays, 0.99)
    return Measured(
        figures=figures,
        targets={
            **{f"{name}_uplinks_per_s": {"min": least} for name, least in TARGETS.items()},
            "lost": {"max": 0.0},
            "duplicated": {"max": 0.0},
            "broker_dropped": {"max": 0.0},
            "state_p99_s": {"max": 5.0},
        },
    )


def _measure(folder: Path, url: str, port: int, rows: int | None) -> dict[str, float]:
    rate = RATES["pg" if url else "sqlite"]
    count = rows or int(rate * SECONDS)
    pack = write_pack(folder / "pack")
    store = url or f"sqlite:///{folder / 'state' / 'cockpit.sqlite'}"
    with _ingest(folder, pack, url, port) as prefix:
        time.sleep(1.0)
        command = [
            sys.executable, "-m", "bench.ingest_load",
            str(port), prefix, str(count), str(rate),
        ]  # fmt: skip
        sent = json.loads(subprocess.check_output(command, cwd=ROOT))
        engine = make_engine(store)
        stored_at = _wait(engine, count)
        uplinks = _count(engine, "uplink_receipts")
        readings = _count(engine, "observations")
        engine.dispose()
    return {
        "sent": float(sent["taken"]),
        "per_s": sent["taken"] / max(stored_at - sent["began"], 1e-9),
        "lost": sent["taken"] - readings / READINGS,
        "duplicated": max(uplinks - sent["taken"], 0.0),
    }


def _wait(engine: Engine, count: int) -> float:
    """Wait until everything is stored or nothing more comes; returns when the last came."""
    seen, seen_at = 0.0, time.time()
    while time.time() - seen_at < READY_S and time.time() < seen_at + PATIENCE_S:
        found = _newest(engine)
        if found >= count:  # numbers may have gaps: near the end it is worth to count
            found = _count(engine, "uplink_receipts")
        if found > seen:
            seen, seen_at = found, time.time()
        if seen >= count:
            break
        time.sleep(LOOK_S)
    return seen_at


def _newest(engine: Engine) -> float:
    """Return the number of the newest receipt: cheap to ask for while the database works."""
    with engine.connect() as connection:
        return float(connection.scalar(text("select max(receipt_id) from uplink_receipts")) or 0)


def _count(engine: Engine, table: str) -> float:
    with engine.connect() as connection:
        return float(connection.scalar(text(f"select count(*) from {table}")) or 0)  # noqa: S608  # our own names


@contextmanager
def _ingest(folder: Path, pack: Path, url: str, port: int) -> Iterator[str]:
    """Run ingest on a private folder; gives the prefix of its topics."""
    prefix = f"b{uuid.uuid4().hex[:8]}"
    environment = {
        **{key: value for key, value in os.environ.items() if not key.startswith("COCKPIT_")},
        "COCKPIT_STATE_DIR": str(folder / "state"),
        "COCKPIT_REGION_DIR": str(pack),
        "COCKPIT_DATABASE_URL": url,
        "COCKPIT_OFFLINE": "1",
        "COCKPIT_LOG_LEVEL": "ERROR",
        "COCKPIT_MQTT_URL": f"mqtt://127.0.0.1:{port}?version=5",
        "COCKPIT_MQTT_CLIENT_ID": prefix,
        "COCKPIT_MQTT_TOPICS": f"{prefix}/application/+/device/+/event/up",
    }
    process = subprocess.Popen([sys.executable, str(ROOT / "ingest.py")], cwd=ROOT, env=environment)
    time.sleep(6.0)
    try:
        yield prefix
    finally:
        process.terminate()
        process.wait(30.0)
