"""Stored alarms to what a decision knows, and changes to the columns that they set."""

from datetime import datetime

from data.alarms import AlarmRow
from services.alarms.model import Ended, OpenAlarm, Raised, Reopened, Severity, Standing


def open_alarm(row: AlarmRow) -> OpenAlarm:
    """Return what a decision must know of a stored alarm."""
    return OpenAlarm(
        alarm_id=row.alarm_id,
        key=row.alarm_key,
        severity=Severity(row.severity),
        standing=Standing(row.standing),
        text=row.text,
        clear_since=row.clear_since,
        seen_clear_at=row.seen_clear_at,
        ended_at=row.ended_at,
        usable_min=row.usable_min,
    )


def turned(change: Raised | Reopened | Ended, now: datetime) -> tuple[str, str, dict[str, object]]:
    """Return the kind of a change, its words, and the columns that it sets."""
    if isinstance(change, Ended):
        return "ended", change.alarm.text, {"ended_at": now, "standing": Standing.CLEAR.value}
    is_raised = isinstance(change, Raised)
    severity = change.condition.severity if isinstance(change, Raised) else change.severity
    values: dict[str, object] = {
        "severity": severity.value,
        "standing": Standing.HOLDS.value,
        "text": change.condition.text,
        "usable_min": change.condition.usable_min,
        "clear_since": None,
        "seen_clear_at": None,
        "ended_at": None,
        "acknowledged_at": None,
        "acknowledged_by": "",
        "calling_since": now,
        "calls": 0,
        "called_at": None,
    }
    return "raised" if is_raised else "reopened", change.condition.text, values
