"""Queries over observations: newest values and windows."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from data.bulk import columns_of
from data.models import Datastream, Latest, Observation
from data.observation_rows import LatestRow, ObservationRow, RainRow
from data.upsert import reflag, upsert

__all__ = [
    "LatestRow",
    "ObservationRow",
    "RainRow",
    "latest",
    "newest_times",
    "rain_window",
    "recent",
    "reflag",
    "upsert",
    "window",
]

IDS_A_STATEMENT = 500
"""Well under SQLite's limit of bound parameters."""


def latest(session: Session) -> list[LatestRow]:
    """Return the newest observation of every datastream that has one."""
    found = session.execute(
        select(
            Datastream.key,
            Latest.phenomenon_time,
            Latest.result_time,
            Latest.value,
            Latest.flag,
            Latest.origin,
        ).join(Datastream, Datastream.datastream_id == Latest.datastream_id)
    )
    return [LatestRow(*row) for row in found]


def newest_times(session: Session, ids: Sequence[int]) -> dict[int, datetime]:
    """Return the time of the newest observation of those datastreams that have one."""
    found: dict[int, datetime] = {}
    for start in range(0, len(ids), IDS_A_STATEMENT):
        rows = session.execute(
            select(Latest.datastream_id, Latest.phenomenon_time).where(
                Latest.datastream_id.in_(ids[start : start + IDS_A_STATEMENT])
            )
        )
        found.update(rows.all())
    return found


def window(
    session: Session, datastream_id: int, start: datetime, end: datetime, limit: int = 400_000
) -> list[tuple[datetime, float | None, int]]:
    """Return (phenomenon_time, value, flag) of start <= time <= end in order, at most `limit`."""
    names = ("datastream_id", "phenomenon_time", "value", "flag")
    [number, *columns] = columns_of(Observation, names)
    query = (
        select(*columns)
        .where(number == datastream_id, columns[0].between(start, end))
        .order_by(columns[0])
        .limit(limit)
    )
    found = session.connection().execute(query)
    return [(at, value, flag) for at, value, flag in found]


def rain_window(
    session: Session, datastream_id: int, start: datetime, end: datetime
) -> list[RainRow]:
    """Return the rain of start <= time <= end in order, forecasts among it."""
    found = session.execute(
        select(Observation.phenomenon_time, Observation.result_time, Observation.value)
        .where(
            Observation.datastream_id == datastream_id,
            Observation.phenomenon_time.between(start, end),
        )
        .order_by(Observation.phenomenon_time)
    )
    return [RainRow(at, received, value) for at, received, value in found]


def recent(
    session: Session, datastream_id: int, before: datetime, limit: int = 64
) -> list[tuple[datetime, float | None, int]]:
    """Return the `limit` observations before an instant, oldest first."""
    found = session.execute(
        select(Observation.phenomenon_time, Observation.value, Observation.flag)
        .where(Observation.datastream_id == datastream_id, Observation.phenomenon_time < before)
        .order_by(Observation.phenomenon_time.desc())
        .limit(limit)
    ).all()
    return [(at, value, flag) for at, value, flag in reversed(found)]
