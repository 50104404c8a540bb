"""Quarter hours with a record, by gauge and local day: the region's measure of its gauges.

Past days come from the daily rollups, which are right for late data; today is counted from its
readings and up to the last full quarter. A local day has 92, 96 or 100 quarters.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta, tzinfo

from sqlalchemy.orm import Session

from data import observations, rollups
from data.models import DailyRollup
from services.devices.model import SlotDay
from services.series.summary import GOOD_UP_TO, day_of, next_day

SLOT = timedelta(minutes=15)
DAYS = 30


def first_day(now: datetime, zone: tzinfo, days: int = DAYS) -> datetime:
    """Return the start of the first of `days` local days that end with today."""
    day = day_of(now, zone)
    for _ in range(days - 1):
        day = day_of(day - timedelta(hours=12), zone)
    return day


def slot_days(
    session: Session, datastream_id: int, now: datetime, zone: tzinfo, days: int = DAYS
) -> tuple[SlotDay, ...]:
    """Return the days of one datastream, oldest first."""
    start, today = first_day(now, zone, days), day_of(now, zone)
    began = rollups.first_hours(session, [datastream_id]).get(datastream_id)
    stored = {
        row.start_at: row
        for row in rollups.stored(session, DailyRollup, datastream_id, start, today)
    }
    found = [
        _past(day, next_day(day, zone), began, stored.get(day)) for day in _days(start, today, zone)
    ]
    end = last_full(now, today)
    readings = observations.window(session, datastream_id, today, end)
    return (*found, _today(today, end, began, readings))


def last_full(now: datetime, day: datetime) -> datetime:
    """Return the end of the last quarter of an hour that has passed."""
    return day + (now - day) // SLOT * SLOT


def _days(start: datetime, end: datetime, zone: tzinfo) -> Iterator[datetime]:
    while start < end:
        yield start
        start = next_day(start, zone)


def _past(
    day: datetime, end: datetime, began: datetime | None, row: rollups.RollupRow | None
) -> SlotDay:
    expected = _expected(day, end, began)
    if not expected:
        return SlotDay(day, 0, None, None)
    if row is None:
        return SlotDay(day, expected, 0, 0)
    return SlotDay(day, expected, row.slots, row.good_slots)


def _today(
    day: datetime,
    end: datetime,
    began: datetime | None,
    readings: Sequence[tuple[datetime, float | None, int]],
) -> SlotDay:
    known = [(at, flag) for at, value, flag in readings if value is not None and at < end]
    if began is None and known:
        began = min(at for at, _ in known)
    expected = _expected(day, end, began)
    if not expected:
        return SlotDay(day, 0, None, None)
    delivered = {(at - day) // SLOT for at, _ in known}
    valid = {(at - day) // SLOT for at, flag in known if flag <= GOOD_UP_TO}
    return SlotDay(day, expected, min(len(delivered), expected), min(len(valid), expected))


def _expected(day: datetime, end: datetime, began: datetime | None) -> int:
    """Return the quarters of a day from the gauge's first hour on."""
    if began is None or began >= end:
        return 0
    return (end - max(day, began)) // SLOT
