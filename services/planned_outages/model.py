"""What a planned outage is, and the words that stand for it on every screen."""

from dataclasses import dataclass
from datetime import datetime, tzinfo
from enum import StrEnum

from data.planned_outages import OutageRow
from services.local_time import stamp

WORD = "planmäßig außer Betrieb"
OPENING = "Planmäßig außer Betrieb"
"""The same at the beginning of a sentence."""


class Kind(StrEnum):
    """What is out of service."""

    GAUGE = "gauge"
    DEVICE = "device"


@dataclass(frozen=True, slots=True)
class Outage:
    """A gauge or device that is out of service on purpose, from when to when, why, by whom."""

    outage_id: int
    kind: Kind
    subject: str
    name: str
    start_at: datetime
    until_at: datetime
    reason: str
    set_by: str
    ended_at: datetime | None = None
    ended_by: str = ""

    def words(self, zone: tzinfo) -> str:
        """Return the sentence that stands where "meldet nicht" would stand."""
        return (
            f"{OPENING} seit {stamp(self.start_at, zone)}, bis"
            f" {stamp(self.until_at, zone)}: {self.reason} ({self.set_by})"
        )

    def holds(self, now: datetime) -> bool:
        """Tell whether it holds at an instant."""
        ended = self.ended_at is not None and self.ended_at <= now
        return self.start_at <= now < self.until_at and not ended


def outage_of(row: OutageRow, name: str) -> Outage:
    """Return a stored outage under the name of what is out of service."""
    return Outage(
        row.outage_id,
        Kind(row.kind),
        row.subject,
        name,
        row.start_at,
        row.until_at,
        row.reason,
        row.set_by,
        row.ended_at,
        row.ended_by,
    )
