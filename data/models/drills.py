"""Drills: what was asked for in real operation, and what was fed into one that runs."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Float, Index, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from data.column_types import UtcDateTime
from data.models.base import Base


class Drill(Base):
    """A drill that somebody asked for; in the store of the installation that starts it.

    Nothing that happens in the drill is here: it has a store of its own.
    """

    __tablename__ = "drills"
    __table_args__ = (Index(None, "region_id", "asked_at"),)

    drill_id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=True)
    region_id: Mapped[str] = mapped_column(String(64))
    title: Mapped[str] = mapped_column(String(200))
    event: Mapped[dict[str, Any]] = mapped_column(JSON)
    speed: Mapped[float] = mapped_column(Float)
    port: Mapped[int] = mapped_column(Integer)
    status: Mapped[str] = mapped_column(String(12))
    message: Mapped[str] = mapped_column(Text, default="")
    asked_by: Mapped[str] = mapped_column(String(80))
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class DrillInjection(Base):
    """What the leader of a drill feeds into it: a silent gauge, a false reading, a remark."""

    __tablename__ = "drill_injections"
    __table_args__ = (Index(None, "replay_id"),)

    injection_id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=True)
    replay_id: Mapped[int] = mapped_column(Integer)
    kind: Mapped[str] = mapped_column(String(12))
    gauge_id: Mapped[str] = mapped_column(String(64), default="")
    value_m: Mapped[float | None] = mapped_column(Float)
    text: Mapped[str] = mapped_column(Text, default="")
    actor: Mapped[str] = mapped_column(String(80))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    wall_at: Mapped[datetime] = mapped_column(UtcDateTime)
