from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

from services.flood.model import LevelOutlook, State
from services.flood.verification.extraction import PROBABILITIES, arrival_quantiles
from services.flood.verification.records import HORIZON_MIN

NOW = datetime(2026, 3, 1, tzinfo=UTC)


def result(*minutes):
    times = tuple(None if m is None else NOW + timedelta(minutes=m) for m in minutes)
    return SimpleNamespace(outlook={State.ALARM: LevelOutlook(times, {})})


def test_quantiles_are_minutes_after_the_issue_and_the_past_is_now():
    found = arrival_quantiles(result(-30, *range(10, 110, 10)), State.ALARM, NOW)
    assert found == (0.0, *(float(m) for m in range(10, 110, 10)))
    assert len(found) == len(PROBABILITIES)


def test_a_missing_late_quantile_counts_as_the_horizon():
    found = arrival_quantiles(result(*range(10, 100, 10), 100, None), State.ALARM, NOW)
    assert found[-1] == HORIZON_MIN


def test_a_missing_quantile_is_never_before_the_one_that_is_known():
    found = arrival_quantiles(result(*range(10, 100, 10), 800, None), State.ALARM, NOW)
    assert found[-2:] == (800.0, 800.0)


def test_without_a_median_there_is_no_forecast():
    nothing = [10, 20, 30, 40, 50] + [None] * 6
    assert arrival_quantiles(result(*nothing), State.ALARM, NOW) is None
    assert arrival_quantiles(result(*nothing), State.WARNUNG, NOW) is None
