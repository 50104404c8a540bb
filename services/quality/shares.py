"""How many observations of a window have which flag: from rollups, by row only at its edges."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta, tzinfo

from sqlalchemy.orm import Session

from data import flag_counts, rollups
from data.models import DailyRollup, HourlyRollup
from data.observation_rows import Key
from services.series.summary import FLAGS, day_of, next_day

TICK = timedelta(microseconds=1)
Counts = dict[int, Counter[int]]


def flag_shares(
    session: Session, ids: Sequence[int], window: tuple[datetime, datetime], zone: tzinfo
) -> dict[int, dict[int, int]]:
    """Return the counts by flag of start <= time <= end, by datastream; none without values.

    Whole days come from the daily rollups, whole hours around them from the hourly ones. What is
    not rolled up yet, and the parts of an hour at both ends, are counted in the raw rows: the
    figures are those of a count of all rows.
    """
    start, end = window
    first, last = rollups.hour_of(start + rollups.HOUR - TICK), rollups.hour_of(end)
    tally = _Tally(session, ids, zone)
    if first >= last:
        tally.raw(start, end)
        return tally.found
    tally.raw(start, first - TICK)
    begin, until = next_day(day_of(first - TICK, zone), zone), day_of(last, zone)
    marked = flag_counts.marked(session, first, last)
    if begin < until:
        tally.hours(first, begin, marked)
        tally.days(begin, until, marked)
        tally.hours(until, last, marked)
    else:
        tally.hours(first, last, marked)
    tally.raw(last, end)
    return tally.found


@dataclass(slots=True)
class _Tally:
    """Counts that grow part by part."""

    session: Session
    ids: Sequence[int]
    zone: tzinfo
    counts: Counts = field(default_factory=dict)

    @property
    def found(self) -> dict[int, dict[int, int]]:
        """Return the counts that are not nought."""
        return {
            number: {flag: count for flag, count in sorted(counted.items()) if count}
            for number, counted in self.counts.items()
        }

    def raw(self, start: datetime, end: datetime, ids: Sequence[int] | None = None) -> None:
        """Count the rows of start <= time <= end."""
        if start > end:
            return
        wanted = self.ids if ids is None else ids
        for number, counted in flag_counts.of_rows(self.session, wanted, start, end).items():
            self._add(number, counted)

    def hours(self, start: datetime, end: datetime, marked: Iterable[Key]) -> None:
        """Count whole hours of start <= hour < end."""
        stale = {(number, hour) for number, hour in marked if start <= hour < end}
        stale = self._rolled(HourlyRollup, start, end, stale)
        self._again(stale, {hour: hour + rollups.HOUR for _, hour in stale})

    def days(self, start: datetime, end: datetime, marked: Iterable[Key]) -> None:
        """Count whole local days of start <= day < end."""
        stale = {
            (number, day_of(hour, self.zone)) for number, hour in marked if start <= hour < end
        }
        stale = self._rolled(DailyRollup, start, end, stale)
        self._again(stale, {day: next_day(day, self.zone) for _, day in stale})

    def _rolled(
        self, table: rollups.Table, start: datetime, end: datetime, stale: set[Key]
    ) -> set[Key]:
        """Count what is rolled up; returns what is not, or without its counts."""
        unknown = set(stale)
        for key, counts in flag_counts.of_rollups(self.session, table, self.ids, start, end):
            known = [count for count in counts if count is not None]
            if key in stale or len(known) < len(counts):
                unknown.add(key)
            else:
                self._add(key[0], dict(zip(FLAGS, known, strict=True)))
        return unknown

    def _again(self, stale: set[Key], ends: dict[datetime, datetime]) -> None:
        for start, end in ends.items():
            ids = [number for number, at in stale if at == start]
            self.raw(start, end - TICK, sorted(set(ids).intersection(self.ids)))

    def _add(self, number: int, counted: dict[int, int]) -> None:
        self.counts.setdefault(number, Counter()).update(counted)
