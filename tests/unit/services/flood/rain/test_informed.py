"""Which gauges get courses that know the rain, and what stays as the trend has it."""

import numpy as np
import pytest

from services.flood.gauge_status import Draws, assess_gauge
from services.flood.model import State
from services.flood.network import build_network
from services.flood.rain.informed import with_rain_courses
from services.flood.rain.rise import Response
from services.flood.rain.series import GaugeRain, RainSeries
from tests.unit.services.flood.scenario import NOW, gauge, pack, rising, river, series, thresholds

NOW_S = NOW.timestamp()
DRAWS = Draws(200, 0)
RESPONSE = Response(70.0, 2.0, 1.0, 0.06)
NETWORK = build_network(
    pack(rivers=(river("a"),), gauges=(gauge("g", "a", 20.0),), thresholds=thresholds("g"))
)
RISING = rising(0.5, 0.08, hours=1.0)
STILL = series([0.5] * 28)


def rain(mm, known_s=NOW_S):
    times = NOW_S + np.arange(-24 * 12, 1) * 300.0
    wet = times > NOW_S - 3 * 3600.0
    heard = RainSeries(times, np.where(wet, mm / wet.sum(), 0.0), known_s)
    return GaugeRain(heard, heard)


def informed(readings, heard):
    status = assess_gauge(NETWORK.gauges["g"], readings, NOW_S, DRAWS)
    found = with_rain_courses(
        {"g": status}, {"g": RESPONSE}, NETWORK.scales, {"g": heard}, (NOW_S, DRAWS)
    )
    return status, found["g"]


def highest(status):
    return float(np.median(status.courses.members.max(axis=1)))


def test_much_rain_makes_a_rise_higher_than_its_trend_and_little_rain_lower():
    status, wet = informed(RISING, rain(60.0))
    _, dry = informed(RISING, rain(12.0))

    assert highest(wet) > highest(status)
    assert highest(dry) < highest(wet)
    assert wet.sides is not None


def test_rain_alone_moves_no_gauge_that_stands_still():
    status, found = informed(STILL, rain(80.0))

    assert found is status


def test_rain_that_is_not_heard_any_more_changes_nothing():
    status, found = informed(RISING, rain(60.0, NOW_S - 2 * 3600.0))

    assert found is status


def test_courses_begin_where_the_gauge_stands_and_crossings_are_those_of_the_new_courses():
    status, found = informed(RISING, rain(60.0))
    level = found.gauge.thresholds[State.VORALARM]

    assert found.courses.members[:, 0].mean() == pytest.approx(status.trend.level, abs=0.02)
    assert found.courses.members.shape == status.courses.members.shape
    assert np.isfinite(found.courses.members).all()
    assert not np.array_equal(found.crossings(level), status.crossings(level))


def test_the_same_draws_give_the_same_courses():
    first, second = (informed(RISING, rain(60.0))[1] for _ in range(2))

    assert np.array_equal(first.courses.members, second.courses.members)


def test_rain_with_a_gap_of_an_hour_says_nothing_of_how_much_is_to_come():
    whole = rain(60.0).above
    known = (whole.times_s <= NOW_S - 2 * 3600.0) | (whole.times_s > NOW_S - 3600.0)
    gappy = RainSeries(whole.times_s[known], whole.depth_mm[known], NOW_S)
    status, found = informed(RISING, GaugeRain(gappy, gappy))

    assert found is status


def test_rain_that_began_to_be_measured_an_hour_ago_says_nothing_yet():
    whole = rain(60.0).above
    known = whole.times_s > NOW_S - 3600.0
    young = RainSeries(whole.times_s[known], whole.depth_mm[known], NOW_S)
    status, found = informed(RISING, GaugeRain(young, young))

    assert found is status
