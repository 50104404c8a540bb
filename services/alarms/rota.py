"""Who is on duty at an instant: a weekly pattern in local time, and exceptions that come first.

Change-overs are local wall times turned into instants, so that in the night of the repeated hour
nobody gets the duty back, and in the night of the missing hour nobody lacks it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta, tzinfo

DAYS = 7


@dataclass(frozen=True, slots=True)
class WeeklyDuty:
    """A stretch of each week, from one weekday and time to another (Monday is 0, local time)."""

    start_day: int
    start_time: time
    end_day: int
    end_time: time
    group: str


@dataclass(frozen=True, slots=True)
class DutyException:
    """A stretch in which somebody else has the duty; the one entered last counts."""

    start_at: datetime
    end_at: datetime
    group: str


@dataclass(frozen=True, slots=True)
class Rota:
    """The duties of one role; exceptions in the order in which they were entered."""

    weekly: tuple[WeeklyDuty, ...] = ()
    exceptions: tuple[DutyException, ...] = ()

    def on_duty(self, at: datetime, zone: tzinfo) -> str:
        """Return the group of recipients that has the duty, empty when nobody is entered."""
        for item in reversed(self.exceptions):
            if item.start_at <= at < item.end_at:
                return item.group
        return next((duty.group for duty in self.weekly if _covers(duty, at, zone)), "")


def gaps(rota: Rota, start: datetime, days: int, zone: tzinfo) -> list[datetime]:
    """Return the full hours from `start` on in which nobody has the duty."""
    hours = (start + timedelta(hours=hour) for hour in range(days * 24))
    return [at for at in hours if not rota.on_duty(at, zone)]


def overlaps(duties: Iterable[WeeklyDuty]) -> bool:
    """Tell whether two stretches of the weekly pattern lie over each other."""
    taken: set[int] = set()
    for duty in duties:
        minutes = _minutes(duty)
        if taken & minutes:
            return True
        taken |= minutes
    return False


def _covers(duty: WeeklyDuty, at: datetime, zone: tzinfo) -> bool:
    monday = at.astimezone(zone).date() - timedelta(days=at.astimezone(zone).weekday())
    for week in (-DAYS, 0):
        start_on = monday + timedelta(days=week + duty.start_day)
        start = datetime.combine(start_on, duty.start_time, zone).astimezone(UTC)
        end_on = start_on + timedelta(days=_length_days(duty))
        if start <= at < datetime.combine(end_on, duty.end_time, zone).astimezone(UTC):
            return True
    return False


def _length_days(duty: WeeklyDuty) -> int:
    """Return how many days later it ends; from a time to the same time of that day is a week."""
    days = (duty.end_day - duty.start_day) % DAYS
    return DAYS if days == 0 and duty.end_time <= duty.start_time else days


def _minutes(duty: WeeklyDuty) -> set[int]:
    week = DAYS * 24 * 60
    start = duty.start_day * 1440 + duty.start_time.hour * 60 + duty.start_time.minute
    end = (
        duty.start_day * 1440
        + _length_days(duty) * 1440
        + duty.end_time.hour * 60
        + duty.end_time.minute
    )
    return {minute % week for minute in range(start, end)}
