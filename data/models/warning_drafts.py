"""Drafts of public warnings as CAP messages: each one is kept as it was made and never changed."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from data.column_types import UtcDateTime
from data.models.base import Base


class WarningDraft(Base):
    """A message of a chain: Alert, then Updates, at the end a Cancel.

    `chain` is the identifier of the first message; `content` what it was made from, `xml` the
    message itself. `made_at` is wall time, the others are on the clock of the event.
    """

    __tablename__ = "warning_drafts"
    __table_args__ = (Index(None, "region_id", "scope", "chain"),)

    identifier: Mapped[str] = mapped_column(String(120), primary_key=True)
    region_id: Mapped[str] = mapped_column(String(64))
    scope: Mapped[str] = mapped_column(String(48))
    chain: Mapped[str] = mapped_column(String(120))
    sender: Mapped[str] = mapped_column(String(120))
    sent_at: Mapped[datetime] = mapped_column(UtcDateTime)
    status: Mapped[str] = mapped_column(String(12))
    msg_type: Mapped[str] = mapped_column(String(10))
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
    headline: Mapped[str] = mapped_column(Text)
    content: Mapped[dict[str, Any]] = mapped_column(JSON)
    xml: Mapped[str] = mapped_column(Text)
    author: Mapped[str] = mapped_column(String(80))
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
