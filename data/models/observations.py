"""Things, their datastreams and observations, after OGC SensorThings."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, Float, ForeignKey, Index, Integer, SmallInteger, String
from sqlalchemy.orm import Mapped, mapped_column

from data.column_types import UtcDateTime
from data.models.base import Base


class Thing(Base):
    """A device or station."""

    __tablename__ = "things"

    thing_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    region_id: Mapped[str] = mapped_column(String(64))
    name: Mapped[str] = mapped_column(String(200))
    kind: Mapped[str] = mapped_column(String(40))
    lat: Mapped[float | None] = mapped_column(Float)
    lon: Mapped[float | None] = mapped_column(Float)
    source: Mapped[str] = mapped_column(String(64), default="region")
    properties: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)


class Datastream(Base):
    """One observed property of one thing in one unit; `key` is `<thing>/<property>`."""

    __tablename__ = "datastreams"

    datastream_id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=True)
    thing_id: Mapped[str] = mapped_column(ForeignKey("things.thing_id"))
    observed_property: Mapped[str] = mapped_column(String(40))
    unit: Mapped[str] = mapped_column(String(20))
    key: Mapped[str] = mapped_column(String(120), unique=True)


class Observation(Base):
    """The current value at an instant. `raw_value` is what the device said, never changed.

    PostgreSQL keeps a partition for each year (`data/partitions.py`).
    """

    __tablename__ = "observations"
    __table_args__ = (
        {"sqlite_with_rowid": False, "postgresql_partition_by": "RANGE (phenomenon_time)"},
    )

    datastream_id: Mapped[int] = mapped_column(
        ForeignKey("datastreams.datastream_id"), primary_key=True
    )
    phenomenon_time: Mapped[datetime] = mapped_column(UtcDateTime, primary_key=True)
    result_time: Mapped[datetime] = mapped_column(UtcDateTime)
    value: Mapped[float | None] = mapped_column(Float)
    raw_value: Mapped[float | None] = mapped_column(Float)
    flag: Mapped[int] = mapped_column(SmallInteger)
    flag_reason: Mapped[str] = mapped_column(String(200), default="")
    origin: Mapped[str] = mapped_column(String(20))


class ObservationRevision(Base):
    """What an observation said before it was superseded; append-only."""

    __tablename__ = "observation_revisions"
    __table_args__ = (Index(None, "datastream_id", "phenomenon_time", "result_time"),)

    revision_id: Mapped[int] = mapped_column(
        BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=True
    )
    datastream_id: Mapped[int] = mapped_column(ForeignKey("datastreams.datastream_id"))
    phenomenon_time: Mapped[datetime] = mapped_column(UtcDateTime)
    result_time: Mapped[datetime] = mapped_column(UtcDateTime)
    value: Mapped[float | None] = mapped_column(Float)
    raw_value: Mapped[float | None] = mapped_column(Float)
    flag: Mapped[int] = mapped_column(SmallInteger)
    origin: Mapped[str] = mapped_column(String(20))
    reason: Mapped[str] = mapped_column(String(200))
    actor: Mapped[str] = mapped_column(String(80))


class Latest(Base):
    """The newest observation of each datastream: what a screen shows without a search."""

    __tablename__ = "latest"

    datastream_id: Mapped[int] = mapped_column(
        ForeignKey("datastreams.datastream_id"), primary_key=True
    )
    phenomenon_time: Mapped[datetime] = mapped_column(UtcDateTime)
    result_time: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    value: Mapped[float | None] = mapped_column(Float)
    flag: Mapped[int] = mapped_column(SmallInteger)
    origin: Mapped[str] = mapped_column(String(20))
