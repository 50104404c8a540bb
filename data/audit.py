"""The audit log: who did what, when. Append-only; each entry seals the one before it.

The hash of an entry is SHA-256 over the hash before it and its own fields as canonical JSON.
Whoever changes, removes or inserts an entry later breaks the chain at that place. What was cut off
at the end cannot be seen from the log alone: `head` is therefore worth keeping elsewhere.
"""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, insert, select, text
from sqlalchemy.orm import Session

from data.column_types import EPOCH, MICROSECOND
from data.models import AuditEntry

_LOCK_KEY = 7137002
"""PostgreSQL advisory lock: two writers must not seal the same entry."""
_PAGE = 1000


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


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a check of the chain found: entries, unsealed older ones, head, first broken one."""

    entries: int
    unsealed: int
    head: str
    broken_at: int | None


_COLUMNS = tuple(getattr(AuditEntry, name) for name in AuditRow.__slots__)


def note(
    session: Session, at: datetime, actor: str, action: str, target: str, **details: object
) -> None:
    """Append an entry in the caller's transaction, which must have been begun for writing."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("select pg_advisory_xact_lock(:key)"), {"key": _LOCK_KEY})
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
            entry_hash=seal(previous, at, (actor, action, target), plain),
        )
    )


def seal(previous: str, at: datetime, words: tuple[str, str, str], details: dict[str, Any]) -> str:
    """Return the hash of an entry: 64 hex digits."""
    content = [previous, (at - EPOCH) // MICROSECOND, *words, details]
    canonical = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(canonical.encode()).hexdigest()


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
    entries = unsealed = 0
    previous = ""
    for row in _all(session):
        entries += 1
        if not row.entry_hash and not previous:
            unsealed += 1
            continue
        words = (row.actor, row.action, row.target)
        is_next = row.prev_hash == previous
        if not is_next or row.entry_hash != seal(previous, row.at, words, row.details):
            return Verdict(entries, unsealed, previous, row.audit_id)
        previous = row.entry_hash
    return Verdict(entries, unsealed, previous, None)


def _all(session: Session) -> Iterator[AuditRow]:
    last = 0
    while True:
        question = select(*_COLUMNS).where(AuditEntry.audit_id > last)
        rows = session.execute(question.order_by(AuditEntry.audit_id).limit(_PAGE)).all()
        if not rows:
            return
        for row in rows:
            yield AuditRow(*row)
        last = rows[-1][0]
