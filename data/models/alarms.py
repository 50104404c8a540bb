"""Alarms with their log, and who has the duty. Event clock and wall clock are both kept."""

from datetime import datetime
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Float,
    ForeignKey,
    Index,
    Integer,
    String,
    Text,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from data.column_types import UtcDateTime
from data.models.base import Base

_OPEN = text("closed_at is null")


class Alarm(Base):
    """One alarm from its opening to its closing by a person; one open alarm of a key and scope.

    `scope` is "live" or names a replay: an alarm of one replay is none of the next. `*_at` are
    instants of the event clock, `*_wall_at` of the wall clock.
    """

    __tablename__ = "alarms"
    __table_args__ = (
        Index(
            "uq_alarms_open",
            "region_id",
            "scope",
            "alarm_key",
            unique=True,
            sqlite_where=_OPEN,
            postgresql_where=_OPEN,
        ),
        Index(None, "region_id", "opened_wall_at"),
    )

    alarm_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    region_id: Mapped[str] = mapped_column(String(64))
    scope: Mapped[str] = mapped_column(String(48))
    alarm_key: Mapped[str] = mapped_column(String(160))
    rule: Mapped[str] = mapped_column(String(20))
    subject: Mapped[str] = mapped_column(String(140))
    name: Mapped[str] = mapped_column(String(160))
    severity: Mapped[str] = mapped_column(String(12))
    standing: Mapped[str] = mapped_column(String(12))
    text: Mapped[str] = mapped_column(Text)
    is_drill: Mapped[bool] = mapped_column(Boolean)
    opened_at: Mapped[datetime] = mapped_column(UtcDateTime)
    opened_wall_at: Mapped[datetime] = mapped_column(UtcDateTime)
    calling_since: Mapped[datetime] = mapped_column(UtcDateTime)
    calls: Mapped[int] = mapped_column(Integer, default=0)
    called_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    clear_since: Mapped[datetime | None] = mapped_column(UtcDateTime)
    seen_clear_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    acknowledged_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    acknowledged_by: Mapped[str] = mapped_column(String(80), default="")
    assigned_to: Mapped[str] = mapped_column(String(80), default="")
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    closed_wall_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    closed_by: Mapped[str] = mapped_column(String(80), default="")
    outcome: Mapped[str] = mapped_column(String(12), default="")
    outcome_note: Mapped[str] = mapped_column(Text, default="")
    evacuated: Mapped[str] = mapped_column(String(3), default="")
    version: Mapped[int] = mapped_column(Integer, default=1)
    usable_min: Mapped[float | None] = mapped_column(Float)


class AlarmLogEntry(Base):
    """What happened to an alarm; append-only."""

    __tablename__ = "alarm_log"
    __table_args__ = (Index(None, "alarm_id", "entry_id"),)

    entry_id: Mapped[int] = mapped_column(
        BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=True
    )
    alarm_id: Mapped[str] = mapped_column(ForeignKey("alarms.alarm_id", ondelete="CASCADE"))
    kind: Mapped[str] = mapped_column(String(20))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    wall_at: Mapped[datetime] = mapped_column(UtcDateTime)
    actor: Mapped[str] = mapped_column(String(80))
    text: Mapped[str] = mapped_column(Text, default="")
    details: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)


class RotaEntry(Base):
    """A duty: weekly from weekday and minute to weekday and minute, or between two instants."""

    __tablename__ = "rota"
    __table_args__ = (Index(None, "region_id", "role"),)

    rota_id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=True)
    region_id: Mapped[str] = mapped_column(String(64))
    role: Mapped[str] = mapped_column(String(64))
    recipients: Mapped[str] = mapped_column(String(64))
    start_day: Mapped[int | None] = mapped_column(Integer)
    start_minute: Mapped[int | None] = mapped_column(Integer)
    end_day: Mapped[int | None] = mapped_column(Integer)
    end_minute: Mapped[int | None] = mapped_column(Integer)
    start_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    end_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    note: Mapped[str] = mapped_column(String(200), default="")
