"""What is known of devices and gateways beyond their readings."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, Float, Index, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from data.column_types import UtcDateTime
from data.models.base import Base


class GatewayReception(Base):
    """What one gateway heard of one device on one local day; sums, so that batches add up."""

    __tablename__ = "gateway_receptions"
    __table_args__ = (Index(None, "start_at"), {"sqlite_with_rowid": False})

    gateway_id: Mapped[str] = mapped_column(String(80), primary_key=True)
    dev_eui: Mapped[str] = mapped_column(String(16), primary_key=True)
    start_at: Mapped[datetime] = mapped_column(UtcDateTime, primary_key=True)
    frames: Mapped[int] = mapped_column(Integer)
    alone: Mapped[int] = mapped_column(Integer)
    rssi_sum: Mapped[float] = mapped_column(Float)
    rssi_best: Mapped[float | None] = mapped_column(Float)
    snr_sum: Mapped[float] = mapped_column(Float)
    snr_best: Mapped[float | None] = mapped_column(Float)
    measured: Mapped[int] = mapped_column(Integer)
    airtime_ms: Mapped[float] = mapped_column(Float)
    newest_at: Mapped[datetime] = mapped_column(UtcDateTime)


class DeviceDay(Base):
    """One local day of one device, computed from its receipts while these are kept."""

    __tablename__ = "device_days"
    __table_args__ = (Index(None, "start_at"), {"sqlite_with_rowid": False})

    dev_eui: Mapped[str] = mapped_column(String(16), primary_key=True)
    start_at: Mapped[datetime] = mapped_column(UtcDateTime, primary_key=True)
    uplinks: Mapped[int] = mapped_column(Integer)
    lost: Mapped[int] = mapped_column(Integer)
    rejoins: Mapped[int] = mapped_column(Integer)
    rssi_mean: Mapped[float | None] = mapped_column(Float)
    snr_mean: Mapped[float | None] = mapped_column(Float)
    gateways_mean: Mapped[float | None] = mapped_column(Float)
    spreading: Mapped[dict[str, int]] = mapped_column(JSON)


class DeviceMark(Base):
    """Up to which receipt the days of devices are counted."""

    __tablename__ = "device_marks"

    name: Mapped[str] = mapped_column(String(40), primary_key=True)
    receipt_id: Mapped[int] = mapped_column(BigInteger)


class DeviceNote(Base):
    """An entry of a device's maintenance log; append-only."""

    __tablename__ = "device_notes"
    __table_args__ = (Index(None, "dev_eui", "at"),)

    note_id: Mapped[int] = mapped_column(
        BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=True
    )
    dev_eui: Mapped[str] = mapped_column(String(16))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    actor: Mapped[str] = mapped_column(String(80))
    kind: Mapped[str] = mapped_column(String(20))
    text: Mapped[str] = mapped_column(Text)


class CommissionedSensor(Base):
    """One measured property of a device that was commissioned here and not in the region pack."""

    __tablename__ = "commissioned_sensors"

    region_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    dev_eui: Mapped[str] = mapped_column(String(16), primary_key=True)
    observed_property: Mapped[str] = mapped_column(String(40), primary_key=True)
    row: Mapped[dict[str, Any]] = mapped_column(JSON)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    actor: Mapped[str] = mapped_column(String(80))
