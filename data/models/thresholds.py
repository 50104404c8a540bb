"""Changes of thresholds: one person proposes, another decides; approved ones get a version."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Float, Index, Integer, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from data.column_types import UtcDateTime
from data.models.base import Base


class ThresholdChange(Base):
    """New levels of a gauge, or of a gauge for a place; none of them: back to the region pack.

    `based_on` is the newest approved version of the same gauge and place when it was proposed,
    0 for the pack. Versions count through the region, so that one number names a change.
    """

    __tablename__ = "threshold_changes"
    __table_args__ = (
        UniqueConstraint("region_id", "version"),
        Index(None, "region_id", "status"),
    )

    change_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    region_id: Mapped[str] = mapped_column(String(64))
    gauge_id: Mapped[str] = mapped_column(String(64))
    place_id: Mapped[str] = mapped_column(String(64), default="")
    river_id: Mapped[str] = mapped_column(String(64), default="")
    voralarm: Mapped[float | None] = mapped_column(Float)
    warnung: Mapped[float | None] = mapped_column(Float)
    alarm: Mapped[float | None] = mapped_column(Float)
    owner: Mapped[str] = mapped_column(String(120))
    reason: Mapped[str] = mapped_column(Text)
    valid_from: Mapped[datetime] = mapped_column(UtcDateTime)
    based_on: Mapped[int] = mapped_column(Integer)
    status: Mapped[str] = mapped_column(String(12))
    proposer_id: Mapped[str] = mapped_column(String(80))
    proposer: Mapped[str] = mapped_column(String(80))
    proposed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    version: Mapped[int | None] = mapped_column(Integer)
    decider_id: Mapped[str] = mapped_column(String(80), default="")
    decider: Mapped[str] = mapped_column(String(80), default="")
    decided_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    decision: Mapped[str] = mapped_column(Text, default="")
    effect: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
