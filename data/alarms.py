"""Queries over alarms and their log: open ones, changes under a version, the log appended to.

Whoever writes calls `hold` first: on PostgreSQL one transaction at a time changes alarms, as
SQLite's one writer does, so that nobody decides on what another is just changing.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from sqlalchemy import func, insert, or_, select, update
from sqlalchemy.orm import Session

from data import locks
from data.models import Alarm, AlarmLogEntry

_LOCK_KEY = 7137003
"""PostgreSQL advisory lock of all writes to alarms."""


@dataclass(frozen=True, slots=True)
class AlarmRow:
    """An alarm as it is stored; `usable_min` are the minutes left that go with its text."""

    alarm_id: str
    region_id: str
    scope: str
    alarm_key: str
    rule: str
    subject: str
    name: str
    severity: str
    standing: str
    text: str
    is_drill: bool
    opened_at: datetime
    opened_wall_at: datetime
    calling_since: datetime
    calls: int = 0
    called_at: datetime | None = None
    clear_since: datetime | None = None
    seen_clear_at: datetime | None = None
    ended_at: datetime | None = None
    acknowledged_at: datetime | None = None
    acknowledged_by: str = ""
    assigned_to: str = ""
    closed_at: datetime | None = None
    closed_wall_at: datetime | None = None
    closed_by: str = ""
    outcome: str = ""
    outcome_note: str = ""
    evacuated: str = ""
    version: int = 1
    usable_min: float | None = None


@dataclass(frozen=True, slots=True)
class LogRow:
    """What happened to an alarm, when on both clocks, by whom."""

    alarm_id: str
    kind: str
    at: datetime
    wall_at: datetime
    actor: str
    text: str
    details: Mapping[str, Any]


_NAMES = tuple(field.name for field in fields(AlarmRow))
_COLUMNS = tuple(getattr(Alarm, name) for name in _NAMES)
_LOG = tuple(getattr(AlarmLogEntry, field.name) for field in fields(LogRow))


def hold(session: Session) -> None:
    """Let nobody else change alarms until the transaction ends."""
    locks.hold(session, _LOCK_KEY)


def add(session: Session, row: AlarmRow) -> None:
    """Store a new alarm."""
    session.execute(insert(Alarm).values(**{name: getattr(row, name) for name in _NAMES}))


def note(session: Session, row: LogRow) -> None:
    """Append to the log of an alarm."""
    values = {field.name: getattr(row, field.name) for field in fields(LogRow)}
    session.execute(insert(AlarmLogEntry).values(**values))


def by_id(session: Session, alarm_id: str) -> AlarmRow | None:
    """Return an alarm."""
    found = session.execute(select(*_COLUMNS).where(Alarm.alarm_id == alarm_id)).first()
    return None if found is None else AlarmRow(*found)


def open_rows(session: Session, region_id: str, scope: str) -> list[AlarmRow]:
    """Return the alarms that nobody has closed."""
    question = (
        select(*_COLUMNS)
        .where(Alarm.region_id == region_id, Alarm.scope == scope, Alarm.closed_at.is_(None))
        .order_by(Alarm.opened_wall_at, Alarm.alarm_id)
    )
    return [AlarmRow(*row) for row in session.execute(question)]


def open_at(session: Session, region_id: str, scope: str, at: datetime) -> list[AlarmRow]:
    """Return the alarms that were open at an instant of the event clock, as they are now."""
    question = (
        select(*_COLUMNS)
        .where(
            Alarm.region_id == region_id,
            Alarm.scope == scope,
            Alarm.opened_at <= at,
            or_(Alarm.closed_at.is_(None), Alarm.closed_at > at),
        )
        .order_by(Alarm.opened_at, Alarm.alarm_id)
    )
    return [AlarmRow(*row) for row in session.execute(question)]


def closed_while_holding(session: Session, region_id: str, scope: str) -> list[AlarmRow]:
    """Return the alarms that a person has closed though their condition held."""
    question = select(*_COLUMNS).where(
        Alarm.region_id == region_id,
        Alarm.scope == scope,
        Alarm.closed_at.is_not(None),
        Alarm.standing == "holds",
    )
    return [AlarmRow(*row) for row in session.execute(question)]


def open_elsewhere(session: Session, region_id: str, scope: str) -> list[AlarmRow]:
    """Return the open alarms of replays other than this scope."""
    question = select(*_COLUMNS).where(
        Alarm.region_id == region_id,
        Alarm.scope != scope,
        Alarm.is_drill,
        Alarm.closed_at.is_(None),
    )
    return [AlarmRow(*row) for row in session.execute(question)]


def newest(
    session: Session, region_id: str, limit: int, words: str = "", *, only_closed: bool = False
) -> list[AlarmRow]:
    """Return the newest alarms, those whose name or key contains `words`."""
    question = select(*_COLUMNS).where(Alarm.region_id == region_id)
    if only_closed:
        question = question.where(Alarm.closed_at.is_not(None))
    if words:
        wanted = words.casefold()
        question = question.where(
            or_(
                func.lower(Alarm.name).contains(wanted, autoescape=True),
                func.lower(Alarm.alarm_key).contains(wanted, autoescape=True),
            )
        )
    question = question.order_by(Alarm.opened_wall_at.desc(), Alarm.alarm_id).limit(limit)
    return [AlarmRow(*row) for row in session.execute(question)]


def judged(session: Session, region_id: str, rules: tuple[str, ...]) -> list[AlarmRow]:
    """Return the closed alarms of some rules, oldest first."""
    question = (
        select(*_COLUMNS)
        .where(Alarm.region_id == region_id, Alarm.rule.in_(rules), Alarm.closed_at.is_not(None))
        .order_by(Alarm.opened_at)
    )
    return [AlarmRow(*row) for row in session.execute(question)]


def change(session: Session, alarm_id: str, **values: object) -> None:
    """Change columns that no person decides on; the version stays."""
    session.execute(update(Alarm).where(Alarm.alarm_id == alarm_id).values(**values))


def turn(session: Session, alarm_id: str, version: int, **values: object) -> bool:
    """Change an open alarm that still has this version and tell whether it had it."""
    done = session.execute(
        update(Alarm)
        .where(Alarm.alarm_id == alarm_id, Alarm.version == version, Alarm.closed_at.is_(None))
        .values(version=version + 1, **values)
        .returning(Alarm.alarm_id)
    )
    return done.first() is not None


def log_of(session: Session, alarm_id: str) -> list[LogRow]:
    """Return what happened to an alarm, oldest first."""
    question = (
        select(*_LOG).where(AlarmLogEntry.alarm_id == alarm_id).order_by(AlarmLogEntry.entry_id)
    )
    return [LogRow(*row) for row in session.execute(question)]


def entries_of(session: Session, alarm_ids: Sequence[str], kind: str) -> list[LogRow]:
    """Return what happened of one kind to some alarms, newest first."""
    question = (
        select(*_LOG)
        .where(AlarmLogEntry.alarm_id.in_(alarm_ids), AlarmLogEntry.kind == kind)
        .order_by(AlarmLogEntry.entry_id.desc())
    )
    return [LogRow(*row) for row in session.execute(question)]


def logs_until(session: Session, alarm_ids: Sequence[str], until: datetime) -> list[LogRow]:
    """Return what happened to some alarms up to an instant of the event clock, oldest first."""
    question = (
        select(*_LOG)
        .where(AlarmLogEntry.alarm_id.in_(alarm_ids), AlarmLogEntry.at <= until)
        .order_by(AlarmLogEntry.entry_id)
    )
    return [LogRow(*row) for row in session.execute(question)]


def last_entry(session: Session) -> int:
    """Return the number of the newest log entry, 0 before the first."""
    return session.scalar(select(func.max(AlarmLogEntry.entry_id))) or 0
