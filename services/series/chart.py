"""Long charts: the lowest and the highest value of each stretch of time, with their times.

Stretches of an hour and more come from the rollups; what is not rolled up yet, and the ends of the
window, come from the observations themselves.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from math import ceil
from typing import Any

from sqlalchemy.orm import Session

from data import observations, rollups
from data.models import DailyRollup, HourlyRollup
from data.rollups import HOUR, Part, RawValue, hour_of
from services.series.summary import DRAWN_UP_TO, day_of, next_day

DAY = timedelta(days=1)
SECOND = timedelta(seconds=1)
EDGES = 2
"""Stretches that the ends of a window may add: stretches begin with the clock, not with it."""
Extreme = tuple[datetime, float, int]
"""Instant, value and the worst drawn flag of its stretch."""
Place = Callable[[datetime], int]
"""Which stretch an instant belongs to."""
Step = Callable[[datetime], datetime]


@dataclass(frozen=True, slots=True)
class Window:
    """A window of one datastream, both ends included."""

    datastream_id: int
    start: datetime
    end: datetime


@dataclass(frozen=True, slots=True)
class Unit:
    """Hours or days: their table, where the one of an instant begins, where the next begins."""

    table: rollups.Table
    floor: Step
    after: Step


class _Stretches:
    """Lowest and highest of each stretch, whether from rollups or from single readings."""

    def __init__(self, place: Place) -> None:
        self._place = place
        self._found: dict[int, list[Any]] = {}

    def add(self, parts: Iterable[Part]) -> None:
        """Add parts; of equal extremes the earlier one counts."""
        place, found = self._place, self._found
        for start_at, low, low_at, high, high_at, flag in parts:
            key = place(start_at)
            old = found.get(key)
            if old is None:
                found[key] = [low, low_at, high, high_at, flag]
                continue
            if low < old[0] or (low == old[0] and low_at < old[1]):
                old[0], old[1] = low, low_at
            if high > old[2] or (high == old[2] and high_at < old[3]):
                old[2], old[3] = high, high_at
            old[4] = max(flag, old[4])

    def add_raw(self, values: Iterable[RawValue]) -> None:
        """Add single readings."""
        self.add(
            (at, value, at, value, at, flag)
            for at, value, flag in values
            if value is not None and flag <= DRAWN_UP_TO
        )

    def extremes(self) -> list[Extreme]:
        """Return lowest and highest of each stretch in order of time."""
        found: list[Extreme] = []
        for _, (low, low_at, high, high_at, flag) in sorted(self._found.items()):
            ends = {(low_at, low, flag), (high_at, high, flag)}
            found += sorted(ends)
        return found


def extremes(session: Session, window: Window, stretches: int, zone: tzinfo) -> list[Extreme]:
    """Return the extremes of at most so many stretches in order; empty ones are left out."""
    width = max((window.end - window.start) / max(stretches - EDGES, 1), SECOND)
    if width < HOUR:
        found = _Stretches(lambda at: (at - window.start) // width)
        found.add_raw(_raw(session, window, window.start, window.end))
    elif width <= DAY:
        seconds = ceil(width / HOUR) * int(HOUR.total_seconds())
        found = _Stretches(lambda at: int(at.timestamp()) // seconds)
        _fill(session, window, Unit(HourlyRollup, hour_of, lambda at: at + HOUR), found)
    else:
        days = ceil(width / DAY)
        found = _Stretches(lambda at: at.astimezone(zone).toordinal() // days)
        unit = Unit(DailyRollup, lambda at: day_of(at, zone), lambda at: next_day(at, zone))
        _fill(session, window, unit, found)
    return found.extremes()


def _fill(session: Session, window: Window, unit: Unit, found: _Stretches) -> None:
    """Take whole hours or days from the rollups, all else from the observations."""
    number, start, end = window.datastream_id, window.start, window.end
    first = start if unit.floor(start) == start else unit.after(unit.floor(start))
    last = unit.floor(end)
    if last <= first:
        found.add_raw(_raw(session, window, start, end))
        return
    dirty = {unit.floor(at) for at in rollups.dirty_hours(session, number, first, last)}
    stored = rollups.drawn(session, unit.table, number, first, last)
    found.add(part for part in stored if part[0] not in dirty)
    for low, high in [(start, first), *joined(sorted(dirty), unit.after)]:
        found.add_raw(value for value in _raw(session, window, low, high) if value[0] < high)
    found.add_raw(_raw(session, window, last, end))


def _raw(session: Session, window: Window, start: datetime, end: datetime) -> list[RawValue]:
    return observations.window(session, window.datastream_id, start, end)


def joined(starts: Iterable[datetime], after: Step) -> list[tuple[datetime, datetime]]:
    """Return consecutive hours or days as stretches of start <= time < end."""
    found: list[tuple[datetime, datetime]] = []
    for start in starts:
        if found and found[-1][1] == start:
            found[-1] = (found[-1][0], after(start))
        else:
            found.append((start, after(start)))
    return found
