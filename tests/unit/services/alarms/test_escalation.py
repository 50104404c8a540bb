"""Whom an alarm calls next: steps, repeats, quiet hours that never hold back a warning."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.alarms.escalation import Calling, Chain, Plan, QuietHours, Step, upcoming
from services.alarms.model import Severity

BERLIN = ZoneInfo("Europe/Berlin")
MINUTE = timedelta(minutes=1)
NIGHT = datetime(2026, 3, 10, 23, 0, tzinfo=BERLIN).astimezone(UTC)
CHAIN = Chain((Step(0 * MINUTE, "a"), Step(5 * MINUTE, "b")), 10 * MINUTE, 2)
PLAN = Plan(dict.fromkeys(Severity, CHAIN), QuietHours(time(22), time(6)))


def calls(severity, since=NIGHT):
    """Return all calls that are made when each is made in time."""
    made, last = [], None
    while (step := upcoming(Calling(severity, since, len(made), last), PLAN, BERLIN)) is not None:
        made.append(step)
        last = step.at
    return made


def test_an_alarm_calls_step_by_step_then_repeats_and_ends():
    found = [((step.at - NIGHT) / MINUTE, step.group) for step in calls(Severity.ALARM)]
    assert found == [(0, "a"), (5, "b"), (15, "b"), (25, "b")]


@pytest.mark.parametrize("severity", [Severity.WARNUNG, Severity.ALARM])
def test_quiet_hours_never_hold_back_a_warning(severity):
    assert calls(severity)[0].at == NIGHT


@pytest.mark.parametrize("severity", [Severity.HINWEIS, Severity.VORALARM])
def test_quiet_hours_hold_back_what_is_lower_until_the_morning(severity):
    assert calls(severity)[0].at == datetime(2026, 3, 11, 6, 0, tzinfo=BERLIN)


def test_quiet_hours_within_a_day_end_on_that_day():
    quiet = QuietHours(time(12), time(14))
    noon = datetime(2026, 3, 10, 13, 0, tzinfo=BERLIN)
    assert quiet.ends_at(noon, BERLIN) == datetime(2026, 3, 10, 14, 0, tzinfo=BERLIN)
    assert quiet.ends_at(noon + timedelta(hours=1), BERLIN) is None
    assert QuietHours().ends_at(noon, BERLIN) is None


def test_a_severity_without_a_chain_calls_nobody():
    assert upcoming(Calling(Severity.ALARM, NIGHT, 0, None), Plan(), BERLIN) is None


@given(st.integers(0, 365 * 24 * 60).map(lambda minutes: NIGHT + minutes * MINUTE))
def test_no_call_of_a_lower_notice_is_in_quiet_hours(at):
    for step in calls(Severity.HINWEIS, at):
        assert PLAN.quiet.ends_at(step.at, BERLIN) is None
        assert step.at >= at
