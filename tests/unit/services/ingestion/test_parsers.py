"""Envelopes of ChirpStack and The Things Stack: real messages, odd ones, and rubbish."""

import base64
import json
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.ingestion import sources
from services.ingestion.model import Ignored, Reason, Rejected, Uplink
from tests.support.requirements import shared_path

NOW = datetime(2026, 1, 5, 12, 0, tzinfo=UTC)
CHIRPSTACK_TOPIC = "application/1ebdc5b7/device/7cf95720fc015fef/event/up"
TTS_TOPIC = "v3/app@ttn/devices/eui-a8404194a1875ff3/up"
TOPICS = {"chirpstack": CHIRPSTACK_TOPIC, "tts": TTS_TOPIC}

JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


def shared_body(name: str) -> bytes:
    path = shared_path(f"data/uplinks/{name}")
    return path.read_bytes()


def chirpstack_event(**changes: Any) -> dict[str, Any]:
    event: dict[str, Any] = {
        "deduplicationId": "d-1",
        "time": "2026-01-05T11:59:59.123456789Z",
        "deviceInfo": {"devEui": "0102030405060708"},
        "devAddr": "00d988b3",
        "fCnt": 7,
        "fPort": 85,
        "data": "AXVk",
        "rxInfo": [{"gatewayId": "a", "rssi": -70, "snr": 9, "gwTime": "2026-01-05T11:59:58Z"}],
    }
    event.update(changes)
    return {name: value for name, value in event.items() if value is not ...}


def tts_message(**changes: Any) -> dict[str, Any]:
    message: dict[str, Any] = {
        "f_port": 2,
        "f_cnt": 1,
        "frm_payload": "DToA",
        "rx_metadata": [{"time": "2026-01-05T11:59:58Z", "rssi": -46, "snr": 11.5}],
        "received_at": "2026-01-05T11:59:59Z",
    }
    message.update(changes)
    return {
        "end_device_ids": {"dev_eui": "A8404194A1875FF3", "dev_addr": "260BE6BF"},
        "received_at": "2026-01-05T12:00:00Z",
        "uplink_message": {name: value for name, value in message.items() if value is not ...},
    }


def parse(source: str, content: Any, topic: str | None = None) -> Uplink | Ignored | Rejected:
    body = content if isinstance(content, bytes) else json.dumps(content).encode()
    return sources.parse(source, topic or TOPICS[source], body, NOW)


def test_a_real_chirpstack_event_becomes_an_uplink():
    uplink = parse("chirpstack", shared_body("chirpstack_v4_uplink_2022-10-03.json"))
    assert isinstance(uplink, Uplink)
    assert uplink.dev_eui == "7cf95720fc015fef"
    assert uplink.dev_addr == "00d988b3"
    assert (uplink.f_cnt, uplink.f_port) == (2, 10)
    assert uplink.payload == base64.b64decode("gAAVARUAAAAAAW8AAAAAAAAAAQCB")
    assert uplink.object is None
    assert uplink.gateway_time is None
    assert uplink.event_time == datetime(2022, 10, 3, 3, 17, 10, 427430, tzinfo=UTC)
    assert uplink.dedup_id == "e0ef6bea-d13a-4a5e-8394-d67981f4ed4e"
    assert (uplink.rssi, uplink.snr) == (-74, 9.8)


def test_a_real_things_stack_message_becomes_an_uplink():
    uplink = parse("tts", shared_body("tts_v3_uplink_dragino_2023-06-20.json"))
    assert isinstance(uplink, Uplink)
    assert uplink.dev_eui == "a8404194a1875ff3"
    assert uplink.dev_addr == "260be6bf"
    assert (uplink.f_cnt, uplink.f_port) == (1, 2)
    assert uplink.object is not None
    assert uplink.object["temp_SOIL"] == "29.92 °C"
    assert uplink.gateway_time == datetime(2023, 6, 20, 14, 54, 31, 290597, tzinfo=UTC)
    assert uplink.event_time == datetime(2023, 6, 20, 14, 54, 31, 315853, tzinfo=UTC)


@pytest.mark.parametrize("event", ["join", "status", "ack", "txack", "log", "location"])
def test_chirpstack_events_without_reading_are_ignored_with_their_name(event):
    topic = f"application/a/device/0102030405060708/event/{event}"
    found = parse("chirpstack", chirpstack_event(), topic)
    assert isinstance(found, Ignored)
    assert event in found.reason


def test_things_stack_messages_without_reading_are_ignored():
    by_topic = parse("tts", tts_message(), "v3/app@ttn/devices/d/down/queued")
    by_content = parse("tts", {"end_device_ids": {}, "join_accept": {}}, "webhook/tts/up")
    assert isinstance(by_topic, Ignored)
    assert isinstance(by_content, Ignored)


def test_uplinks_simulated_in_the_console_are_no_readings():
    found = parse("tts", {**tts_message(), "simulated": True})
    assert isinstance(found, Rejected)
    assert found.code is Reason.SIMULATED


def test_an_uplink_without_payload_is_ignored():
    assert isinstance(parse("chirpstack", chirpstack_event(data=...)), Ignored)
    assert isinstance(parse("chirpstack", chirpstack_event(data="")), Ignored)
    assert isinstance(parse("tts", tts_message(frm_payload=...)), Ignored)


def test_counters_left_out_are_zero():
    uplink = parse("chirpstack", chirpstack_event(fCnt=..., fPort=...))
    assert isinstance(uplink, Uplink)
    assert (uplink.f_cnt, uplink.f_port) == (0, 0)
    uplink = parse("tts", tts_message(f_cnt=...))
    assert isinstance(uplink, Uplink)
    assert uplink.f_cnt == 0


def test_of_several_gateway_clocks_the_one_nearest_to_the_server_counts():
    receptions = [
        {"rssi": -60, "gwTime": "1980-01-06T00:00:13Z"},
        {"rssi": -90, "gwTime": "2026-01-05T11:59:58Z"},
    ]
    uplink = parse("chirpstack", chirpstack_event(rxInfo=receptions))
    assert isinstance(uplink, Uplink)
    assert uplink.gateway_time == datetime(2026, 1, 5, 11, 59, 58, tzinfo=UTC)
    assert uplink.rssi == -60


@pytest.mark.parametrize(
    "time", ["", "yesterday", "2026-13-01T00:00:00Z", "2026-01-05T11:59:58", 5, None, [], {}, True]
)
def test_a_time_that_is_none_is_left_out(time):
    uplink = parse("chirpstack", chirpstack_event(time=time, rxInfo=[{"gwTime": time}]))
    assert isinstance(uplink, Uplink)
    assert uplink.event_time is None
    assert uplink.gateway_time is None


def test_a_unique_correlation_id_is_the_deduplication_id():
    message = {**tts_message(), "correlation_ids": ["gs:uplink:01A", 7, "as:up:01B"]}
    uplink = parse("tts", message)
    assert isinstance(uplink, Uplink)
    assert uplink.dedup_id == "as:up:01B"


@pytest.mark.parametrize(
    ("body", "code", "word"),
    [
        (b"", Reason.BAD_JSON, "JSON"),
        (b"{", Reason.BAD_JSON, "Zeile 1"),
        (b"[]", Reason.BAD_JSON, "kein Objekt"),
        (b"5", Reason.BAD_JSON, "kein Objekt"),
        (b"\xff\xfe\xff", Reason.BAD_JSON, "JSON"),
        (b"\x0a\x24protobuf\x12\x00", Reason.BAD_JSON, "JSON"),
        (b'{"object": {"level": NaN}}', Reason.NOT_FINITE, "NaN"),
        (b'{"a": -Infinity}', Reason.NOT_FINITE, "Infinity"),
        (b"[" * 100_000, Reason.BAD_JSON, "verschachtelt"),
        (b'{"a":' * 100_000, Reason.BAD_JSON, "verschachtelt"),
        (b'{"a": ' + b"9" * 10_000 + b"}", Reason.BAD_JSON, "Zahl"),
        (b"{}", Reason.BAD_ENVELOPE, "fehlt"),
    ],
)
@pytest.mark.parametrize("source", ["chirpstack", "tts"])
def test_a_body_that_is_no_message_is_rejected_with_a_reason(source, body, code, word):
    found = parse(source, body)
    assert isinstance(found, Rejected)
    assert found.code is code
    assert word in found.reason


def test_duplicate_keys_are_no_fault():
    body = json.dumps(chirpstack_event()).replace('"fCnt": 7', '"fCnt": 6, "fCnt": 7').encode()
    uplink = parse("chirpstack", body)
    assert isinstance(uplink, Uplink)
    assert uplink.f_cnt == 7


@pytest.mark.parametrize("eui", [None, 5, "", "0102", "010203040506070g", ["0102030405060708"]])
def test_a_device_without_valid_id_is_rejected(eui):
    found = parse("chirpstack", chirpstack_event(deviceInfo={"devEui": eui}))
    assert isinstance(found, Rejected)
    assert "devEui" in found.reason


def test_the_device_id_is_read_in_any_writing():
    uplink = parse("chirpstack", chirpstack_event(deviceInfo={"devEui": "7C-F9-57-20-FC-01-5F-EF"}))
    assert isinstance(uplink, Uplink)
    assert uplink.dev_eui == "7cf95720fc015fef"


def test_payload_that_is_no_base64_is_rejected_unless_an_object_is_there():
    found = parse("chirpstack", chirpstack_event(data="§§§"))
    assert isinstance(found, Rejected)
    kept = parse("chirpstack", chirpstack_event(data="§§§", object={"level": 1}))
    assert isinstance(kept, Uplink)
    assert kept.payload is None


def test_an_unknown_source_is_rejected():
    found = sources.parse("mystery", "t", b"{}", NOW)
    assert isinstance(found, Rejected)
    assert found.code is Reason.UNKNOWN_SOURCE


@given(st.sampled_from(["chirpstack", "tts"]), st.text(max_size=60), st.binary(max_size=200))
def test_no_bytes_make_a_parser_raise(source, topic, body):
    assert isinstance(sources.parse(source, topic, body, NOW), Uplink | Ignored | Rejected)


@given(st.sampled_from(sorted(chirpstack_event())), JSON_VALUES)
def test_no_type_in_any_chirpstack_field_makes_the_parser_raise(field, value):
    found = parse("chirpstack", chirpstack_event(**{field: value}, object={"a": 1}))
    assert isinstance(found, Uplink | Ignored | Rejected)
    if field in {"time", "rxInfo", "fCnt", "fPort", "devAddr", "deduplicationId"} and (
        isinstance(found, Rejected)
    ):
        assert found.code in {Reason.NOT_FINITE, Reason.BAD_JSON}


@given(st.sampled_from(sorted(tts_message()["uplink_message"])), JSON_VALUES)
def test_no_type_in_any_things_stack_field_makes_the_parser_raise(field, value):
    found = parse("tts", tts_message(**{field: value}))
    assert isinstance(found, Uplink | Ignored | Rejected)


@given(JSON_VALUES, JSON_VALUES, JSON_VALUES)
def test_no_json_makes_a_parser_raise(first, second, third):
    for content in (first, {"deviceInfo": second, "object": third}, {"uplink_message": second}):
        for source in ("chirpstack", "tts"):
            assert isinstance(parse(source, content), Uplink | Ignored | Rejected)
    full = {"end_device_ids": {"dev_eui": "0" * 16}, "uplink_message": second, "simulated": third}
    assert isinstance(parse("tts", full), Uplink | Ignored | Rejected)
