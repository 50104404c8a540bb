"""Virtual rain gauges: the event's rain arrives with the readings and through the usual mapping."""

import pytest

from services.ingestion.intake import prepare
from services.ingestion.mapping import rows_by_device
from services.simulation.player import messages_of
from services.simulation.rain import catchment_rain
from services.simulation.truth import build_truth

KEYS = ("iot-bermel/rain", "iot-hammesmuehle/rain", "27140500/rain")


def test_the_catchments_rain_has_the_depth_of_the_pulses_that_fall_on_it(region):
    scenario = region.scenarios["2021-07"]
    rain = catchment_rain(build_truth(region.pack), scenario, "elzbach", 60 * 40)

    assert rain.sum() == pytest.approx(18.0 + 30.0 + 55.0, rel=0.01)


def test_a_pulse_on_the_upper_part_counts_with_its_share(region):
    scenario = region.scenarios["2021-07"]
    rain = catchment_rain(build_truth(region.pack), scenario, "nette", 60 * 40).sum()

    assert 18.0 + 30.0 < rain < 18.0 + 30.0 + 72.0


def test_rain_gauges_report_nearly_all_rain_of_the_event(region):
    scenario = region.scenarios["2024-05"]
    devices = rows_by_device(region.sensors)
    found = dict.fromkeys(KEYS, 0.0)
    for message in messages_of(region, scenario):
        for reading in prepare(message, devices).readings:
            if reading.datastream_key in found:
                found[reading.datastream_key] += reading.value

    for depth in found.values():  # 3 % of the uplinks are lost, 2 % come twice
        assert depth == pytest.approx(15.0, rel=0.25)
