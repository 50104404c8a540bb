"""Queries over changes of thresholds.

Whoever decides calls `hold` first: on PostgreSQL one transaction at a time gives out versions, as
SQLite's one writer does.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from sqlalchemy import func, insert, select, update
from sqlalchemy.orm import Session

from data import locks
from data.models import ThresholdChange
from data.region_pack.columns import Level

PROPOSED, APPROVED, REJECTED, WITHDRAWN = "proposed", "approved", "rejected", "withdrawn"
_LOCK_KEY = 7137019
"""PostgreSQL advisory lock of all decisions on thresholds."""

Target = tuple[str, str, str]
"""Gauge, and place and river where the levels are those of a gauge for a place, else ""."""


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """A change of thresholds as it is stored; without levels it goes back to the region pack."""

    change_id: str
    region_id: str
    gauge_id: str
    place_id: str
    river_id: str
    voralarm: float | None
    warnung: float | None
    alarm: float | None
    owner: str
    reason: str
    valid_from: datetime
    based_on: int
    status: str
    proposer_id: str
    proposer: str
    proposed_at: datetime
    version: int | None = None
    decider_id: str = ""
    decider: str = ""
    decided_at: datetime | None = None
    decision: str = ""
    effect: Mapping[str, Any] | None = None

    @property
    def target(self) -> Target:
        """Return whose levels these are."""
        return self.gauge_id, self.place_id, self.river_id

    @property
    def levels(self) -> dict[Level, float]:
        """Return the new levels by name, none of them for the pack's own."""
        named: dict[Level, float | None] = {
            "voralarm": self.voralarm,
            "warnung": self.warnung,
            "alarm": self.alarm,
        }
        return {name: value for name, value in named.items() if value is not None}


_NAMES = tuple(field.name for field in fields(ChangeRow))
_COLUMNS = tuple(getattr(ThresholdChange, name) for name in _NAMES)


def hold(session: Session) -> None:
    """Let nobody else decide until the transaction ends."""
    locks.hold(session, _LOCK_KEY)


def add(session: Session, row: ChangeRow) -> None:
    """Store a proposal."""
    session.execute(insert(ThresholdChange).values(**{name: getattr(row, name) for name in _NAMES}))


def by_id(session: Session, region_id: str, change_id: str) -> ChangeRow | None:
    """Return a change of a region."""
    question = select(*_COLUMNS).where(
        ThresholdChange.region_id == region_id, ThresholdChange.change_id == change_id
    )
    found = session.execute(question).first()
    return None if found is None else ChangeRow(*found)


def decide(session: Session, change_id: str, **values: object) -> bool:
    """Change a proposal that nobody has decided yet and tell whether it was still open."""
    done = session.execute(
        update(ThresholdChange)
        .where(ThresholdChange.change_id == change_id, ThresholdChange.status == PROPOSED)
        .values(**values)
        .returning(ThresholdChange.change_id)
    )
    return done.first() is not None


def approved(session: Session, region_id: str) -> list[ChangeRow]:
    """Return the approved changes of a region, oldest version first."""
    question = (
        select(*_COLUMNS)
        .where(ThresholdChange.region_id == region_id, ThresholdChange.status == APPROVED)
        .order_by(ThresholdChange.version)
    )
    return [ChangeRow(*row) for row in session.execute(question)]


def pending(session: Session, region_id: str) -> list[ChangeRow]:
    """Return the proposals that wait for a decision, oldest first."""
    question = (
        select(*_COLUMNS)
        .where(ThresholdChange.region_id == region_id, ThresholdChange.status == PROPOSED)
        .order_by(ThresholdChange.proposed_at, ThresholdChange.change_id)
    )
    return [ChangeRow(*row) for row in session.execute(question)]


def decided(session: Session, region_id: str, limit: int) -> list[ChangeRow]:
    """Return the newest changes that somebody has decided or withdrawn, newest first."""
    question = (
        select(*_COLUMNS)
        .where(ThresholdChange.region_id == region_id, ThresholdChange.status != PROPOSED)
        .order_by(ThresholdChange.decided_at.desc(), ThresholdChange.change_id)
        .limit(limit)
    )
    return [ChangeRow(*row) for row in session.execute(question)]


def next_version(session: Session, region_id: str) -> int:
    """Return the version that the next approved change gets; under `hold`."""
    highest = select(func.max(ThresholdChange.version)).where(
        ThresholdChange.region_id == region_id
    )
    return (session.scalar(highest) or 0) + 1
