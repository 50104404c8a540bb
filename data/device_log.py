"""Queries over the maintenance log of devices: append, list, newest change of place."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from data.models import DeviceNote


@dataclass(frozen=True, slots=True)
class NoteRow:
    """An entry: when, who, about which device, of which kind, what."""

    dev_eui: str
    at: datetime
    actor: str
    kind: str
    text: str


_COLUMNS = tuple(getattr(DeviceNote, name) for name in NoteRow.__slots__)


def add(session: Session, row: NoteRow) -> None:
    """Append an entry."""
    session.add(DeviceNote(**asdict(row)))


def of(session: Session, dev_eui: str, limit: int = 200) -> list[NoteRow]:
    """Return the entries of a device, newest first."""
    found = session.execute(
        select(*_COLUMNS)
        .where(DeviceNote.dev_eui == dev_eui)
        .order_by(DeviceNote.at.desc(), DeviceNote.note_id.desc())
        .limit(limit)
    )
    return [NoteRow(*row) for row in found]


def newest_of_kinds(session: Session, kinds: Iterable[str]) -> dict[str, NoteRow]:
    """Return the newest entry of these kinds for each device that has one."""
    found = session.execute(
        select(*_COLUMNS)
        .where(DeviceNote.kind.in_(sorted(kinds)))
        .order_by(DeviceNote.at, DeviceNote.note_id)
    )
    return {row.dev_eui: NoteRow(*row) for row in found}
