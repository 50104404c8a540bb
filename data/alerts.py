"""Queries over weather warnings: keep each CAP message once, find those that hold at an instant.

Identity is sender, identifier and sent. What an Update or Cancel refers to is over from the moment
that message was sent; this is worked out when asked, so the order of arrival does not matter.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import or_, select, tuple_
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from data.models import CapAlert

CHUNK = 200
MOST_ALERTS = 5000
"""Messages looked at for one answer: a county has some dozens a day (estimate)."""

AlertKey = tuple[str, str, datetime]
"""Sender, identifier and sent: what names a CAP message."""


@dataclass(frozen=True, slots=True)
class AlertRow:
    """A CAP message; `refers_to` are [sender, identifier, sent], `infos` its blocks as JSON."""

    sender: str
    identifier: str
    sent_at: datetime
    source_id: str
    msg_type: str
    status: str
    scope: str
    refers_to: Sequence[Sequence[str]]
    infos: Sequence[Mapping[str, Any]]
    expires_at: datetime | None
    received_at: datetime

    @property
    def key(self) -> AlertKey:
        """Return what names the message."""
        return self.sender, self.identifier, self.sent_at

    @property
    def references(self) -> frozenset[AlertKey]:
        """Return the messages that this one replaces or ends."""
        return frozenset(
            (sender, identifier, datetime.fromisoformat(sent))
            for sender, identifier, sent in self.refers_to
        )


def known(session: Session, keys: Iterable[AlertKey]) -> set[AlertKey]:
    """Return which of the messages are stored."""
    wanted = list(keys)
    found: set[AlertKey] = set()
    columns = (CapAlert.sender, CapAlert.identifier, CapAlert.sent_at)
    for start in range(0, len(wanted), CHUNK):
        part = wanted[start : start + CHUNK]
        rows = session.execute(select(*columns).where(tuple_(*columns).in_(part)))
        found |= {(sender, identifier, sent) for sender, identifier, sent in rows}
    return found


def add(session: Session, rows: Sequence[AlertRow]) -> int:
    """Keep messages that are not stored yet; a message never changes. Returns how many are new."""
    stored = known(session, (row.key for row in rows))
    fresh = {row.key: row for row in rows if row.key not in stored}
    if fresh:
        dialect = session.get_bind().dialect.name
        make = postgresql.insert if dialect == "postgresql" else sqlite.insert
        values = [_values(row) for row in fresh.values()]
        session.execute(make(CapAlert).on_conflict_do_nothing(), values)
    return len(fresh)


def holding_at(session: Session, at: datetime) -> list[AlertRow]:
    """Return the messages that hold at an instant as far as they were sent by then, newest first.

    Expired ones, drills and tests, and what an Update or Cancel refers to are left out.
    """
    query = (
        select(CapAlert)
        .where(
            CapAlert.sent_at <= at,
            CapAlert.status == "Actual",
            or_(CapAlert.expires_at.is_(None), CapAlert.expires_at > at),
        )
        .order_by(CapAlert.sent_at.desc())
        .limit(MOST_ALERTS)
    )
    found = [_row(row) for row in session.scalars(query)]
    over = _replaced(session, found, at)
    return [row for row in found if row.msg_type != "Cancel" and row.key not in over]


def _replaced(session: Session, rows: Sequence[AlertRow], at: datetime) -> set[AlertKey]:
    """Return what any later message has replaced, expired messages among them."""
    if not rows:
        return set()
    query = (
        select(CapAlert)
        .where(
            CapAlert.sent_at.between(rows[-1].sent_at, at),
            CapAlert.msg_type.in_(("Update", "Cancel")),
            CapAlert.status == "Actual",
        )
        .order_by(CapAlert.sent_at.desc())
        .limit(MOST_ALERTS)
    )
    over: set[AlertKey] = set()
    for row in session.scalars(query):
        found = _row(row)
        over |= found.references - {found.key}
    return over


def _row(found: CapAlert) -> AlertRow:
    return AlertRow(**{name: getattr(found, name) for name in AlertRow.__slots__})


def _values(row: AlertRow) -> dict[str, Any]:
    return asdict(row) | {
        "refers_to": [list(reference) for reference in row.refers_to],
        "infos": [dict(info) for info in row.infos],
    }
