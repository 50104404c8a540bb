"""The journal of an operation: append-only entries, and photos by their content."""

from datetime import datetime
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Text,
)
from sqlalchemy.orm import Mapped, mapped_column

from data.column_types import UtcDateTime
from data.models.base import Base


class JournalPhoto(Base):
    """A photo as it is shown: made anew from what was sent, without its metadata."""

    __tablename__ = "journal_photos"

    sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    media_type: Mapped[str] = mapped_column(String(20))
    width: Mapped[int] = mapped_column(Integer)
    height: Mapped[int] = mapped_column(Integer)
    body: Mapped[bytes] = mapped_column(LargeBinary)


class JournalEntry(Base):
    """What happened, was decided or told; sealed with the hash of the entry before.

    `happened_at` is when it happened and `noted_at` when it was entered, both of the event clock;
    `wall_at` is the entry on the wall clock. `subjects` holds the keys of places and gauges, each
    between two bars. `refers_to` is the entry that a correction or a take-over is about.
    """

    __tablename__ = "journal"
    __table_args__ = (
        Index(None, "region_id", "scope", "happened_at"),
        Index(None, "refers_to"),
    )

    entry_id: Mapped[int] = mapped_column(
        BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=True
    )
    region_id: Mapped[str] = mapped_column(String(64))
    scope: Mapped[str] = mapped_column(String(48))
    kind: Mapped[str] = mapped_column(String(20))
    happened_at: Mapped[datetime] = mapped_column(UtcDateTime)
    noted_at: Mapped[datetime] = mapped_column(UtcDateTime)
    wall_at: Mapped[datetime] = mapped_column(UtcDateTime)
    actor: Mapped[str] = mapped_column(String(80))
    person_id: Mapped[str] = mapped_column(String(64), default="")
    text: Mapped[str] = mapped_column(Text)
    subjects: Mapped[str] = mapped_column(Text, default="")
    lat: Mapped[float | None] = mapped_column(Float)
    lon: Mapped[float | None] = mapped_column(Float)
    photo: Mapped[str | None] = mapped_column(ForeignKey("journal_photos.sha256"))
    refers_to: Mapped[int | None] = mapped_column(ForeignKey("journal.entry_id"))
    details: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    prev_hash: Mapped[str] = mapped_column(String(64))
    entry_hash: Mapped[str] = mapped_column(String(64))
