"""A new sensor model by configuration alone: where a number lies in the payload."""

import struct
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.region_pack.sensor_rows import SensorRow
from services.ingestion.decoders import byte_fields
from services.ingestion.decoders.byte_fields import ByteFieldError
from services.ingestion.mapping import map_uplink, mapping_faults
from services.ingestion.model import Uplink

NOW = datetime(2026, 3, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("path", "payload", "value"),
    [
        ("u8 offset=1", b"\x01\xff", 255),
        ("i8 offset=1", b"\x01\xff", -1),
        ("u16be offset=0", b"\x01\x02", 258),
        ("u16le offset=0", b"\x01\x02", 513),
        ("i16be offset=1 scale=0.1", b"\x00\xff\x9c", -10.0),
        ("u24be offset=0 add=-1", b"\x00\x01\x00", 255),
        ("u32le offset=0", b"\x01\x00\x00\x80", 2147483649),
        ("f32be offset=0", struct.pack(">f", 1.5), 1.5),
    ],
)
def test_a_number_is_read_where_the_path_says(path, payload, value):
    assert byte_fields.read(path, 1, payload) == pytest.approx(value)


@pytest.mark.parametrize(
    "path",
    [
        "",
        "u16 offset=0",
        "u12be offset=0",
        "f16be offset=0",
        "u8",
        "u8 offset=-1",
        "u8 offset=999",
        "u8 offset=0 offset=1",
        "u8 offset=0 faktor=2",
        "u8 offset=0 scale=viel",
        "u8 offset=0 scale=nan",
    ],
)
def test_a_path_that_makes_no_sense_is_refused(path):
    with pytest.raises(ByteFieldError):
        byte_fields.parse(path)


@pytest.mark.parametrize(
    ("path", "port", "payload"),
    [
        ("u16be offset=0 port=2", 1, b"\x00\x01"),
        ("u16be offset=0 length=2", 1, b"\x00\x01\x02"),
        ("u16be offset=1", 1, b"\x00\x01"),
        ("u16be offset=0 missing=65535,65533", 1, b"\xff\xfd"),
        ("f32be offset=0", 1, struct.pack(">f", float("nan"))),
        ("f32be offset=0 scale=1e300", 1, struct.pack(">f", 1e30)),
    ],
)
def test_a_payload_that_does_not_fit_gives_no_number(path, port, payload):
    with pytest.raises(ByteFieldError):
        byte_fields.read(path, port, payload)


@given(st.text(max_size=40), st.binary(max_size=8))
def test_never_anything_but_a_number_or_a_reason(path, payload):
    try:
        found = byte_fields.read(f"u16be {path}", 1, payload)
    except ByteFieldError:
        return
    assert isinstance(found, float)


def row(path):
    return SensorRow.model_validate(
        {
            "dev_eui": "0102030405060708",
            "gauge_id": "nitz",
            "observed_property": "stage",
            "decoder": "bytes",
            "path": path,
            "unit": "mm",
            "mount_height_m": "4.0",
            "simulated": False,
            "source": "test",
        }
    )


def test_a_row_of_the_sensor_table_is_all_that_a_new_model_needs():
    uplink = Uplink("0102030405060708", "tts", NOW, f_port=2, payload=b"\x09\xc4", event_time=NOW)
    found = map_uplink(uplink, [row("u16be offset=0 port=2")], "live")
    assert [(item.value, item.raw_value) for item in found.readings] == [(1.5, 2500.0)]
    found = map_uplink(uplink, [row("u16be offset=0 port=3")], "live")
    assert [(reject.code, found.readings) for reject in found.rejects] == [("decoder", ())]


def test_the_check_of_a_pack_names_line_and_reason():
    assert mapping_faults([row("u16be offset=0")]) == []
    [fault] = mapping_faults([row("u16 offset=0")])
    assert fault.startswith("sensors.csv, Zeile 2, Spalte path:")
