"""What pages read of the outbox: newest messages with deliveries and attempts, and counts."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from data.models import Delivery, DeliveryAttempt, OutboxMessage
from data.outbox_rows import (
    ATTEMPT,
    DELIVERY,
    FAILED,
    MESSAGE,
    AttemptRow,
    DeliveryRow,
    MessageRow,
    delivery_of,
    message_of,
)

MOST = 1000
"""A number beyond it says no more than this one (estimate)."""


def newest(
    session: Session, region_id: str, kinds: Sequence[str], limit: int, alarm_id: str = ""
) -> list[MessageRow]:
    """Return the newest messages of some kinds, of one alarm if it is named."""
    question = select(*MESSAGE).where(
        OutboxMessage.region_id == region_id, OutboxMessage.kind.in_(kinds)
    )
    if alarm_id:
        question = question.where(OutboxMessage.alarm_id == alarm_id)
    question = question.order_by(OutboxMessage.created_at.desc(), OutboxMessage.message_id)
    return [message_of(found) for found in session.execute(question.limit(limit))]


def deliveries(session: Session, message_ids: Sequence[str]) -> list[DeliveryRow]:
    """Return the deliveries of some messages in the order in which they were put in."""
    question = (
        select(*DELIVERY).where(Delivery.message_id.in_(message_ids)).order_by(Delivery.delivery_id)
    )
    return [delivery_of(found) for found in session.execute(question)]


def attempts(session: Session, message_ids: Sequence[str]) -> list[AttemptRow]:
    """Return the attempts of some messages, oldest first."""
    question = (
        select(*ATTEMPT)
        .join(Delivery, Delivery.delivery_id == DeliveryAttempt.delivery_id)
        .where(Delivery.message_id.in_(message_ids))
        .order_by(DeliveryAttempt.attempt_id)
    )
    return [AttemptRow(*found) for found in session.execute(question)]


def digests(session: Session, numbers: Collection[int]) -> list[tuple[int, str]]:
    """Return what some hand-overs told of together: number and title, gravest first."""
    question = (
        select(DeliveryAttempt.digest_id, OutboxMessage.title)
        .join(Delivery, Delivery.delivery_id == DeliveryAttempt.delivery_id)
        .join(OutboxMessage, OutboxMessage.message_id == Delivery.message_id)
        .where(DeliveryAttempt.digest_id.in_(numbers))
        .order_by(DeliveryAttempt.attempt_id)
    )
    return [(int(row[0] or 0), str(row[1])) for row in session.execute(question)]


def counts(
    session: Session, region_id: str, kinds: Sequence[str], since: datetime
) -> dict[str, int]:
    """Return by state how many deliveries messages since an instant have."""
    question = (
        select(Delivery.state, func.count())
        .join(OutboxMessage, OutboxMessage.message_id == Delivery.message_id)
        .where(
            OutboxMessage.region_id == region_id,
            OutboxMessage.kind.in_(kinds),
            OutboxMessage.created_at >= since,
        )
        .group_by(Delivery.state)
    )
    return {str(row[0]): int(row[1]) for row in session.execute(question)}


def unheard(session: Session, region_id: str, kinds: Sequence[str], since: datetime) -> int:
    """Return how many messages since an instant found nobody to go to, and nobody to stand in."""
    none = (
        ~select(Delivery.delivery_id)
        .where(Delivery.message_id == OutboxMessage.message_id)
        .exists()
    )
    question = (
        select(OutboxMessage.fallback)
        .where(
            OutboxMessage.region_id == region_id,
            OutboxMessage.kind.in_(kinds),
            OutboxMessage.created_at >= since,
            none,
        )
        .limit(MOST)
    )
    return sum(not found for found in session.scalars(question))


def last_failures(session: Session, since: datetime) -> dict[str, datetime]:
    """Return by recipient when a delivery last failed for good."""
    question = (
        select(Delivery.recipient_id, func.max(Delivery.ended_at))
        .where(
            Delivery.state == FAILED,
            Delivery.recipient_id.is_not(None),
            Delivery.ended_at >= since,
        )
        .group_by(Delivery.recipient_id)
    )
    return {who: at for who, at in session.execute(question) if who and at}
