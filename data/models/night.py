"""What people enter by night: readings by eye or telephone, planned outages, all-clears."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, Boolean, Float, Index, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from data.column_types import UtcDateTime
from data.models.base import Base


def _number() -> Mapped[int]:
    return mapped_column(
        BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=True
    )


class ManualReading(Base):
    """A reading that a person took or was told; its value is an observation of the gauge as well.

    `read_at` and `entered_at` are instants of the event clock. A row is never changed, only
    withdrawn with a reason.
    """

    __tablename__ = "manual_readings"
    __table_args__ = (Index(None, "region_id", "scope", "read_at"),)

    reading_id: Mapped[int] = _number()
    region_id: Mapped[str] = mapped_column(String(64))
    scope: Mapped[str] = mapped_column(String(48))
    gauge_id: Mapped[str] = mapped_column(String(64))
    read_at: Mapped[datetime] = mapped_column(UtcDateTime)
    entered_at: Mapped[datetime] = mapped_column(UtcDateTime)
    value: Mapped[float] = mapped_column(Float)
    unit: Mapped[str] = mapped_column(String(20))
    way: Mapped[str] = mapped_column(String(20))
    read_by: Mapped[str] = mapped_column(String(80))
    entered_by: Mapped[str] = mapped_column(String(80))
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    withdrawn_by: Mapped[str] = mapped_column(String(80), default="")
    withdrawn_reason: Mapped[str] = mapped_column(String(200), default="")


class PlannedOutage(Base):
    """A gauge or device that is out of service on purpose from `start_at` until `until_at`.

    `ended_at` is set when somebody puts it back before the end. Instants of the event clock.
    """

    __tablename__ = "planned_outages"
    __table_args__ = (Index(None, "region_id", "scope", "until_at"),)

    outage_id: Mapped[int] = _number()
    region_id: Mapped[str] = mapped_column(String(64))
    scope: Mapped[str] = mapped_column(String(48))
    kind: Mapped[str] = mapped_column(String(12))
    subject: Mapped[str] = mapped_column(String(64))
    start_at: Mapped[datetime] = mapped_column(UtcDateTime)
    until_at: Mapped[datetime] = mapped_column(UtcDateTime)
    reason: Mapped[str] = mapped_column(String(200))
    set_by: Mapped[str] = mapped_column(String(80))
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    ended_by: Mapped[str] = mapped_column(String(80), default="")


class AllClear(Base):
    """An all-clear as it was given: append-only, with what was checked and who confirmed it.

    `checks` holds what the machine found at `given_at`, `confirmed` what the author confirmed;
    `override_reason` says why it was given although a condition was not met.
    """

    __tablename__ = "all_clears"
    __table_args__ = (Index(None, "region_id", "scope", "given_at"),)

    clear_id: Mapped[int] = _number()
    region_id: Mapped[str] = mapped_column(String(64))
    scope: Mapped[str] = mapped_column(String(48))
    area: Mapped[str] = mapped_column(String(140))
    area_name: Mapped[str] = mapped_column(String(200))
    given_at: Mapped[datetime] = mapped_column(UtcDateTime)
    wall_at: Mapped[datetime] = mapped_column(UtcDateTime)
    author: Mapped[str] = mapped_column(String(80))
    text: Mapped[str] = mapped_column(Text)
    checks: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    confirmed: Mapped[list[str]] = mapped_column(JSON)
    is_complete: Mapped[bool] = mapped_column(Boolean)
    override_reason: Mapped[str] = mapped_column(String(400), default="")
