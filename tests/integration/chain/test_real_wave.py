"""Three days of a real river as ChirpStack events through a real broker into the real processes."""

import csv
import json
import os
import subprocess
import sys
import time
import uuid
from datetime import UTC, datetime, timedelta
from pathlib import Path

import paho.mqtt.client as mqtt
import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from data import observations, things
from data.engine import make_engine, make_sessions
from tests.support.servers import require_server

ROOT = Path(__file__).resolve().parents[3]
START = datetime(2014, 1, 10, tzinfo=UTC)
DAYS = 3
SPEED = 7200.0
DEVICES = {
    "100000": "00000000f100d001",
    "200000": "00000000f100d002",
    "300000": "00000000f100d003",
    "400000": "00000000f100d004",
}

OF_GAUGES = (
    "from observations join datastreams using (datastream_id) where key not like 'herzschlag/%'"
)
"""The heartbeat of notification goes through the same store."""
STORED = f"select count(*) {OF_GAUGES}"
ORIGINS = f"select distinct origin {OF_GAUGES}"


def recorded(path):
    with path.open(encoding="utf-8") as handle:
        for row in csv.DictReader(handle):
            at = datetime.fromisoformat(row["Time"]).replace(tzinfo=UTC)
            if START <= at < START + timedelta(days=DAYS):
                yield at, row["ID"], float(row["Q"])


def event(at, gauge, value, counter):
    return {
        "deduplicationId": str(uuid.uuid4()),
        "time": at.isoformat(),
        "deviceInfo": {"devEui": DEVICES[gauge]},
        "devAddr": "00d988b3",
        "fCnt": counter,
        "fPort": 10,
        "object": {"discharge_m3s": value},
    }


@pytest.fixture
def product(tmp_path):
    """Ingest and worker as their own processes on a store and topics of their own."""
    prefix = f"t{uuid.uuid4().hex[:8]}"
    environment = {
        **{key: value for key, value in os.environ.items() if not key.startswith("COCKPIT_")},
        "COCKPIT_STATE_DIR": str(tmp_path),
        "COCKPIT_REGION_DIR": str(ROOT / "tests" / "validation_region"),
        "COCKPIT_MQTT_URL": "mqtt://127.0.0.1:1883",
        "COCKPIT_MQTT_CLIENT_ID": prefix,
        "COCKPIT_MQTT_TOPICS": f"{prefix}/application/+/device/+/event/up",
        "COCKPIT_REPLAY_FROM": START.isoformat(),
        "COCKPIT_REPLAY_SPEED": str(SPEED),
        "COCKPIT_OFFLINE": "1",
        "COCKPIT_FLOOD_MEMBERS": "200",
    }
    with (tmp_path / "processes.log").open("w") as log:
        running = [
            subprocess.Popen([sys.executable, name], cwd=ROOT, env=environment, stderr=log)
            for name in ("ingest.py", "worker.py")
        ]
        yield prefix, tmp_path
        for process in running:
            process.terminate()
        for process in running:
            assert process.wait(timeout=20) == 0


def wait_for(path, seconds=90.0):
    until = time.monotonic() + seconds
    engine = make_engine(f"sqlite:///{path / 'cockpit.sqlite'}")
    try:
        while time.monotonic() < until:
            try:
                with engine.connect() as connection:
                    row = connection.execute(text("select started_at from replays")).first()
                if row is not None and (path / "processes.log").read_text().count("verbunden"):
                    return row[0] / 1e6
            except DatabaseError:  # the store is being made
                row = None
            time.sleep(0.2)
    finally:
        engine.dispose()
    pytest.fail((path / "processes.log").read_text())


def publish(rows, prefix, began):
    """Send each reading when the replay clock reaches it, some twice, some beside broken JSON."""
    client = mqtt.Client(mqtt.CallbackAPIVersion.VERSION2)
    client.connect("127.0.0.1", 1883)
    client.loop_start()
    for counter, (at, gauge, value) in enumerate(rows):
        due = began + (at - START).total_seconds() / SPEED
        time.sleep(max(due - time.time(), 0.0))
        topic = f"{prefix}/application/a/device/{DEVICES[gauge]}/event/up"
        body = json.dumps(event(at, gauge, value, counter // 4))
        client.publish(topic, body, qos=1).wait_for_publish(10)
        if counter % 50 == 0:
            client.publish(topic, body, qos=1)
            client.publish(topic, b'{"deviceInfo": {"devEui":', qos=1)
    client.loop_stop()
    client.disconnect()


def read_back(state, expected):
    """Wait until the store holds what was sent, then return what it says."""
    engine = make_engine(f"sqlite:///{state / 'cockpit.sqlite'}")
    sessions = make_sessions(engine)
    until = time.monotonic() + 20.0
    stored = 0
    while stored < expected and time.monotonic() < until:
        time.sleep(0.3)
        with sessions() as session:
            stored = session.scalar(text(STORED))
    with sessions() as session:
        number = things.ids(session)["400000/discharge"]
        kept = observations.window(session, number, START, START + timedelta(days=DAYS))
        found = {
            "stored": stored,
            "values": [value for _, value, _ in kept],
            "rejected": session.scalar(text("select count(*) from rejected_messages")),
            "cycles": session.scalar(text("select count(*) from runs where status = 'fertig'")),
            "states": set(
                session.scalars(text("select state from village_states where place_id = 'ort-s4'"))
            ),
            "origins": set(session.scalars(text(ORIGINS))),
        }
    engine.dispose()
    return found


@pytest.mark.mqtt
@pytest.mark.slow
def test_three_days_of_a_real_river_arrive_and_become_runs(shared_data, product):
    require_server("Mosquitto", 1883)
    prefix, state = product
    rows = sorted(recorded(shared_data / "flood-wave-15min" / "Q_2014-01.csv"))
    began = wait_for(state)
    publish(rows, prefix, began)
    found = read_back(state, len(rows))
    assert found["stored"] == len(rows) == DAYS * 96 * 4
    assert found["values"] == [value for _, gauge, value in rows if gauge == "400000"]
    assert found["rejected"] == (len(rows) + 49) // 50
    assert found["cycles"] >= 20
    assert len(found["states"] & {"ok", "voralarm", "warnung", "alarm"}) >= 2
    assert found["origins"] == {"imported"}
