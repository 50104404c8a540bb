"""The one way into the journal: whatever tells of itself calls `note` in its own transaction."""

from sqlalchemy.orm import Session

from data import journal
from data.journal import JournalRow
from services.journal.model import Entry


def note(session: Session, entry: Entry) -> int:
    """Append an entry in a transaction that was begun for writing; returns its number.

    It is there exactly if what it tells of is. Call it before `audit.note`: both take a lock.
    """
    return journal.append(
        session,
        JournalRow(
            region_id=entry.region_id,
            scope=entry.scope,
            kind=entry.kind.value,
            happened_at=entry.happened_at,
            noted_at=entry.noted_at,
            wall_at=entry.wall_at,
            actor=entry.actor,
            text=entry.text,
            person_id=entry.person_id,
            subjects=journal.key_text(entry.subjects),
            lat=entry.lat,
            lon=entry.lon,
            photo=entry.photo,
            refers_to=entry.refers_to,
            details=dict(entry.details),
        ),
    )
