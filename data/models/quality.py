"""Findings of the quality tests and flags that people set."""

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, Index, Integer, SmallInteger, String, text
from sqlalchemy.orm import Mapped, mapped_column

from data.column_types import UtcDateTime
from data.models.base import Base

AUTOMATIC = text("test <> 'manual'")


class QualityFlag(Base):
    """One finding about an instant (start = end) or a period; `config` names the limits' version.

    A finding that holds no longer keeps its row with the instant of its withdrawal. Flags by hand
    are appended, the newest of those that cover an instant holds.
    """

    __tablename__ = "quality_flags"
    __table_args__ = (
        Index(
            "uq_quality_flags_automatic",
            "datastream_id",
            "start_at",
            "test",
            unique=True,
            sqlite_where=AUTOMATIC,
            postgresql_where=AUTOMATIC,
        ),
        Index(None, "test", "end_at"),
        Index(None, "start_at"),
    )

    finding_id: Mapped[int] = mapped_column(
        BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=True
    )
    datastream_id: Mapped[int] = mapped_column(ForeignKey("datastreams.datastream_id"))
    start_at: Mapped[datetime] = mapped_column(UtcDateTime)
    end_at: Mapped[datetime] = mapped_column(UtcDateTime)
    test: Mapped[str] = mapped_column(String(20))
    flag: Mapped[int] = mapped_column(SmallInteger)
    reason: Mapped[str] = mapped_column(String(200))
    actor: Mapped[str] = mapped_column(String(80))
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    config: Mapped[str] = mapped_column(String(12), default="")
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
