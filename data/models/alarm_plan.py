"""Stages of the alarm plan that people have started, and what became of their measures."""

from datetime import datetime

from sqlalchemy import Boolean, ForeignKey, Index, Integer, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from data.column_types import UtcDateTime
from data.models.base import Base

_OPEN = text("closed_at is null")


class PlanStage(Base):
    """A stage of a river that somebody has started. Instants of the event clock but `wall`."""

    __tablename__ = "plan_stages"
    __table_args__ = (Index(None, "region_id", "scope", "started_at"),)

    stage_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    region_id: Mapped[str] = mapped_column(String(64))
    scope: Mapped[str] = mapped_column(String(48))
    river_id: Mapped[str] = mapped_column(String(64))
    level: Mapped[str] = mapped_column(String(12))
    reason: Mapped[str] = mapped_column(Text)
    is_drill: Mapped[bool] = mapped_column(Boolean)
    started_at: Mapped[datetime] = mapped_column(UtcDateTime)
    started_wall_at: Mapped[datetime] = mapped_column(UtcDateTime)
    started_by: Mapped[str] = mapped_column(String(80))
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    closed_by: Mapped[str] = mapped_column(String(80), default="")
    closing_note: Mapped[str] = mapped_column(Text, default="")


class PlanMeasure(Base):
    """A measure of a started stage, as the plan had it when the stage was started."""

    __tablename__ = "plan_measures"
    __table_args__ = (
        Index(
            "uq_plan_measures_open",
            "region_id",
            "scope",
            "river_id",
            "measure_id",
            unique=True,
            sqlite_where=_OPEN,
            postgresql_where=_OPEN,
        ),
        Index(None, "stage_id"),
    )

    step_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    stage_id: Mapped[str] = mapped_column(ForeignKey("plan_stages.stage_id", ondelete="CASCADE"))
    region_id: Mapped[str] = mapped_column(String(64))
    scope: Mapped[str] = mapped_column(String(48))
    river_id: Mapped[str] = mapped_column(String(64))
    measure_id: Mapped[str] = mapped_column(String(64))
    place_id: Mapped[str] = mapped_column(String(64))
    level: Mapped[str] = mapped_column(String(12))
    sort_order: Mapped[int] = mapped_column(Integer)
    actor: Mapped[str] = mapped_column(String(80))
    what: Mapped[str] = mapped_column(Text)
    precondition: Mapped[str] = mapped_column(Text, default="")
    contact_role: Mapped[str] = mapped_column(String(80), default="")
    document: Mapped[str] = mapped_column(String(300), default="")
    status: Mapped[str] = mapped_column(String(20))
    responsible: Mapped[str] = mapped_column(String(80), default="")
    note: Mapped[str] = mapped_column(Text, default="")
    is_checked: Mapped[bool] = mapped_column(Boolean, default=False)
    begun_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    changed_by: Mapped[str] = mapped_column(String(80))
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    version: Mapped[int] = mapped_column(Integer, default=1)
