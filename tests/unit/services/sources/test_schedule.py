"""When a source is asked again."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from services.sources import schedule

NOW = datetime(2026, 3, 1, tzinfo=UTC)
EVERY = timedelta(minutes=15)


def test_after_success_the_interval_holds_within_the_jitter():
    assert schedule.after_success(NOW, EVERY, 0.5) == NOW + EVERY
    assert schedule.after_success(NOW, EVERY, 0.0) == NOW + EVERY * 0.9
    assert schedule.after_success(NOW, EVERY, 1.0) == NOW + EVERY * 1.1


def test_failures_double_the_wait_up_to_a_bound():
    waits = [schedule.after_failure(NOW, EVERY, n, 0.5) - NOW for n in (1, 2, 3, 50)]
    assert waits == [EVERY, 2 * EVERY, 4 * EVERY, schedule.LONGEST_WAIT]


def test_a_daily_source_is_not_asked_more_often_because_it_fails():
    day = timedelta(days=1)
    assert schedule.after_failure(NOW, day, 9, 0.5) == NOW + day


def test_a_retry_after_is_waited_for_but_not_for_ever():
    hour = timedelta(hours=1)
    assert schedule.after_failure(NOW, EVERY, 1, 0.5, hour) == NOW + hour
    assert schedule.after_failure(NOW, EVERY, 1, 0.5, timedelta(seconds=1)) == NOW + EVERY
    asked = schedule.after_failure(NOW, EVERY, 1, 0.5, timedelta(days=900))
    assert asked == NOW + schedule.LONGEST_ASKED_WAIT


@given(st.integers(0, 10**6), st.floats(0, 1), st.integers(1, 44_640))
def test_the_next_visit_is_always_later_and_never_lost(failures, chance, minutes):
    every = timedelta(minutes=minutes)
    at = schedule.after_failure(NOW, every, failures, chance)
    assert NOW < at <= NOW + max(every, schedule.LONGEST_WAIT) * 1.11


def test_still_means_three_intervals_without_success():
    assert schedule.is_still(None, NOW, EVERY)
    assert not schedule.is_still(NOW - 3 * EVERY, NOW, EVERY)
    assert schedule.is_still(NOW - 3 * EVERY - timedelta(seconds=1), NOW, EVERY)
