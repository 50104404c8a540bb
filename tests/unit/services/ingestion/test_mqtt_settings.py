"""The broker's URL: every part of it, and no password in any text."""

import pytest

from services.errors import CockpitError
from services.ingestion.mqtt_settings import MqttSettingsError, mqtt_settings
from services.ingestion.sources import source_of

TOPICS = "application/+/device/+/event/up, v3/+/devices/+/up"


def test_a_plain_url_gives_host_port_and_topics():
    found = mqtt_settings("mqtt://broker", TOPICS, "cockpit")
    assert (found.host, found.port, found.is_encrypted) == ("broker", 1883, False)
    assert found.topics == ("application/+/device/+/event/up", "v3/+/devices/+/up")
    assert found.is_version_5 is False


def test_credentials_are_decoded_and_encryption_is_the_scheme():
    found = mqtt_settings("mqtts://us%40er:p%2Fw@broker:8884?version=5", TOPICS, "cockpit")
    assert (found.username, found.password) == ("us@er", "p/w")
    assert (found.port, found.is_encrypted, found.is_version_5) == (8884, True, True)
    assert mqtt_settings("mqtts://broker", TOPICS, "cockpit").port == 8883


def test_the_password_never_shows_in_text():
    found = mqtt_settings("mqtt://user:secret@broker", TOPICS, "cockpit")
    assert "secret" not in f"{found!r} {found.address}"


@pytest.mark.parametrize(
    "url",
    ["", "broker", "http://u:secret@b", "mqtt://", "mqtt://u:secret@b:99999", "mqtt://[secret"],
)
def test_an_unusable_url_is_an_expected_error_without_the_password(url):
    with pytest.raises(MqttSettingsError) as caught:
        mqtt_settings(url, TOPICS, "cockpit")
    assert isinstance(caught.value, CockpitError)
    assert "COCKPIT_MQTT_URL" in caught.value.user_message
    assert "secret" not in f"{caught.value} {caught.value.user_message}"


@pytest.mark.parametrize("topics", ["", " , ", "a/#/b", "a+/b", "a/b#"])
def test_unusable_topics_are_an_expected_error(topics):
    with pytest.raises(MqttSettingsError) as caught:
        mqtt_settings("mqtt://broker", topics, "cockpit")
    assert "COCKPIT_MQTT_TOPICS" in caught.value.user_message


def test_without_a_client_id_there_is_no_session():
    with pytest.raises(MqttSettingsError):
        mqtt_settings("mqtt://broker", TOPICS, "  ")


@pytest.mark.parametrize(
    ("topic", "source"),
    [
        ("application/a/device/b/event/up", "chirpstack"),
        ("eu868/application/a/device/b/event/join", "chirpstack"),
        ("v3/app@ttn/devices/d/up", "tts"),
        ("site/v3/app@ttn/devices/d/down/queued", "tts"),
        ("home/lamp", ""),
        ("", ""),
    ],
)
def test_a_topic_tells_the_network_server(topic, source):
    assert source_of(topic) == source
