"""From uplink to readings by the sensor table: values, units, times, and what is refused."""

import math
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.region_pack.sensor_rows import SensorRow
from services.ingestion.mapping import Mapped, map_uplink, mapping_faults, rows_by_device
from services.ingestion.model import Reason, Uplink

NOW = datetime(2026, 1, 5, 12, 0, tzinfo=UTC)
EVENT = NOW - timedelta(seconds=3)
EUI = "0102030405060708"

JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=6,
)


def sensor(**changes: Any) -> SensorRow:
    row = {
        "dev_eui": EUI,
        "gauge_id": "nitz",
        "observed_property": "stage",
        "decoder": "",
        "path": "level",
        "unit": "m",
        "mount_height_m": None,
        "offset_m": 0.0,
        "simulated": False,
        "source": "test",
    }
    return SensorRow.model_validate({**row, **changes})


def uplink(content: dict[str, Any] | None = None, **changes: Any) -> Uplink:
    fields: dict[str, Any] = {
        "dev_eui": EUI,
        "network": "chirpstack",
        "received_at": NOW,
        "f_port": 85,
        "object": content,
        "event_time": EVENT,
    }
    return Uplink(**{**fields, **changes})


def mapped(content: Any, *rows: SensorRow, **changes: Any) -> Mapped:
    return map_uplink(uplink(content, **changes), rows or (sensor(),), "live")


def value_of(content: Any, **row: Any) -> float:
    found = mapped({"level": content}, sensor(**row))
    assert found.rejects == ()
    (reading,) = found.readings
    return reading.value


def refusal_of(content: Any, **row: Any) -> Reason:
    found = mapped({"level": content}, sensor(**row))
    assert found.readings == ()
    (reject,) = found.rejects
    assert reject.reason.endswith(".")
    return reject.code


def test_a_reading_carries_key_times_raw_value_and_origin():
    (reading,) = mapped({"level": 1234}, sensor(unit="mm")).readings
    assert reading.datastream_key == "nitz/stage"
    assert reading.phenomenon_time == EVENT
    assert reading.result_time == NOW
    assert (reading.value, reading.raw_value) == (1.234, 1234)
    assert reading.origin == "live"


@pytest.mark.parametrize(
    ("raw", "row", "expected"),
    [
        (1234, {"unit": "mm"}, 1.234),
        (42.5, {"unit": "cm"}, 0.425),
        ("29.92 °C", {"observed_property": "water_temperature", "unit": "°C"}, 29.92),
        ("0.00 °C", {"observed_property": "water_temperature", "unit": "°C"}, 0.0),
        ("3.386 V", {"observed_property": "battery", "unit": "V"}, 3.386),
        ("3386 mV", {"observed_property": "battery", "unit": "V"}, 3.386),
        (97, {"observed_property": "battery", "unit": "%"}, 97),
        ("3,5 m", {}, 3.5),
        ("0,123", {}, 0.123),
        ("123 cm", {"unit": "m"}, 1.23),
        ("1.234,5 mm", {"unit": "mm"}, 1.2345),
        ("1,234.5 mm", {"unit": "mm"}, 1.2345),
        (" −0.05 m ", {}, -0.05),
        ("1e-1", {}, 0.1),
        (250, {"observed_property": "discharge", "unit": "l/s"}, 0.25),
        ("12.5 m³/s", {"observed_property": "discharge", "unit": "m³/s"}, 12.5),
        (0.4, {"observed_property": "rain", "unit": "mm"}, 0.4),
        (0.002, {"observed_property": "rain", "unit": "m"}, 2.0),
        (0.05, {"unit": "bar"}, 0.509858),
        ({"value": 1234, "unit": "mm", "displayName": "Distance"}, {"unit": "mm"}, 1.234),
    ],
)
def test_numbers_and_texts_become_the_stored_unit(raw, row, expected):
    assert value_of(raw, **row) == pytest.approx(expected)


def test_mount_height_turns_a_distance_into_a_stage():
    row = {"unit": "mm", "mount_height_m": 3.5}
    assert value_of(1234, **row) == 2.266
    assert value_of(1234, **row, offset_m=0.1) == 2.366
    assert value_of(3600, **row) == -0.1


def test_an_offset_moves_a_stage_measured_from_below():
    assert value_of(0.4, offset_m=-0.05) == 0.35


@pytest.mark.parametrize(
    ("raw", "row", "code"),
    [
        (True, {}, Reason.BAD_VALUE),
        (math.nan, {}, Reason.BAD_VALUE),
        (math.inf, {}, Reason.BAD_VALUE),
        (10**400, {}, Reason.BAD_VALUE),
        ("", {}, Reason.BAD_VALUE),
        ("No Sensor", {}, Reason.BAD_VALUE),
        ("NaN", {}, Reason.BAD_VALUE),
        ("1,234 mm", {"unit": "mm"}, Reason.BAD_VALUE),
        ("1.2.3", {}, Reason.BAD_VALUE),
        ("1e999", {}, Reason.BAD_VALUE),
        ([1], {}, Reason.BAD_VALUE),
        ({"a": 1}, {}, Reason.BAD_VALUE),
        (None, {}, Reason.MISSING),
        ("5 furlong", {}, Reason.BAD_UNIT),
        ("5 °C", {}, Reason.BAD_UNIT),
        (5, {"unit": "furlong"}, Reason.BAD_UNIT),
        (5, {"unit": "°C"}, Reason.BAD_UNIT),
        (-5, {"unit": "mm", "mount_height_m": 3.5}, Reason.NEGATIVE),
        (65535, {"unit": "mm", "mount_height_m": 3.5}, Reason.SENTINEL),
        (-9999, {}, Reason.SENTINEL),
        (101, {"observed_property": "battery", "unit": "%"}, Reason.OUT_OF_RANGE),
        (-1, {"observed_property": "battery", "unit": "%"}, Reason.NEGATIVE),
        (-0.2, {"observed_property": "rain", "unit": "mm"}, Reason.NEGATIVE),
        (-300, {"observed_property": "air_temperature", "unit": "°C"}, Reason.OUT_OF_RANGE),
    ],
)
def test_what_is_no_value_is_refused_with_its_reason(raw, row, code):
    assert refusal_of(raw, **row) is code


@pytest.mark.parametrize(
    ("content", "path"),
    [
        ({"levels": [{"distance_mm": 5.0}]}, "levels.0.distance_mm"),
        ({"a": {"b": {"c": 5.0}}}, "a.b.c"),
        ({"a.b": 5.0}, "a.b"),
        ({"a": {"b.c": 5.0}}, "a.b.c"),
    ],
)
def test_a_path_leads_through_objects_and_lists(content, path):
    (reading,) = mapped(content, sensor(path=path)).readings
    assert reading.value == 5.0


@pytest.mark.parametrize(
    "path", ["levels.1.mm", "levels.-1.mm", "levels.x.mm", "levels.0", "levels.99999999999.mm", "."]
)
def test_a_path_that_leads_nowhere_is_a_reason(path):
    found = mapped({"levels": [{"mm": 5.0}]}, sensor(path=path))
    assert [reject.code for reject in found.rejects] in ([Reason.MISSING], [Reason.BAD_VALUE])


def test_one_failing_property_does_not_lose_its_neighbours():
    rows = (
        sensor(),
        sensor(observed_property="battery", path="bat", unit="%"),
        sensor(observed_property="water_temperature", path="temp", unit="°C"),
    )
    found = mapped({"level": "No Sensor", "bat": 90, "temp": "7,5 °C"}, *rows)
    assert [reading.value for reading in found.readings] == [90, 7.5]
    assert [reject.observed_property for reject in found.rejects] == ["stage"]


def test_a_missing_battery_is_no_fault_but_a_missing_stage_is():
    battery = sensor(observed_property="battery", path="bat", unit="%")
    assert mapped({"level": 1.0}, sensor(), battery).rejects == ()
    (reject,) = mapped({"bat": 90}, sensor(), battery).rejects
    assert (reject.observed_property, reject.code) == ("stage", Reason.MISSING)
    assert len(mapped({"other": 1}, battery).rejects) == 1


def test_a_built_in_decoder_reads_the_payload():
    rows = (
        sensor(decoder="milesight-em500-udl", path="distance", unit="mm", mount_height_m=3.0),
        sensor(
            decoder="milesight-em500-udl", path="battery", unit="%", observed_property="battery"
        ),
    )
    found = mapped(None, *rows, payload=bytes.fromhex("01756403821E00"))
    assert [reading.value for reading in found.readings] == [2.97, 100]
    assert found.rejects == ()


def test_a_decoder_fault_is_the_reason_of_its_property_only():
    rows = (
        sensor(decoder="dragino-ldds75", path="distance", unit="mm", mount_height_m=3.0),
        sensor(
            decoder="dragino-ldds75", path="battery_voltage", unit="V", observed_property="battery"
        ),
    )
    payload = bytes.fromhex("0B45001400010501")
    found = mapped(None, *rows, payload=payload, f_port=2)
    assert [reading.value for reading in found.readings] == [2.885]
    (reject,) = found.rejects
    assert reject.code is Reason.DECODER
    assert "Blindzone" in reject.reason


def test_an_uplink_without_what_the_mapping_needs_is_a_reason():
    (by_path,) = mapped(None, sensor(), payload=b"\x01").rejects
    (by_decoder,) = mapped(
        {"level": 1}, sensor(decoder="milesight-em500-udl", path="distance", unit="mm")
    ).rejects
    assert by_path.code is by_decoder.code is Reason.NO_PAYLOAD


def test_a_reading_stored_in_the_device_keeps_its_own_time():
    row = sensor(decoder="milesight-em500-udl", path="distance", unit="mm")
    at = NOW - timedelta(hours=5)
    payload = b"\x20\xce" + int(at.timestamp()).to_bytes(4, "little") + b"\x1e\x00"
    (reading,) = mapped(None, row, payload=payload).readings
    assert reading.phenomenon_time == at


@pytest.mark.parametrize(
    "own", ["2026-01-05T11:50:00+00:00", "2026-01-05T12:50:00+01:00", 1767613800, 1767613800000]
)
def test_a_mapped_device_time_comes_first(own):
    row = sensor(path="level@measured.at")
    content = {"level": 1.0, "measured": {"at": own}}
    (reading,) = mapped(content, row, gateway_time=EVENT).readings
    assert reading.phenomenon_time == datetime(2026, 1, 5, 11, 50, tzinfo=UTC)


@pytest.mark.parametrize(
    ("own", "code"),
    [
        ("2026-01-05T11:50:00", Reason.NO_TIME),
        ("soon", Reason.NO_TIME),
        (True, Reason.NO_TIME),
        (1e300, Reason.NO_TIME),
        (0, Reason.TIME_NOT_SET),
        ("2026-01-05T12:10:00Z", Reason.TIME_IN_FUTURE),
    ],
)
def test_a_bad_device_time_is_refused_and_not_replaced(own, code):
    (reject,) = mapped({"level": 1.0, "at": own}, sensor(path="level@at")).rejects
    assert reject.code is code


def test_the_gateway_time_comes_before_the_event_time():
    (reading,) = mapped({"level": 1.0}, gateway_time=EVENT - timedelta(seconds=9)).readings
    assert reading.phenomenon_time == EVENT - timedelta(seconds=9)


@pytest.mark.parametrize(
    "gateway", [datetime(1980, 1, 6, tzinfo=UTC), datetime(2036, 1, 1, tzinfo=UTC)]
)
def test_a_gateway_clock_that_cannot_be_true_gives_way_to_the_event_time(gateway):
    (reading,) = mapped({"level": 1.0}, gateway_time=gateway).readings
    assert reading.phenomenon_time == EVENT


def test_two_minutes_ahead_is_tolerated_and_more_is_the_future():
    assert mapped({"level": 1.0}, event_time=NOW + timedelta(minutes=2)).readings
    (reject,) = mapped({"level": 1.0}, event_time=NOW + timedelta(minutes=3)).rejects
    assert reject.code is Reason.TIME_IN_FUTURE
    assert "Zukunft" in reject.reason


def test_without_any_time_nothing_is_guessed():
    (reject,) = mapped({"level": 1.0}, event_time=None).rejects
    assert reject.code is Reason.NO_TIME


def test_a_reading_older_than_thirty_days_is_kept_with_a_note():
    (old,) = mapped({"level": 1.0}, event_time=NOW - timedelta(days=31)).readings
    (young,) = mapped({"level": 1.0}, event_time=NOW - timedelta(days=29)).readings
    assert "30 Tage" in old.time_note
    assert young.time_note == ""


def test_one_device_may_serve_several_gauges():
    rows = (sensor(), sensor(gauge_id="thuer", path="other"))
    found = mapped({"level": 1.0, "other": 2.0}, *rows)
    assert [reading.datastream_key for reading in found.readings] == ["nitz/stage", "thuer/stage"]
    assert rows_by_device(rows) == {EUI: list(rows)}


def test_faults_of_the_sensor_table_are_named_before_any_message():
    faults = mapping_faults(
        [sensor(), sensor(unit="furlong"), sensor(decoder="nope"), sensor(unit="°C")]
    )
    assert len(faults) == 3
    assert "Zeile 3, Spalte unit" in faults[0]
    assert "nope" in faults[1]


def test_a_property_that_a_decoder_never_gives_is_a_fault_where_the_decoder_declares_them():
    lidar = "decentlab-dl-lid"
    [fault] = mapping_faults(
        [
            sensor(decoder=lidar, path="distance_average", unit="mm"),
            sensor(decoder=lidar, path="battery_voltage", observed_property="battery", unit="V"),
            sensor(decoder=lidar, path="distance", unit="mm"),
            sensor(decoder="milesight-em500-udl", path="distance", unit="mm"),
        ]
    )
    assert fault.startswith("sensors.csv, Zeile 4, Spalte path: Der Decoder decentlab-dl-lid gibt")
    assert "distance_average" in fault


@given(JSON_VALUES, st.sampled_from(["m", "mm", "bar", "%", "°C", "furlong"]))
def test_no_json_value_makes_the_mapping_raise_or_give_a_number_that_is_none(value, unit):
    rows = (
        sensor(unit=unit),
        sensor(unit=unit, mount_height_m=3.0),
        sensor(unit=unit, observed_property="battery"),
        sensor(path="level@level"),
        sensor(path="level.0.value"),
    )
    found = mapped({"level": value}, *rows)
    assert all(math.isfinite(reading.value) for reading in found.readings)
    assert len(found.readings) + len(found.rejects) <= len(rows)
    assert found.readings or found.rejects


SEEN = st.text(st.characters(exclude_categories=["C", "Z"]), max_size=12)
"""A pack has no invisible signs: its check refuses them."""


@given(st.dictionaries(st.text(max_size=3), JSON_VALUES, max_size=4), SEEN)
def test_no_path_makes_the_mapping_raise(content, path):
    found = mapped(content, sensor(path=path.strip() or "x"))
    assert len(found.readings) + len(found.rejects) == 1


@given(st.text(max_size=30))
def test_no_text_makes_the_mapping_raise(text):
    found = mapped({"level": text})
    assert len(found.readings) + len(found.rejects) == 1


@given(st.binary(max_size=60), st.sampled_from(["dragino-ldds75", "decentlab-dl-lid", "unknown"]))
def test_no_payload_makes_the_mapping_raise(payload, decoder):
    rows = (sensor(decoder=decoder, path="distance"), sensor(decoder=decoder, path="battery"))
    found = mapped(None, *rows, payload=payload)
    assert found.readings or found.rejects
