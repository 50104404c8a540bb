"""Flat lines in hindsight: a stretch that stood still is doubted from its first value on.

At receipt a flat line is known only after hours; the values before look good until then.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise

from sqlalchemy.orm import Session

from data import observations
from data.observation_rows import ObservationRow
from services.flood.model import Flag
from services.flood.qc import Limits
from services.quality.receipt import STILL_H
from services.quality.rules import Checks
from services.quality.verdict import FLAT, GOOD, Verdict

BEGINNING = "Beginn eines Stillstands von mindestens {hours:.0f} Stunden"
LONGEST_GAP = timedelta(hours=2)
"""Silence after which nobody knows whether the value stood still (estimate)."""
MOST_AROUND = 5000
"""Values before and after a stretch that are looked at (estimate): a day, one in 17 seconds."""
Known = Sequence[tuple[datetime, float]]


@dataclass(frozen=True, slots=True)
class FlatStretches:
    """The stretches that stood still: first and last instant."""

    spans: tuple[tuple[datetime, datetime], ...] = ()
    suspect_after: timedelta = timedelta()
    fail_after: timedelta = timedelta()

    @classmethod
    def around(
        cls, session: Session, rows: Sequence[ObservationRow], checks: Checks | None
    ) -> "FlatStretches":
        """Return those that touch rows in order, looking as far around as the limits say."""
        if checks is None or not checks.flat_alone:
            return cls()
        limits, number = checks.limits, rows[0].datastream_id
        suspect, fail = (
            timedelta(hours=hours) for hours in (limits.flat_suspect_h, limits.flat_fail_h)
        )
        first, last = rows[0].phenomenon_time, rows[-1].phenomenon_time
        before = observations.recent(session, number, first, MOST_AROUND)
        after = observations.window(session, number, last, last + suspect, MOST_AROUND)
        known = [
            *((at, value) for at, value, _ in before if value is not None and at >= first - fail),
            *((row.phenomenon_time, row.value) for row in rows if row.value is not None),
            *((at, value) for at, value, _ in after if value is not None and at > last),
        ]
        spans = tuple(
            (begin, end) for begin, end in stretches(known, limits) if end - begin >= suspect
        )
        return cls(spans, suspect, fail)

    def verdict(self, at: datetime) -> Verdict:
        """Return what the flat line says of an instant."""
        held = next((begin for begin, end in self.spans if begin <= at <= end), None)
        if held is None:
            return GOOD
        still = at - held
        if still < self.suspect_after:
            hours = self.suspect_after / timedelta(hours=1)
            return Verdict(Flag.SUSPECT, BEGINNING.format(hours=hours), FLAT)
        flag = Flag.FAIL if still >= self.fail_after else Flag.SUSPECT
        return Verdict(flag, STILL_H.format(hours=still / timedelta(hours=1)), FLAT)


def stretches(known: Known, limits: Limits) -> Iterator[tuple[datetime, datetime]]:
    """Return first and last instant of each stretch whose values differ by no more than allowed."""
    if not known:
        return
    begin, low, high = known[0][0], known[0][1], known[0][1]
    for (before, _), (at, value) in pairwise(known):
        low, high = min(low, value), max(high, value)
        if high - low > limits.flat_tolerance or at - before > LONGEST_GAP:
            yield begin, before
            begin, low, high = at, value, value
    yield begin, known[-1][0]
