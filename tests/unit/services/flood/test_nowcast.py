from datetime import timedelta

import numpy as np
import pytest

from services.flood.model import State, WhatIf
from services.flood.network import build_network
from services.flood.nowcast import (
    Ensemble,
    assumed_ensemble,
    ensemble,
    first_crossings,
    metre_equivalent,
)
from services.flood.reach_draws import stratified_normal
from services.flood.trend import RISING_M_PER_H, theil_sen_per_h, trend
from tests.unit.services.flood.scenario import NOW, NOW_S, flat, gauge, nette_pack, rising, series

GAUGE = build_network(nette_pack()).gauges["muehle"]


def courses(readings, now_s=NOW_S, members=1000):
    found = trend(readings.times_s, readings.values, 1.0)
    common = stratified_normal(np.random.default_rng(4), members)
    return ensemble(found, GAUGE, now_s, common, np.random.default_rng(5))


def test_the_slope_of_a_straight_rise_is_found():
    readings = rising(0.4, 0.3)

    assert theil_sen_per_h(readings.times_s, readings.values) == pytest.approx(0.3)
    assert trend(readings.times_s, readings.values, 1.0).slope_per_h == pytest.approx(0.3, abs=0.02)


def test_one_outlier_does_not_move_the_robust_slope():
    readings = series([0.4, 0.4, 0.4, 0.52, 0.4, 0.4])

    assert theil_sen_per_h(readings.times_s, readings.values) == pytest.approx(0.0, abs=0.01)
    assert not trend(readings.times_s, readings.values, 1.0).is_rising


def test_millimetre_noise_is_no_rise():
    noise = np.random.default_rng(2).normal(0.0, 0.004, 96)
    readings = series(list(0.4 + noise.round(3)))

    assert not trend(readings.times_s, readings.values, 1.0).is_rising


def test_a_steady_rise_soon_crosses_a_level_just_above():
    found = first_crossings(courses(rising(0.4, 0.3)), 1.4)
    crossing = found[np.isfinite(found)]

    assert crossing.size > 0.55 * found.size
    assert NOW_S < np.median(crossing) < NOW_S + 5400.0


def test_a_rise_that_has_lasted_long_brings_less():
    young = courses(rising(0.4, 0.3, hours=1.0)).members.max(axis=1)
    old = courses(rising(0.4, 0.3, hours=5.0)).members.max(axis=1)

    assert np.median(young) - 0.7 > np.median(old) - 1.9


def test_a_rise_recedes_after_its_peak():
    middle = np.median(courses(rising(0.4, 0.3)).members, axis=0)

    assert middle.argmax() < middle.size - 1
    assert middle[-1] < middle.max()


def test_an_overdue_reading_widens_both_ways_and_may_have_begun_to_rise():
    before = [0.6] * 48 + [0.9] * 48
    late = courses(series(before, last=NOW - timedelta(minutes=40)))

    assert late.may_cross
    spread = np.quantile(late.members[:, 4], [0.1, 0.9]) - 0.9
    assert spread[0] < 0.0 < spread[1]


def test_the_trend_is_damped_so_that_a_far_level_is_not_sure():
    found = first_crossings(courses(rising(0.4, 0.3)), 4.5)

    assert np.mean(np.isfinite(found)) < 0.2


def test_only_a_rising_gauge_crosses():
    assert not np.isfinite(first_crossings(courses(flat(0.99)), 1.0)).any()
    falling = series(list(np.linspace(2.5, 1.2, 24)))
    assert not np.isfinite(first_crossings(courses(falling), 1.3)).any()


def test_a_fall_does_not_go_below_what_was_seen():
    falling = series([0.3] * 40 + list(np.linspace(2.5, 1.2, 24)))

    assert courses(falling).members.min() >= 0.3


def test_an_older_reading_widens_the_band():
    readings = rising(0.4, 0.05)
    fresh = courses(readings, NOW_S)
    old = courses(readings, NOW_S + 45 * 60.0)
    width = [
        np.ptp(np.quantile(item.members[:, index], [0.1, 0.9]))
        for item, index in ((fresh, 0), (old, 3))
    ]

    assert old.times_s[3] == NOW_S + 45 * 60.0
    assert width[1] > 1.5 * width[0]


def test_the_horizon_is_twelve_hours_after_the_clock_not_after_the_reading():
    old = courses(flat(0.6), NOW_S + 40 * 60.0)

    assert old.times_s[0] == NOW_S
    assert old.times_s[-1] >= NOW_S + 40 * 60.0 + 12 * 3600.0


def test_crossings_are_interpolated_inside_a_step():
    straight = Ensemble(np.array([0.0, 900.0]), np.array([[0.0, 1.0], [0.0, 0.4]]), may_cross=True)

    assert first_crossings(straight, 0.5).tolist() == [450.0, np.inf]


def test_an_assumed_rise_is_followed_exactly():
    what_if = WhatIf("muehle", rise_per_h=0.4, hours=3.0)
    found = assumed_ensemble((NOW_S, 0.4), what_if, GAUGE, NOW_S, 10)

    assert first_crossings(found, 1.4)[0] == pytest.approx(NOW_S + 2.5 * 3600.0)
    assert found.members.max() == pytest.approx(1.6)
    assert found.members[0, -1] < 1.0


def test_an_assumed_peak_ends_the_rise():
    found = assumed_ensemble((NOW_S, 0.4), WhatIf("muehle", 0.4, peak=1.0), GAUGE, NOW_S, 2)

    assert found.members.max() == pytest.approx(1.0, abs=0.05)


def test_an_assumption_without_numbers_is_refused():
    with pytest.raises(ValueError, match="Was-wäre-wenn"):
        assumed_ensemble((NOW_S, 0.4), WhatIf("muehle", float("nan")), GAUGE, NOW_S, 2)


def test_a_metre_means_a_share_of_the_lowest_level_at_a_discharge_gauge():
    pack = nette_pack(gauges=(gauge("muehle", "nette", 34.0, observes="discharge"),))
    discharge = build_network(pack).gauges["muehle"]

    assert metre_equivalent(GAUGE) == 1.0
    assert 0.05 * metre_equivalent(discharge) == pytest.approx(
        0.0556 * discharge.thresholds[State.VORALARM], rel=0.01
    )


def test_rising_means_more_than_two_centimetres_an_hour():
    slow, fast = rising(0.4, RISING_M_PER_H * 0.8), rising(0.4, RISING_M_PER_H * 1.5)

    assert not trend(slow.times_s, slow.values, 1.0).is_rising
    assert trend(fast.times_s, fast.values, 1.0).is_rising
