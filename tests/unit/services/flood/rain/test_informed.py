"""Which gauges get courses that know the rain, and what stays as the trend has it."""

from zoneinfo import ZoneInfo

import numpy as np
import pytest

from services.flood.gauge_status import Draws, assess_gauge
from services.flood.model import State
from services.flood.network import build_network
from services.flood.rain.informed import informed
from services.flood.rain.rise import Response
from services.flood.rain.series import GaugeRain, RainSeries
from services.flood.reason import gauge_sentence
from services.flood.wording import Clock
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


def informed_of(readings, heard):
    status = assess_gauge(NETWORK.gauges["g"], readings, NOW_S, DRAWS)
    return status, informed(status, (RESPONSE, NETWORK.scales["g"]), heard, (NOW_S, DRAWS))


def highest(status):
    return float(np.median(status.courses.members.max(axis=1)))


def test_much_rain_makes_a_rise_higher_than_its_trend():
    status, wet = informed_of(RISING, rain(60.0))

    assert highest(wet) > highest(status)
    assert wet.sides is not None
    clock = Clock(NOW, ZoneInfo("Europe/Berlin"))
    assert "mit dem gefallenen Niederschlag gerechnet" in gauge_sentence(wet, {}, clock)
    assert "Niederschlag" not in gauge_sentence(status, {}, clock)


def test_little_rain_that_explains_the_rise_makes_it_lower_than_its_trend():
    status, found = informed_of(rising(0.5, 0.02, hours=3.0), rain(30.0))
    _, more = informed_of(rising(0.5, 0.02, hours=3.0), rain(60.0))

    assert highest(found) < highest(more)
    assert highest(found) > status.trend.level


@pytest.mark.parametrize("onset_min", [15, 30, 60])
@pytest.mark.parametrize("drizzle_mm", [0.05, 2.0, 8.0])
def test_a_flash_flood_that_drizzle_does_not_explain_is_left_to_the_trend(onset_min, drizzle_mm):
    status, found = informed_of(rising(0.5, 1.2, hours=onset_min / 60.0), rain(drizzle_mm))

    assert found is status


def test_a_gauge_below_its_scale_does_not_jump_when_the_rain_begins_to_rise_in_it():
    low = rising(0.1, 0.04, hours=1.5)
    status, found = informed_of(low, rain(40.0))
    first = found.courses.members[:, :2]

    assert found is not status
    assert np.median(np.abs(np.diff(first, axis=1))) < 0.2
    assert first[:, 0].mean() == pytest.approx(status.trend.level, abs=0.02)


def test_the_sides_recede_when_the_rain_is_long_over():
    status, found = informed_of(rising(0.5, 0.4, hours=2.0), rain(60.0))
    e = NETWORK.scales["g"].e(status.values[-1:])[0]
    told = np.nanmedian(found.sides.e, axis=0)

    assert told[-1] < max(told.max() / 2.0, e)


def test_rain_alone_moves_no_gauge_that_stands_still():
    status, found = informed_of(STILL, rain(80.0))

    assert found is status


def test_rain_that_is_not_heard_any_more_changes_nothing():
    status, found = informed_of(RISING, rain(60.0, NOW_S - 2 * 3600.0))

    assert found is status


def test_courses_begin_where_the_gauge_stands_and_crossings_are_those_of_the_new_courses():
    status, found = informed_of(RISING, rain(60.0))
    level = found.gauge.thresholds[State.VORALARM]

    assert found.courses.members[:, 0].mean() == pytest.approx(status.trend.level, abs=0.02)
    assert found.courses.members.shape == status.courses.members.shape
    assert np.isfinite(found.courses.members).all()
    assert not np.array_equal(found.crossings(level), status.crossings(level))


def test_the_same_draws_give_the_same_courses():
    first, second = (informed_of(RISING, rain(60.0))[1] for _ in range(2))

    assert np.array_equal(first.courses.members, second.courses.members)


def test_rain_with_a_gap_of_an_hour_says_nothing_of_how_much_is_to_come():
    whole = rain(60.0).above
    known = (whole.times_s <= NOW_S - 2 * 3600.0) | (whole.times_s > NOW_S - 3600.0)
    gappy = RainSeries(whole.times_s[known], whole.depth_mm[known], NOW_S)
    status, found = informed_of(RISING, GaugeRain(gappy, gappy))

    assert found is status


def test_rain_that_began_to_be_measured_an_hour_ago_says_nothing_yet():
    whole = rain(60.0).above
    known = whole.times_s > NOW_S - 3600.0
    young = RainSeries(whole.times_s[known], whole.depth_mm[known], NOW_S)
    status, found = informed_of(RISING, GaugeRain(young, young))

    assert found is status
