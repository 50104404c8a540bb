"""Mails to subscribers in the outbox: many at a time, newer ones take the place of older ones."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from data.models import Delivery, OutboxMessage, Subscription
from data.outbox_rows import DROPPED, EXPIRED, OBSOLETE, WAITING, new_delivery

KEYS_AT_ONCE = 500
"""Values in one statement: both databases take far more."""


def add(session: Session, states: Iterable[tuple[str, str]], at: datetime, rank: int) -> None:
    """Add a delivery for each (message, state): a subscriber is no recipient of alarms."""
    values = [new_delivery(message_id, None, state, at, rank) for message_id, state in states]
    if values:
        session.execute(insert(Delivery), values)


def overtake(session: Session, keys: Sequence[str], at: datetime) -> None:
    """End what waits of mails with these keys: newer ones take their place."""
    for begin in range(0, len(keys), KEYS_AT_ONCE):
        chunk = keys[begin : begin + KEYS_AT_ONCE]
        older = select(OutboxMessage.message_id).where(OutboxMessage.message_key.in_(chunk))
        session.execute(
            update(Delivery)
            .where(Delivery.message_id.in_(older), Delivery.state == WAITING)
            .values(state=OBSOLETE, ended_at=at)
        )


def lost(session: Session, region_id: str) -> set[str]:
    """Return the subscriptions whose last mail was dropped, or was too late to be sent."""
    question = (
        select(Subscription.subscription_id)
        .join(OutboxMessage, OutboxMessage.message_key == Subscription.told_key)
        .join(Delivery, Delivery.message_id == OutboxMessage.message_id)
        .where(
            Subscription.region_id == region_id,
            Subscription.told_key != "",
            Delivery.state.in_((DROPPED, EXPIRED)),
        )
    )
    return set(session.scalars(question))
