"""Deliveries of the outbox: what is due, what a courier has claimed, how it ended."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, insert, select, tuple_, update
from sqlalchemy.orm import Session

from data.models import Delivery, DeliveryAttempt, OutboxMessage
from data.outbox import DUE_AT_ONCE
from data.outbox_rows import (
    DELIVERY,
    REMOVED,
    SENDING,
    STARTED,
    WAITING,
    DeliveryRow,
    delivery_of,
)


def due(session: Session, region_id: str, now: datetime) -> list[DeliveryRow]:
    """Return the deliveries whose time has come, the gravest first."""
    question = (
        select(*DELIVERY)
        .join(OutboxMessage, OutboxMessage.message_id == Delivery.message_id)
        .where(
            OutboxMessage.region_id == region_id,
            Delivery.state == WAITING,
            Delivery.next_at <= now,
        )
        .order_by(Delivery.severity_rank.desc(), Delivery.next_at, Delivery.delivery_id)
        .limit(DUE_AT_ONCE)
    )
    return [delivery_of(found) for found in session.execute(question)]


def due_for(
    session: Session, region_id: str, recipient_id: str, now: datetime
) -> list[DeliveryRow]:
    """Return what has come due for one recipient, the gravest first."""
    question = (
        select(*DELIVERY)
        .join(OutboxMessage, OutboxMessage.message_id == Delivery.message_id)
        .where(
            Delivery.recipient_id == recipient_id,
            OutboxMessage.region_id == region_id,
            Delivery.state == WAITING,
            Delivery.next_at <= now,
        )
        .order_by(Delivery.severity_rank.desc(), Delivery.next_at, Delivery.delivery_id)
        .limit(DUE_AT_ONCE)
    )
    return [delivery_of(found) for found in session.execute(question)]


def delivery(session: Session, delivery_id: int) -> DeliveryRow | None:
    """Return a delivery."""
    found = session.execute(select(*DELIVERY).where(Delivery.delivery_id == delivery_id)).first()
    return None if found is None else delivery_of(found)


def deliveries_of(session: Session, message_id: str) -> list[DeliveryRow]:
    """Return the deliveries of a message."""
    question = (
        select(*DELIVERY).where(Delivery.message_id == message_id).order_by(Delivery.delivery_id)
    )
    return [delivery_of(found) for found in session.execute(question)]


def claim(
    session: Session, row: DeliveryRow, channel: str, holder: str, now: datetime
) -> int | None:
    """Take a waiting delivery and note the attempt; returns its number, None if it was taken."""
    number = row.tries + 1
    done = session.execute(
        update(Delivery)
        .where(
            Delivery.delivery_id == row.delivery_id,
            Delivery.state == WAITING,
            Delivery.tries == row.tries,
        )
        .values(state=SENDING, tries=number, place=row.place)
        .returning(Delivery.delivery_id)
    )
    if done.first() is None:
        return None
    session.execute(
        insert(DeliveryAttempt).values(
            delivery_id=row.delivery_id,
            number=number,
            channel=channel,
            holder=holder,
            is_repeat=row.may_repeat,
            started_at=now,
            outcome=STARTED,
            answer="",
        )
    )
    return number


def bind(session: Session, attempts: Sequence[tuple[int, int]]) -> int:
    """Note that attempts (delivery, number) are one hand-over; returns the number of that."""
    these = tuple_(DeliveryAttempt.delivery_id, DeliveryAttempt.number).in_(attempts)
    first = session.scalars(select(func.min(DeliveryAttempt.attempt_id)).where(these)).one()
    session.execute(update(DeliveryAttempt).where(these).values(digest_id=first))
    return first


def digest_of(session: Session, delivery_id: int, number: int) -> int | None:
    """Return the number of the hand-over that an attempt was a part of, None if it was alone."""
    return session.scalar(
        select(DeliveryAttempt.digest_id).where(
            DeliveryAttempt.delivery_id == delivery_id, DeliveryAttempt.number == number
        )
    )


def finish(
    session: Session, delivery_id: int, number: int, outcome: str, answer: str, now: datetime
) -> bool:
    """Store how an attempt ended and tell whether it was still under way."""
    done = session.execute(
        update(DeliveryAttempt)
        .where(
            DeliveryAttempt.delivery_id == delivery_id,
            DeliveryAttempt.number == number,
            DeliveryAttempt.outcome == STARTED,
        )
        .values(outcome=outcome, answer=answer, finished_at=now)
        .returning(DeliveryAttempt.attempt_id)
    )
    return done.first() is not None


def advance(session: Session, delivery_id: int, **values: object) -> None:
    """Change a delivery that is being sent."""
    session.execute(
        update(Delivery)
        .where(Delivery.delivery_id == delivery_id, Delivery.state == SENDING)
        .values(**values)
    )


def abandoned(session: Session, region_id: str) -> list[tuple[int, int]]:
    """Return (delivery, attempt number) of what somebody began to send and never finished."""
    question = (
        select(DeliveryAttempt.delivery_id, DeliveryAttempt.number)
        .join(Delivery, Delivery.delivery_id == DeliveryAttempt.delivery_id)
        .join(OutboxMessage, OutboxMessage.message_id == Delivery.message_id)
        .where(OutboxMessage.region_id == region_id, DeliveryAttempt.outcome == STARTED)
    )
    return [(delivery_id, number) for delivery_id, number in session.execute(question)]


def forget_recipient(session: Session, recipient_id: str, at: datetime) -> None:
    """Take a person out of the outbox: nothing more is sent, answers of gateways are emptied."""
    mine = select(Delivery.delivery_id).where(Delivery.recipient_id == recipient_id)
    session.execute(
        update(DeliveryAttempt).where(DeliveryAttempt.delivery_id.in_(mine)).values(answer="")
    )
    session.execute(
        update(Delivery)
        .where(Delivery.recipient_id == recipient_id, Delivery.state.in_((WAITING, SENDING)))
        .values(state=REMOVED, ended_at=at)
    )
    session.execute(
        update(Delivery).where(Delivery.recipient_id == recipient_id).values(recipient_id=None)
    )
