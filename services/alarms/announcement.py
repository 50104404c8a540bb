"""What is handed to notification when an alarm calls somebody."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from services.alarms.model import Severity


@dataclass(frozen=True, slots=True)
class Announcement:
    """One call of an alarm to a group of recipients; `step` 0 is the first. `at` is wall time."""

    alarm_id: str
    severity: Severity
    group: str
    title: str
    text: str
    step: int
    at: datetime
    is_drill: bool


Announce = Callable[[Session, Announcement], None]
"""Called in the transaction of the change: what it stores is there exactly if the change is."""


def nobody(_session: Session, _announcement: Announcement) -> None:
    """Tell nobody: what an installation without recipients does."""
