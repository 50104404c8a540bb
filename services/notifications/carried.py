"""What one message carried of several alarms, and what became of the mails to subscribers."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from data import outbox_reading
from data.outbox_rows import DELIVERED, DROPPED, EXPIRED, FAILED, OBSOLETE, SENDING, WAITING
from services.notifications.model import Kind


@dataclass(frozen=True, slots=True)
class DigestView:
    """One message that told of several alarms: its number, and their titles, gravest first."""

    number: int
    titles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MailCounts:
    """Mails to subscribers in the last day, by what became of them.

    `overtaken` were replaced by a newer one before they went out; `dropped` found no room or were
    too late, and the state as it is then is sent when there is room again.
    """

    delivered: int = 0
    waiting: int = 0
    dropped: int = 0
    overtaken: int = 0
    failed: int = 0

    @property
    def is_any(self) -> bool:
        """Tell whether there was any mail at all."""
        return any((self.delivered, self.waiting, self.dropped, self.overtaken, self.failed))


def digests_of(session: Session, numbers: Collection[int]) -> dict[int, DigestView]:
    """Return what messages about several alarms told of, by their number."""
    titles: dict[int, list[str]] = {}
    for number, title in outbox_reading.digests(session, numbers) if numbers else []:
        titles.setdefault(number, []).append(title)
    return {number: DigestView(number, tuple(found)) for number, found in titles.items()}


def mails_of(session: Session, region_id: str, since: datetime) -> MailCounts:
    """Return what became of the mails to subscribers since an instant."""
    counts = outbox_reading.counts(session, region_id, (Kind.MAIL,), since)
    return MailCounts(
        delivered=counts.get(DELIVERED, 0),
        waiting=counts.get(WAITING, 0) + counts.get(SENDING, 0),
        dropped=counts.get(DROPPED, 0) + counts.get(EXPIRED, 0),
        overtaken=counts.get(OBSOLETE, 0),
        failed=counts.get(FAILED, 0),
    )
