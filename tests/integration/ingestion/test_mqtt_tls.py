"""A broker with TLS and users: with the right certificate and password messages come, else none."""

import subprocess
import time

import paho.mqtt.client as paho
import pytest
import trustme
from paho.mqtt.enums import CallbackAPIVersion

from services.ingestion.mqtt import MqttReceiver
from services.ingestion.mqtt_settings import mqtt_settings
from services.ingestion.spool import Spool
from tests.support.private_servers import mosquitto
from tests.support.requirements import absent

pytestmark = [pytest.mark.mqtt, pytest.mark.slow]
TOPIC = "application/a/device/0102030405060708/event/up"


@pytest.fixture
def broker(tmp_path):
    authority = trustme.CA()
    own = authority.issue_cert("127.0.0.1")
    authority.cert_pem.write_to_path(tmp_path / "ca.pem")
    own.private_key_pem.write_to_path(tmp_path / "key.pem")
    own.cert_chain_pems[0].write_to_path(tmp_path / "cert.pem")
    passwords = tmp_path / "passwords"
    passwords.touch(mode=0o600)
    for user in ("netzserver", "cockpit"):
        command = ["mosquitto_passwd", "-b", str(passwords), user, f"{user}-geheim"]
        try:
            subprocess.run(command, check=True, capture_output=True)
        except FileNotFoundError:
            absent("mosquitto_passwd is not installed on this machine")
    server = mosquitto(
        tmp_path,
        f"cafile {tmp_path}/ca.pem",
        f"certfile {tmp_path}/cert.pem",
        f"keyfile {tmp_path}/key.pem",
        "tls_version tlsv1.2",
        "allow_anonymous false",
        f"password_file {passwords}",
        tls=True,
    )
    server.start()
    yield server
    server.stop()


def publish(broker, body):
    client = paho.Client(CallbackAPIVersion.VERSION2)
    client.username_pw_set("netzserver", "netzserver-geheim")
    client.tls_set(ca_certs=str(broker.folder / "ca.pem"))
    client.connect("127.0.0.1", broker.port)
    client.loop_start()
    client.publish(TOPIC, body, qos=1).wait_for_publish(10)
    client.disconnect()
    client.loop_stop()


def receiver(broker, spool, password="cockpit-geheim", *, ca=True):  # noqa: S107
    url = f"mqtts://cockpit:{password}@127.0.0.1:{broker.port}"
    ca_file = broker.folder / "ca.pem" if ca else None
    made = MqttReceiver(mqtt_settings(url, "application/+/device/+/event/up", "c", ca_file), spool)
    made.start()
    return made


def waiting(spool, seconds=10.0):
    until = time.monotonic() + seconds
    while time.monotonic() < until and not spool.waiting():
        time.sleep(0.05)
    return [message.body for batch in spool.batches() for message in batch.messages]


def test_messages_come_over_tls_with_user_and_password(broker, tmp_path):
    spool = Spool(tmp_path / "spool", 1_000_000)
    made = receiver(broker, spool)
    assert made.ready.wait(10)
    publish(broker, b"{}")
    assert waiting(spool) == [b"{}"]
    made.stop()


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize(("password", "ca"), [("falsch", True), ("cockpit-geheim", False)])
def test_a_wrong_password_or_an_unknown_certificate_lets_nothing_through(
    broker, tmp_path, password, ca
):
    spool = Spool(tmp_path / "spool", 1_000_000)
    made = receiver(broker, spool, password, ca=ca)
    assert not made.ready.wait(2)
    publish(broker, b"{}")
    assert waiting(spool, 1.0) == []
    made.stop()
