"""Runs of the flood cycle with their results per gauge and village."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Boolean, Float, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from data.column_types import UtcDateTime
from data.models.base import Base


class Run(Base):
    """One computation: a live or replayed cycle, or a what-if that somebody asked for."""

    __tablename__ = "runs"
    __table_args__ = (Index(None, "region_id", "kind", "status", "finished_at"),)

    run_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    region_id: Mapped[str] = mapped_column(String(64))
    kind: Mapped[str] = mapped_column(String(20))
    clock: Mapped[str] = mapped_column(String(20))
    status: Mapped[str] = mapped_column(String(20))
    progress: Mapped[float] = mapped_column(Float, default=0.0)
    as_of: Mapped[datetime] = mapped_column(UtcDateTime)
    started_at: Mapped[datetime] = mapped_column(UtcDateTime)
    finished_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    model_version: Mapped[str] = mapped_column(String(40), default="")
    config_hash: Mapped[str] = mapped_column(String(40), default="")
    origin: Mapped[str] = mapped_column(String(20))
    requested_by: Mapped[str] = mapped_column(String(80), default="")
    parameters: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    faults: Mapped[list[str]] = mapped_column(JSON, default=list)
    message: Mapped[str] = mapped_column(Text, default="")
    posterior_version: Mapped[str] = mapped_column(String(40), default="")


class VillageState(Base):
    """What a run says about one village on one river (METHOD E)."""

    __tablename__ = "village_states"
    __table_args__ = (Index(None, "place_id", "river_id", "state_since"),)

    run_id: Mapped[str] = mapped_column(
        ForeignKey("runs.run_id", ondelete="CASCADE"), primary_key=True
    )
    place_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    river_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    state: Mapped[str] = mapped_column(String(12))
    state_since: Mapped[datetime] = mapped_column(UtcDateTime)
    degraded: Mapped[bool] = mapped_column(Boolean)
    earliest: Mapped[datetime | None] = mapped_column(UtcDateTime)
    likely: Mapped[datetime | None] = mapped_column(UtcDateTime)
    latest: Mapped[datetime | None] = mapped_column(UtcDateTime)
    usable_p10_min: Mapped[float | None] = mapped_column(Float)
    usable_p50_min: Mapped[float | None] = mapped_column(Float)
    driving_gauge: Mapped[str | None] = mapped_column(String(64))
    details: Mapped[dict[str, Any]] = mapped_column(JSON)


class GaugeState(Base):
    """What a run says about one gauge, with its nowcast band."""

    __tablename__ = "gauge_states"

    run_id: Mapped[str] = mapped_column(
        ForeignKey("runs.run_id", ondelete="CASCADE"), primary_key=True
    )
    gauge_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    state: Mapped[str] = mapped_column(String(12))
    value: Mapped[float | None] = mapped_column(Float)
    observed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    is_silent: Mapped[bool] = mapped_column(Boolean)
    details: Mapped[dict[str, Any]] = mapped_column(JSON)
