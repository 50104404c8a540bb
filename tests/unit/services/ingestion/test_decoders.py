"""Built-in decoders against published payloads, and against rubbish."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.ingestion.decoders.command import decode_command
from services.ingestion.decoders.model import Decoded, to_json
from services.ingestion.decoders.registry import decode, device_ids
from tests.support.requirements import shared_path


def values(decoded: Decoded):
    return {item.property: item.value for item in decoded.measurements}


def units(decoded: Decoded):
    return {item.property: item.unit for item in decoded.measurements}


def shared(name: str) -> list[dict[str, Any]]:
    path = shared_path(f"data/decoders/{name}")
    found: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))
    return found


def property_name(label: str) -> str:
    return label.replace(": ", "_").replace(" ", "_").lower()


def test_decentlab_samples_decode_to_their_published_values():
    for sample in shared("decentlab_payloads_expected.json"):
        decoded = decode(
            f"decentlab-{sample['device'].lower()}",
            sample["fPort"],
            bytes.fromhex(sample["payload_hex"]),
        )
        expected = {
            property_name(label): entry["value"] if isinstance(entry, dict) else entry
            for label, entry in sample["decoded"].items()
        }
        assert decoded.errors == ()
        assert values(decoded) == pytest.approx(expected, abs=1e-9)


def test_level_sensor_vectors_decode_to_their_published_values():
    for sample in shared("level_sensor_payload_vectors.json"):
        decoded = decode(
            sample["device"].lower().replace(" ", "-"),
            sample["fPort"],
            bytes.fromhex(sample["payload_hex"]),
        )
        expected = {
            name: entry["value"] if isinstance(entry, dict) else entry
            for name, entry in sample["expected"].items()
        }
        assert decoded.errors == ()
        assert values(decoded) == pytest.approx(expected, abs=1e-9)


PUBLISHED = [
    ("milesight-em500-udl", 85, "01756403821E00", {"battery": 100, "distance": 30}),
    ("milesight-em500-udl", 85, "017564 0367F600 03821E00", {"temperature": 24.6, "distance": 30}),
    ("milesight-em500-swl", 85, "01755C03770200", {"battery": 92, "depth": 2}),
    (
        "milesight-em310-udl",
        85,
        "01755C03824408040001",
        {"battery": 92, "distance": 2116, "position": 1},
    ),
    (
        "milesight-em400-udl",
        85,
        "01755C0367010104824408050001",
        {"battery": 92, "temperature": 25.7, "distance": 2116},
    ),
    ("milesight-em400-udl", 85, "8367e800018482410601", {"temperature": 23.2, "distance": 1601}),
    ("milesight-em400-udl", 85, "0367F6FF", {"temperature": -1.0}),
    (
        "decentlab-dl-pr26",
        1,
        "02016700033e8060170c7f",
        {"pressure": -0.01171875, "temperature": 25.671875, "battery_voltage": 3.199},
    ),
    ("decentlab-dl-pr21", 1, "02016700034e8060170c7f", {"pressure": 0.24609375}),
    ("decentlab-dl-pr36", 1, "02032b0003806797810c2b", {"pressure": 0.0125732421875}),
    (
        "decentlab-dl-pr36ctd",
        1,
        "020a17000380079786978180060c2b",
        {"temperature_pt1000": 23.50390625, "electrical_conductivity": 0.005859375},
    ),
    (
        "decentlab-dl-rad",
        1,
        "02586b0003074c88b68a8c00000b93",
        {"distance": 1868, "temperature": 22.3, "reliability": 27.0, "status": 0},
    ),
    ("decentlab-dl-ctd10b", 1, "0207d9000390888081006400000c60", {"electrical_conductivity": 200}),
    (
        "dragino-ldds75",
        2,
        "0B450B0500010501",
        {"battery_voltage": 2.885, "distance": 2821, "temperature": 26.1, "sensor_flag": 1},
    ),
    ("dragino-ldds75", 2, "0B450B0501FF3F01", {"temperature": -19.3, "interrupt_flag": 1}),
    ("dragino-ldds75", 2, "0E1C0B05", {"battery_voltage": 3.612, "distance": 2821}),
    ("dragino-ldds75", 2, "0E1C0B0501", {"distance": 2821, "interrupt_flag": 1}),
    ("dragino-dds75-lb", 2, "0B450B0500010501", {"distance": 2821}),
]


@pytest.mark.parametrize(("device", "port", "payload", "expected"), PUBLISHED)
def test_a_documented_payload_gives_the_documented_values(device, port, payload, expected):
    decoded = decode(device, port, bytes.fromhex(payload))
    assert decoded.errors == ()
    found = values(decoded)
    assert {name: found[name] for name in expected} == pytest.approx(expected, abs=1e-9)


def test_units_are_those_of_the_device():
    ctd = units(decode("decentlab-dl-ctd10", 1, bytes.fromhex("0207d9000390888081006400000c60")))
    assert ctd["water_depth"] == "mm"
    assert ctd["temperature"] == "°C"
    assert ctd["electrical_conductivity"] == "µS/cm"
    assert ctd["battery_voltage"] == "V"
    assert ctd["freezing_flag"] is None
    swl = units(decode("milesight-em500-swl", 85, bytes.fromhex("01756403770200")))
    assert swl == {"battery": "%", "depth": "cm"}


def test_a_stored_reading_keeps_the_instant_that_the_device_gives():
    decoded = decode("milesight-em500-udl", 85, bytes.fromhex("20CE" + "00F15365" + "1E00"))
    (history,) = decoded.measurements
    assert history.value == 30
    assert history.at is not None
    assert history.at.isoformat() == "2023-11-14T22:13:20+00:00"
    assert "time" in str(to_json(decoded)["measurements"])


BROKEN = [
    ("milesight-em500-udl", 85, "", "leer"),
    ("milesight-em500-udl", 85, "0382", "zu kurz"),
    ("milesight-em500-udl", 85, "03821E", "zu kurz"),
    ("milesight-em500-udl", 85, "03", "mitten in einem Kanal"),
    ("milesight-em500-udl", 85, "77880102", "77 88"),
    ("milesight-em500-udl", 84, "01756403821E00", "Port 84"),
    ("milesight-em500-udl", 85, "0382FFFF", "fehlgeschlagen"),
    ("milesight-em500-swl", 85, "0377FDFF", "Messbereichs"),
    ("milesight-em500-udl", 85, "83E91E00010001", "83 E9"),
    ("decentlab-dl-mbx", 1, "", "zu kurz"),
    ("decentlab-dl-mbx", 1, "02012f0003", "zu kurz"),
    ("decentlab-dl-mbx", 1, "02012f000304d200010bb1ff", "zu lang"),
    ("decentlab-dl-mbx", 1, "01012f000304d200010bb1", "Protokollversion 1"),
    ("decentlab-dl-mbx", 1, "02012f000704d200010bb1", "Sensor 2"),
    ("decentlab-dl-mbx", 5, "02012f00020bb1", "Port 5"),
    ("dragino-ldds75", 2, "0B45", "2 Bytes"),
    ("dragino-ldds75", 2, "0B450B050001050100", "9 Bytes"),
    ("dragino-ldds75", 3, "0B450B0500010501", "Port 3"),
    ("dragino-ldds75", 2, "0B45000000010501", "kein Ultraschallsensor"),
    ("dragino-ldds75", 2, "0B450B0500010500", "kein Ultraschallsensor"),
    ("dragino-ldds75", 2, "0B45001400010501", "Blindzone"),
    ("dragino-ldds75", 2, "0B450B05007FFF01", "DS18B20"),
    ("dragino-dds75-lb", 2, "1B450B0500010501", "Mehrfachmessung"),
    ("no-such-device", 1, "00", "unbekannt"),
]


@pytest.mark.parametrize(("device", "port", "payload", "word"), BROKEN)
def test_a_payload_that_does_not_fit_is_an_error_with_a_clear_sentence(device, port, payload, word):
    decoded = decode(device, port, bytes.fromhex(payload))
    assert any(word in error for error in decoded.errors)
    assert all(error.endswith(".") for error in decoded.errors)


def test_an_invalid_distance_never_becomes_a_number_but_leaves_the_battery():
    for payload in ("0B45000000010501", "0B45001400010501", "0B450B0500010500"):
        found = values(decode("dragino-ldds75", 2, bytes.fromhex(payload)))
        assert "distance" not in found
        assert found["battery_voltage"] == 2.885


def test_an_unknown_channel_leaves_what_came_before_it():
    decoded = decode("milesight-em500-udl", 85, bytes.fromhex("03821E00") + b"\x99\x99\x01")
    assert values(decoded) == {"distance": 30}
    assert decoded.errors


@given(
    st.sampled_from([*device_ids(), "unknown"]),
    st.sampled_from([0, 1, 2, 85, 255]),
    st.binary(max_size=260),
)
def test_no_bytes_make_a_decoder_raise(device, port, payload):
    result = to_json(decode(device, port, payload))
    assert set(result) == {"device", "measurements", "errors"}
    json.dumps(result, allow_nan=False)


@given(st.sampled_from(device_ids()), st.data())
def test_no_bytes_on_the_right_port_make_a_decoder_raise(device, data):
    port = {"mil": 85, "dec": 1, "dra": 2}[device[:3]]
    head = {"mil": b"", "dec": b"\x02\x00\x01\x00", "dra": b""}[device[:3]]
    payload = head + data.draw(st.binary(max_size=40))
    decoded = decode(device, port, payload)
    assert decoded.measurements or decoded.errors or device.startswith("milesight")


def test_the_verb_reads_hex_as_people_write_it():
    for text in (
        "01756403821E00",
        "0x01756403821e00",
        " 01 75 64 03 82 1E 00\n",
        "01:75:64:03821E00",
    ):
        result, code = decode_command("milesight-em500-udl", 85, text)
        assert code == 0
        assert result == {
            "device": "milesight-em500-udl",
            "measurements": [
                {"property": "battery", "value": 100, "unit": "%"},
                {"property": "distance", "value": 30, "unit": "mm"},
            ],
            "errors": [],
        }


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("017", "gerade"),
        ("01zz", "„z“"),
        ("", "Kein Hex-Text"),
        ("0x", "Kein"),
        ("ab" * 5000, "lang"),
    ],
)
def test_the_verb_explains_what_is_wrong_with_the_hex_text(text, word):
    result, code = decode_command("milesight-em500-udl", 85, text)
    assert code == 1
    assert word in str(result["errors"])


@given(st.text())
def test_no_text_makes_the_verb_raise(text):
    result, code = decode_command("decentlab-dl-mbx", 1, text)
    assert code in {0, 1}
    assert bool(result["errors"]) == bool(code)
