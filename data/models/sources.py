"""What polled sources leave behind: the state of each, and warnings in the form of CAP 1.2."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Index, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from data.column_types import UtcDateTime
from data.models.base import Base


class SourcePoll(Base):
    """How the polling of one source of one region stands."""

    __tablename__ = "source_polls"

    region_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    source_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    attempt_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    success_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    failure_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    failures: Mapped[int] = mapped_column(Integer)
    next_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    etag: Mapped[str] = mapped_column(String(300))
    last_modified: Mapped[str] = mapped_column(String(60))
    config_hash: Mapped[str] = mapped_column(String(16))
    http_status: Mapped[int | None] = mapped_column(Integer)
    items: Mapped[int] = mapped_column(Integer)
    newest_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    message: Mapped[str] = mapped_column(String(300))


class CapAlert(Base):
    """One CAP message; sender, identifier and sent name it, because identifiers come again."""

    __tablename__ = "cap_alerts"
    __table_args__ = (Index(None, "sent_at"), Index(None, "expires_at"))

    sender: Mapped[str] = mapped_column(String(200), primary_key=True)
    identifier: Mapped[str] = mapped_column(String(200), primary_key=True)
    sent_at: Mapped[datetime] = mapped_column(UtcDateTime, primary_key=True)
    source_id: Mapped[str] = mapped_column(String(64))
    msg_type: Mapped[str] = mapped_column(String(10))
    status: Mapped[str] = mapped_column(String(10))
    scope: Mapped[str] = mapped_column(String(12))
    refers_to: Mapped[list[Any]] = mapped_column(JSON)
    infos: Mapped[list[Any]] = mapped_column(JSON)
    expires_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    received_at: Mapped[datetime] = mapped_column(UtcDateTime)
