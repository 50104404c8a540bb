"""Areas that gauges divide: what drains to a gauge, what enters below it."""

import numpy as np
import pytest

from services.flood.rain.series import above_thing, sides_thing
from services.ingestion.radar.catchments import river_cells
from services.ingestion.radar.zones import gauge_zones


@pytest.fixture(scope="module")
def rivers(region):
    return river_cells(region.pack)


@pytest.fixture(scope="module")
def zones(region, rivers):
    return gauge_zones(region.pack, region.network.gauges, region.network.systems, rivers)


def test_what_drains_to_a_lower_gauge_is_what_drains_to_the_upper_one_and_what_enters_between(
    zones,
):
    upper, between = zones[above_thing("iot-bermel")], zones[sides_thing("iot-bermel")]

    assert not np.isin(upper, between).any()
    together = np.sort(np.concatenate([upper, between]))
    assert together.tolist() == zones[above_thing("kom-monreal")].tolist()


def test_a_river_without_a_gauge_belongs_to_the_area_that_it_enters(zones, rivers):
    own = rivers["kleinersaynbach"].cells

    assert np.isin(own, zones[above_thing("iot-breitenau")]).all()
    assert not np.isin(own, zones[sides_thing("iot-breitenau")]).any()


def test_a_tributary_with_a_gauge_is_not_the_main_rivers_side(zones, rivers):
    assert not np.isin(rivers["nitzbach"].cells, zones[sides_thing("iot-falkley")]).any()
    assert np.isin(rivers["nitzbach"].cells, zones[above_thing("iot-hammesmuehle")]).all()


def test_every_gauge_that_is_routed_has_both_areas(region, zones):
    routed = [name for system in region.network.systems for name in system.gauges]

    assert {above_thing(name) for name in routed} <= zones.keys()
    assert all(cells.size for cells in zones.values())
