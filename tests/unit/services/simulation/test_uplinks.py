from datetime import timedelta

import pytest

from services.ingestion.intake import prepare
from services.ingestion.mapping import rows_by_device
from services.simulation.player import messages_of
from services.simulation.replay import UnknownScenarioError, find_scenario
from services.simulation.sensors import virtual_readings
from services.simulation.truth import build_truth, run_truth


@pytest.fixture(scope="module")
def messages(region):
    return messages_of(region, region.scenarios["normal"])


def test_every_virtual_uplink_is_understood_by_the_real_intake(region, messages):
    devices = rows_by_device(region.sensors)
    for message in messages[:400]:
        prepared = prepare(message, devices)
        assert prepared.rejects == (), message.body
        assert any(reading.datastream_key.endswith("/stage") for reading in prepared.readings)
        assert {reading.origin for reading in prepared.readings} == {"simulated"}


def test_the_mapped_stage_is_the_true_one_within_noise_and_resolution(region):
    scenario = region.scenarios["2021-07"]
    course = run_truth(build_truth(region.pack), scenario)
    gauges = {row.gauge_id: row for row in region.pack.gauges}
    sent = {
        (reading.gauge_id, reading.f_cnt): reading.stage_m
        for reading in virtual_readings(course, scenario, gauges, region.sensors)
    }
    devices = rows_by_device(region.sensors)
    for message in messages_of(region, scenario)[:600]:
        prepared = prepare(message, devices)
        for reading in prepared.readings:
            gauge_id, _, kind = reading.datastream_key.partition("/")
            if kind == "stage":
                assert reading.value == pytest.approx(
                    sent[gauge_id, prepared.uplink.f_cnt], abs=0.0051
                )


def test_both_network_servers_speak(messages):
    assert {message.source for message in messages} == {"chirpstack", "tts"}


def test_messages_come_in_the_order_of_receipt_and_some_are_late_or_twice(messages):
    received = [message.received_at for message in messages]
    assert received == sorted(received)
    assert len({message.body for message in messages}) < len(messages)


def test_a_still_gauge_sends_nothing(region):
    scenario = region.scenarios["hammesmuehle-ausfall"]
    course = run_truth(build_truth(region.pack), scenario)
    gauges = {row.gauge_id: row for row in region.pack.gauges}
    fault = scenario.faults[0]
    for reading in virtual_readings(course, scenario, gauges, region.sensors):
        if reading.gauge_id == "iot-hammesmuehle":
            assert not fault.start <= reading.taken_at < fault.end - timedelta(minutes=1)


def test_the_same_event_gives_the_same_messages(region, messages):
    assert messages_of(region, region.scenarios["normal"]) == messages


def test_an_unknown_event_names_those_that_exist(region):
    with pytest.raises(UnknownScenarioError) as caught:
        find_scenario(region.scenarios, "1816")
    assert "2021-07" in caught.value.user_message
