"""What both network servers say about the air, and what hostile ones say."""

import json
from datetime import UTC, datetime

import pytest

from services.ingestion import sources
from services.ingestion.model import Reception

NOW = datetime(2026, 3, 1, tzinfo=UTC)


def chirpstack(**more):
    body = {"deviceInfo": {"devEui": "70b3d57ed0000001"}, "data": "AXVk", **more}
    topic = "application/a/device/70b3d57ed0000001/event/up"
    return sources.parse("chirpstack", topic, json.dumps(body).encode(), NOW)


def tts(**more):
    message = {"frm_payload": "AXVk", **more}
    body = {"end_device_ids": {"dev_eui": "70B3D57ED0000001"}, "uplink_message": message}
    return sources.parse("tts", "v3/a@t/devices/d/up", json.dumps(body).encode(), NOW)


def test_chirpstack_names_gateways_spreading_factor_and_frequency():
    found = chirpstack(
        rxInfo=[
            {"gatewayId": "g1", "rssi": -110, "snr": -2.5},
            {"gatewayId": "g2", "rssi": -90, "snr": 7},
            {"gatewayId": "g1", "rssi": -105, "snr": -1},
            {"rssi": -80},
        ],
        txInfo={"frequency": 868100000, "modulation": {"lora": {"spreadingFactor": 11}}},
    ).radio
    assert found.receptions == (Reception("g2", -90.0, 7.0), Reception("g1", -105.0, -1.0))
    assert (found.spreading_factor, found.frequency_hz) == (11, 868_100_000)


def test_the_things_stack_names_them_in_its_own_way():
    found = tts(
        rx_metadata=[{"gateway_ids": {"gateway_id": "rathaus"}, "rssi": -100, "snr": 3}],
        settings={"data_rate": {"lora": {"spreading_factor": 7}}, "frequency": "868300000"},
    ).radio
    assert found.receptions == (Reception("rathaus", -100.0, 3.0),)
    assert (found.spreading_factor, found.frequency_hz) == (7, 868_300_000)


@pytest.mark.parametrize("rubbish", [None, [], "x", 10**30, {"lora": {"spreadingFactor": 99}}])
def test_rubbish_about_the_air_costs_no_reading(rubbish):
    found = chirpstack(rxInfo=rubbish, txInfo={"frequency": rubbish, "modulation": rubbish})
    assert found.radio.receptions == ()
    assert (found.radio.spreading_factor, found.payload) == (None, b"\x01ud")
    found = tts(settings={"data_rate": rubbish, "frequency": rubbish}, rx_metadata=rubbish)
    assert (found.radio.spreading_factor, found.radio.frequency_hz) == (None, None)


def test_a_frame_heard_by_a_thousand_gateways_stays_bounded():
    many = [{"gatewayId": f"g{number}", "rssi": -number} for number in range(1000)]
    found = chirpstack(rxInfo=many).radio.receptions
    assert len(found) == 32
    assert found[0].gateway_id == "g0"
