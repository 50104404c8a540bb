"""Bench `uplink`: from a published message to the village state stored, through the real processes.

The message goes over MQTT where a broker answers on 127.0.0.1:1883; elsewhere it is put into the
spool, as a receiver would, and `over_mqtt` is 0.
"""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import paho.mqtt.client as paho
from paho.mqtt.enums import CallbackAPIVersion
from sqlalchemy import text

from bench.report import Measured, percentile
from config import ROOT
from data.column_types import EPOCH
from data.engine import make_engine
from data.region_pack.loader import load_region
from data.region_pack.sensor_rows import SensorRow
from services.ingestion.spool import Spool
from services.ingestion.spooled import SpooledMessage
from services.simulation.sensors import VirtualReading
from services.simulation.uplinks import simulated_messages

MESSAGES = 60
PAUSE_S = 0.7
SETTLE_S = 6.0
BROKER = ("127.0.0.1", 1883)
SPOOL_BYTES = 10_000_000
TOPICS = ("application/+/device/+/event/up", "v3/+/devices/+/up")
Send = Callable[[SpooledMessage], None]
NO_MORE: Mapping[str, str] = {}


def measure() -> Measured:
    """Measure from the publication of each message to the end of the first run that knows it."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        pack_dir = live_pack(root / "pack")
        sensors = [row for row in load_region(pack_dir).sensors if row.observed_property == "stage"]
        is_mqtt = broker_answers()
        with processes(root, pack_dir, is_mqtt=is_mqtt) as prefix:
            time.sleep(SETTLE_S)
            send = _mqtt_sender(prefix) if is_mqtt else _spool_sender(root)
            sent = _send_all(send, sensors)
            time.sleep(SETTLE_S)
        delays = _delays(root / "state" / "cockpit.sqlite", sent)
    return Measured(
        figures={
            "p50_s": percentile(delays, 0.5),
            "p99_s": percentile(delays, 0.99),
            "max_s": max(delays),
            "sent": len(sent),
            "seen": len(delays),
            "over_mqtt": float(is_mqtt),
        },
        targets={
            "p50_s": {"max": 2.0},
            "p99_s": {"max": 5.0},
            "seen": {"min": len(sent)},
            "over_mqtt": {"min": 1.0},
        },
    )


def live_pack(target: Path) -> Path:
    """Copy the region pack with its virtual sensors declared real."""
    shutil.copytree(ROOT / "data" / "regions" / "myk", target)
    path = target / "sensors.csv"
    path.write_text(path.read_text(encoding="utf-8").replace(",true,", ",false,"), encoding="utf-8")
    return target


def broker_answers() -> bool:
    """Tell whether a broker listens on its usual local port."""
    try:
        with socket.create_connection(BROKER, timeout=1.0):
            return True
    except OSError:
        return False


@contextmanager
def processes(
    root: Path, pack_dir: Path, *, is_mqtt: bool, more: Mapping[str, str] = NO_MORE
) -> Iterator[str]:
    """Run ingest and worker on a private folder; gives the prefix of their topics."""
    prefix = f"b{uuid.uuid4().hex[:8]}"
    environment = {
        **{key: value for key, value in os.environ.items() if not key.startswith("COCKPIT_")},
        "COCKPIT_STATE_DIR": str(root / "state"),
        "COCKPIT_REGION_DIR": str(pack_dir),
        "COCKPIT_OFFLINE": "1",
        "COCKPIT_LOG_LEVEL": "ERROR",
        "COCKPIT_WEBHOOK_TOKEN": prefix,
        **more,
    }
    if is_mqtt:
        environment |= {
            "COCKPIT_MQTT_URL": f"mqtt://{BROKER[0]}:{BROKER[1]}",
            "COCKPIT_MQTT_CLIENT_ID": prefix,
            "COCKPIT_MQTT_TOPICS": ",".join(f"{prefix}/{topic}" for topic in TOPICS),
        }
    running = [
        subprocess.Popen([sys.executable, str(ROOT / name)], cwd=ROOT, env=environment)
        for name in ("ingest.py", "worker.py")
    ]
    try:
        yield prefix
    finally:
        for process in running:
            process.terminate()
        for process in running:
            process.wait(20.0)


def _mqtt_sender(prefix: str) -> Send:
    client = paho.Client(CallbackAPIVersion.VERSION2)
    client.connect(*BROKER)
    client.loop_start()

    def send(message: SpooledMessage) -> None:
        client.publish(f"{prefix}/{message.topic}", message.body, qos=1)

    return send


def _spool_sender(root: Path) -> Send:
    spool = Spool(root / "state" / "spool", SPOOL_BYTES)
    return lambda message: spool.put([message])


def _send_all(send: Send, sensors: list[SensorRow]) -> dict[tuple[str, int], float]:
    """Send messages in turn from all gauges; returns when each was published (epoch seconds)."""
    sent = {}
    for number in range(MESSAGES):
        sensor = sensors[number % len(sensors)]
        at = datetime.now(UTC).replace(microsecond=0)
        stage = 0.6 + 0.002 * number
        reading = VirtualReading(sensor.gauge_id, at, at, stage, 90.0, number)
        [message] = simulated_messages([reading], sensors)
        sent[sensor.gauge_id, int(at.timestamp())] = time.time()
        send(message)
        time.sleep(PAUSE_S)
    return sent


def _delays(path: Path, sent: dict[tuple[str, int], float]) -> list[float]:
    engine = make_engine(f"sqlite:///{path}")
    query = text(
        "select g.gauge_id, g.observed_at, min(r.finished_at) from gauge_states g "
        "join runs r on r.run_id = g.run_id where g.observed_at is not null "
        "group by g.gauge_id, g.observed_at"
    )
    with engine.connect() as connection:
        rows = connection.execute(query).all()
    engine.dispose()
    micro = 1e6
    base = EPOCH.timestamp()
    found = {(gauge, int(at / micro + base)): done / micro + base for gauge, at, done in rows}
    return [found[key] - began for key, began in sent.items() if key in found]
