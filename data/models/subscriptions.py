"""Subscriptions of people without an account: the only table of theirs, apart from all others.

Deleting a subscription deletes its tokens; the outbox names it by id only.
"""

from datetime import datetime

from sqlalchemy import BigInteger, Float, ForeignKey, Index, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from data.column_types import UtcDateTime
from data.models.base import Base


class Subscription(Base):
    """An e-mail address that wants to hear of a place or a gauge; nothing before `confirmed_at`.

    `told` is what the last mail left it with: a level, or "" while there is nothing to end;
    `told_key` is the key of that mail in the outbox, which knows what became of it.
    """

    __tablename__ = "subscriptions"
    __table_args__ = (
        Index(None, "region_id", "confirmed_at"),
        Index(None, "region_id", "address"),
    )

    subscription_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    region_id: Mapped[str] = mapped_column(String(64))
    address: Mapped[str] = mapped_column(String(200))
    kind: Mapped[str] = mapped_column(String(12))
    target_id: Mapped[str] = mapped_column(String(64))
    level: Mapped[str] = mapped_column(String(12), default="")
    threshold: Mapped[float | None] = mapped_column(Float)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    confirmed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    told: Mapped[str] = mapped_column(String(12), default="")
    told_key: Mapped[str] = mapped_column(String(240), default="")


class SubscriptionToken(Base):
    """The fingerprint of a link that was mailed; the link itself is stored nowhere."""

    __tablename__ = "subscription_tokens"
    __table_args__ = (Index(None, "subscription_id"),)

    token_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    subscription_id: Mapped[str] = mapped_column(
        ForeignKey("subscriptions.subscription_id", ondelete="CASCADE")
    )
    expires_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class SubscriptionRequest(Base):
    """That somebody asked, under the fingerprint of an address: bounds how often; kept an hour."""

    __tablename__ = "subscription_requests"
    __table_args__ = (Index(None, "key", "asked_at"),)

    request_id: Mapped[int] = mapped_column(
        BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=True
    )
    key: Mapped[str] = mapped_column(String(64))
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime)
