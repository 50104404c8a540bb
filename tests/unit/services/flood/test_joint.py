"""The routed members of a system: what gauges, confluences, silence and observations do to them."""

import numpy as np
import pytest

from services.flood.arrivals import village_arrivals
from services.flood.gauge_status import Draws, assess_gauge
from services.flood.joint import forecast_system
from services.flood.model import State
from services.flood.network import build_network
from tests.unit.services.flood.scenario import (
    NOW,
    NOW_S,
    exposure,
    flat,
    gauge,
    minutes,
    nette_pack,
    rising,
    series,
    thresholds,
)

DRAWS = Draws(120, 0)
EXPOSED = (
    exposure("nitztal", "nitz", 3.0),
    exposure("mayen", "nette", 30.7),
    exposure("plaidt", "nette", 7.3),
)
NETWORK = build_network(nette_pack(exposures=EXPOSED))
QUIET = {"nitz": flat(), "falkley": flat(), "muehle": flat()}


def forecast(readings, network=NETWORK):
    (system,) = network.systems
    statuses = {
        name: assess_gauge(network.gauges[name], known, NOW_S, DRAWS)
        for name, known in readings.items()
    }
    return forecast_system(system, network, statuses, NOW_S, DRAWS)


def course(found, place_id, river_id="nette"):
    return found.e[:, :, found.column(place_id, river_id)]


def arrivals(found, network=NETWORK):
    villages = {(v.place_id, v.river_id): v for v in network.villages}
    return village_arrivals(found, villages, DRAWS)


def test_steady_gauges_give_a_steady_river():
    found = forecast({name: flat(1.0) for name in QUIET})

    past = course(found, "mayen")[:, : found.grid.now_step]
    assert past == pytest.approx(np.ones_like(past), abs=0.35)
    assert np.ptp(np.median(past, axis=0)) < 0.01


def test_a_wave_from_the_uppermost_gauge_comes_later_further_down():
    wave = series([0.5] * 40 + [2.4] * 8, last=NOW)
    found = forecast(QUIET | {"nitz": wave, "muehle": flat(last=NOW - minutes(600))})
    half = [np.median(course(found, *at), axis=0) for at in (("nitztal", "nitz"), ("mayen",))]

    rises = [int(np.argmax(np.diff(values))) for values in half]
    assert rises[0] < rises[1]


def test_a_tributary_adds_to_the_river_by_its_share_of_the_catchment():
    both = forecast(QUIET | {"nitz": flat(2.0), "falkley": flat(2.0), "muehle": flat(last=OLD)})
    one = forecast(QUIET | {"nitz": flat(2.0), "muehle": flat(last=OLD)})
    calm = forecast(QUIET | {"muehle": flat(last=OLD)})
    now = both.grid.now_step
    high, middle, low = (np.median(course(f, "mayen")[:, now]) for f in (both, one, calm))

    assert low < middle < high


OLD = NOW - minutes(60 * 13)


def test_a_gauge_below_sets_the_flow_whatever_came_from_above():
    found = forecast(QUIET | {"muehle": flat(2.0)})

    at_now = course(found, "mayen")[:, found.grid.now_step]
    assert np.median(at_now) == pytest.approx(2.1, rel=0.15)


def test_no_gauge_heard_is_no_forecast():
    assert forecast({name: flat(last=NOW - minutes(50)) for name in QUIET}) is None


def test_a_silent_gauge_rises_with_its_neighbours_and_less_surely():
    rise = {"nitz": rising(0.5, 0.5), "falkley": rising(0.5, 0.5)}
    heard = forecast(rise | {"muehle": flat()})
    lost = forecast({"nitz": rising(0.5, 0.5), "falkley": flat(last=NOW - minutes(60))})
    last = heard.grid.times_s.size - 1

    assert lost.heard == (False, False, True) or sum(lost.heard) == 1
    assert course(lost, "plaidt")[:, last].std() > 0
    assert np.median(course(lost, "plaidt")[:, last]) > np.median(course(lost, "plaidt")[:, 0])


def test_readings_below_that_come_late_make_slow_members_count_more():
    wave = list(np.linspace(0.5, 2.2, 12))
    early = series([0.5] * 20 + wave + [2.2] * 24)
    late = series([0.5] * 40 + list(np.linspace(0.5, 1.2, 16)))
    found = forecast({"nitz": early, "falkley": early, "muehle": late})

    assert 0.1 <= found.effective_share < 1.0


def test_a_wave_that_stands_at_the_village_has_the_time_of_its_rise():
    found = forecast(QUIET | {"muehle": series([0.5] * 40 + [2.6] * 12)})
    draws = arrivals(found)["mayen", "nette"].draws_s[State.ALARM]

    assert np.median(draws) < NOW_S
    assert np.median(draws) > NOW_S - 4 * 3600.0


def test_one_river_without_area_or_reaches_still_routes():
    network = build_network(
        nette_pack(
            rivers=nette_pack().rivers[:1],
            gauges=(gauge("muehle", "nette", 34.0),),
            thresholds=thresholds("muehle"),
            exposures=EXPOSED[1:],
        )
    )
    found = forecast({"muehle": flat(1.0)}, network)

    assert course(found, "plaidt").shape == (120, found.grid.times_s.size)
    assert np.isfinite(found.e).all()


def test_the_same_seed_gives_the_same_members():
    rise = QUIET | {"nitz": rising(0.5, 0.5)}
    one, two = forecast(rise), forecast(rise)

    assert np.array_equal(one.e, two.e)


def test_a_calm_river_needs_no_routing_and_a_silent_or_high_gauge_ends_the_calm():
    assert forecast(QUIET) is None
    assert forecast(QUIET | {"nitz": flat(last=OLD)}) is not None
    assert forecast(QUIET | {"nitz": flat(0.9)}) is not None
