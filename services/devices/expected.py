"""When the next message of a device should come, and how it stands when that has passed."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import pairwise
from statistics import median

from services.devices.model import DeviceState, Expectation

LEARN_FROM = 20
"""Intervals whose median is the sampling interval."""
LEAST_INTERVALS = 3
EVENT_INTERVALS = 2
EVENT_FACTOR = 0.6
"""Two intervals in a row shorter than this share of the median: the device samples an event
(estimate)."""
SAME_MESSAGE = timedelta(seconds=30)
"""Messages this close are one measurement's repetitions or a backlog (estimate)."""
OVERDUE_AFTER = 1.5
OVERDUE_SLACK = timedelta(minutes=2)
"""Half an interval and two minutes of grace: clocks drift and networks delay (estimate)."""
SILENT_AFTER = 4.0
SILENT_LEAST = timedelta(minutes=60)
"""Four missing messages, at least an hour: more than one lost frame explains (estimate)."""


def expectation(times: Sequence[datetime], sampling_min: float) -> Expectation | None:
    """Return what to expect after messages at these times, oldest first; None without any."""
    if not times:
        return None
    steps = [
        (later - earlier).total_seconds() / 60.0
        for earlier, later in pairwise(times)
        if later - earlier > SAME_MESSAGE
    ][-LEARN_FROM:]
    if len(steps) < LEAST_INTERVALS:
        return _after(times[-1], sampling_min, is_learnt=False, is_event=False)
    usual = median(steps)
    newest = steps[-EVENT_INTERVALS:]
    if max(newest) < EVENT_FACTOR * usual:
        return _after(times[-1], median(newest), is_learnt=True, is_event=True)
    return _after(times[-1], usual, is_learnt=True, is_event=False)


def state_of(
    now: datetime,
    seen_at: datetime | None,
    expected: Expectation | None,
    removed_at: datetime | None,
) -> DeviceState:
    """Return how a device stands; what it sends after its removal counts."""
    if removed_at is not None and (seen_at is None or seen_at <= removed_at):
        return DeviceState.REMOVED
    if seen_at is None:
        return DeviceState.NEVER
    return _by_wait(now - seen_at, expected)


def _by_wait(waited: timedelta, expected: Expectation | None) -> DeviceState:
    if expected is None:  # heard, but longer ago than receipts are kept
        return DeviceState.SILENT
    interval = timedelta(minutes=expected.interval_min)
    if waited > max(SILENT_AFTER * interval, SILENT_LEAST):
        return DeviceState.SILENT
    is_late = waited > OVERDUE_AFTER * interval + OVERDUE_SLACK
    return DeviceState.OVERDUE if is_late else DeviceState.DELIVERS


def _after(
    newest: datetime, interval_min: float, *, is_learnt: bool, is_event: bool
) -> Expectation:
    at = newest + timedelta(minutes=interval_min)
    return Expectation(at, interval_min, is_learnt, is_event)
