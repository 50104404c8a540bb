"""Tells whoever an alarm has called that its condition is over."""

import logging
from datetime import datetime

from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session

from data import alarms
from data.alarms import AlarmRow
from services.alarms.announcement import END, Announce, Announcement
from services.alarms.model import Severity
from services.alarms.words import title_of

LOG = logging.getLogger(__name__)


def tell_end(session: Session, row: AlarmRow, announce: Announce, at: datetime) -> None:
    """Announce the end to each group that was called; that is no all-clear."""
    log = alarms.log_of(session, row.alarm_id)
    called = dict.fromkeys(entry.text for entry in log if entry.kind == "escalated")
    severity = Severity(row.severity)
    title = title_of(severity, row.rule, row.name, is_drill=row.is_drill)
    for group in called:
        told = Announcement(
            row.alarm_id,
            severity,
            group,
            title,
            row.text,
            0,
            at,
            row.is_drill,
            row.calling_since,
            END,
        )
        try:
            with session.begin_nested():
                announce(session, told)
        except DatabaseError:
            raise
        except Exception:  # the edge: a bug of notification must not take the end back
            LOG.exception("Alarm %s: Ende nicht gemeldet an %s", row.alarm_id, group)
