from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from services.flood.model import Flag
from services.gauge_events.detection import waves
from services.gauge_events.figures import LONGEST, Basis, figures, window
from tests.support.sample_gauge_events import readings, triangle

START = datetime(2026, 3, 1, tzinfo=UTC)
STEP = timedelta(minutes=15)
HOUR = timedelta(hours=1)
LEVEL = 1.0
CALM = [0.5] * 8


def measured(values, now=None, step=STEP):
    valid = [(at, value) for at, value, flag in values if flag <= Flag.NOT_EVALUATED]
    now = now or values[-1][0]
    *_, wave = waves(valid, LEVEL, now)
    start, end = window(wave, now)
    inside = [value for value in values if start <= value[0] <= end]
    return figures(inside, wave, Basis(LEVEL, step, now))


def wave_of(*values):
    return readings(START, *CALM, *values, *CALM)


def test_a_whole_wave_is_measured_from_its_readings():
    found = measured(wave_of(0.5, 0.8, 1.1, 1.4, 1.6, 1.4, 1.2, 0.9))
    assert found.hours_to_peak == 0.5
    assert found.hours_above == 1.25  # from 1.1 until 0.9 is read
    assert found.wave.ended_at == found.wave.began_at + 5 * STEP
    assert found.steepest is not None
    assert found.steepest.per_hour == pytest.approx(1.2)  # 0.6 m in half an hour
    assert (found.missing_share, found.has_gap, found.peak_may_be_missed) == (0.0, False, False)
    assert (found.begins_in_gap, found.ends_in_gap, found.is_cut) == (False, False, False)


def test_the_rise_before_the_first_crossing_counts():
    found = measured(wave_of(0.5, 0.5, 0.99, 0.995, 1.0, 1.01, 0.9))
    assert found.steepest is not None
    assert found.steepest.per_hour == pytest.approx(0.99)
    assert found.wave.began_at > found.steepest.until


def test_ends_known_to_the_hour_become_those_of_the_readings():
    values = wave_of(*triangle(0.5, 1.6, 12, 20))
    exact = measured(values).wave
    assert exact.ended_at is not None
    coarse = replace(
        exact,
        began_at=exact.began_at + 2 * STEP,
        last_above_at=exact.last_above_at - 3 * STEP,
        ended_at=exact.ended_at + 2 * STEP,
    )
    assert figures(values, coarse, Basis(LEVEL, STEP, values[-1][0])).wave == exact


def test_a_peak_at_the_edge_of_a_gap_may_be_missed_and_the_hours_are_a_lower_limit():
    whole = triangle(0.5, 1.6, 16, 40)
    holed = [None if 14 <= index < 26 else value for index, value in enumerate(whole)]
    found, full = measured(wave_of(*holed)), measured(wave_of(*whole))
    assert found.peak_may_be_missed
    assert found.has_gap
    assert found.wave.peak < full.wave.peak
    assert found.hours_above < full.hours_above
    assert found.missing_share == pytest.approx(12 / (full.hours_above * 4), abs=0.02)
    assert not full.has_gap


def test_a_gap_low_on_the_falling_limb_hides_no_peak():
    whole = triangle(0.5, 3.0, 40, 200)
    holed = [None if 180 <= index < 186 else value for index, value in enumerate(whole)]
    found = measured(wave_of(*holed))
    assert found.has_gap
    assert not found.peak_may_be_missed


def test_a_single_lost_reading_is_missing_but_no_gap():
    whole = triangle(0.5, 1.6, 16, 40)
    found = measured(wave_of(*[None if index == 30 else v for index, v in enumerate(whole)]))
    assert 0 < found.missing_share < 0.05
    assert not found.has_gap


def test_suspect_readings_count_as_missing_and_the_highest_is_told():
    values = wave_of(*triangle(0.5, 1.6, 16, 40))
    at = values[30][0]
    doubted = [
        (t, 2.3 if t == at else v, Flag.SUSPECT if t >= at and t < at + HOUR else f)
        for t, v, f in values
    ]
    found = measured(doubted)
    assert found.wave.peak == 1.6
    assert found.doubtful_peak == 2.3
    assert found.missing_share > 0
    assert measured(values).doubtful_peak is None


def test_a_failed_reading_tells_nothing():
    values = wave_of(*triangle(0.5, 1.6, 16, 40))
    failed = [(t, 9.0, Flag.FAIL) if i == 30 else (t, v, f) for i, (t, v, f) in enumerate(values)]
    assert measured(failed).wave.peak == 1.6
    assert measured(failed).doubtful_peak is None


def test_a_running_wave_has_no_end_and_its_silence_may_hide_the_peak():
    values = readings(START, *CALM, 0.8, 1.1, 1.4, 1.7)
    found = measured(values)
    assert (found.wave.is_ongoing, found.wave.ended_at, found.has_gap) == (True, None, False)
    assert not found.peak_may_be_missed
    silent = measured(values, values[-1][0] + 3 * HOUR)
    assert silent.peak_may_be_missed
    assert silent.has_gap
    assert (silent.is_silent, found.is_silent) == (True, False)
    assert silent.missing_share > 0.5


def test_a_record_that_begins_high_has_no_known_beginning():
    found = measured(readings(START, 1.4, 1.3, 1.1, 0.9, *CALM))
    assert found.begins_in_gap
    assert found.peak_may_be_missed
    assert found.hours_to_peak == 0.0


def test_an_end_after_a_gap_is_told_and_its_hours_do_not_count():
    values = [
        *readings(START, *CALM, 0.9, 1.2, 1.6, 1.5, 1.4),
        *readings(START + 2 * 24 * HOUR, 0.5),
    ]
    found = measured(values)
    assert found.ends_in_gap
    assert found.hours_above == 0.75


@pytest.mark.parametrize(
    "night", [datetime(2026, 10, 24, 22, tzinfo=UTC), datetime(2026, 3, 28, 22, tzinfo=UTC)]
)
def test_hours_over_the_clock_change_are_hours_that_passed(night):
    found = measured(readings(night, *CALM, *triangle(0.5, 1.5, 8, 8), *CALM))
    assert found.hours_to_peak == 1.0
    assert found.hours_above == 2.25
    assert found.missing_share == 0.0


def test_of_an_endless_wave_only_the_beginning_is_measured():
    values = readings(START, *CALM, *[1.2] * int((LONGEST + 24 * HOUR) / HOUR), *CALM, step=HOUR)
    found = measured(values, step=HOUR)
    assert found.is_cut
    assert found.points[-1].at <= found.wave.began_at + LONGEST
    assert found.hours_above == pytest.approx(LONGEST / HOUR, abs=1)
    assert found.missing_share == 0.0
