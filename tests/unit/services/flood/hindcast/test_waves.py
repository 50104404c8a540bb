from datetime import timedelta

import numpy as np
import pytest

from services.flood.hindcast.waves import find_waves, min_rise
from services.flood.model import Series
from tests.unit.services.flood.scenario import NOW, NOW_S, series

BASE = [2.0] * 12


def hours(instant, readings):
    return (instant - readings.times_s[0]) / 3600.0


def test_the_arrival_is_the_interpolated_half_of_the_rise():
    readings = series([*BASE, 4.0, 10.0, 10.0, *BASE])
    (wave,) = find_waves(readings)

    assert wave.front.rise == 8.0
    assert hours(wave.arrival_s, readings) == pytest.approx(12 / 4 + (2.0 / 6.0) / 4)


def test_the_mean_flow_leaves_out_the_still_water_before_the_rise():
    (wave,) = find_waves(series([*BASE, 6.0, 10.0, *BASE]))

    assert wave.front.mean == pytest.approx((2.0 + 6.0 + 10.0) / 3)


def test_a_front_below_15_percent_of_the_range_is_no_wave():
    readings = series([*BASE, 10.0, *BASE, 3.1, *BASE, 3.3, *BASE])

    assert min_rise(readings) == pytest.approx(1.2)
    assert len(find_waves(readings)) == 2


def test_a_small_dip_does_not_end_a_wave_a_third_does():
    one = find_waves(series([*BASE, 8.0, 7.0, 10.0, *BASE]))
    two = find_waves(series([*BASE, 8.0, 5.5, 10.0, *BASE]))

    assert [wave.front.rise for wave in one] == [8.0]
    assert [wave.front.rise for wave in two] == [6.0, 4.5]


def test_a_rise_that_has_not_ended_is_no_wave_yet():
    assert find_waves(series([*BASE, 6.0, 10.0])) == ()


def test_a_gap_ends_a_wave():
    before, after = series([*BASE, 6.0]), series([10.0, *BASE], last=NOW + timedelta(hours=30))
    times = np.concatenate([before.times_s, after.times_s])
    values = np.concatenate([before.values, after.values])
    broken = Series(times, values, np.ones(times.size, dtype=np.int8))

    assert find_waves(broken) == ()


def test_a_still_or_single_series_has_no_waves():
    assert find_waves(series([2.0] * 50)) == ()
    assert find_waves(series([2.0])) == ()


def test_what_is_seen_uses_no_later_reading():
    readings = series([*BASE, 5.0, 9.0, 12.0, 12.2, *BASE])
    (wave,) = find_waves(readings)
    for front in wave.seen:
        known = readings.values[readings.times_s <= front.known_s]
        assert front.rise == pytest.approx(known.max() - 2.0)
    assert wave.seen[0].rise < wave.front.rise


def test_a_front_settles_when_it_hardly_rises_any_more():
    readings = series([*BASE, 5.0, 9.0, 12.0, 12.2, 12.3, *BASE])
    (wave,) = find_waves(readings)
    settled = wave.settled()

    assert settled.rise == pytest.approx(10.2)
    assert hours(settled.known_s, readings) == 15 / 4


def test_a_steep_front_settles_with_its_first_fall():
    (wave,) = find_waves(series([*BASE, 5.0, 9.0, 14.0, 13.0, *BASE]))

    assert wave.settled().rise == wave.front.rise


def test_the_newest_front_before_an_instant_is_found():
    (wave,) = find_waves(series([*BASE, 5.0, 9.0, 12.0, *BASE]))

    assert wave.last_seen_before(wave.seen[1].known_s + 1.0) == wave.seen[1]
    assert wave.last_seen_before(NOW_S - 1e9) is None
