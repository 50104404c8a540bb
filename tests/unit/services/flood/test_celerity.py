import csv
import math

import numpy as np
import pytest

from services.flood.celerity import (
    Lag,
    Prior,
    Stretch,
    path_celerity,
    stratified_normal,
    travel_draws_s,
    travel_quantiles_min,
)
from services.flood.constants import Z80
from services.flood.flow_classes import FLOOD
from services.flood.lags import LagObservation, Reach
from services.flood.reach_celerity import learn
from tests.support.requirements import shared_path

EVENT_2021 = Lag("nette", 30.7, 4.6, 450.0, 0.25)


def test_prior_and_the_2021_proxy_give_the_worked_example():
    reach = Reach("nette-gesamt", "nette", 30.7, 4.6)
    lag_min = 26100.0 / 0.97 / 60.0
    seen = LagObservation("2021", (Stretch("nette", 30.7, 4.6),), lag_min, 0.25)
    learnt = learn([reach], Prior(1.4, 0.35), [seen])
    mean, sigma = float(learnt.ln_mean[0, FLOOD]), float(learnt.sigma[0, FLOOD])

    assert math.exp(mean) == pytest.approx(1.10, abs=0.005)
    assert math.exp(mean - Z80 * sigma) == pytest.approx(0.84, abs=0.01)
    assert math.exp(mean + Z80 * sigma) == pytest.approx(1.42, abs=0.01)


def test_mayen_to_miesenheim_takes_six_to_nine_hours_inside_the_interval():
    """Accepted for July 2021: the whole of 6 to 9 h lies between P10 and P90 of the travel time."""
    way = [Stretch("nette", 30.7, 4.6)]
    fast, middle, slow = travel_quantiles_min(26.1, path_celerity(Prior(), [EVENT_2021], way))

    assert fast < 6 * 60 < middle < 9 * 60 < slow


def test_without_an_event_the_prior_stays():
    found = path_celerity(Prior(1.4, 0.35), [], [Stretch("nette", 40.0, 20.0)])

    assert found.median_ms == pytest.approx(1.4)
    assert found.n_events == 0
    assert found.sigma_fast == pytest.approx(found.sigma_slow)
    assert found.sigma_slow > 0.35


def test_the_published_prior_travel_times_are_reproduced_within_two_percent():
    table = shared_path("hydro/leadtime_prior.csv")
    with table.open(encoding="utf-8", newline="") as handle:
        rows = list(csv.DictReader(handle))
    found = path_celerity(Prior(), [EVENT_2021], [Stretch("elzbach", 40.0, 20.0)])
    keys = ("travel_min_p10_fast", "travel_min_median", "travel_min_p90_slow")

    assert len(rows) > 20
    for row in rows:
        minutes = travel_quantiles_min(float(row["distance_km_est"]), found)
        for value, key in zip(minutes, keys, strict=True):
            assert value == pytest.approx(float(row[key]), rel=0.02, abs=0.6), (row, key)


def test_more_events_on_the_path_narrow_the_interval():
    path = [Stretch("nette", 34.0, 7.3)]
    one = path_celerity(Prior(), [EVENT_2021], path)
    four = path_celerity(Prior(), [EVENT_2021] * 4, path)

    assert four.n_events == 4
    assert four.sigma_fast < one.sigma_fast
    assert four.sigma_slow < one.sigma_slow


def test_events_on_the_path_weigh_more_than_events_elsewhere():
    fast = Lag("saynbach", 20.0, 10.0, 60.0, 0.25)
    own = path_celerity(Prior(), [EVENT_2021, fast], [Stretch("nette", 34.0, 7.3)])
    elsewhere = path_celerity(Prior(), [EVENT_2021, fast], [Stretch("elzbach", 34.0, 7.3)])

    assert own.median_ms < elsewhere.median_ms
    assert elsewhere.n_events == 0


def test_a_lag_that_only_touches_the_path_is_not_on_it():
    found = path_celerity(Prior(), [EVENT_2021], [Stretch("nette", 4.6, 0.0)])

    assert found.n_events == 0


def test_the_fast_side_is_wider_than_the_slow_one_once_a_flood_is_known():
    found = path_celerity(Prior(), [EVENT_2021], [Stretch("nette", 34.0, 7.3)])

    assert found.sigma_fast > found.sigma_slow


def test_draws_have_the_quantiles_of_the_interval():
    found = path_celerity(Prior(), [EVENT_2021], [Stretch("nette", 34.0, 7.3)])
    z = stratified_normal(np.random.default_rng(1), 1000)
    minutes = travel_draws_s(26.7, found, z) / 60.0

    assert np.quantile(minutes, [0.1, 0.5, 0.9]) == pytest.approx(
        travel_quantiles_min(26.7, found), rel=0.01
    )


def test_draws_are_the_same_for_the_same_seed():
    first = stratified_normal(np.random.default_rng(7), 200)
    second = stratified_normal(np.random.default_rng(7), 200)

    assert np.array_equal(first, second)


@pytest.mark.parametrize("distance", [float("nan"), float("inf"), -1.0])
def test_an_unusable_distance_is_refused(distance):
    found = path_celerity(Prior(), [], [])
    with pytest.raises(ValueError, match=r"Strecke|Laufzeit"):
        travel_draws_s(distance, found, np.zeros(3))
