"""The rain of an event as it would have been reported."""

import numpy as np
import pytest

from services.flood.verification import rain_heard
from services.flood.verification.rain_heard import LATE_S, hear_rain, known_rain, rain_zones
from services.simulation.random_events import prepare_stage, random_event


@pytest.fixture(scope="module")
def stage(region):
    places = [(v.river_id, v.river_km) for v in region.network.villages if v.paths]
    return prepare_stage(region.pack, places, sorted(region.connected))


@pytest.fixture(scope="module")
def zones(region, stage):
    return rain_zones(stage.base, dict(stage.gauge_cells), region.network.systems)


@pytest.fixture(scope="module")
def event(stage):
    return random_event(stage, 1, 2)


def heard(event, zones, seed=4):
    return hear_rain(event, zones, np.random.default_rng(seed))


def test_each_zone_is_a_share_of_the_cells(zones):
    for zone in zones.values():
        assert zone.above.sum() == pytest.approx(1.0)
        assert zone.sides.sum() == pytest.approx(1.0)


def test_what_drains_to_a_gauge_does_not_enter_below_it(zones):
    both = (zones["iot-bermel"].above > 0) & (zones["iot-bermel"].sides > 0)
    assert np.count_nonzero(both) <= 1  # the cell that the gauge stands in


def test_an_upper_gauges_area_is_part_of_the_lower_ones(zones):
    upper, lower = zones["iot-bermel"].above > 0, zones["kom-monreal"].above > 0
    assert np.all(lower[upper])
    assert lower.sum() > upper.sum()


def test_the_reported_depth_is_wrong_by_a_factor_and_no_more(event, zones):
    found = heard(event, zones)
    truth = float((event.rain_mm @ zones["iot-nitz"].above).sum())

    assert found.keys() == zones.keys()
    assert 0.3 * truth < float(found["iot-nitz"].above.depth_mm.sum()) < 3.0 * truth


def test_only_what_has_been_received_is_known(event, zones):
    now_s = event.course.start_s + 8 * 3600.0
    found = known_rain(heard(event, zones), now_s)
    assert found.keys() == zones.keys()
    for rain in found.values():
        assert rain.above.times_s[-1] <= now_s - LATE_S
        assert rain.above.known_s == rain.above.times_s[-1]
    assert known_rain(heard(event, zones), event.course.start_s) == {}


def test_some_events_have_no_rain_data(event, zones, monkeypatch):
    monkeypatch.setattr(rain_heard, "NONE_CHANCE", 1.0)
    assert heard(event, zones) == {}
