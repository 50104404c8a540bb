"""Queries over drafts of public warnings; a stored message never changes.

Whoever adds one calls `hold` first: on PostgreSQL one transaction at a time continues chains, as
SQLite's one writer does.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from data import locks
from data.models import WarningDraft

_LOCK_KEY = 7137020
"""PostgreSQL advisory lock of all writes to drafts."""


@dataclass(frozen=True, slots=True)
class DraftRow:
    """A message as it is stored."""

    identifier: str
    region_id: str
    scope: str
    chain: str
    sender: str
    sent_at: datetime
    status: str
    msg_type: str
    expires_at: datetime
    headline: str
    content: Mapping[str, Any]
    xml: str
    author: str
    made_at: datetime


_NAMES = tuple(field.name for field in fields(DraftRow))
_COLUMNS = tuple(getattr(WarningDraft, name) for name in _NAMES)


def hold(session: Session) -> None:
    """Let nobody else add messages until the transaction ends."""
    locks.hold(session, _LOCK_KEY)


def add(session: Session, row: DraftRow) -> None:
    """Store a message."""
    session.execute(insert(WarningDraft).values(**{name: getattr(row, name) for name in _NAMES}))


def by_identifier(session: Session, region_id: str, identifier: str) -> DraftRow | None:
    """Return a message of a region."""
    question = select(*_COLUMNS).where(
        WarningDraft.region_id == region_id, WarningDraft.identifier == identifier
    )
    found = session.execute(question).first()
    return None if found is None else DraftRow(*found)


def chain(session: Session, region_id: str, scope: str, name: str) -> list[DraftRow]:
    """Return the messages of a chain, oldest first."""
    question = (
        select(*_COLUMNS)
        .where(
            WarningDraft.region_id == region_id,
            WarningDraft.scope == scope,
            WarningDraft.chain == name,
        )
        .order_by(WarningDraft.sent_at)
    )
    return [DraftRow(*row) for row in session.execute(question)]


def newest(session: Session, region_id: str, limit: int) -> list[DraftRow]:
    """Return the newest messages of a region, newest first."""
    question = (
        select(*_COLUMNS)
        .where(WarningDraft.region_id == region_id)
        .order_by(WarningDraft.made_at.desc(), WarningDraft.sent_at.desc())
        .limit(limit)
    )
    return [DraftRow(*row) for row in session.execute(question)]
