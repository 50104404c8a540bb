from datetime import UTC, datetime, timedelta

import pytest

from services.flood.model import Flag
from services.flood.verification.readings import receive
from services.simulation.sensors import VirtualReading

START = datetime(2026, 3, 1, tzinfo=UTC)
GAUGE = "iot-nitz"


def reading(minute, stage, delay_min=0.0):
    at = START + timedelta(minutes=minute)
    return VirtualReading(GAUGE, at, at + timedelta(minutes=delay_min), stage, 100.0, minute)


@pytest.fixture
def received(region):
    def of(*readings):
        return receive(readings, region.network.gauges, region.sensors)[GAUGE]

    return of


def test_a_late_reading_is_unknown_until_it_arrives_and_then_in_its_place(received):
    found = received(reading(0, 0.5), reading(15, 0.5, delay_min=20), reading(30, 0.5))
    at_half = found.at((START + timedelta(minutes=31)).timestamp())
    later = found.at((START + timedelta(minutes=36)).timestamp())
    assert at_half.times_s.size == 2
    assert list(later.times_s) == sorted(later.times_s)
    assert later.times_s.size == 3


def test_a_duplicate_is_stored_once(received):
    assert received(reading(0, 0.5), reading(0, 0.5)).times_s.size == 1


def test_a_jump_is_flagged_as_at_receipt(received):
    found = received(reading(0, 0.5), reading(15, 0.51), reading(30, 3.6))
    assert list(found.flags) == [Flag.GOOD, Flag.GOOD, Flag.FAIL]


def test_values_carry_the_resolution_of_the_sensor(region):
    at = VirtualReading("kom-monreal", START, START, 0.5349, 100.0, 0)  # reports centimetres
    found = receive([at], region.network.gauges, region.sensors)["kom-monreal"]
    assert found.values[0] == pytest.approx(0.53)
