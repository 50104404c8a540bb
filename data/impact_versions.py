"""Queries over impacts that people enter: every version stays, the newest of each holds.

Whoever enters calls `hold` first: between looking at what holds and storing what is next nobody
else may store.
"""

from dataclasses import dataclass, fields
from datetime import date, datetime

from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from data import locks
from data.models import ImpactVersion

_LOCK_KEY = 7137029
"""PostgreSQL advisory lock of whoever enters an impact."""


ADDED, CHANGED, REMOVED = "added", "changed", "removed"


@dataclass(frozen=True, slots=True)
class Entered:
    """What a person entered: the columns of `impacts.csv`, what was done, why, when, by whom."""

    impact_id: str
    place_id: str
    river_id: str
    kind: str
    what: str
    level: str | None
    gauge_id: str | None
    value: float | None
    lat: float | None
    lon: float | None
    observed_on: date | None
    maintained_by: str
    source: str
    deed: str
    reason: str
    entered_at: datetime
    entered_by: str
    version: int = 0
    """Given by the store."""


_NAMES = tuple(field.name for field in fields(Entered))
_COLUMNS = tuple(getattr(ImpactVersion, name) for name in _NAMES)


def hold(session: Session) -> None:
    """Let nobody else enter an impact until the transaction ends."""
    locks.hold(session, _LOCK_KEY)


def add(session: Session, region_id: str, entered: Entered) -> None:
    """Store a version."""
    values = {name: getattr(entered, name) for name in _NAMES if name != "version"}
    session.execute(insert(ImpactVersion).values(region_id=region_id, **values))


def newest(session: Session, region_id: str) -> dict[str, Entered]:
    """Return the version that holds of each impact that was ever entered, removed ones too."""
    last = (
        select(func.max(ImpactVersion.version))
        .where(ImpactVersion.region_id == region_id)
        .group_by(ImpactVersion.impact_id)
    )
    rows = session.execute(select(*_COLUMNS).where(ImpactVersion.version.in_(last)))
    return {row.impact_id: Entered(*row) for row in rows}


def history(session: Session, region_id: str, limit: int) -> list[Entered]:
    """Return the last versions of all impacts, the newest first."""
    question = (
        select(*_COLUMNS)
        .where(ImpactVersion.region_id == region_id)
        .order_by(ImpactVersion.version.desc())
        .limit(limit)
    )
    return [Entered(*row) for row in session.execute(question)]
