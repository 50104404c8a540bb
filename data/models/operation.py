"""What the running product itself keeps: replays, imported boundaries, sources, audit."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, Float, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from data.column_types import UtcDateTime
from data.models.base import Base


class Replay(Base):
    """A named event that is being played: the newest row is the clock of the simulation.

    `course` lists the changes of its speed and its jumps; an empty one runs as it began.
    """

    __tablename__ = "replays"

    replay_id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=True)
    scenario: Mapped[str] = mapped_column(String(64))
    event_start: Mapped[datetime] = mapped_column(UtcDateTime)
    event_end: Mapped[datetime] = mapped_column(UtcDateTime)
    started_at: Mapped[datetime] = mapped_column(UtcDateTime)
    speed: Mapped[float] = mapped_column(Float)
    course: Mapped[list[Any]] = mapped_column(JSON, default=list, server_default="[]")


class Boundary(Base):
    """The polygon of one municipality as imported, with source and attribution."""

    __tablename__ = "boundaries"

    ags: Mapped[str] = mapped_column(String(8), primary_key=True)
    name: Mapped[str] = mapped_column(String(200))
    geometry: Mapped[dict[str, Any]] = mapped_column(JSON)
    source: Mapped[str] = mapped_column(String(300))
    imported_at: Mapped[datetime] = mapped_column(UtcDateTime)


class SourceState(Base):
    """Health of a data source or process: last success, last failure, what it said."""

    __tablename__ = "source_states"

    source: Mapped[str] = mapped_column(String(64), primary_key=True)
    last_success_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    last_failure_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    message: Mapped[str] = mapped_column(Text, default="")


class Lease(Base):
    """Who may do a job that only one process of all hosts may do, and until when."""

    __tablename__ = "leases"

    name: Mapped[str] = mapped_column(String(120), primary_key=True)
    holder: Mapped[str] = mapped_column(String(120))
    until_at: Mapped[datetime] = mapped_column(UtcDateTime)


class AuditEntry(Base):
    """Who did what, when; append-only, each entry sealed with the hash of the one before.

    Entries that are older than the chain have no hash.
    """

    __tablename__ = "audit"

    audit_id: Mapped[int] = mapped_column(
        BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=True
    )
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    actor: Mapped[str] = mapped_column(String(80))
    action: Mapped[str] = mapped_column(String(80))
    target: Mapped[str] = mapped_column(String(200))
    details: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    prev_hash: Mapped[str] = mapped_column(String(64), default="", server_default="")
    entry_hash: Mapped[str] = mapped_column(String(64), default="", server_default="")
