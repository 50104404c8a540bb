from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from services.flood.model import Flag
from services.gauge_context.rise import steepest_rise
from services.situation.model import Point
from tests.support.sample_water import NOW


def series(*values, flag=Flag.GOOD, step=15):
    count = len(values)
    return [
        Point(NOW - timedelta(minutes=step * (count - 1 - index)), value, flag)
        for index, value in enumerate(values)
    ]


def test_the_steepest_hour_is_found_with_its_end():
    found = steepest_rise(series(0.5, 0.5, 0.5, 0.5, 0.5, 0.7, 0.9, 0.9, 0.9), NOW)
    assert found is not None
    assert round(found.per_hour, 6) == 0.8
    assert found.until == NOW - timedelta(minutes=30)


def test_water_that_falls_has_no_rise():
    assert steepest_rise(series(0.9, 0.8, 0.7, 0.6, 0.5), NOW) is None


def test_doubtful_missing_and_old_readings_tell_nothing():
    assert steepest_rise(series(0.5, 0.5, 3.0, 3.0, flag=Flag.SUSPECT), NOW) is None
    assert steepest_rise(series(0.5, None, None, None), NOW) is None
    assert steepest_rise(series(0.5, 2.0, step=600), NOW) is None


def test_two_readings_close_together_are_noise_not_a_rate():
    assert steepest_rise(series(0.50, 0.55, step=5), NOW) is None


@given(st.lists(st.floats(0, 5), min_size=2, max_size=13))
def test_a_rise_is_positive_and_no_more_than_the_range_in_half_an_hour(values):
    found = steepest_rise(series(*values), NOW)
    if found is not None:
        assert 0 < found.per_hour <= (max(values) - min(values)) * 2 + 1e-9
