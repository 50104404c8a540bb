"""Where calls of alarms go: drills into their mailbox, real ones into the outbox."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from services.alarms.announcement import Announcement
from services.notifications.drills import DrillBox
from services.notifications.outbox import Outbox


@dataclass(frozen=True, slots=True)
class Announcer:
    """Called by the keeper of alarms in the transaction of the change.

    Without `outbox` (simulation, recordings) there is no way to real people at all.
    """

    drills: DrillBox
    outbox: Outbox | None = None

    def __call__(self, session: Session, told: Announcement) -> None:
        """Put an announcement where it belongs."""
        if told.is_drill or self.outbox is None:
            self.drills.put(session, told)
        else:
            self.outbox.put(session, told)
