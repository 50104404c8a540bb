"""The audit log: who did what, when. Append-only; each entry seals the one before (`chain`)."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from data import chain, locks
from data.chain import Verdict
from data.column_types import EPOCH, MICROSECOND
from data.models import AuditEntry

_LOCK_KEY = 7137002
"""PostgreSQL advisory lock: two writers must not seal the same entry."""


@dataclass(frozen=True, slots=True)
class AuditRow:
    """An entry of the log."""

    audit_id: int
    at: datetime
    actor: str
    action: str
    target: str
    details: dict[str, Any]
    prev_hash: str
    entry_hash: str

    @property
    def number(self) -> int:
        """Return the number of the entry."""
        return self.audit_id

    def content(self) -> list[object]:
        """Return what is sealed of the entry."""
        return sealed_content(self.at, (self.actor, self.action, self.target), self.details)


_COLUMNS = tuple(getattr(AuditEntry, name) for name in AuditRow.__slots__)


def note(
    session: Session, at: datetime, actor: str, action: str, target: str, **details: object
) -> None:
    """Append an entry in the caller's transaction, which must have been begun for writing."""
    locks.hold(session, _LOCK_KEY)
    plain = json.loads(json.dumps(details, default=str))
    previous = head(session)
    session.execute(
        insert(AuditEntry).values(
            at=at,
            actor=actor,
            action=action,
            target=target,
            details=plain,
            prev_hash=previous,
            entry_hash=chain.seal(previous, sealed_content(at, (actor, action, target), plain)),
        )
    )


def sealed_content(
    at: datetime, words: tuple[str, str, str], details: dict[str, Any]
) -> list[object]:
    """Return what is sealed of an entry, fit for JSON."""
    return [(at - EPOCH) // MICROSECOND, *words, details]


def head(session: Session) -> str:
    """Return the hash of the newest entry, empty before the first."""
    newest = select(AuditEntry.entry_hash).order_by(AuditEntry.audit_id.desc()).limit(1)
    return session.scalar(newest) or ""


def newest(
    session: Session, limit: int, before: int | None = None, person: str = ""
) -> list[AuditRow]:
    """Return the newest entries, or those before one; newest first.

    `person` keeps those whose actor or target has it in it, in either case (on SQLite umlauts only
    as they are written).
    """
    question = select(*_COLUMNS).order_by(AuditEntry.audit_id.desc()).limit(limit)
    if before is not None:
        question = question.where(AuditEntry.audit_id < before)
    if person:
        wanted = person.lower()
        question = question.where(
            func.lower(AuditEntry.actor).contains(wanted, autoescape=True)
            | func.lower(AuditEntry.target).contains(wanted, autoescape=True)
        )
    return [AuditRow(*row) for row in session.execute(question)]


def verify(session: Session) -> Verdict:
    """Walk the whole chain, some thousand entries at a time."""
    return chain.verify(chain.walk(lambda last: _after(session, last)))


def _after(session: Session, last: int) -> list[AuditRow]:
    question = select(*_COLUMNS).where(AuditEntry.audit_id > last)
    rows = session.execute(question.order_by(AuditEntry.audit_id).limit(chain.PAGE))
    return [AuditRow(*row) for row in rows]
