"""What hours and days say in short, and which of it must be computed anew."""

from datetime import datetime

from sqlalchemy import BigInteger, Float, ForeignKey, Index, Integer, SmallInteger
from sqlalchemy.orm import Mapped, mapped_column

from data.column_types import UtcDateTime
from data.models.base import Base


class Summary:
    """Columns of a rollup: extremes with their times, mean, counts and flags of a bucket.

    `slots` are the quarters of an hour with a value, `good_slots` those with a valid one; `good` to
    `missing` count the observations by flag. None: not counted yet.
    """

    datastream_id: Mapped[int] = mapped_column(
        ForeignKey("datastreams.datastream_id"), primary_key=True
    )
    start_at: Mapped[datetime] = mapped_column(UtcDateTime, primary_key=True)
    lowest: Mapped[float | None] = mapped_column(Float)
    lowest_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    highest: Mapped[float | None] = mapped_column(Float)
    highest_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    mean: Mapped[float | None] = mapped_column(Float)
    count: Mapped[int] = mapped_column(Integer)
    not_good: Mapped[int] = mapped_column(Integer)
    drawn_flag: Mapped[int] = mapped_column(SmallInteger)
    worst_flag: Mapped[int] = mapped_column(SmallInteger)
    slots: Mapped[int | None] = mapped_column(SmallInteger)
    good_slots: Mapped[int | None] = mapped_column(SmallInteger)
    good: Mapped[int | None] = mapped_column(Integer)
    not_evaluated: Mapped[int | None] = mapped_column(Integer)
    suspect: Mapped[int | None] = mapped_column(Integer)
    fail: Mapped[int | None] = mapped_column(Integer)
    missing: Mapped[int | None] = mapped_column(Integer)


class HourlyRollup(Summary, Base):
    """An hour of UTC of one datastream."""

    __tablename__ = "rollups_hourly"
    __table_args__ = ({"sqlite_with_rowid": False},)


class DailyRollup(Summary, Base):
    """A calendar day of the region's time zone of one datastream: 23, 24 or 25 hours."""

    __tablename__ = "rollups_daily"
    __table_args__ = ({"sqlite_with_rowid": False},)


class DirtyHour(Base):
    """An hour whose observations changed since its rollup: append-only marks, no key to wait for.

    Whoever stores observations appends marks in the same transaction; whoever rolls up deletes
    exactly the marks that it has read. A mark that is not committed yet is not seen, hence stays.
    """

    __tablename__ = "rollup_dirty"
    __table_args__ = (Index(None, "datastream_id", "start_at"),)

    mark_id: Mapped[int] = mapped_column(
        BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=True
    )
    datastream_id: Mapped[int] = mapped_column(Integer)
    start_at: Mapped[datetime] = mapped_column(UtcDateTime)
