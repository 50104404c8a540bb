"""Recipients, the outbox with its attempts, the mailbox of drills, and heartbeats.

Only `recipients` holds personal data: the outbox names a recipient by id, so that deleting the one
row deletes the person. Instants are of the wall clock.
"""

from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Date,
    Float,
    ForeignKey,
    Index,
    Integer,
    String,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column

from data.column_types import UtcDateTime
from data.models.base import Base


class Recipient(Base):
    """Whom alarms call: groups, and channels with their addresses in the order of trying."""

    __tablename__ = "recipients"
    __table_args__ = (Index(None, "region_id", "name"),)

    recipient_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    region_id: Mapped[str] = mapped_column(String(64))
    name: Mapped[str] = mapped_column(String(80))
    groups: Mapped[list[str]] = mapped_column(JSON, default=list)
    channels: Mapped[list[dict[str, str]]] = mapped_column(JSON, default=list)
    is_active: Mapped[bool] = mapped_column(Boolean, default=True)
    note: Mapped[str] = mapped_column(String(200), default="")
    consent_on: Mapped[date | None] = mapped_column(Date)
    confirmed_on: Mapped[date | None] = mapped_column(Date)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)


class OutboxMessage(Base):
    """What a group is told, once a key; `fallback` names the groups that stand in for it.

    There is no column for drills: a drill cannot be put in here.
    """

    __tablename__ = "outbox_messages"
    __table_args__ = (Index(None, "region_id", "created_at"), Index(None, "alarm_id"))

    message_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    region_id: Mapped[str] = mapped_column(String(64))
    message_key: Mapped[str] = mapped_column(String(240), unique=True)
    kind: Mapped[str] = mapped_column(String(12))
    alarm_id: Mapped[str] = mapped_column(String(36), default="")
    severity: Mapped[str] = mapped_column(String(12))
    recipients: Mapped[str] = mapped_column(String(64))
    step: Mapped[int] = mapped_column(Integer, default=0)
    title: Mapped[str] = mapped_column(String(300))
    text: Mapped[str] = mapped_column(Text)
    fallback: Mapped[list[str]] = mapped_column(JSON, default=list)
    stands_in_for: Mapped[str] = mapped_column(String(64), default="")
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
    usable_min: Mapped[float | None] = mapped_column(Float)


class Delivery(Base):
    """One message for one recipient. Without `recipient_id` the person was deleted."""

    __tablename__ = "deliveries"
    __table_args__ = (
        UniqueConstraint("message_id", "recipient_id"),
        Index(None, "state", "next_at"),
        Index(None, "recipient_id"),
    )

    delivery_id: Mapped[int] = mapped_column(
        BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=True
    )
    message_id: Mapped[str] = mapped_column(
        ForeignKey("outbox_messages.message_id", ondelete="CASCADE")
    )
    recipient_id: Mapped[str | None] = mapped_column(
        ForeignKey("recipients.recipient_id", ondelete="SET NULL")
    )
    state: Mapped[str] = mapped_column(String(12))
    severity_rank: Mapped[int] = mapped_column(Integer)
    place: Mapped[int] = mapped_column(Integer, default=0)
    rounds: Mapped[int] = mapped_column(Integer, default=0)
    tries: Mapped[int] = mapped_column(Integer, default=0)
    refused: Mapped[list[int]] = mapped_column(JSON, default=list)
    may_repeat: Mapped[bool] = mapped_column(Boolean, default=False)
    next_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class DeliveryAttempt(Base):
    """One hand-over to a gateway, stored before it begins; `answer` holds no address.

    Attempts with the same `digest_id` were one hand-over: one message that told of several alarms.
    It is the id of the first of them.
    """

    __tablename__ = "delivery_attempts"
    __table_args__ = (
        UniqueConstraint("delivery_id", "number"),
        Index(None, "outcome"),
        Index(None, "digest_id"),
    )

    attempt_id: Mapped[int] = mapped_column(
        BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=True
    )
    delivery_id: Mapped[int] = mapped_column(
        ForeignKey("deliveries.delivery_id", ondelete="CASCADE")
    )
    number: Mapped[int] = mapped_column(Integer)
    channel: Mapped[str] = mapped_column(String(32))
    holder: Mapped[str] = mapped_column(String(100))
    is_repeat: Mapped[bool] = mapped_column(Boolean)
    started_at: Mapped[datetime] = mapped_column(UtcDateTime)
    finished_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    outcome: Mapped[str] = mapped_column(String(12))
    answer: Mapped[str] = mapped_column(String(300), default="")
    digest_id: Mapped[int | None] = mapped_column(BigInteger().with_variant(Integer, "sqlite"))


class DrillMessage(Base):
    """What a drill would have sent; it stays on the page, there is no recipient."""

    __tablename__ = "drill_messages"
    __table_args__ = (Index(None, "region_id", "created_at"),)

    message_key: Mapped[str] = mapped_column(String(240), primary_key=True)
    region_id: Mapped[str] = mapped_column(String(64))
    kind: Mapped[str] = mapped_column(String(12))
    alarm_id: Mapped[str] = mapped_column(String(36), default="")
    severity: Mapped[str] = mapped_column(String(12))
    recipients: Mapped[str] = mapped_column(String(64))
    step: Mapped[int] = mapped_column(Integer, default=0)
    subject: Mapped[str] = mapped_column(String(300))
    body: Mapped[str] = mapped_column(Text)
    short: Mapped[str] = mapped_column(String(480))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Heartbeat(Base):
    """One test from the virtual sensor to the delivered message: when each part was done."""

    __tablename__ = "heartbeats"

    region_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    beat_at: Mapped[datetime] = mapped_column(UtcDateTime, primary_key=True)
    decided_at: Mapped[datetime] = mapped_column(UtcDateTime)
    delivered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    channel: Mapped[str] = mapped_column(String(32), default="")
    details: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
