"""What is handed to notification when an alarm calls somebody, or its condition is over."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from services.alarms.model import Severity

CALL, END, CLEAR = "call", "end", "clear"
CLEAR_ID = "entwarnung-"
"""Beginning of the id under which an all-clear is announced; its number follows."""


@dataclass(frozen=True, slots=True)
class Announcement:
    """One call of an alarm to a group of recipients; `step` 0 is the first. `at` is wall time.

    `since` names the stretch of calling: an alarm that has risen or come back calls anew. Kind
    `end` tells the groups that were called that the condition is over, which is no all-clear; kind
    `clear` is an all-clear that a person has given. `usable_min` are the minutes left at the place.
    """

    alarm_id: str
    severity: Severity
    group: str
    title: str
    text: str
    step: int
    at: datetime
    is_drill: bool
    since: datetime | None = None
    kind: str = CALL
    usable_min: float | None = None


Announce = Callable[[Session, Announcement], None]
"""Called in the transaction of the change: what it stores is there exactly if the change is."""


def nobody(_session: Session, _announcement: Announcement) -> None:
    """Tell nobody: what an installation without recipients does."""
