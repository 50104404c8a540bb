"""What drills would send: written as real messages are, kept in a mailbox, sent to nobody.

This module knows neither recipients nor channels: from here no way leads to a person.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from data import drill_box
from data.drill_box import DrillRow
from services.alarms.announcement import Announcement
from services.alarms.model import Severity
from services.journal import from_deliveries
from services.notifications.model import Kind
from services.notifications.templates import Templates, Wanted

KEEP = 500
"""Messages in the mailbox; older ones are deleted (estimate: several replays)."""


@dataclass(frozen=True, slots=True)
class DrillBox:
    """The mailbox of drills of a region."""

    region_id: str
    templates: Templates

    def put(self, session: Session, told: Announcement) -> None:
        """Keep what a drill would have sent."""
        since = told.since or told.at
        key = f"{told.kind}/{told.alarm_id}/{since.isoformat()}/{told.step}/{told.group}"
        wanted = Wanted(
            kind=Kind(told.kind),
            severity=told.severity,
            title=told.title,
            text=told.text,
            group=told.group,
            created_at=told.at,
            is_drill=True,
        )
        if not self._keep(session, key, wanted, told.alarm_id, told.step):
            return
        from_deliveries.tell(session, [told.alarm_id], told.group, from_deliveries.KEPT, told.at)

    def put_plain(
        self, session: Session, kind: Kind, key: str, words: tuple[str, str], now: datetime
    ) -> None:
        """Keep a test or a heartbeat; `words` are title and text."""
        title, text = words
        wanted = Wanted(kind, Severity.HINWEIS, title, text, "keine", now, is_drill=True)
        self._keep(session, key, wanted, "", 0)

    def _keep(self, session: Session, key: str, wanted: Wanted, alarm_id: str, step: int) -> bool:
        text = self.templates.text(wanted, wanted.created_at)
        row = DrillRow(
            message_key=key[:240],
            kind=wanted.kind.value,
            alarm_id=alarm_id,
            severity=wanted.severity.value,
            recipients=wanted.group,
            step=step,
            subject=text.subject[:300],
            body=text.body,
            short=text.short,
            created_at=wanted.created_at,
        )
        return drill_box.put(session, self.region_id, row, KEEP)
