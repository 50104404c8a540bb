"""Counts days of devices from receipts: each touched day anew and whole, so late data is right."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import fmean
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session, sessionmaker

from data import device_days
from data.device_days import DeviceDayRow, HeardFrame
from data.engine import writing
from services.devices.frames import Frame, count_frames
from services.series.summary import day_of, next_day

BATCH = 5000
"""Receipts a step (estimate): bounds the transaction."""
OVERLAP = 1000
"""Receipts before the mark that are looked at again: ids of two writers may be committed out of
order (estimate)."""
RECEIPTS_KEPT = timedelta(days=7)
"""As the writer keeps them: a day that has lost receipts is not counted again."""


@dataclass(frozen=True, slots=True)
class DayCounter:
    """Keeps `device_days` equal to what a fresh count of the receipts would give."""

    sessions: sessionmaker[Session]
    zone: ZoneInfo

    def step(self) -> int:
        """Count the days that the next receipts touch; return how many receipts were new."""
        with self.sessions.begin() as session:
            mark = device_days.mark(writing(session))
            found = device_days.arrived(session, max(mark - OVERLAP, 0), BATCH + OVERLAP)
            new = sum(number > mark for number, _, _ in found)
            if not new:
                return 0
            touched = self._touched(session, found)
            rows = [self._day(session, *key) for key in sorted(touched)]
            device_days.replace(session, [row for row in rows if row is not None])
            device_days.set_mark(session, found[-1][0])
        return new

    def _touched(
        self, session: Session, found: Sequence[tuple[int, str, datetime]]
    ) -> set[tuple[str, datetime]]:
        """Return devices and days; the day after a touched one begins with a gap that may change.

        Days that have lost receipts by age are left as they were counted.
        """
        newest = device_days.newest_receipt(session) or found[-1][2]
        touched = {(dev_eui, day_of(at, self.zone)) for _, dev_eui, at in found}
        after = {(dev_eui, next_day(day, self.zone)) for dev_eui, day in touched}
        return {key for key in touched | after if newest - RECEIPTS_KEPT <= key[1] <= newest}

    def _day(self, session: Session, dev_eui: str, day: datetime) -> DeviceDayRow | None:
        heard = device_days.frames(session, dev_eui, day, next_day(day, self.zone))
        if not heard:
            return None
        before = device_days.newest_frames(session, dev_eui, 1, before=day)
        return day_row(dev_eui, day, heard, before[0] if before else None)


def day_row(
    dev_eui: str, day: datetime, heard: Sequence[HeardFrame], before: HeardFrame | None
) -> DeviceDayRow:
    """Return the statistics of a day's frames."""
    counted = count_frames(map(_frame, heard), None if before is None else _frame(before))
    spreading = Counter(
        str(item.spreading_factor) for item in heard if item.spreading_factor is not None
    )
    return DeviceDayRow(
        dev_eui=dev_eui,
        start_at=day,
        uplinks=counted.uplinks,
        lost=counted.lost,
        rejoins=counted.rejoins,
        rssi_mean=_mean([item.rssi for item in heard]),
        snr_mean=_mean([item.snr for item in heard]),
        gateways_mean=_mean([item.gateways for item in heard]),
        spreading=dict(sorted(spreading.items(), key=lambda item: int(item[0]))),
    )


def _frame(item: HeardFrame) -> Frame:
    return Frame(item.dev_addr, item.f_cnt)


def _mean(values: Sequence[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return fmean(known) if known else None
