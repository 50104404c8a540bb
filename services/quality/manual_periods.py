"""Flags that people set for a point or period: they win over every test."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from data import quality
from data.quality import FindingRow
from services.flood.model import Flag
from services.quality.verdict import MANUAL, Verdict

Version = tuple[datetime, float | None, int]
BY_TESTS = 0
"""A flag by hand that gives the period back to the tests."""


@dataclass(frozen=True, slots=True)
class Periods:
    """Flags by hand by datastream; of those that cover an instant the newest decision holds."""

    by_stream: Mapping[int, tuple[FindingRow, ...]]

    @classmethod
    def read(
        cls, session: Session, start: datetime, end: datetime, datastream_id: int | None = None
    ) -> "Periods":
        """Return what touches a window."""
        found: dict[int, tuple[FindingRow, ...]] = {}
        for row in quality.manual(session, start, end, datastream_id):
            found[row.datastream_id] = (*found.get(row.datastream_id, ()), row)
        return cls(found)

    def of(self, datastream_id: int, at: datetime) -> Verdict | None:
        """Return what a person decided about an instant, None where the tests decide."""
        held = self.decision(datastream_id, at)
        if held is None:
            return None
        return Verdict(held.flag, f"{held.reason} ({held.actor})", MANUAL)

    def decision(self, datastream_id: int, at: datetime) -> FindingRow | None:
        """Return the decision that holds for an instant, None where the tests decide."""
        if not self.by_stream:
            return None
        rows = self.by_stream.get(datastream_id, ())
        held = next((row for row in reversed(rows) if row.start_at <= at <= row.end_at), None)
        return None if held is None or held.flag == BY_TESTS else held

    def hide(self, datastream_id: int, rows: list[Version]) -> list[Version]:
        """Return values of which those that a person did not find good count as missing.

        The engine may confirm a suspect rise by itself; against a person's word it must not.
        """
        if datastream_id not in self.by_stream:
            return rows
        return [(at, value, self._shown(datastream_id, at, flag)) for at, value, flag in rows]

    def _shown(self, datastream_id: int, at: datetime, flag: int) -> int:
        told = self.of(datastream_id, at)
        return flag if told is None or told.flag == Flag.GOOD else Flag.MISSING
