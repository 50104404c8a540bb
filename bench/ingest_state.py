"""How soon after its publication a reading is part of a stored village state, at 200 uplinks/s."""

import bisect
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import paho.mqtt.client as paho
from paho.mqtt.enums import CallbackAPIVersion
from sqlalchemy import text

from bench.uplink import BROKER, live_pack, processes
from data.column_types import EPOCH
from data.engine import make_engine
from data.region_pack.loader import load_region
from data.region_pack.sensor_rows import SensorRow
from services.simulation.sensors import VirtualReading
from services.simulation.uplinks import simulated_messages

RATE = 200.0
SECONDS, SHORT_SECONDS = 60.0, 10.0
SETTLE_S = 15.0
"""Start of the processes and the first compilation of the kernels."""
AFTER_S = 8.0
MICRO = 1e6
QUERY = """
select g.gauge_id, g.observed_at, min(r.finished_at) from gauge_states g
join runs r on r.run_id = g.run_id
where g.observed_at is not null and r.finished_at is not null
group by g.gauge_id, g.observed_at
"""
Sent = dict[str, list[tuple[float, float]]]
"""By gauge: time that a reading carries and when it was published, epoch seconds."""


def state_delays(root: Path, *, short: bool) -> list[float]:
    """Return for each uplink the seconds until a run that knows it or a younger one was stored."""
    pack_dir = live_pack(root / "pack")
    sensors = list(load_region(pack_dir).sensors)
    with processes(root, pack_dir, is_mqtt=True) as prefix:
        time.sleep(SETTLE_S)
        sent = publish(prefix, sensors, SHORT_SECONDS if short else SECONDS)
        time.sleep(AFTER_S)
    return _delays(root / "state" / "cockpit.sqlite", sent)


def wavering(number: int) -> float:
    """Return a stage in metres that moves by 3 cm."""
    return 0.6 + 0.001 * (number % 30)


def publish(
    prefix: str,
    sensors: list[SensorRow],
    seconds: float,
    stage_m: Callable[[int], float] = wavering,
) -> Sent:
    """Publish readings of all gauges in turn at the rate; returns what was sent and when."""
    client = paho.Client(CallbackAPIVersion.VERSION2)
    client.connect(*BROKER)
    client.loop_start()
    gauges = sorted({row.gauge_id for row in sensors if row.observed_property == "stage"})
    sent: Sent = {gauge: [] for gauge in gauges}
    began = time.time()
    for number in range(int(RATE * seconds)):
        time.sleep(max(began + number / RATE - time.time(), 0.0))
        gauge = gauges[number % len(gauges)]
        at = datetime.now(UTC)
        reading = VirtualReading(gauge, at, at, stage_m(number), 90.0, number)
        for message in simulated_messages([reading], sensors):
            client.publish(f"{prefix}/{message.topic}", message.body, qos=1)
        sent[gauge].append((at.timestamp(), time.time()))
    client.disconnect()
    client.loop_stop()
    return sent


def _delays(path: Path, sent: Sent) -> list[float]:
    engine = make_engine(f"sqlite:///{path}")
    with engine.connect() as connection:
        rows = connection.execute(text(QUERY)).all()
    engine.dispose()
    base = EPOCH.timestamp()
    known: dict[str, list[tuple[float, float]]] = {}
    for gauge, at, done in sorted(rows, key=lambda row: (row[0], row[1])):
        known.setdefault(gauge, []).append((at / MICRO + base, done / MICRO + base))
    return waits(known, sent)


def waits(known: Sent, sent: Sent) -> list[float]:
    """Return how long each reading waited for the first of the `known` that is not older."""
    return [
        _first(known.get(gauge, []), at) - published
        for gauge, readings in sent.items()
        for at, published in readings
    ]


def _first(known: list[tuple[float, float]], at: float) -> float:
    """Return when the first one was stored that knows this reading or a younger one."""
    place = bisect.bisect_left(known, (at - 1.0 / MICRO, 0.0))
    return min((done for _, done in known[place:]), default=float("inf"))
