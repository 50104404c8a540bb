"""Queries of learning: readings with origin, travel times and their review, posteriors."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from data.models import CelerityPosterior, LagRecord, Observation

PROPOSED, ACCEPTED, REJECTED = "proposed", "accepted", "rejected"
SAME_WAVE = timedelta(hours=1)
"""A travel time of one pair and kind that begins that close to a stored one is the same."""
MEASURED = (
    "event",
    "upper_at",
    "lower_at",
    "stretches",
    "lag_min",
    "sigma_ln",
    "exceedance",
    "origin",
    "warning",
)
"""Columns that later readings may still change while nobody has reviewed the travel time."""


@dataclass(frozen=True, slots=True)
class LagRow:
    """A stored travel time with its review."""

    lag_id: str
    region_id: str
    upper_gauge: str
    lower_gauge: str
    kind: str
    event: str
    upper_at: datetime
    lower_at: datetime
    stretches: list[Any]
    lag_min: float
    sigma_ln: float
    exceedance: float | None
    origin: str
    warning: str
    created_at: datetime
    status: str = PROPOSED
    comment: str = ""
    reviewer: str = ""
    reviewed_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class PosteriorRow:
    """A stored posterior; `content` is what the service put in."""

    region_id: str
    version: str
    parent: str
    cause: str
    created_at: datetime
    content: Mapping[str, Any]


def readings(
    session: Session, datastream_id: int, start: datetime, end: datetime, limit: int = 400_000
) -> list[tuple[datetime, float | None, int, str]]:
    """Return (phenomenon_time, value, flag, origin) of start <= time <= end in order."""
    found = session.execute(
        select(Observation.phenomenon_time, Observation.value, Observation.flag, Observation.origin)
        .where(
            Observation.datastream_id == datastream_id,
            Observation.phenomenon_time.between(start, end),
        )
        .order_by(Observation.phenomenon_time)
        .limit(limit)
    )
    return [(at, value, flag, origin) for at, value, flag, origin in found]


def propose(session: Session, rows: Iterable[LagRow]) -> int:
    """Store travel times that are new and return their number.

    One that is stored already keeps its id; its values follow later readings until it is reviewed,
    and never afterwards.
    """
    new = 0
    for row in rows:
        old = _same(session, row)
        if old is None:
            session.add(LagRecord(**_values(row)))
            session.flush()
            new += 1
        elif old.status == PROPOSED:
            for name in MEASURED:
                setattr(old, name, getattr(row, name))
    session.flush()
    return new


def lag(session: Session, region_id: str, lag_id: str) -> LagRow | None:
    """Return one travel time, None when it is not stored."""
    found = session.get(LagRecord, lag_id)
    return None if found is None or found.region_id != region_id else _row(found)


def lags(session: Session, region_id: str, status: str, limit: int = 2000) -> list[LagRow]:
    """Return the newest travel times of a status, newest first."""
    found = session.scalars(
        select(LagRecord)
        .where(LagRecord.region_id == region_id, LagRecord.status == status)
        .order_by(LagRecord.upper_at.desc(), LagRecord.lag_id)
        .limit(limit)
    )
    return [_row(item) for item in found]


def review(
    session: Session, lag_id: str, status: str, comment: str, reviewer: str, at: datetime
) -> None:
    """Store what a person decided about a travel time."""
    found = session.get_one(LagRecord, lag_id)
    found.status, found.comment, found.reviewer, found.reviewed_at = status, comment, reviewer, at
    session.flush()


def review_stamp(session: Session, region_id: str) -> tuple[int, datetime | None]:
    """Return how many travel times were reviewed and when last: changes with every review."""
    found = session.execute(
        select(func.count(), func.max(LagRecord.reviewed_at)).where(
            LagRecord.region_id == region_id, LagRecord.status != PROPOSED
        )
    ).one()
    return found[0], found[1]


def add_posterior(session: Session, row: PosteriorRow) -> None:
    """Append a posterior."""
    values = {field.name: getattr(row, field.name) for field in fields(row)}
    session.execute(insert(CelerityPosterior), [{**values, "content": dict(row.content)}])


def posteriors(session: Session, region_id: str, limit: int = 50) -> list[PosteriorRow]:
    """Return the newest posteriors, newest first."""
    found = session.scalars(
        select(CelerityPosterior)
        .where(CelerityPosterior.region_id == region_id)
        .order_by(CelerityPosterior.posterior_id.desc())
        .limit(limit)
    )
    return [
        PosteriorRow(**{field.name: getattr(item, field.name) for field in fields(PosteriorRow)})
        for item in found
    ]


def _same(session: Session, row: LagRow) -> LagRecord | None:
    """Return the stored travel time of the same wave, pair and kind."""
    near = session.scalars(
        select(LagRecord)
        .where(
            LagRecord.region_id == row.region_id,
            LagRecord.upper_gauge == row.upper_gauge,
            LagRecord.lower_gauge == row.lower_gauge,
            LagRecord.kind == row.kind,
            LagRecord.upper_at.between(row.upper_at - SAME_WAVE, row.upper_at + SAME_WAVE),
        )
        .order_by(LagRecord.upper_at, LagRecord.lag_id)
        .limit(1)
    ).first()
    return near or session.get(LagRecord, row.lag_id)


def _values(row: LagRow) -> dict[str, Any]:
    return {field.name: getattr(row, field.name) for field in fields(row)}


def _row(found: LagRecord) -> LagRow:
    return LagRow(**{field.name: getattr(found, field.name) for field in fields(LagRow)})
