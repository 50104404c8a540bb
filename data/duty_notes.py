"""Queries over the notes of the duty officer."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from data.models import DutyNote


@dataclass(frozen=True, slots=True)
class NoteRow:
    """A note as it is stored."""

    note_id: int
    written_at: datetime
    valid_until: datetime
    author: str
    text: str
    is_public: bool
    withdrawn_at: datetime | None
    withdrawn_by: str


def add(session: Session, region_id: str, scope: str, **values: object) -> int:
    """Store a note and return its number."""
    made = DutyNote(region_id=region_id, scope=scope, **values)
    session.add(made)
    session.flush()
    return made.note_id


def newest(session: Session, region_id: str, scope: str, most: int) -> Sequence[NoteRow]:
    """Return the last notes, the newest first."""
    query = (
        select(DutyNote)
        .where(DutyNote.region_id == region_id, DutyNote.scope == scope)
        .order_by(DutyNote.written_at.desc(), DutyNote.note_id.desc())
        .limit(most)
    )
    return [
        NoteRow(**{name: getattr(found, name) for name in NoteRow.__slots__})
        for found in session.scalars(query)
    ]


def withdraw(session: Session, note_id: int, at: datetime, by: str) -> bool:
    """Take a note back; False when somebody has done so already."""
    query = (
        update(DutyNote)
        .where(DutyNote.note_id == note_id, DutyNote.withdrawn_at.is_(None))
        .values(withdrawn_at=at, withdrawn_by=by)
    )
    return bool(session.execute(query).rowcount)  # type: ignore[attr-defined]  # CursorResult
