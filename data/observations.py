"""Queries over observations: newest values and windows."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Select, select
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
    "window_with_origin",
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
    names = ("phenomenon_time", "value", "flag")
    found = session.connection().execute(_window(names, datastream_id, (start, end), limit))
    return [(at, value, flag) for at, value, flag in found]


def window_with_origin(
    session: Session, datastream_id: int, start: datetime, end: datetime, limit: int
) -> list[tuple[datetime, float | None, int, str]]:
    """Return the window, each value with its origin (simulated, live or imported)."""
    names = ("phenomenon_time", "value", "flag", "origin")
    found = session.connection().execute(_window(names, datastream_id, (start, end), limit))
    return [(at, value, flag, origin) for at, value, flag, origin in found]


def _window(
    names: Sequence[str], datastream_id: int, within: tuple[datetime, datetime], limit: int
) -> Select[Any]:
    """Return a query of some columns, the time first, of a window in order."""
    [number, *columns] = columns_of(Observation, ("datastream_id", *names))
    return (
        select(*columns)
        .where(number == datastream_id, columns[0].between(*within))
        .order_by(columns[0])
        .limit(limit)
    )


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
