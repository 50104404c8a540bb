"""What is kept of a timetable in the form of GTFS: its health, supply of each stop, its trips."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Boolean, Date, Float, Integer, SmallInteger, String
from sqlalchemy.orm import Mapped, mapped_column

from data.column_types import UtcDateTime
from data.models.base import Base


class GtfsFeed(Base):
    """The newest delivery of a feed, and the one that the numbers come from.

    They differ while a delivery is withheld: `accepted` then holds the counts of the last good one.
    """

    __tablename__ = "gtfs_feeds"

    source_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    sha256: Mapped[str] = mapped_column(String(64))
    fetched_at: Mapped[datetime] = mapped_column(UtcDateTime)
    version: Mapped[str] = mapped_column(String(80))
    valid_from: Mapped[date | None] = mapped_column(Date)
    valid_to: Mapped[date | None] = mapped_column(Date)
    is_withheld: Mapped[bool] = mapped_column(Boolean)
    reason: Mapped[str] = mapped_column(String(300))
    counts: Mapped[dict[str, Any]] = mapped_column(JSON)
    accepted: Mapped[dict[str, Any]] = mapped_column(JSON)
    accepted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class GtfsSupply(Base):
    """Departures of a stop on a weekday of the reference week; `hours` has a bit for each hour."""

    __tablename__ = "gtfs_supply"

    source_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    stop_id: Mapped[str] = mapped_column(String(120), primary_key=True)
    weekday: Mapped[int] = mapped_column(SmallInteger, primary_key=True)
    name: Mapped[str] = mapped_column(String(200))
    lat: Mapped[float] = mapped_column(Float)
    lon: Mapped[float] = mapped_column(Float)
    departures: Mapped[int] = mapped_column(Integer)
    hours: Mapped[int] = mapped_column(Integer)


class GtfsTrip(Base):
    """A trip that calls at a stop of the region: realtime messages are matched against it."""

    __tablename__ = "gtfs_trips"

    source_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    trip_id: Mapped[str] = mapped_column(String(200), primary_key=True)
