"""What municipalities enter on what floods, beside the list of the region pack."""

from datetime import date, datetime

from sqlalchemy import BigInteger, Date, Float, Index, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from data.column_types import UtcDateTime
from data.models.base import Base


class ImpactVersion(Base):
    """An impact as it was entered once: append-only, the newest of an `impact_id` holds.

    Columns up to `source` are those of `impacts.csv`. `deed` is "added", "changed", or
    "removed": from then on the impact is no longer in the list. `entered_at` is an
    instant of the wall clock.
    """

    __tablename__ = "impact_versions"
    __table_args__ = (Index(None, "region_id", "impact_id"),)

    version: Mapped[int] = mapped_column(
        BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=True
    )
    region_id: Mapped[str] = mapped_column(String(64))
    impact_id: Mapped[str] = mapped_column(String(64))
    place_id: Mapped[str] = mapped_column(String(64))
    river_id: Mapped[str] = mapped_column(String(64))
    kind: Mapped[str] = mapped_column(String(12))
    what: Mapped[str] = mapped_column(String(200))
    level: Mapped[str | None] = mapped_column(String(12))
    gauge_id: Mapped[str | None] = mapped_column(String(64))
    value: Mapped[float | None] = mapped_column(Float)
    lat: Mapped[float | None] = mapped_column(Float)
    lon: Mapped[float | None] = mapped_column(Float)
    observed_on: Mapped[date | None] = mapped_column(Date)
    maintained_by: Mapped[str] = mapped_column(Text)
    source: Mapped[str] = mapped_column(Text)
    deed: Mapped[str] = mapped_column(String(8))
    reason: Mapped[str] = mapped_column(String(200))
    entered_at: Mapped[datetime] = mapped_column(UtcDateTime)
    entered_by: Mapped[str] = mapped_column(String(80))
