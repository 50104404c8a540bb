"""`kill -9` of every process and server while uplinks arrive: what was acknowledged is there once.

Acknowledged means that our ingest sent PUBACK (seen by a tap between it and the broker) or that the
webhook answered 202. What the broker took and lost when it was killed itself never reached us.
"""

import json
import random
import threading
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import paho.mqtt.client as paho
import pytest
from paho.mqtt.enums import CallbackAPIVersion

from tests.integration.processes.installation import Installation
from tests.integration.processes.running import eventually

pytestmark = [
    pytest.mark.slow,
    pytest.mark.postgres,
    pytest.mark.redis,
    pytest.mark.mqtt,
    pytest.mark.xdist_group("processes"),
]
VERBS = ("web", "ingest", "worker", "jobs", "beat")
VICTIMS = ("ingest", "postgres", "web", "worker", "redis", "mosquitto")
OURS = tuple(name for name in VICTIMS if name != "mosquitto")
DEVICE = "a84041000000aa02"
BEGAN = datetime.now(UTC).replace(microsecond=0) - timedelta(days=2)
PAUSE_S = 0.02
DOWN_S = 0.7


def body_of(number):
    """Return an uplink of its own instant, so that each one is one observation."""
    event = {
        "deduplicationId": f"uplink-{number}",
        "time": (BEGAN + timedelta(seconds=number)).isoformat(),
        "deviceInfo": {"devEui": DEVICE},
        "devAddr": "01020304",
        "fCnt": number,
        "object": {"level_cm": 60 + number % 40},
    }
    return json.dumps(event).encode()


def number_of(body):
    return json.loads(body)["fCnt"]


@dataclass
class Sender:
    """Even numbers go over MQTT, odd ones to the webhook, until told to stop."""

    installation: Installation
    stop: threading.Event = field(default_factory=threading.Event)
    published: set[int] = field(default_factory=set)
    accepted: set[int] = field(default_factory=set)
    number: int = 0

    def __post_init__(self):
        self._sent = {}
        self._client = paho.Client(CallbackAPIVersion.VERSION2, "netzserver", clean_session=False)
        self._client.reconnect_delay_set(1, 1)
        self._client.on_publish = self._taken
        self._client.connect("127.0.0.1", self.installation.broker.port)
        self._client.loop_start()
        self._thread = threading.Thread(target=self._run)
        self._thread.start()

    def finish(self):
        self.stop.set()
        self._thread.join()
        until = time.monotonic() + 20
        while self._sent and time.monotonic() < until:
            time.sleep(0.1)
        self._client.disconnect()
        self._client.loop_stop()

    def _run(self):
        while not self.stop.wait(PAUSE_S):
            number, self.number = self.number, self.number + 1
            if number % 2 == 0:
                self._sent[self._publish(number)] = number
            elif self._post(number) == 202:
                self.accepted.add(number)

    def _publish(self, number):
        topic = f"application/a/device/{DEVICE}/event/up"
        return self._client.publish(topic, body_of(number), qos=1).mid

    def _post(self, number):
        return self.installation.ask("/api/v1/uplinks/chirpstack", body_of(number).decode())

    def _taken(self, _client, _userdata, mid, _reason, _properties):
        number = self._sent.pop(mid, None)
        if number is not None:
            self.published.add(number)


@pytest.fixture
def installation(tmp_path):
    found = Installation(tmp_path, VERBS, has_broker=True)
    try:
        found.start()
        eventually(lambda: found.ask("/healthz/ready") == 200, 120, found.log())
        eventually(found.tap.subscribed.is_set, 120, "ingest has a session at the broker")
        yield found
    finally:
        found.stop()


def stored(installation):
    found = installation.query(
        "select extract(epoch from o.phenomenon_time)::bigint, count(*) from observations o "
        "join datastreams d using (datastream_id) where d.observed_property = 'stage' group by 1"
    )
    return {int(at) - int(BEGAN.timestamp()): number for at, number in found}


def is_ready(installation):
    installation.keep_up()
    return installation.ask("/healthz/ready") == 200


def is_stored(installation, wanted):
    installation.keep_up()
    return wanted <= set(stored(installation))


def torment(installation, victims, seed):
    """Kill one after the other at random moments; gives what was acknowledged."""
    chance = random.Random(seed)  # noqa: S311  # which moment, no secret
    sender = Sender(installation)
    try:
        for name in victims:
            time.sleep(chance.uniform(0.3, 1.2))
            installation.kill(name)
            time.sleep(chance.uniform(0.1, DOWN_S))
            installation.revive(name)
            installation.keep_up()
        eventually(lambda: is_ready(installation), 120, installation.log())
        time.sleep(1.0)
    finally:
        sender.finish()
    acknowledged = {number_of(body) for body in installation.tap.acknowledged} | sender.accepted
    return sender, acknowledged


def counts(installation):
    """Return receipts and frames of our devices; the heartbeat is heard beside them."""
    [found] = installation.query(
        "select count(*), count(distinct f_cnt) from uplink_receipts "
        "where dev_eui <> 'ffffffff00000001'"
    )
    return tuple(found)


def check(installation, sender, acknowledged, *, broker_was_killed):
    wanted = acknowledged if broker_was_killed else acknowledged | sender.published
    eventually(lambda: is_stored(installation, wanted), 120, "everything acknowledged is stored")
    found = stored(installation)
    assert set(found.values()) == {1}
    assert set(found) <= set(range(sender.number))
    assert installation.query("select count(*) from observation_revisions") == [(0,)]
    assert installation.query("select count(*) from rejected_messages") == [(0,)]
    # a broker that came back delivers what it still has: count once nothing more arrives
    eventually(lambda: counts(installation) == (len(stored(installation)),) * 2, 120, "all counted")
    assert len(sender.accepted) > 10
    assert len(installation.tap.acknowledged) > 10
    lost_by_broker = sender.published - set(found)
    assert broker_was_killed or not lost_by_broker
    eventually(
        lambda: installation.query(
            "select 1 from runs where started_at > now() - interval '20 seconds'"
        ),
        60,
        "cycles go on",
    )


def test_no_kill_of_ours_loses_or_doubles_an_uplink(installation):
    sender, acknowledged = torment(installation, OURS, seed=1)
    check(installation, sender, acknowledged, broker_was_killed=False)


def test_a_killed_broker_loses_nothing_that_we_acknowledged(installation):
    sender, acknowledged = torment(installation, ("mosquitto", "ingest", "mosquitto"), seed=2)
    check(installation, sender, acknowledged, broker_was_killed=True)


@pytest.mark.full
@pytest.mark.timeout(900)
@pytest.mark.parametrize("seed", range(3, 9))
def test_many_kills_in_any_order_lose_and_double_nothing(installation, seed):
    chance = random.Random(seed)  # noqa: S311  # which victim, no secret
    victims = [chance.choice(VICTIMS) for _ in range(20)]
    sender, acknowledged = torment(installation, victims, seed)
    check(installation, sender, acknowledged, broker_was_killed="mosquitto" in victims)
