"""Queries over gauges and devices that are out of service on purpose."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import or_, select, update
from sqlalchemy.orm import Session

from data.models import PlannedOutage


@dataclass(frozen=True, slots=True)
class OutageRow:
    """A planned outage as it is stored."""

    outage_id: int
    kind: str
    subject: str
    start_at: datetime
    until_at: datetime
    reason: str
    set_by: str
    ended_at: datetime | None
    ended_by: str


_COLUMNS = tuple(getattr(PlannedOutage, name) for name in OutageRow.__slots__)


def add(session: Session, region_id: str, scope: str, **values: object) -> int:
    """Store an outage and return its number."""
    made = PlannedOutage(region_id=region_id, scope=scope, **values)
    session.add(made)
    session.flush()
    return made.outage_id


def active(session: Session, region_id: str, scope: str, now: datetime) -> list[OutageRow]:
    """Return the outages that hold at an instant, the one that ends first first."""
    query = (
        select(*_COLUMNS)
        .where(
            PlannedOutage.region_id == region_id,
            PlannedOutage.scope == scope,
            PlannedOutage.start_at <= now,
            PlannedOutage.until_at > now,
            or_(PlannedOutage.ended_at.is_(None), PlannedOutage.ended_at > now),
        )
        .order_by(PlannedOutage.until_at, PlannedOutage.outage_id)
    )
    return [OutageRow(*row) for row in session.execute(query)]


def newest(session: Session, region_id: str, scope: str, limit: int) -> list[OutageRow]:
    """Return the last outages, the newest first."""
    query = (
        select(*_COLUMNS)
        .where(PlannedOutage.region_id == region_id, PlannedOutage.scope == scope)
        .order_by(PlannedOutage.start_at.desc(), PlannedOutage.outage_id.desc())
        .limit(limit)
    )
    return [OutageRow(*row) for row in session.execute(query)]


def end(session: Session, outage_id: int, at: datetime, by: str) -> bool:
    """End an outage before its time; False when somebody has done so already."""
    query = (
        update(PlannedOutage)
        .where(PlannedOutage.outage_id == outage_id, PlannedOutage.ended_at.is_(None))
        .values(ended_at=at, ended_by=by)
        .returning(PlannedOutage.outage_id)
    )
    return session.execute(query).first() is not None
