"""What ingestion remembers: which uplinks were seen, and which messages could not be used."""

from datetime import datetime

from sqlalchemy import BigInteger, Float, Index, Integer, LargeBinary, SmallInteger, String
from sqlalchemy.orm import Mapped, mapped_column

from data.column_types import UtcDateTime
from data.models.base import Base


class UplinkReceipt(Base):
    """An uplink that was taken in: enough to recognise its duplicate and a rejoin."""

    __tablename__ = "uplink_receipts"
    __table_args__ = (
        Index(None, "dev_eui", "received_at"),
        Index(None, "dev_eui", "f_cnt"),
        Index(None, "dedup_id"),
    )

    receipt_id: Mapped[int] = mapped_column(
        BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=True
    )
    dev_eui: Mapped[str] = mapped_column(String(16))
    dev_addr: Mapped[str] = mapped_column(String(16))
    f_cnt: Mapped[int | None] = mapped_column(BigInteger)
    dedup_id: Mapped[str | None] = mapped_column(String(80))
    received_at: Mapped[datetime] = mapped_column(UtcDateTime)
    spreading_factor: Mapped[int | None] = mapped_column(SmallInteger)
    frequency_hz: Mapped[int | None] = mapped_column(BigInteger)
    rssi: Mapped[float | None] = mapped_column(Float)
    snr: Mapped[float | None] = mapped_column(Float)
    gateways: Mapped[int | None] = mapped_column(SmallInteger)


class RejectedMessage(Base):
    """A message, or one property of it, that could not be used, with its reason; never dropped."""

    __tablename__ = "rejected_messages"
    __table_args__ = (Index(None, "received_at"),)

    rejected_id: Mapped[int] = mapped_column(
        BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=True
    )
    received_at: Mapped[datetime] = mapped_column(UtcDateTime)
    source: Mapped[str] = mapped_column(String(40))
    topic: Mapped[str] = mapped_column(String(300))
    device: Mapped[str] = mapped_column(String(64))
    reason_code: Mapped[str] = mapped_column(String(40))
    reason: Mapped[str] = mapped_column(String(300))
    body: Mapped[bytes] = mapped_column(LargeBinary)
    origin: Mapped[str] = mapped_column(String(20))
