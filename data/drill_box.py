"""The mailbox of drills: what would have been sent, kept where no recipient is known."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, func, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from data.models import DrillMessage


@dataclass(frozen=True, slots=True)
class DrillRow:
    """A message of a drill as it would have read."""

    message_key: str
    kind: str
    alarm_id: str
    severity: str
    recipients: str
    step: int
    subject: str
    body: str
    short: str
    created_at: datetime


_COLUMNS = tuple(getattr(DrillMessage, name) for name in DrillRow.__slots__)


def put(session: Session, region_id: str, row: DrillRow, keep: int) -> bool:
    """Store a message once a key and tell whether it was new; only the newest `keep` stay."""
    values = {name: getattr(row, name) for name in DrillRow.__slots__}
    dialect = session.get_bind().dialect.name
    make = postgresql.insert if dialect == "postgresql" else sqlite.insert
    stored = session.execute(
        make(DrillMessage)
        .values(region_id=region_id, **values)
        .on_conflict_do_nothing(index_elements=[DrillMessage.message_key])
    )
    oldest = session.scalar(
        select(DrillMessage.created_at)
        .where(DrillMessage.region_id == region_id)
        .order_by(DrillMessage.created_at.desc())
        .offset(keep)
        .limit(1)
    )
    if oldest is not None:
        session.execute(
            delete(DrillMessage).where(
                DrillMessage.region_id == region_id, DrillMessage.created_at <= oldest
            )
        )
    return bool(stored.rowcount)  # type: ignore[attr-defined]  # CursorResult


def newest(session: Session, region_id: str, limit: int, without: str) -> list[DrillRow]:
    """Return the newest messages, those of the kind `without` left out."""
    question = (
        select(*_COLUMNS)
        .where(DrillMessage.region_id == region_id, DrillMessage.kind != without)
        .order_by(DrillMessage.created_at.desc(), DrillMessage.message_key)
        .limit(limit)
    )
    return [DrillRow(*found) for found in session.execute(question)]


def count(session: Session, region_id: str, without: str) -> int:
    """Return how many there are, those of the kind `without` left out."""
    question = select(func.count()).where(
        DrillMessage.region_id == region_id, DrillMessage.kind != without
    )
    return session.scalar(question) or 0
