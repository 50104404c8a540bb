"""Indicators of municipalities as they were imported: what they are, and their values."""

from datetime import datetime

from sqlalchemy import BigInteger, Float, ForeignKey, Index, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from data.column_types import UtcDateTime
from data.models.base import Base


class Indicator(Base):
    """What is counted or measured, with unit, source and licence."""

    __tablename__ = "indicators"

    indicator_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    title: Mapped[str] = mapped_column(String(200))
    unit: Mapped[str] = mapped_column(String(40))
    source: Mapped[str] = mapped_column(String(300))
    licence: Mapped[str] = mapped_column(String(100))
    imported_at: Mapped[datetime] = mapped_column(UtcDateTime)
    imported_by: Mapped[str] = mapped_column(String(80))


class IndicatorValue(Base):
    """The value of an indicator for a municipality (AGS) and a period, as imported at an instant.

    Append-only: a corrected value is a further row, so that an older as-of time tells the old one.
    """

    __tablename__ = "indicator_values"
    __table_args__ = (Index(None, "indicator_id", "ags", "period", "imported_at"),)

    value_id: Mapped[int] = mapped_column(
        BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=True
    )
    indicator_id: Mapped[str] = mapped_column(ForeignKey("indicators.indicator_id"))
    ags: Mapped[str] = mapped_column(String(12))
    period: Mapped[str] = mapped_column(String(20))
    value: Mapped[float | None] = mapped_column(Float)
    imported_at: Mapped[datetime] = mapped_column(UtcDateTime)
