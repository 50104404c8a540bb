import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.flood.model import Flag, Series
from services.flood.qc import (
    Limits,
    flag_reading,
    flag_series,
    limits_for,
    resolve,
    staleness,
    suspect_high,
)
from tests.unit.services.flood.scenario import NOW_S, flat, rising, series

LIMITS = Limits()
NEXT_S = NOW_S + 900.0
EMPTY = series([])


def test_an_ordinary_value_is_good():
    assert flag_reading(flat(0.4), NEXT_S, 0.45, LIMITS) == (Flag.GOOD, "")


def test_the_first_value_ever_is_good():
    assert flag_reading(EMPTY, NOW_S, 0.4, LIMITS)[0] == Flag.GOOD


@pytest.mark.parametrize("value", [-0.6, 8.1])
def test_a_value_outside_the_measuring_range_fails(value):
    flag, reason = flag_reading(flat(0.4), NEXT_S, value, LIMITS)

    assert flag == Flag.FAIL
    assert "Messbereich" in reason


@pytest.mark.parametrize("value", [float("nan"), float("inf")])
def test_what_is_no_number_is_missing(value):
    assert flag_reading(flat(0.4), NEXT_S, value, LIMITS)[0] == Flag.MISSING


def test_a_reading_from_the_future_fails_beyond_two_minutes():
    late = flag_reading(flat(0.4), NEXT_S, 0.4, LIMITS, received_s=NEXT_S - 121.0)
    in_time = flag_reading(flat(0.4), NEXT_S, 0.4, LIMITS, received_s=NEXT_S - 119.0)

    assert late == (Flag.FAIL, "Zeitstempel liegt in der Zukunft")
    assert in_time[0] == Flag.GOOD


def test_more_than_a_metre_in_15_minutes_is_suspect_and_more_than_two_and_a_half_fails():
    assert flag_reading(flat(0.4), NEXT_S, 0.79, LIMITS)[0] == Flag.GOOD
    assert flag_reading(flat(0.4), NEXT_S, 1.5, LIMITS)[0] == Flag.SUSPECT
    assert flag_reading(flat(0.4), NEXT_S, 3.0, LIMITS)[0] == Flag.FAIL


def test_a_jump_that_a_spike_could_be_is_provisional_until_the_next_reading():
    jump = flag_reading(flat(0.4), NEXT_S, 1.3, LIMITS)
    both = Series(
        np.append(flat(0.4).times_s, [NEXT_S, NEXT_S + 900.0]),
        np.append(flat(0.4).values, [1.3, 1.35]),
        np.append(flat(0.4).flags, [Flag.SUSPECT, Flag.GOOD]).astype(np.int8),
    )

    assert jump == (Flag.SUSPECT, "Sprung, noch nicht bestätigt")
    assert resolve(both, LIMITS).flags[-2] == Flag.GOOD


def test_a_steep_rise_that_goes_on_is_no_jump():
    steep = rising(0.4, 1.2, hours=1.0)

    assert flag_reading(steep, NEXT_S, 1.6 + 0.35, LIMITS)[0] == Flag.GOOD


def test_the_rate_limit_grows_with_the_time_since_the_last_valid_reading():
    assert flag_reading(flat(0.4), NOW_S + 3600.0, 3.0, LIMITS)[0] == Flag.GOOD


def test_a_jump_upwards_is_confirmed_by_the_following_reading():
    jumped = series([0.4] * 8 + [3.2], flags=[Flag.GOOD] * 8 + [Flag.FAIL])

    assert flag_reading(jumped, NEXT_S, 3.4, LIMITS) == (Flag.GOOD, "")
    assert flag_reading(jumped, NEXT_S, 0.45, LIMITS)[0] == Flag.GOOD


def test_a_jump_downwards_is_not_confirmed_by_a_second_low_reading():
    dropped = series([3.2] * 8 + [0.1], flags=[Flag.GOOD] * 8 + [Flag.FAIL])

    assert flag_reading(dropped, NEXT_S, 0.1, LIMITS)[0] != Flag.GOOD


def test_late_readings_are_judged_against_what_was_before_them():
    later = series([0.4, 0.4, 3.0, 3.1])

    assert flag_reading(later, NOW_S - 40 * 60.0, 0.42, LIMITS)[0] == Flag.GOOD


def test_a_still_sensor_is_suspect_only_while_neighbours_rise():
    for hours, flag in ((2.5, Flag.GOOD), (3.0, Flag.SUSPECT), (6.0, Flag.FAIL)):
        still = flat(0.4, hours=hours) if isinstance(hours, int) else series([0.4] * int(hours * 4))
        assert flag_reading(still, NEXT_S, 0.4, LIMITS)[0] == Flag.GOOD
        assert flag_reading(still, NEXT_S, 0.4, LIMITS, neighbours_rise=True)[0] == flag


def test_a_single_spike_is_flagged_in_hindsight():
    small = flag_series(series([0.4, 0.4, 0.7, 0.4, 0.4]), LIMITS)
    large = flag_series(series([0.4, 0.4, 1.2, 0.4, 0.4]), LIMITS)

    assert small.tolist() == [1, 1, Flag.SUSPECT, 1, 1]
    assert large.tolist() == [1, 1, Flag.FAIL, 1, 1]


def test_a_confirmed_flash_flood_is_good_throughout():
    found = flag_series(series([0.4, 0.4, 3.2, 3.6, 3.5, 3.3]), LIMITS)

    assert found.tolist() == [Flag.GOOD] * 6


def test_the_start_of_a_fast_rise_is_no_spike():
    found = flag_series(series([0.4, 0.4, 0.9, 1.6, 2.3]), LIMITS)

    assert found.tolist() == [Flag.GOOD] * 5


def test_flags_never_change_the_values():
    values = [0.4, 9.9, 0.4, 1.9, float("nan"), 0.4]
    readings = series(values)
    before = readings.values.copy()
    flag_series(readings, LIMITS)
    resolve(readings, LIMITS)

    assert np.array_equal(readings.values, before, equal_nan=True)


def test_discharge_limits_follow_the_measuring_range():
    limits = limits_for("m³/s", 0.0, 160.0)

    assert limits.rate_suspect == 40.0
    assert limits.rate_fail == 100.0
    assert limits_for("m", -0.2, 5.0).rate_suspect == 1.0


@pytest.mark.parametrize(
    ("minutes", "flag"), [(20, Flag.GOOD), (21, Flag.SUSPECT), (45, Flag.SUSPECT), (46, 9)]
)
def test_age_makes_a_reading_suspect_after_20_and_missing_after_45_minutes(minutes, flag):
    assert staleness(minutes * 60.0) == flag


def test_an_unconfirmed_high_reading_is_suspect_high_until_a_valid_one_follows():
    jumped = series([0.4] * 8 + [1.8], flags=[Flag.GOOD] * 8 + [Flag.SUSPECT])
    followed = series([0.4] * 8 + [1.8, 0.4], flags=[Flag.GOOD] * 8 + [Flag.SUSPECT, Flag.GOOD])

    assert suspect_high(jumped, LIMITS, 1.0, NOW_S)
    assert not suspect_high(followed, LIMITS, 1.0, NOW_S)
    assert not suspect_high(jumped, LIMITS, 1.0, NOW_S + 46 * 60.0)


def test_a_suspect_low_reading_is_not_suspect_high():
    dropped = series([0.9] * 8 + [-0.3], flags=[Flag.GOOD] * 8 + [Flag.SUSPECT])

    assert not suspect_high(dropped, LIMITS, 1.0, NOW_S)


def test_a_reading_outside_the_range_is_never_suspect_high():
    absurd = series([0.4] * 8 + [9.0], flags=[Flag.GOOD] * 8 + [Flag.FAIL])

    assert not suspect_high(absurd, LIMITS, 1.0, NOW_S)


@given(
    st.lists(
        st.floats(min_value=-1.0, max_value=9.0) | st.just(float("nan")), min_size=1, max_size=40
    )
)
def test_streaming_and_batch_agree_but_for_hindsight(values):
    readings = series(values)
    flags = np.empty(len(values), dtype=np.int8)
    for index, value in enumerate(values):
        recent = Series(readings.times_s[:index], readings.values[:index], flags[:index])
        flags[index] = flag_reading(recent, float(readings.times_s[index]), value, LIMITS)[0]
    hindsight = resolve(Series(readings.times_s, readings.values, flags), LIMITS).flags

    assert np.array_equal(flag_series(readings, LIMITS), hindsight)
