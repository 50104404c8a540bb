"""Valid readings around the days on which a gauge stood high, from rollups where they are sure.

Days tell where to look, hours give lowest and highest reading with their times. An hour with a
suspect value or a reading by hand, one that is not rolled up yet and the present one are read from
the observations: a reading by hand beside a device that speaks makes no wave.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from data import rollups
from data.models import DailyRollup, HourlyRollup
from data.rollups import HOUR, hour_of
from services.archive.reading import SeriesReader, Value
from services.gauge_context.rise import TRUSTED
from services.gauge_events.detection import LONGEST_GAP
from services.gauge_events.model import Reading
from services.manual_readings.beside import NEAR, without_doubles
from services.series.chart import joined
from services.series.summary import GOOD_UP_TO

REACH = timedelta(hours=50)
"""A high day and the one after it, with a night of 25 hours in each: there a wave ends, unless
readings are missing."""
OLDEST = timedelta(days=50 * 366)
"""How far back the record is looked at (estimate): no digital gauge here is older."""
MOST = 400_000

Span = tuple[datetime, datetime]


@dataclass(frozen=True, slots=True)
class Source:
    """One datastream in the store and, where months have left it, in the archive."""

    session: Session
    reader: SeriesReader
    datastream_id: int
    by_hand: tuple[datetime, ...] = ()
    """When people read the gauge."""

    def values(self, start: datetime, end: datetime) -> list[Value]:
        """Return start <= time <= end in order, without readings by hand that do not count."""
        rows = self.reader.window_with_origin(self.session, self.datastream_id, start, end, MOST)
        return without_doubles(rows)


def record_begins(source: Source, now: datetime) -> datetime | None:
    """Return the first hour of the record, whether rolled up yet or not; None without any."""
    session, number = source.session, source.datastream_id
    rolled = rollups.first_hours(session, [number]).values()
    waiting = rollups.dirty_hours(session, number, now - OLDEST, now)[:1]
    return min([*rolled, *waiting], default=None)


def high_readings(source: Source, threshold: float, now: datetime) -> list[Reading]:
    """Return valid readings, in order, of all days that reach a threshold and of those after them.

    Between the stretches that are returned the water is known to have stood below it, or nothing
    is known for longer than a gap within a wave may be.
    """
    session, number, oldest = source.session, source.datastream_id, now - OLDEST
    days = rollups.reaching(session, DailyRollup, number, (oldest, now), threshold)
    unsure = {*rollups.dirty_hours(session, number, oldest, now), hour_of(now)}
    singly = unsure | {hour_of(at) for at in source.by_hand}
    found: set[Reading] = set()
    for start, end in _spans([*days, *unsure]):
        part = _readings(source, (start, min(end, now)), singly, now)
        if part and part[-1][1] >= threshold:
            part += _readings(source, (end, min(end + LONGEST_GAP, now)), singly, now)
        found.update(part)
    return sorted(found)


def _spans(days: Sequence[datetime]) -> list[Span]:
    """Return each high day with the one after it, joined where they touch."""
    found: list[Span] = []
    for day in sorted(days):
        start, end = hour_of(day), day + REACH
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((start, end))
    return found


def _readings(source: Source, span: Span, singly: set[datetime], now: datetime) -> list[Reading]:
    start, end = span
    single = {hour for hour in singly if start <= hour <= end}
    found: list[Reading] = []
    parts = rollups.drawn(source.session, HourlyRollup, source.datastream_id, start, end)
    for start_at, low, low_at, high, high_at, flag in parts:
        if start_at in single:
            continue
        if flag > GOOD_UP_TO:
            single.add(start_at)
        else:
            found += sorted({(low_at, low), (high_at, high)})
    for first, after in joined(sorted(single), lambda hour: hour + HOUR):
        found += _valid(source, first, min(after, end), now)
    return sorted(found)


def _valid(source: Source, start: datetime, end: datetime, now: datetime) -> list[Reading]:
    """Return valid readings; whether one by hand counts, values outside may tell."""
    values = source.values(start - NEAR, min(end + NEAR, now))
    return [
        (at, value)
        for at, value, flag in values
        if start <= at <= end and value is not None and flag in TRUSTED
    ]
