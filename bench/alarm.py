"""Bench `alarm`: from a published reading to its alarms decided and stored, at 200 uplinks/s.

`alarm_p99_s` is of all readings: until the alarms of a run that knows the reading, or a younger one
of its gauge, were decided. At the end each gauge jumps far above its levels: `opened_max_s` is how
long the slowest of the alarms took that this raised.
"""

import tempfile
import threading
import time
from datetime import UTC, datetime
from pathlib import Path

import paho.mqtt.client as paho
from paho.mqtt.enums import CallbackAPIVersion
from sqlalchemy import Engine, text
from sqlalchemy.exc import OperationalError

from bench.ingest_state import AFTER_S, MICRO, RATE, SECONDS, SETTLE_S, Sent, publish, waits
from bench.report import NOTHING, Measured, percentile
from bench.uplink import BROKER, broker_answers, live_pack, processes
from data.column_types import EPOCH
from data.engine import make_engine
from data.region_pack.loader import load_region
from data.region_pack.sensor_rows import SensorRow
from services.alarms.after_cycle import LOOKED
from services.simulation.sensors import VirtualReading
from services.simulation.uplinks import simulated_messages

SAMPLE_S = 0.05
"""How often the bench asks which run's alarms were decided: a cycle takes longer than that."""
CALM_M = 0.3
"""A level that stands still: no alarm is open when the gauges jump."""
HIGH_M = 4.0
ROUNDS = 3
"""A lone high value is suspect; the next ones confirm it."""
ROUND_S = 1.0
LOOKS = "select message, last_success_at from source_states where source = :source"
STATES = "select run_id, gauge_id, observed_at from gauge_states where observed_at is not null"
OPENED = """
select max(opened_wall_at), count(*) from alarms where rule = 'stufe' and opened_wall_at > :since
"""


def measure() -> Measured:
    """Publish at the rate, watch the decisions, then let all gauges jump."""
    if not broker_answers():
        return _measured([], 0.0, NOTHING, 0)
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        pack_dir = live_pack(root / "pack")
        sensors = list(load_region(pack_dir).sensors)
        with processes(root, pack_dir, is_mqtt=True) as prefix:
            time.sleep(SETTLE_S)
            engine = make_engine(f"sqlite:///{root / 'state' / 'cockpit.sqlite'}")
            looks: dict[str, float] = {}
            stop = threading.Event()
            watcher = threading.Thread(target=_watch, args=(engine, looks, stop))
            watcher.start()
            sent = publish(prefix, sensors, SECONDS, lambda _number: CALM_M)
            time.sleep(AFTER_S)
            jumped = _jump(prefix, sensors)
            time.sleep(AFTER_S)
            stop.set()
            watcher.join()
        delays = waits(_known(engine, looks), sent)
        with engine.connect() as connection:
            since = int((jumped - EPOCH.timestamp()) * MICRO)
            last, opened = connection.execute(text(OPENED), {"since": since}).one()
        engine.dispose()
    slowest = last / MICRO + EPOCH.timestamp() - jumped if opened else NOTHING
    return _measured(delays, RATE, slowest, opened)


def _measured(delays: list[float], rate: float, opened_max_s: float, opened: int) -> Measured:
    return Measured(
        figures={
            "alarm_p50_s": percentile(delays, 0.5),
            "alarm_p99_s": percentile(delays, 0.99),
            "opened_max_s": opened_max_s,
            "opened": float(opened),
            "uplinks_per_s": rate,
            "readings": float(len(delays)),
        },
        targets={
            "alarm_p99_s": {"max": 5.0},
            "opened_max_s": {"max": 5.0 + ROUNDS * ROUND_S},
            "opened": {"min": 1.0},
        },
    )


def _watch(engine: Engine, looks: dict[str, float], stop: threading.Event) -> None:
    """Note when the alarms of each run were decided, by the product's own clock."""
    while not stop.wait(SAMPLE_S):
        try:
            with engine.connect() as connection:
                row = connection.execute(text(LOOKS), {"source": LOOKED}).first()
        except OperationalError:
            continue
        if row is not None:
            looks.setdefault(row[0], row[1] / MICRO + EPOCH.timestamp())


def _known(engine: Engine, looks: dict[str, float]) -> Sent:
    """Return by gauge the readings that decisions knew, and when those were stored."""
    with engine.connect() as connection:
        rows = connection.execute(text(STATES)).all()
    known: Sent = {}
    for run_id, gauge_id, observed_at in rows:
        if run_id in looks:
            at = observed_at / MICRO + EPOCH.timestamp()
            known.setdefault(gauge_id, []).append((at, looks[run_id]))
    return {gauge_id: sorted(found) for gauge_id, found in known.items()}


def _jump(prefix: str, sensors: list[SensorRow]) -> float:
    """Let all gauges stand far above their levels; returns when the first was published."""
    client = paho.Client(CallbackAPIVersion.VERSION2)
    client.connect(*BROKER)
    client.loop_start()
    gauges = sorted({row.gauge_id for row in sensors if row.observed_property == "stage"})
    began = time.time()
    for number in range(ROUNDS):
        for gauge in gauges:
            at = datetime.now(UTC)
            reading = VirtualReading(gauge, at, at, HIGH_M + 0.01 * number, 90.0, number)
            for message in simulated_messages([reading], sensors):
                client.publish(f"{prefix}/{message.topic}", message.body, qos=1)
        time.sleep(ROUND_S)
    client.disconnect()
    client.loop_stop()
    return began
