import numpy as np
import pytest

from services.flood.trend import theil_sen_per_h, trend
from tests.unit.services.flood.scenario import NOW_S, series


def of(readings, **options):
    return trend(readings.times_s, readings.values, 1.0, **options)


def at(minutes_ago, values):
    times = NOW_S - 60.0 * np.array(minutes_ago, dtype=float)
    return trend(times, np.array(values, dtype=float), 1.0)


def test_a_steep_last_step_rises_though_the_robust_slope_lags():
    readings = series([0.5] * 24 + [1.1])
    found = of(readings)

    assert theil_sen_per_h(readings.times_s, readings.values) == 0.0
    assert found.is_rising
    assert found.told_slope_per_h == pytest.approx(2.4)
    assert found.slope_per_h > 0.5


def test_a_steep_last_fall_is_told_as_a_fall():
    found = of(series([1.1] * 24 + [0.6]))

    assert found.told_slope_per_h == pytest.approx(-2.0)
    assert not found.is_rising


def test_two_readings_in_the_last_hour_still_tell_a_rise():
    found = at([360, 240, 120, 45, 0], [0.5, 0.5, 0.5, 0.8, 1.1])

    assert found.is_rising
    assert found.told_slope_per_h > 0.2


def test_a_rise_that_lost_most_of_its_uplinks_is_found_by_the_filter():
    found = at([200, 160, 120, 80, 40, 0], [0.50, 0.53, 0.56, 0.59, 0.62, 0.65])

    assert theil_sen_per_h(np.array([0.0, 2400.0]), np.array([0.6, 0.7])) is None
    assert found.is_rising
    assert found.told_slope_per_h == pytest.approx(0.045, abs=0.02)


def test_the_window_holds_three_readings_of_a_gauge_that_reports_each_half_hour():
    readings = series([0.4, 0.5, 0.6, 0.7], step_min=40.0)

    assert of(readings, sampling_min=40.0).slope_per_h == pytest.approx(0.15, abs=0.02)
    assert theil_sen_per_h(readings.times_s, readings.values, 120.0) == pytest.approx(0.15)


def test_two_readings_rise_only_by_a_step_beyond_noise():
    assert of(series([0.4, 0.9])).is_rising
    assert not of(series([0.40, 0.44])).is_rising
    assert of(series([0.40, 0.44])).told_slope_per_h == 0.0


def test_one_reading_tells_no_trend():
    found = of(series([0.9]))

    assert found.told_slope_per_h is None
    assert not found.is_rising


def test_the_first_reading_after_an_outage_tells_a_trend_only_by_a_rise():
    assert at([600, 590, 0], [0.5, 0.5, 0.5]).told_slope_per_h is None
    assert at([600, 590, 0], [0.5, 0.5, 1.5]).is_rising


def test_a_steady_rise_keeps_its_robust_slope():
    noisy = [0.5 + 0.075 * i + (0.005 if i % 2 else -0.005) for i in range(12)]

    assert of(series([0.5] * 20 + noisy)).told_slope_per_h == pytest.approx(0.3, abs=0.03)
