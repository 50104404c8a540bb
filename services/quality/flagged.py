"""Which values of a datastream are not trusted in a window, by which test or person, and why."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy.orm import Session

from data import doubted, quality
from data.observation_rows import ObservationRow
from data.quality import FindingRow
from services.flood.model import Flag
from services.quality.manual_periods import Periods
from services.quality.verdict import PERIODS, READING, ROW_TESTS, WORDS, named_test
from services.quality.views import FindingView, FlaggedReading, FlaggedWindow

MOST_READINGS = 100
"""Values that a page lists at most (estimate): a day at 15 minutes."""


@dataclass(frozen=True, slots=True)
class Stream:
    """The datastream that is asked for."""

    number: int
    key: str
    name: str


def flagged_window(
    session: Session, stream: Stream, start: datetime, end: datetime
) -> FlaggedWindow:
    """Return the doubted values of start <= time <= end with what the tests and people said."""
    count, rows = doubted.within(session, stream.number, start, end, MOST_READINGS)
    newest = doubted.last_before(session, stream.number, end)
    shown = [*rows, *([newest] if newest else [])]
    told = _Told.about(session, stream, shown)
    hints = quality.standing(session, stream.number, start, end, PERIODS)
    return FlaggedWindow(
        key=stream.key,
        count=count,
        readings=tuple(map(told.reading, rows)),
        hints=tuple(finding_view(row, stream) for row in joined(hints)),
        newest=told.reading(newest) if newest else None,
    )


def finding_view(row: FindingRow, stream: Stream) -> FindingView:
    """Return a finding as it is shown."""
    return FindingView(
        key=stream.key,
        name=stream.name,
        start_at=row.start_at,
        end_at=row.end_at,
        test=row.test,
        flag=row.flag,
        reason=row.reason,
        actor=row.actor,
    )


def joined(hints: Iterable[FindingRow]) -> list[FindingRow]:
    """Join hints of one test whose periods touch, with the newest words; newest first."""
    found: dict[str, list[FindingRow]] = {}
    for row in sorted(hints, key=lambda item: (item.start_at, item.end_at)):
        spans = found.setdefault(row.test, [])
        if spans and row.start_at <= spans[-1].end_at:
            last = spans.pop()
            row = replace(row, start_at=last.start_at, end_at=max(last.end_at, row.end_at))  # noqa: PLW2901  # it grows
        spans.append(row)
    every = [row for spans in found.values() for row in spans]
    return sorted(every, key=lambda item: item.end_at, reverse=True)


@dataclass(frozen=True, slots=True)
class _Told:
    """What is known about some values."""

    stream: Stream
    by_test: dict[datetime, list[FindingRow]]
    manual: Periods

    @classmethod
    def about(cls, session: Session, stream: Stream, rows: Sequence[ObservationRow]) -> "_Told":
        by_test: dict[datetime, list[FindingRow]] = {}
        if not rows:
            return cls(stream, by_test, Periods({}))
        times = [row.phenomenon_time for row in rows]
        first, last = min(times), max(times)
        for item in quality.standing(session, stream.number, first, last, ROW_TESTS):
            by_test.setdefault(item.start_at, []).append(item)
        return cls(stream, by_test, Periods.read(session, first, last, stream.number))

    def reading(self, row: ObservationRow) -> FlaggedReading:
        """Return a value with the word of a person, else of the tests, else its own sentence.

        A reading by hand that was taken back says so: what tests found before is of no interest.
        """
        at = row.phenomenon_time
        decided = self.manual.decision(self.stream.number, at)
        is_withdrawn = row.flag == Flag.MISSING and named_test(row.flag_reason) == READING
        by_test = [] if is_withdrawn else self.by_test.get(at, [])
        found = [decided] if decided else by_test
        views = [finding_view(item, self.stream) for item in found]
        if not views and row.flag >= Flag.SUSPECT and row.flag_reason:
            views = [self._by_reason(row)]
        return FlaggedReading(at, row.value, row.flag, tuple(views))

    def _by_reason(self, row: ObservationRow) -> FindingView:
        """Return what stands beside a value of which no finding is kept."""
        at, test = row.phenomenon_time, named_test(row.flag_reason)
        reason = row.flag_reason.removeprefix(f"{WORDS[test]}: ") if test else row.flag_reason
        return FindingView(self.stream.key, self.stream.name, at, at, test, row.flag, reason, "")
