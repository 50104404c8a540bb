"""What the receiver refused already is kept with its reason and never read."""

import json
from datetime import UTC, datetime

import pytest

from services.ingestion.intake import prepare
from services.ingestion.spooled import SpooledMessage, from_line, to_line

NOW = datetime(2026, 1, 5, 12, 0, tzinfo=UTC)
UPLINK = json.dumps({"deviceInfo": {"devEui": "0102030405060708"}, "time": NOW.isoformat()})
TOPIC = "webhook/chirpstack/event/up"


@pytest.mark.parametrize("body", [UPLINK.encode(), b"a=1&b=2"])
def test_a_message_of_another_type_is_a_rejected_message(body):
    reason = "Inhaltstyp ist nicht application/json, sondern: text/plain"
    found = prepare(SpooledMessage("chirpstack", TOPIC, NOW, body, refusal=reason), {})
    (row,) = found.rejects
    assert (row.reason_code, row.reason, row.body) == ("bad_json", reason, body)
    assert found.readings == ()


def test_the_reason_survives_the_disk():
    message = SpooledMessage("tts", "t", NOW, b"x", "imported", refusal="so nicht")
    assert from_line(to_line(message)) == message


def test_a_line_of_an_earlier_version_is_read():
    message = SpooledMessage("tts", "t", NOW, b"x")
    entry = json.loads(to_line(message))
    del entry["refusal"]
    assert from_line(json.dumps(entry).encode()) == message
