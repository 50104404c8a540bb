"""Data sets that were ever published: a withdrawn one stays known, so that years count right."""

from datetime import date, datetime

from sqlalchemy import Date, String
from sqlalchemy.orm import Mapped, mapped_column

from data.column_types import UtcDateTime
from data.models.base import Base


class CatalogueEntry(Base):
    """One data set of a region with the day of its publication; withdrawn when the pack lost it."""

    __tablename__ = "catalogue_entries"

    region_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    dataset_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    title: Mapped[str] = mapped_column(String(300))
    issued: Mapped[date] = mapped_column(Date)
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
