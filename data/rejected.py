"""Queries over rejected messages: keep with reason, count, show the newest."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import delete, func, insert, select
from sqlalchemy.orm import Session

from data.models import RejectedMessage

BODY_LIMIT = 64 * 1024
"""Bytes of a rejected body that are kept: enough to see what it was."""


@dataclass(frozen=True, slots=True)
class RejectedRow:
    """A message or property that could not be used."""

    received_at: datetime
    source: str
    topic: str
    device: str
    reason_code: str
    reason: str
    body: bytes
    origin: str


def add(session: Session, rows: Iterable[RejectedRow]) -> None:
    """Keep rejected messages; bodies are cut to BODY_LIMIT."""
    values = [
        {
            **asdict(row),
            "body": row.body[:BODY_LIMIT],
            "topic": row.topic[:300],
            "device": row.device[:64],
            "reason": row.reason[:300],
        }
        for row in rows
    ]
    if values:
        session.execute(insert(RejectedMessage), values)


def counts(session: Session, since: datetime) -> dict[str, int]:
    """Return the number of rejected messages since an instant by reason code."""
    found = session.execute(
        select(RejectedMessage.reason_code, func.count())
        .where(RejectedMessage.received_at >= since)
        .group_by(RejectedMessage.reason_code)
    )
    return dict(found.all())


def prune(session: Session, before: datetime, keep_newest: int) -> None:
    """Drop messages received before an instant, and all but the newest `keep_newest`."""
    session.execute(delete(RejectedMessage).where(RejectedMessage.received_at < before))
    newest = session.scalar(select(func.max(RejectedMessage.rejected_id)))
    if newest is not None:
        session.execute(
            delete(RejectedMessage).where(RejectedMessage.rejected_id <= newest - keep_newest)
        )
