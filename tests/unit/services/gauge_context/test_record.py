from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from services.gauge_context.record import (
    LOW_FLOW_DAYS,
    NORMAL_DAYS,
    low_flow,
    normal_range,
    percentile,
)

VALUES = st.lists(st.floats(0, 10), min_size=1, max_size=60)


@given(VALUES, st.floats(0, 1))
def test_a_percentile_lies_between_the_lowest_and_the_highest(values, share):
    found = percentile(values, share)
    assert min(values) - 1e-9 <= found <= max(values) + 1e-9


@given(VALUES, st.floats(0, 1), st.floats(0, 1))
def test_a_higher_share_never_gives_a_lower_percentile(values, one, other):
    low, high = sorted((one, other))
    assert percentile(values, low) <= percentile(values, high) + 1e-9


def test_known_percentiles_lie_between_their_neighbours_in_line():
    assert percentile([0.0, 1.0, 2.0, 3.0], 0.5) == 1.5
    assert percentile([5.0], 0.05) == 5.0


def test_too_short_a_record_has_no_normal_range_and_says_how_long_it_is():
    found = normal_range([0.5] * (NORMAL_DAYS - 1))
    assert (found.low, found.high, found.days) == (None, None, NORMAL_DAYS - 1)


def test_a_flood_of_one_day_is_not_normal():
    means = [0.5 + day / 1000 for day in range(99)] + [3.0]
    found = normal_range(means)
    assert found.high is not None
    assert found.high < 0.7


TODAY = date(2026, 8, 20)
YEAR = [0.5 + day / 1000 for day in range(LOW_FLOW_DAYS)]


def record(means, until=TODAY, without=()):
    """Means of the days up to one, without some that lie so many days before it."""
    days = [(until - timedelta(days=ago), mean) for ago, mean in enumerate(reversed(means))]
    return [day for ago, day in enumerate(days) if ago not in without][::-1]


def test_low_flow_is_never_told_from_less_than_a_year():
    assert low_flow(record([0.1] * (LOW_FLOW_DAYS - 1)), TODAY).is_low is None
    assert low_flow([], TODAY).limit is None


def test_seven_days_below_the_fifth_percentile_are_low_flow_and_six_are_not():
    assert low_flow(record([*YEAR, *[0.2] * 7]), TODAY).is_low is True
    assert low_flow(record([*YEAR, *[0.2] * 6]), TODAY).is_low is False
    assert low_flow(record([*YEAR, *[0.2] * 9, 0.9]), TODAY).is_low is False


def test_the_day_that_has_just_begun_may_have_no_mean_yet():
    found = low_flow(record([*YEAR, *[0.2] * 7], until=TODAY - timedelta(days=1)), TODAY)
    assert (found.is_low, found.days_below) == (True, 7)


def test_a_day_without_values_ends_the_row_and_is_named():
    found = low_flow(record([*YEAR, *[0.2] * 9], without={4}), TODAY)
    assert (found.is_low, found.days_below) == (None, 4)
    assert found.missing_on == TODAY - timedelta(days=4)
    whole = low_flow(record([*YEAR, *[0.2] * 9], without={8}), TODAY)
    assert (whole.is_low, whole.days_below) == (True, 8)
    assert whole.missing_on == TODAY - timedelta(days=8)


def test_a_gap_behind_a_higher_day_says_nothing():
    found = low_flow(record([*YEAR, *[0.2] * 3, 0.9, 0.2], without={3}), TODAY)
    assert (found.is_low, found.missing_on) == (False, None)


def test_a_record_that_ended_days_ago_tells_nothing_of_today():
    found = low_flow(record([*YEAR, *[0.2] * 9], until=TODAY - timedelta(days=3)), TODAY)
    assert (found.is_low, found.days_below) == (None, 0)
    assert found.missing_on == TODAY - timedelta(days=1)
