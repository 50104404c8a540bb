"""Long charts: the lowest and the highest value of each stretch of time, with their times.

Stretches of an hour and more come from the rollups; what is not rolled up yet, and the ends of the
window, come from the observations themselves.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta, tzinfo
from math import ceil

from sqlalchemy.orm import Session

from data import observations, rollups
from data.models import DailyRollup, HourlyRollup
from data.rollups import HOUR, RawValue, RollupRow, hour_of
from services.series.summary import combine, day_of, next_day, summarise

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


@dataclass(slots=True)
class _Stretches:
    """What is known of each stretch: summaries and single readings."""

    place: Place
    parts: dict[int, list[RollupRow]] = field(default_factory=lambda: defaultdict(list))
    raw: dict[int, list[RawValue]] = field(default_factory=lambda: defaultdict(list))

    def add_parts(self, rows: Iterable[RollupRow]) -> None:
        for row in rows:
            self.parts[self.place(row.start_at)].append(row)

    def add_raw(self, values: Iterable[RawValue]) -> None:
        for value in values:
            self.raw[self.place(value[0])].append(value)

    def extremes(self, datastream_id: int) -> list[Extreme]:
        """Return lowest and highest of each stretch in order of time."""
        found: list[Extreme] = []
        for place in sorted(self.parts.keys() | self.raw.keys()):
            parts = list(self.parts.get(place, ()))
            values = self.raw.get(place, [])
            single = summarise(datastream_id, values[0][0], values) if values else None
            whole = combine([*parts, single] if single else parts)
            found += _ends(whole)
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
    return found.extremes(window.datastream_id)


def _fill(session: Session, window: Window, unit: Unit, found: _Stretches) -> None:
    """Take whole hours or days from the rollups, all else from the observations."""
    number, start, end = window.datastream_id, window.start, window.end
    first = start if unit.floor(start) == start else unit.after(unit.floor(start))
    last = unit.floor(end)
    if last <= first:
        found.add_raw(_raw(session, window, start, end))
        return
    dirty = {unit.floor(at) for at in rollups.dirty_hours(session, number, first, last)}
    stored = rollups.stored(session, unit.table, number, first, last)
    found.add_parts(row for row in stored if row.start_at not in dirty)
    for low, high in [(start, first), *_joined(sorted(dirty), unit.after)]:
        found.add_raw(value for value in _raw(session, window, low, high) if value[0] < high)
    found.add_raw(_raw(session, window, last, end))


def _raw(session: Session, window: Window, start: datetime, end: datetime) -> list[RawValue]:
    return observations.window(session, window.datastream_id, start, end)


def _joined(starts: Iterable[datetime], after: Step) -> list[tuple[datetime, datetime]]:
    """Return consecutive hours or days as stretches of start <= time < end."""
    found: list[tuple[datetime, datetime]] = []
    for start in starts:
        if found and found[-1][1] == start:
            found[-1] = (found[-1][0], after(start))
        else:
            found.append((start, after(start)))
    return found


def _ends(whole: RollupRow | None) -> list[Extreme]:
    if whole is None or whole.lowest is None or whole.highest is None:
        return []
    low = (whole.lowest_at or whole.start_at, whole.lowest, whole.drawn_flag)
    high = (whole.highest_at or whole.start_at, whole.highest, whole.drawn_flag)
    return [low] if low == high else sorted((low, high))
