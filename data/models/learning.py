"""Learning of wave speeds: travel times with their review, and posteriors by version."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, Float, Index, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from data.column_types import UtcDateTime
from data.models.base import Base


class LagRecord(Base):
    """A travel time of one wave between two gauges: proposed by the program, judged by a person."""

    __tablename__ = "lag_observations"
    __table_args__ = (
        Index(None, "region_id", "status"),
        Index(None, "upper_gauge", "lower_gauge", "kind", "upper_at"),
    )

    lag_id: Mapped[str] = mapped_column(String(16), primary_key=True)
    region_id: Mapped[str] = mapped_column(String(64))
    upper_gauge: Mapped[str] = mapped_column(String(64))
    lower_gauge: Mapped[str] = mapped_column(String(64))
    kind: Mapped[str] = mapped_column(String(20))
    event: Mapped[str] = mapped_column(String(40))
    upper_at: Mapped[datetime] = mapped_column(UtcDateTime)
    lower_at: Mapped[datetime] = mapped_column(UtcDateTime)
    stretches: Mapped[list[Any]] = mapped_column(JSON)
    lag_min: Mapped[float] = mapped_column(Float)
    sigma_ln: Mapped[float] = mapped_column(Float)
    exceedance: Mapped[float | None] = mapped_column(Float)
    origin: Mapped[str] = mapped_column(String(20))
    warning: Mapped[str] = mapped_column(Text, default="")
    status: Mapped[str] = mapped_column(String(12))
    comment: Mapped[str] = mapped_column(Text, default="")
    reviewer: Mapped[str] = mapped_column(String(80), default="")
    reviewed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)


class CelerityPosterior(Base):
    """The posterior of wave speeds after a change, with what caused it; append-only."""

    __tablename__ = "celerity_posteriors"
    __table_args__ = (Index(None, "region_id", "version"),)

    posterior_id: Mapped[int] = mapped_column(
        BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=True
    )
    region_id: Mapped[str] = mapped_column(String(64))
    version: Mapped[str] = mapped_column(String(40))
    parent: Mapped[str] = mapped_column(String(40), default="")
    cause: Mapped[str] = mapped_column(Text, default="")
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    content: Mapped[dict[str, Any]] = mapped_column(JSON)
