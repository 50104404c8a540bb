"""Queries over recipients: the only table with names and addresses of people to be called."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.orm import Session

from data.models import Recipient

MOST = 5000
"""More recipients than a county calls (estimate); a bound for every reading."""


@dataclass(frozen=True, slots=True)
class RecipientRow:
    """A recipient as stored; `channels` are (channel, address) in the order of trying."""

    recipient_id: str
    name: str
    groups: tuple[str, ...]
    channels: tuple[tuple[str, str], ...]
    is_active: bool
    note: str
    consent_on: date | None
    confirmed_on: date | None
    created_at: datetime


_COLUMNS = tuple(getattr(Recipient, name) for name in RecipientRow.__slots__)


def _row(found: Sequence[Any]) -> RecipientRow:
    number, name, groups, channels, *rest = found
    listed = tuple((item["channel"], item["address"]) for item in channels)
    return RecipientRow(number, name, tuple(groups), listed, *rest)


def _values(row: RecipientRow) -> dict[str, Any]:
    return {
        "name": row.name,
        "groups": list(row.groups),
        "channels": [{"channel": key, "address": address} for key, address in row.channels],
        "is_active": row.is_active,
        "note": row.note,
        "consent_on": row.consent_on,
        "confirmed_on": row.confirmed_on,
    }


def add(session: Session, region_id: str, rows: Iterable[RecipientRow]) -> None:
    """Store new recipients."""
    values = [
        {
            "recipient_id": row.recipient_id,
            "region_id": region_id,
            "created_at": row.created_at,
            **_values(row),
        }
        for row in rows
    ]
    if values:
        session.execute(insert(Recipient), values)


def change(session: Session, region_id: str, row: RecipientRow) -> bool:
    """Replace what is kept of a recipient and tell whether there is one."""
    done = session.execute(
        update(Recipient)
        .where(Recipient.recipient_id == row.recipient_id, Recipient.region_id == region_id)
        .values(**_values(row))
        .returning(Recipient.recipient_id)
    )
    return done.first() is not None


def remove(session: Session, region_id: str, recipient_id: str) -> bool:
    """Delete a recipient and tell whether there was one."""
    done = session.execute(
        delete(Recipient)
        .where(Recipient.recipient_id == recipient_id, Recipient.region_id == region_id)
        .returning(Recipient.recipient_id)
    )
    return done.first() is not None


def by_id(session: Session, region_id: str, recipient_id: str) -> RecipientRow | None:
    """Return a recipient."""
    question = select(*_COLUMNS).where(
        Recipient.recipient_id == recipient_id, Recipient.region_id == region_id
    )
    found = session.execute(question).first()
    return None if found is None else _row(found)


def everyone(session: Session, region_id: str) -> list[RecipientRow]:
    """Return all recipients by name."""
    question = (
        select(*_COLUMNS)
        .where(Recipient.region_id == region_id)
        .order_by(Recipient.name, Recipient.recipient_id)
        .limit(MOST)
    )
    return [_row(found) for found in session.execute(question)]


def count(session: Session, region_id: str) -> int:
    """Return how many recipients there are."""
    question = select(func.count()).select_from(Recipient).where(Recipient.region_id == region_id)
    return session.scalar(question) or 0


def members(session: Session, region_id: str) -> list[RecipientRow]:
    """Return the active recipients that have a channel, by name."""
    return [row for row in everyone(session, region_id) if row.is_active and row.channels]
