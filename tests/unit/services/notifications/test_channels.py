"""The file of channels: every fault named by its place, no secret repeated or shown."""

import pytest

from services.notifications.channels import load_channels, url_of
from services.notifications.errors import ChannelsFileError

GOOD = """
[[channel]]
key = "sms"
name = "SMS"
form = "short"
url = "json://nutzer:geheimnis@gateway.example.org/?:to={address}"

[heartbeat]
channel = "sms"
address = "+49171"
"""


@pytest.fixture
def file(tmp_path):
    def write(text):
        path = tmp_path / "channels.toml"
        path.write_text(text, encoding="utf-8")
        return path

    return write


def test_without_a_file_there_is_no_channel():
    assert load_channels(None).by_key == {}


def test_an_address_is_quoted_into_the_template_and_nothing_shows_the_secret(file):
    found = load_channels(file(GOOD))
    channel = found.by_key["sms"]
    assert url_of(channel, "+49&x=1/?").endswith("?:to=%2B49%26x%3D1%2F%3F")
    assert found.beat_to == ("sms", "+49171")
    assert "geheimnis" not in repr(channel)
    assert "geheimnis" not in str(found)
    assert found.names == {"sms": "SMS"}


@pytest.mark.parametrize(
    ("change", "part"),
    [
        (("json://", "slack://"), "möglich sind"),
        (("{address}", "x"), "{address}"),
        (('name = "SMS"', ""), "channel.0.name"),
        (('form = "short"', 'form = "kurz"'), "channel.0.form"),
        (('channel = "sms"', 'channel = "fax"'), "heartbeat"),
        (("[heartbeat]", "[heartbeat"), "kein TOML"),
        (('key = "sms"', 'key = "sms"\nfarbe = 1'), "channel.0.farbe"),
    ],
)
def test_a_fault_is_named_by_its_place_without_the_secret(file, change, part):
    with pytest.raises(ChannelsFileError) as refused:
        load_channels(file(GOOD.replace(*change)))
    assert part in refused.value.user_message
    assert "geheimnis" not in refused.value.user_message
    assert refused.value.__suppress_context__ or refused.value.__cause__ is None


def test_a_missing_file_is_said(tmp_path):
    with pytest.raises(ChannelsFileError) as refused:
        load_channels(tmp_path / "gibt-es-nicht.toml")
    assert "nicht lesbar" in refused.value.user_message
