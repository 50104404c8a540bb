"""Who is on duty: weekly pattern, exceptions, and the two nights of the clock change."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.alarms.rota import DutyException, Rota, WeeklyDuty, gaps, overlaps

BERLIN = ZoneInfo("Europe/Berlin")
SUNDAY = 6
START = datetime(2025, 1, 1, tzinfo=UTC)


def local(text):
    return datetime.fromisoformat(text).replace(tzinfo=BERLIN).astimezone(UTC)


def week(change=time(7)):
    """Return two groups that change each Monday and Thursday."""
    return Rota((WeeklyDuty(0, change, 3, change, "a"), WeeklyDuty(3, change, 0, change, "b")))


@pytest.mark.parametrize(
    ("at", "group"),
    [
        ("2026-03-09T06:59", "b"),
        ("2026-03-09T07:00", "a"),
        ("2026-03-12T06:59", "a"),
        ("2026-03-12T07:00", "b"),
        ("2026-03-15T23:59", "b"),
    ],
)
def test_the_duty_changes_at_the_minute_of_local_time(at, group):
    assert week().on_duty(local(at), BERLIN) == group


def test_a_duty_of_a_whole_week_has_no_gap():
    rota = Rota((WeeklyDuty(0, time(7), 0, time(7), "a"),))
    assert gaps(rota, local("2026-03-01T00:00"), 14, BERLIN) == []


@pytest.mark.parametrize("night", ["2026-03-28T12:00", "2026-10-24T12:00"])
@pytest.mark.parametrize("change", [time(2), time(2, 30), time(3)])
def test_in_the_nights_of_the_clock_change_the_duty_changes_once_and_nobody_lacks(night, change):
    rota = Rota(
        (
            WeeklyDuty(SUNDAY, change, 2, time(12), "neu"),
            WeeklyDuty(2, time(12), SUNDAY, change, "alt"),
        )
    )
    start = local(night)
    seen = [rota.on_duty(start + timedelta(minutes=5 * n), BERLIN) for n in range(12 * 24)]
    assert set(seen) == {"alt", "neu"}
    assert seen == sorted(seen)  # alt before neu, no way back in the repeated hour


def test_an_exception_comes_first_and_the_last_entered_one_counts():
    start, end = local("2026-03-10T00:00"), local("2026-03-11T00:00")
    found = (DutyException(start, end, "c"), DutyException(start, end, "d"))
    rota = Rota(week().weekly, found)
    assert rota.on_duty(local("2026-03-10T12:00"), BERLIN) == "d"
    assert rota.on_duty(end, BERLIN) == "a"


def test_without_an_entry_nobody_is_named():
    assert Rota().on_duty(local("2026-03-10T12:00"), BERLIN) == ""


def test_duties_that_lie_over_each_other_are_found():
    assert not overlaps(week().weekly)
    assert overlaps((*week().weekly, WeeklyDuty(2, time(0), 2, time(1), "c")))


@given(st.integers(0, 2 * 365 * 24 * 60).map(lambda n: START + timedelta(minutes=n)))
def test_a_pattern_without_gaps_names_exactly_one_group_at_every_instant(at):
    assert week(time(2, 30)).on_duty(at, BERLIN) in {"a", "b"}
