"""Writing to the outbox: messages, deliveries, attempts. What is sent is claimed first."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime

from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from data.models import Delivery, OutboxMessage
from data.outbox_rows import (
    DROPPED,
    MESSAGE,
    OBSOLETE,
    SENDING,
    WAITING,
    MessageRow,
    message_of,
    new_delivery,
)

DUE_AT_ONCE = 200
"""Deliveries looked at in one round (estimate): lanes take fewer."""


def put(session: Session, region_id: str, row: MessageRow) -> bool:
    """Store a message unless one of its key is stored, and tell whether it was new."""
    values = {name: getattr(row, name) for name in MessageRow.__slots__}
    values |= {"region_id": region_id, "fallback": list(row.fallback)}
    dialect = session.get_bind().dialect.name
    make = postgresql.insert if dialect == "postgresql" else sqlite.insert
    done = session.execute(
        make(OutboxMessage)
        .values(**values)
        .on_conflict_do_nothing(index_elements=[OutboxMessage.message_key])
        .returning(OutboxMessage.message_id)
    )
    return done.first() is not None


def add_deliveries(
    session: Session,
    message_id: str,
    states: Iterable[tuple[str | None, str]],
    at: datetime,
    rank: int,
) -> None:
    """Add a delivery for each (recipient, state)."""
    values = [new_delivery(message_id, who, state, at, rank) for who, state in states]
    if values:
        session.execute(insert(Delivery), values)


def message(session: Session, message_id: str) -> MessageRow | None:
    """Return a message."""
    found = session.execute(select(*MESSAGE).where(OutboxMessage.message_id == message_id)).first()
    return None if found is None else message_of(found)


def messages(session: Session, message_ids: Collection[str]) -> dict[str, MessageRow]:
    """Return some messages by id."""
    question = select(*MESSAGE).where(OutboxMessage.message_id.in_(message_ids))
    found = [message_of(row) for row in session.execute(question)]
    return {row.message_id: row for row in found}


def has_key(session: Session, key: str) -> bool:
    """Tell whether a message of this key is stored."""
    found = session.scalar(select(OutboxMessage.message_id).where(OutboxMessage.message_key == key))
    return found is not None


def waiting(session: Session, region_id: str) -> int:
    """Return how many deliveries are not at their end."""
    question = (
        select(func.count())
        .select_from(Delivery)
        .join(OutboxMessage, OutboxMessage.message_id == Delivery.message_id)
        .where(OutboxMessage.region_id == region_id, Delivery.state.in_((WAITING, SENDING)))
    )
    return session.scalar(question) or 0


def drop_lowest(session: Session, region_id: str, below_rank: int, most: int, at: datetime) -> int:
    """Drop waiting deliveries of a lower severity, lowest and oldest first; returns how many."""
    chosen = list(
        session.scalars(
            select(Delivery.delivery_id)
            .join(OutboxMessage, OutboxMessage.message_id == Delivery.message_id)
            .where(
                OutboxMessage.region_id == region_id,
                Delivery.state == WAITING,
                Delivery.severity_rank < below_rank,
            )
            .order_by(Delivery.severity_rank, Delivery.delivery_id)
            .limit(most)
        )
    )
    if chosen:
        end(session, chosen, DROPPED, at)
    return len(chosen)


def end(session: Session, ids: Sequence[int], state: str, at: datetime) -> None:
    """Bring waiting deliveries to an end."""
    session.execute(
        update(Delivery)
        .where(Delivery.delivery_id.in_(ids), Delivery.state == WAITING)
        .values(state=state, ended_at=at)
    )


def supersede(session: Session, alarm_id: str, group: str, keep: str, at: datetime) -> None:
    """End what a group is still to be told of an alarm by older messages than `keep`."""
    older = select(OutboxMessage.message_id).where(
        OutboxMessage.alarm_id == alarm_id,
        OutboxMessage.recipients == group,
        OutboxMessage.message_id != keep,
    )
    session.execute(
        update(Delivery)
        .where(Delivery.message_id.in_(older), Delivery.state == WAITING)
        .values(state=OBSOLETE, ended_at=at)
    )


def prune(session: Session, region_id: str, before: datetime) -> int:
    """Delete messages that are older, with deliveries and attempts; returns how many."""
    done = session.execute(
        delete(OutboxMessage)
        .where(OutboxMessage.region_id == region_id, OutboxMessage.created_at < before)
        .returning(OutboxMessage.message_id)
    )
    return len(done.all())
