import numpy as np
import pytest

from services.flood.celerity import travel_quantiles_min
from services.flood.gauge_status import Draws, assess_gauge, observed_spans
from services.flood.lead_time import (
    LevelArrival,
    confidence,
    driving_arrival,
    level_arrival,
    usable_minutes,
)
from services.flood.model import State
from services.flood.network import build_network
from tests.unit.services.flood.scenario import NOW, NOW_S, flat, minutes, nette_pack, rising, series

NETWORK = build_network(nette_pack())
MAYEN = next(item for item in NETWORK.villages if item.place_id == "mayen")
PATHS = {path.gauge_id: path for path in MAYEN.paths}


def status(gauge_id, readings, now_s=NOW_S):
    return assess_gauge(NETWORK.gauges[gauge_id], readings, now_s, Draws(1000, 0))


def test_an_observed_crossing_arrives_after_the_travel_time():
    found = level_arrival(
        PATHS["nitz"], status("nitz", rising(0.5, 0.5, hours=2.0)), State.VORALARM, NOW_S
    )
    fast, median, slow = travel_quantiles_min(PATHS["nitz"].distance_km, PATHS["nitz"].celerity)
    crossed = NOW - minutes(60)
    arrivals = [(item - crossed).total_seconds() / 60.0 for item in found.quantiles()]

    assert found.is_observed
    assert arrivals == pytest.approx([fast, median, slow], rel=0.02)


def test_without_a_crossing_nothing_arrives():
    found = level_arrival(PATHS["nitz"], status("nitz", flat()), State.VORALARM, NOW_S)

    assert found.quantiles() == (None, None, None)
    assert found.p == 0.0


def test_exceedance_ends_a_travel_time_after_the_gauge_fell_below():
    values = [0.5] * 10 + [1.4] * 4 + [0.5] * 4
    seen = status("muehle", series(values))
    soon = level_arrival(PATHS["muehle"], seen, State.VORALARM, NOW_S - 50 * 60.0)
    late = level_arrival(PATHS["muehle"], seen, State.VORALARM, NOW_S + 3 * 3600.0)

    assert soon.p > 0.5
    assert late.p == 0.0


def test_the_earlier_of_two_waves_counts_while_it_is_on_its_way():
    """The fast members of the first wave have passed, so its median moves a little."""
    values = [0.5] * 10 + [1.4] * 4 + [0.5] * 8 + [1.4] * 2
    found = level_arrival(PATHS["nitz"], status("nitz", series(values)), State.VORALARM, NOW_S)
    first_up = observed_spans(series(values).times_s, series(values).values, 1.0)[0].up_s
    _, median, _ = travel_quantiles_min(PATHS["nitz"].distance_km, PATHS["nitz"].celerity)

    assert found.quantile_s(0.5) == pytest.approx(first_up + median * 60.0, abs=1200.0)


def test_the_earliest_fast_arrival_drives():
    rise = rising(0.5, 0.5)
    found = [
        level_arrival(path, status(path.gauge_id, rise), State.ALARM, NOW_S) for path in MAYEN.paths
    ]

    assert driving_arrival(found).path.gauge_id == "muehle"


def test_spans_are_interpolated_and_open_while_above():
    times = np.array([0.0, 900.0, 1800.0, 2700.0])
    spans = observed_spans(times, np.array([0.0, 2.0, 0.0, 2.0]), 1.0)

    assert [(span.up_s, span.down_s) for span in spans] == [(450.0, 1350.0), (2250.0, np.inf)]


def test_usable_minutes_have_a_floor_of_zero():
    assert usable_minutes(NOW + minutes(65), NOW, MAYEN) == 45.0
    assert usable_minutes(NOW + minutes(10), NOW, MAYEN) == 0.0
    assert usable_minutes(None, NOW, MAYEN) is None


def test_confidence_falls_with_age_and_degradation():
    path = PATHS["muehle"]
    fresh, old = status("muehle", flat()), status("muehle", flat(last=NOW - minutes(30)))

    assert confidence(path, fresh, is_degraded=False) == "mittel"
    assert confidence(path, old, is_degraded=False) == "gering"
    assert confidence(path, fresh, is_degraded=True) == "gering"


def arrival(offsets_min, never=0):
    draws = np.append(NOW_S + np.array(offsets_min) * 60.0, np.full(never, np.inf))
    return LevelArrival(State.ALARM, PATHS["nitz"], draws, {12: 1.0}, is_observed=False)


def test_who_sees_nothing_yet_is_told_the_members_that_have_it_ahead():
    found = arrival([-90, -60, -30, 20, 40, 60])

    assert found.instants((0.5,)) == (NOW - minutes(30),)
    told = found.ahead((0.0, 0.5, 1.0), NOW_S)
    assert told == (NOW + minutes(20), NOW + minutes(40), NOW + minutes(60))


def test_with_no_member_ahead_it_can_be_there_any_moment():
    assert arrival([-90, -60]).ahead((0.1, 0.9), NOW_S) == (NOW, NOW)


def test_what_hardly_comes_is_not_told_to_be_ahead():
    assert arrival([20], never=30).ahead((0.5,), NOW_S) == ()
    assert arrival([20], never=30).quantiles() == (None, None, None)
