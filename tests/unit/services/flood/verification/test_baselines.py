import numpy as np
import pytest

from services.flood.model import Celerity, Path, Series, State, Village
from services.flood.verification.baselines import baseline_minutes, nearest_path
from services.flood.verification.records import HORIZON_MIN

CELERITY = Celerity(1.4, 0.3, 0.3, 0, "")
PATH = Path("g", 12.0, CELERITY, {State.ALARM: 2.0})
TRAVEL_MIN = 100.0  # 12 km at 2 m/s


def series(*values, flags=None):
    times = np.arange(len(values)) * 900.0
    flags = np.ones(len(values)) if flags is None else np.array(flags)
    return Series(times, np.array(values, dtype=float), flags.astype(np.int8))


def told(found, now_min):
    return baseline_minutes(PATH, found, State.ALARM, now_min * 60.0)


def test_a_crossing_arrives_distance_over_velocity_later():
    distance, stays, rise = told(series(1.0, 1.5, 2.5), 30)
    assert distance == pytest.approx(22.5 - 30 + TRAVEL_MIN)
    assert rise == distance
    assert stays == 0.0


def test_before_the_crossing_distance_over_velocity_says_nothing():
    distance, stays, _ = told(series(1.0, 1.1, 1.2, 1.3, 1.4), 60)
    assert distance is None
    assert stays == HORIZON_MIN


def test_the_rise_of_the_last_hour_goes_on_straight():
    _, _, rise = told(series(1.0, 1.1, 1.2, 1.3, 1.4), 60)
    assert rise == pytest.approx(0.6 / 0.4 * 60 + TRAVEL_MIN)


def test_a_gauge_that_stands_still_is_not_extrapolated():
    assert told(series(1.0, 1.0, 1.0, 1.0, 1.0), 60)[2] is None


def test_failed_readings_count_for_no_baseline():
    assert told(series(1.0, 1.0, 9.0, flags=[1, 1, 4]), 30) == (None, HORIZON_MIN, None)


def test_what_should_long_be_there_counts_as_now():
    assert told(series(1.0, 3.0), 600)[0] == 0.0


def test_the_gauge_on_the_own_river_comes_before_a_nearer_one_on_a_tributary():
    brook = Path("brook", 3.0, CELERITY, {}, tributary="bach")
    village = Village(
        place_id="p",
        river_id="r",
        name="P",
        river_name="R",
        river_km=1.0,
        delivery_min=5,
        decision_min=15,
        side_brook_risk=False,
        backwater_of="",
        paths=(brook, PATH),
    )
    assert nearest_path(village) is PATH
