import pytest

from services.flood.hindcast.matching import lag_window_s, match_waves
from services.flood.hindcast.waves import Front, Wave


def wave(minute, rise=10.0):
    front = Front(minute * 60.0, minute * 60.0, rise, 5.0)
    return Wave(front, (front,))


def lags(upper, lower, km=9.0):
    return [item.lag_s / 60.0 for item in match_waves(upper, lower, km)]


def test_the_window_runs_from_5_to_0_9_metres_a_second():
    assert lag_window_s(9.0) == pytest.approx((1800.0, 10000.0))
    assert lags([wave(0)], [wave(29)]) == []
    assert lags([wave(0)], [wave(31)]) == [31]
    assert lags([wave(0)], [wave(166)]) == [166]
    assert lags([wave(0)], [wave(168)]) == []


def test_the_rise_below_is_half_to_twice_the_one_above():
    assert lags([wave(0)], [wave(60, 4.9)]) == []
    assert lags([wave(0)], [wave(60, 5.0), wave(70, 10.0)]) == [60]
    assert lags([wave(0)], [wave(60, 20.1)]) == []


def test_each_front_below_is_used_once():
    assert lags([wave(0), wave(20)], [wave(70), wave(100)]) == [70, 80]
    assert lags([wave(0), wave(20)], [wave(70)]) == [70]
