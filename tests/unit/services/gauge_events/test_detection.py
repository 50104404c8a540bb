from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.gauge_events.detection import INDEPENDENCE, LONGEST_GAP, waves

START = datetime(2026, 3, 1, tzinfo=UTC)
STEP = timedelta(minutes=15)
HOUR = timedelta(hours=1)
LEVEL = 1.0


def series(*values, start=START, step=STEP):
    return [(start + step * i, value) for i, value in enumerate(values) if value is not None]


def found(readings, now=None):
    return waves(readings, LEVEL, now or readings[-1][0])


def test_a_wave_begins_at_its_first_reading_on_the_level_and_ends_at_the_first_below_it():
    [wave] = found(series(0.5, 0.9, 1.0, 1.4, 1.2, 0.9, 0.5))
    assert (wave.began_at, wave.peaked_at) == (START + 2 * STEP, START + 3 * STEP)
    assert (wave.last_above_at, wave.ended_at) == (START + 4 * STEP, START + 5 * STEP)
    assert (wave.peak, wave.is_ongoing) == (1.4, False)


@pytest.mark.parametrize(
    ("below", "count"), [(INDEPENDENCE - STEP, 1), (INDEPENDENCE, 2), (INDEPENDENCE * 3, 2)]
)
def test_two_exceedances_are_two_waves_after_so_long_below(below, count):
    readings = series(0.5, 1.5, 1.6, *[0.9] * int(below / STEP), 1.2, 0.5)
    every = found(readings)
    assert len(every) == count
    assert every[0].peak == 1.6


def test_a_wave_that_falls_below_for_a_moment_stays_one_with_its_last_end():
    [wave] = found(series(0.5, 1.5, 0.9, 0.9, 1.7, 0.9, 0.8))
    assert (wave.peak, wave.ended_at) == (1.7, START + 5 * STEP)


def test_a_gap_is_no_end_of_a_wave():
    readings = [*series(0.5, 1.5), *series(1.2, 0.5, start=START + timedelta(days=3))]
    [wave] = found(readings)
    assert wave.last_above_at == START + timedelta(days=3)


def test_after_a_gap_longer_than_any_wave_it_is_another_and_the_first_has_no_known_end():
    later = START + LONGEST_GAP + HOUR
    first, second = found([*series(0.5, 1.5), *series(1.2, 0.5, start=later)])
    assert (first.ended_at, first.is_ongoing) == (None, False)
    assert second.ended_at == later + STEP


def test_a_wave_runs_while_no_reading_below_is_known():
    readings = series(0.5, 1.1, 1.3)
    [wave] = found(readings, readings[-1][0] + 5 * HOUR)
    assert (wave.is_ongoing, wave.ended_at) == (True, None)
    [old] = found(readings, readings[-1][0] + LONGEST_GAP + HOUR)
    assert (old.is_ongoing, old.ended_at) == (False, None)


def test_calm_water_and_no_readings_are_no_wave():
    assert found(series(0.2, 0.9, 0.99)) == []
    assert waves([], LEVEL, START) == []


@pytest.mark.parametrize(
    "night", [datetime(2026, 10, 24, 22, tzinfo=UTC), datetime(2026, 3, 28, 22, tzinfo=UTC)]
)
def test_the_clock_change_makes_no_wave_longer(night):
    """Both nights: eight quarters above are 1 h 45 min from first to last, whatever clocks say."""
    [wave] = found(series(0.5, *[0.9] * 7, *[1.2] * 8, 0.5, start=night))
    assert wave.last_above_at - wave.began_at == 7 * STEP
    assert wave.key == (night + 8 * STEP).strftime("%Y%m%d%H")


def test_a_key_names_its_wave_although_late_readings_moved_the_beginning():
    [late] = found(series(0.5, 1.2, 1.5, 1.4, 0.5, step=HOUR))
    [early] = found(series(1.1, 1.2, 1.5, 1.4, 0.5, step=HOUR))
    assert early.key != late.key
    assert early.is_named(late.key)
    assert not late.is_named("2026022823")


@given(st.lists(st.floats(0, 3), max_size=200))
def test_waves_hold_every_high_reading_once_and_stand_in_order(values):
    readings = series(*values, step=HOUR)
    every = waves(readings, LEVEL, START + timedelta(days=20))
    high = [at for at, value in readings if value >= LEVEL]
    assert sum(sum(w.began_at <= at <= w.last_above_at for at in high) for w in every) == len(high)
    assert all(a.last_above_at + INDEPENDENCE <= b.began_at for a, b in zip(every, every[1:]))  # noqa: B905, RUF007
    assert all(w.began_at <= w.peaked_at <= w.last_above_at for w in every)
    assert sorted(w.peak for w in every) == sorted(
        max(v for at, v in readings if w.began_at <= at <= w.last_above_at) for w in every
    )
