"""Queries over the state of polled sources: read one or all, write one."""

from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from data.models import SourcePoll

MESSAGE_LIMIT = 300
ETAG_LIMIT = 300
DATE_LIMIT = 60


@dataclass(frozen=True, slots=True)
class PollRow:
    """How the polling of a source stands; `failures` counts those in a row."""

    source_id: str
    attempt_at: datetime | None = None
    success_at: datetime | None = None
    failure_at: datetime | None = None
    failures: int = 0
    next_at: datetime | None = None
    etag: str = ""
    last_modified: str = ""
    config_hash: str = ""
    http_status: int | None = None
    items: int = 0
    newest_at: datetime | None = None
    message: str = ""


def get(session: Session, region_id: str, source_id: str) -> PollRow:
    """Return the state of a source; one that was never polled has a fresh one."""
    found = session.get(SourcePoll, (region_id, source_id))
    return PollRow(source_id) if found is None else _row(found)


def all_of(session: Session, region_id: str) -> dict[str, PollRow]:
    """Return the states of a region's sources by id."""
    found = session.scalars(select(SourcePoll).where(SourcePoll.region_id == region_id))
    return {row.source_id: _row(row) for row in found}


def last_success(session: Session, region_id: str) -> datetime | None:
    """Return when a source of the region was last heard, None if none ever was."""
    newest = select(func.max(SourcePoll.success_at)).where(SourcePoll.region_id == region_id)
    return session.scalar(newest)


def save(session: Session, region_id: str, row: PollRow) -> None:
    """Write the state of a source; a validator too long to keep is not kept."""
    values = asdict(row) | {
        "message": row.message[:MESSAGE_LIMIT],
        "etag": row.etag if len(row.etag) <= ETAG_LIMIT else "",
        "last_modified": row.last_modified if len(row.last_modified) <= DATE_LIMIT else "",
    }
    found = session.get(SourcePoll, (region_id, row.source_id))
    if found is None:
        session.add(SourcePoll(region_id=region_id, **values))
        return
    for name, value in values.items():
        setattr(found, name, value)


def _row(found: SourcePoll) -> PollRow:
    return PollRow(**{name: getattr(found, name) for name in PollRow.__slots__})
