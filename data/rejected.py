"""Queries over rejected messages: keep with reason, count, show the newest."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, insert, select
from sqlalchemy.orm import Session

from data.models import RejectedMessage

BODY_LIMIT = 64 * 1024
"""Bytes of a rejected body that are kept: enough to see what it was."""

LIMITS = {"body": BODY_LIMIT, "topic": 300, "device": 64, "reason": 300}


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
    names = RejectedRow.__slots__
    cells = [tuple(_cut(name, getattr(row, name)) for name in names) for row in rows]
    if cells:
        values = [dict(zip(names, row, strict=True)) for row in cells]
        session.execute(insert(RejectedMessage), values)


def _cut(name: str, value: Any) -> Any:  # noqa: ANN401  # a cell of any column
    limit = LIMITS.get(name)
    return value if limit is None else value[:limit]


def counts(session: Session, since: datetime) -> dict[str, int]:
    """Return the number of rejected messages since an instant by reason code."""
    found = session.execute(
        select(RejectedMessage.reason_code, func.count())
        .where(RejectedMessage.received_at >= since)
        .group_by(RejectedMessage.reason_code)
    )
    return dict(found.all())


@dataclass(frozen=True, slots=True)
class UnknownSender:
    """A device that no sensor row knows: how many messages are kept, and the newest of them."""

    device: str
    count: int
    newest: RejectedRow


def unknown_senders(
    session: Session, reason_code: str, sources: Iterable[str], limit: int = 50
) -> list[UnknownSender]:
    """Return devices whose messages were rejected for a reason, the most recent first."""
    newest = func.max(RejectedMessage.rejected_id)
    found = session.execute(
        select(RejectedMessage.device, func.count(), newest)
        .where(
            RejectedMessage.reason_code == reason_code,
            RejectedMessage.source.in_(sorted(sources)),
            RejectedMessage.device != "",
        )
        .group_by(RejectedMessage.device)
        .order_by(newest.desc())
        .limit(limit)
    ).all()
    rows = {
        row.rejected_id: _row(row)
        for row in session.scalars(
            select(RejectedMessage).where(
                RejectedMessage.rejected_id.in_([number for _, _, number in found])
            )
        )
    }
    return [UnknownSender(device, count, rows[number]) for device, count, number in found]


def of_device(
    session: Session, device: str, reason_code: str, limit: int
) -> list[tuple[int, RejectedRow]]:
    """Return the oldest kept messages of a device that were rejected for a reason, with ids."""
    found = session.scalars(
        select(RejectedMessage)
        .where(RejectedMessage.device == device, RejectedMessage.reason_code == reason_code)
        .order_by(RejectedMessage.rejected_id)
        .limit(limit)
    )
    return [(row.rejected_id, _row(row)) for row in found]


def forget(session: Session, ids: Iterable[int]) -> None:
    """Drop messages that were taken in after all."""
    session.execute(delete(RejectedMessage).where(RejectedMessage.rejected_id.in_(list(ids))))


def _row(row: RejectedMessage) -> RejectedRow:
    return RejectedRow(*(getattr(row, name) for name in RejectedRow.__slots__))


def prune(session: Session, before: datetime, keep_newest: int) -> None:
    """Drop messages received before an instant, and all but the newest `keep_newest`."""
    session.execute(delete(RejectedMessage).where(RejectedMessage.received_at < before))
    newest = session.scalar(select(func.max(RejectedMessage.rejected_id)))
    if newest is not None:
        session.execute(
            delete(RejectedMessage).where(RejectedMessage.rejected_id <= newest - keep_newest)
        )
