import pytest

from services.flood.verification.attainable import (
    POSSIBLE,
    TOO_NEAR,
    UNSEEN,
    attainable_minutes,
    catchment_lag_min,
    seen_share,
)
from services.simulation.truth import build_truth


@pytest.fixture(scope="module")
def found(region):
    return {item.place: item for item in attainable_minutes(region)}


def test_every_village_with_a_gauge_above_is_on_one_list(region, found):
    assert set(found) == {(v.place_id, v.river_id) for v in region.network.villages if v.paths}
    assert {item.group for item in found.values()} == {POSSIBLE, TOO_NEAR, UNSEEN}


def test_a_village_at_its_gauge_cannot_have_an_hour_and_one_far_below_can(found):
    assert found["nitz", "nitzbach"].group == TOO_NEAR
    assert found["thuer", "thuererbach"].group == TOO_NEAR
    assert found["miesenheim", "nette"].group == POSSIBLE
    assert found["isenburg", "saynbach"].group == POSSIBLE


def test_a_village_whose_water_no_gauge_sees_is_named_as_such(found):
    assert found["kruft", "thuererbach"].group == UNSEEN
    assert found["kruft", "thuererbach"].share < 0.5


def test_water_that_passes_two_gauges_is_counted_once(region):
    truth = build_truth(region.pack)
    place = truth.cell_at("nette", 4.6)
    lower, upper = truth.cell_at("nette", 34.0), truth.cell_at("nette", 43.0)
    assert seen_share(truth, [lower, upper], place) == seen_share(truth, [lower], place)
    assert seen_share(truth, [place], place) == 1.0


def test_kirpich_gives_a_longer_lag_for_a_longer_river(region):
    upper, lower = (catchment_lag_min(region.pack, "nette", km) for km in (43.0, 34.0))
    assert 60 < upper < lower < 180
