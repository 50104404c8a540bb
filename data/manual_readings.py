"""Queries over readings that people entered."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from data.models import ManualReading


@dataclass(frozen=True, slots=True)
class ManualRow:
    """A reading as it is stored."""

    reading_id: int
    gauge_id: str
    read_at: datetime
    entered_at: datetime
    value: float
    unit: str
    way: str
    read_by: str
    entered_by: str
    withdrawn_at: datetime | None
    withdrawn_by: str
    withdrawn_reason: str


_COLUMNS = tuple(getattr(ManualReading, name) for name in ManualRow.__slots__)


def add(session: Session, region_id: str, scope: str, **values: object) -> int:
    """Store a reading and return its number."""
    made = ManualReading(region_id=region_id, scope=scope, **values)
    session.add(made)
    session.flush()
    return made.reading_id


def since(
    session: Session, region_id: str, scope: str, start: datetime, limit: int
) -> list[ManualRow]:
    """Return the readings taken since an instant, the newest first; withdrawn ones as well."""
    query = (
        select(*_COLUMNS)
        .where(
            ManualReading.region_id == region_id,
            ManualReading.scope == scope,
            ManualReading.read_at >= start,
        )
        .order_by(ManualReading.read_at.desc(), ManualReading.reading_id.desc())
        .limit(limit)
    )
    return [ManualRow(*row) for row in session.execute(query)]


def by_id(session: Session, region_id: str, scope: str, reading_id: int) -> ManualRow | None:
    """Return a reading of a region and scope."""
    query = select(*_COLUMNS).where(
        ManualReading.reading_id == reading_id,
        ManualReading.region_id == region_id,
        ManualReading.scope == scope,
    )
    found = session.execute(query).first()
    return None if found is None else ManualRow(*found)


def withdraw(session: Session, reading_id: int, at: datetime, by: str, reason: str) -> bool:
    """Take a reading back; False when somebody has done so already."""
    query = (
        update(ManualReading)
        .where(ManualReading.reading_id == reading_id, ManualReading.withdrawn_at.is_(None))
        .values(withdrawn_at=at, withdrawn_by=by, withdrawn_reason=reason)
        .returning(ManualReading.reading_id)
    )
    return session.execute(query).first() is not None
