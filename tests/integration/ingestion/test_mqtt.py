"""Real uplinks through a real Mosquitto: nothing lost, nothing twice, acknowledged on disk only."""

import json
import os
import secrets
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import paho.mqtt.client as paho
import pytest
from paho.mqtt.enums import CallbackAPIVersion
from sqlalchemy import select

from data.models import Observation, RejectedMessage
from data.region_pack.sensor_rows import SensorRow
from services.flood.model import Flag
from services.ingestion.mapping import rows_by_device
from services.ingestion.mqtt import MqttReceiver
from services.ingestion.mqtt_settings import MqttSettings, mqtt_settings
from services.ingestion.spool import Spool, SpoolFullError
from services.ingestion.spooled import SpooledMessage
from services.ingestion.writer import SpoolWriter
from tests.support.flaggers import FunctionFlagger
from tests.support.requirements import absent, shared_path

GOOD = FunctionFlagger(lambda *_: (Flag.GOOD, ""))

pytestmark = pytest.mark.mqtt

HOST, PORT = os.environ.get("COCKPIT_TEST_MQTT_HOST", "127.0.0.1"), 1883
PATIENCE_S = 20


class CountingSpool(Spool):
    """A spool that tells when a number of messages is on disk, and refuses while told to."""

    def __init__(self, directory: Path) -> None:
        super().__init__(directory, 50_000_000)
        self.messages = 0
        self.is_refusing = False
        self.attempts = 0
        self._changed = threading.Condition()

    def put(self, messages: Sequence[SpooledMessage]) -> None:
        with self._changed:
            self.attempts += 1
            self._changed.notify_all()
        if self.is_refusing:
            raise SpoolFullError("full")
        super().put(messages)
        with self._changed:
            self.messages += len(messages)
            self._changed.notify_all()

    def wait_for(self, condition: Callable[[], bool]) -> None:
        with self._changed:
            assert self._changed.wait_for(condition, PATIENCE_S)

    def bodies(self) -> list[bytes]:
        return [item.body for batch in self.batches() for item in batch.messages]


class Publisher:
    """A network server's side of the broker."""

    def __init__(self) -> None:
        self._client = paho.Client(CallbackAPIVersion.VERSION2)
        self._client.connect(HOST, PORT)
        self._client.loop_start()

    def send(self, topic: str, body: bytes) -> None:
        self._client.publish(topic, body, qos=1).wait_for_publish(PATIENCE_S)

    def close(self) -> None:
        self._client.disconnect()
        self._client.loop_stop()


@pytest.fixture
def publisher() -> Iterator[Publisher]:
    try:
        made = Publisher()
    except OSError as error:
        absent(f"no Mosquitto answers on {HOST}:{PORT}: {error}")
    yield made
    made.close()


@pytest.fixture(params=[False, True], ids=["mqtt-3.1.1", "mqtt-5"])
def settings(request: pytest.FixtureRequest) -> Iterator[MqttSettings]:
    prefix = f"test-{secrets.token_hex(6)}"
    made = MqttSettings(
        host=HOST,
        port=PORT,
        topics=(f"{prefix}/application/+/device/+/event/up", f"{prefix}/v3/+/devices/+/up"),
        client_id=prefix,
        is_version_5=request.param,
    )
    yield made
    _forget_session(made)


def _connect_once(settings: MqttSettings, *, clean: bool) -> None:
    connected = threading.Event()
    client = paho.Client(
        CallbackAPIVersion.VERSION2, client_id=settings.client_id, clean_session=clean
    )
    client.on_connect = lambda *_: connected.set()
    client.connect(HOST, PORT)
    client.loop_start()
    assert connected.wait(PATIENCE_S)
    client.disconnect()
    client.loop_stop()


def _take_over(settings: MqttSettings) -> None:
    _connect_once(settings, clean=False)


def _forget_session(settings: MqttSettings) -> None:
    """A clean session under the same client id removes what the broker keeps."""
    _connect_once(settings, clean=True)


@pytest.fixture
def disk(tmp_path: Path) -> CountingSpool:
    return CountingSpool(tmp_path / "spool")


def started(settings: MqttSettings, spool: Spool) -> MqttReceiver:
    receiver = MqttReceiver(settings, spool)
    receiver.start()
    assert receiver.ready.wait(PATIENCE_S)
    return receiver


def chirpstack_topic(settings: MqttSettings) -> str:
    return settings.topics[0].replace("+", "a")


def tts_topic(settings: MqttSettings) -> str:
    return settings.topics[1].replace("+", "a")


def test_real_uplinks_of_both_servers_reach_the_store_once(
    settings, publisher, disk, sqlite_sessions
):
    chirpstack = shared_path("data/uplinks/chirpstack_v4_uplink_2022-10-03.json")
    tts = shared_path("data/uplinks/tts_v3_uplink_dragino_2023-06-20.json")
    receiver = started(settings, disk)
    with_object = json.loads(chirpstack.read_bytes()) | {"object": {"level": "1,25 m"}}
    for body in (json.dumps(with_object).encode(), b"{broken", json.dumps(with_object).encode()):
        publisher.send(chirpstack_topic(settings), body)
    publisher.send(tts_topic(settings), tts.read_bytes())
    disk.wait_for(lambda: disk.messages >= 4)
    receiver.stop()

    row = {"observed_property": "stage", "unit": "m", "simulated": False, "source": "test"}
    devices = rows_by_device(
        [
            SensorRow.model_validate(
                {**row, "dev_eui": "7cf95720fc015fef", "gauge_id": "nitz", "path": "level"}
            ),
            SensorRow.model_validate(
                {
                    **row,
                    "dev_eui": "a8404194a1875ff3",
                    "gauge_id": "nitz",
                    "observed_property": "battery",
                    "path": "Bat",
                    "unit": "V",
                }
            ),
        ]
    )
    counts = SpoolWriter(sqlite_sessions, disk, devices, GOOD).drain()
    with sqlite_sessions() as session:
        values = session.scalars(select(Observation.value)).all()
        reasons = session.scalars(select(RejectedMessage.reason_code)).all()
    assert sorted(values) == [1.25, 3.386]
    assert reasons == ["bad_json"]
    assert counts["duplicates"] == 1


def test_messages_sent_while_the_receiver_was_away_come_at_its_return(settings, publisher, disk):
    started(settings, disk).stop()
    for number in range(5):
        publisher.send(chirpstack_topic(settings), str(number).encode())
    receiver = started(settings, disk)
    disk.wait_for(lambda: disk.messages == 5)
    receiver.stop()
    assert disk.bodies() == [b"0", b"1", b"2", b"3", b"4"]


def test_what_was_not_put_on_disk_is_delivered_again_to_the_next_process(
    settings, publisher, disk, tmp_path
):
    disk.is_refusing = True
    first = started(settings, disk)
    for number in range(3):
        publisher.send(chirpstack_topic(settings), str(number).encode())
    disk.wait_for(lambda: disk.attempts > 0)
    first.stop()
    assert disk.bodies() == []

    fresh = CountingSpool(tmp_path / "second")
    second = started(settings, fresh)
    fresh.wait_for(lambda: fresh.messages == 3)
    second.stop()
    assert sorted(fresh.bodies()) == [b"0", b"1", b"2"]

    third_spool = CountingSpool(tmp_path / "third")
    third = started(settings, third_spool)
    publisher.send(chirpstack_topic(settings), b"new")
    third_spool.wait_for(lambda: b"new" in third_spool.bodies())
    third.stop()
    again = [body for body in third_spool.bodies() if body != b"new"]
    # stop confirms what is on disk; the broker at times drops the last confirmation when the
    # connection closes right behind it, and then repeats that message: at least once is the promise
    assert again in ([], [b"2"])


def test_a_spool_that_recovers_takes_what_waited(settings, publisher, disk, monkeypatch):
    monkeypatch.setattr("services.ingestion.group_commit.RETRY_S", 0.02)
    disk.is_refusing = True
    receiver = started(settings, disk)
    for number in range(30):  # more than Mosquitto has in flight
        publisher.send(chirpstack_topic(settings), str(number).encode())
    disk.wait_for(lambda: disk.attempts > 2)
    disk.is_refusing = False
    disk.wait_for(lambda: disk.messages == 30)
    receiver.stop()
    assert [int(body) for body in disk.bodies()] == list(range(30))


def test_a_lost_connection_is_taken_up_again(settings, publisher, disk, caplog):
    receiver = started(settings, disk)
    publisher.send(chirpstack_topic(settings), b"before")
    disk.wait_for(lambda: disk.messages == 1)
    _take_over(settings)  # the broker throws the receiver out
    publisher.send(chirpstack_topic(settings), b"after")
    disk.wait_for(lambda: b"after" in disk.bodies())
    receiver.stop()
    assert set(disk.bodies()) == {b"before", b"after"}  # an unconfirmed one may come twice
    assert "getrennt" in caplog.text


def test_an_oversized_message_is_cut_kept_and_stops_nothing(settings, publisher, disk):
    receiver = started(replace(settings, max_body_bytes=1000), disk)
    publisher.send(chirpstack_topic(settings), b"x" * 100_000)
    publisher.send(chirpstack_topic(settings), b"{}")
    disk.wait_for(lambda: disk.messages == 2)
    receiver.stop()
    large, small = (item for batch in disk.batches() for item in batch.messages)
    assert large.full_size == 100_000
    assert len(large.body) <= 65_536
    assert (small.body, small.full_size, small.source) == (b"{}", None, "chirpstack")


def test_the_clock_of_the_process_gives_the_time_of_receipt(settings, publisher, disk):
    then = datetime(2014, 1, 5, 12, 0, tzinfo=UTC)
    receiver = MqttReceiver(settings, disk, now=lambda: then, origin="imported")
    receiver.start()
    assert receiver.ready.wait(PATIENCE_S)
    publisher.send(tts_topic(settings), b"{}")
    disk.wait_for(lambda: disk.messages == 1)
    receiver.stop()
    (batch,) = disk.batches()
    (message,) = batch.messages
    assert (message.received_at, message.origin, message.source) == (then, "imported", "tts")


def test_a_broker_that_is_away_is_a_log_line_and_no_crash(disk, caplog):
    missing = mqtt_settings("mqtt://user:secret@127.0.0.1:1", "a/+", "nobody")
    receiver = MqttReceiver(missing, disk)
    receiver.start()
    assert not receiver.ready.wait(0.5)
    receiver.stop()
    assert "127.0.0.1:1 antwortet nicht" in caplog.text
    assert "secret" not in caplog.text
