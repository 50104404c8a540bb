"""Queries over the duty rota."""

from dataclasses import dataclass, fields
from datetime import datetime

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from data.models import RotaEntry


@dataclass(frozen=True, slots=True)
class RotaRow:
    """A duty of a role: weekly (days and minutes of the local day) or between two instants."""

    role: str
    recipients: str
    start_day: int | None = None
    start_minute: int | None = None
    end_day: int | None = None
    end_minute: int | None = None
    start_at: datetime | None = None
    end_at: datetime | None = None
    note: str = ""


_NAMES = tuple(field.name for field in fields(RotaRow))


def entries(session: Session, region_id: str) -> list[RotaRow]:
    """Return all duties in the order in which they were entered."""
    columns = (getattr(RotaEntry, name) for name in _NAMES)
    question = select(*columns).where(RotaEntry.region_id == region_id)
    return [RotaRow(*row) for row in session.execute(question.order_by(RotaEntry.rota_id))]


def add(session: Session, region_id: str, row: RotaRow) -> None:
    """Store a duty."""
    values = {name: getattr(row, name) for name in _NAMES}
    session.execute(insert(RotaEntry).values(region_id=region_id, **values))


def remove_weekly(session: Session, region_id: str, role: str) -> None:
    """Delete the weekly pattern of a role; its exceptions stay."""
    session.execute(
        delete(RotaEntry).where(
            RotaEntry.region_id == region_id,
            RotaEntry.role == role,
            RotaEntry.start_day.is_not(None),
        )
    )
