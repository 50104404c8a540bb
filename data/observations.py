"""Queries over observations: newest values, windows, "as known at"."""

from datetime import datetime

from sqlalchemy import Select, and_, func, select, union_all
from sqlalchemy.orm import Session

from data.bulk import columns_of
from data.models import Datastream, Latest, Observation, ObservationRevision
from data.observation_rows import LatestRow, ObservationRow, RainRow
from data.upsert import upsert

__all__ = [
    "LatestRow",
    "ObservationRow",
    "RainRow",
    "known_at",
    "latest",
    "rain_window",
    "recent",
    "upsert",
    "window",
]


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


def known_at(
    session: Session, datastream_id: int, start: datetime, end: datetime, as_of: datetime
) -> list[tuple[datetime, float | None, int]]:
    """Return the window as it was known at `as_of`: the newest revision with that result time."""
    versions = union_all(
        _versions(Observation, datastream_id, start, end, as_of),
        _versions(ObservationRevision, datastream_id, start, end, as_of),
    ).subquery()
    rank = func.row_number().over(
        partition_by=versions.c.phenomenon_time, order_by=versions.c.result_time.desc()
    )
    ranked = select(versions, rank.label("place")).subquery()
    found = session.execute(
        select(ranked.c.phenomenon_time, ranked.c.value, ranked.c.flag)
        .where(ranked.c.place == 1)
        .order_by(ranked.c.phenomenon_time)
    )
    return [(at, value, flag) for at, value, flag in found]


def _versions(
    table: type[Observation] | type[ObservationRevision],
    datastream_id: int,
    start: datetime,
    end: datetime,
    as_of: datetime,
) -> Select[datetime, datetime, float | None, int]:
    return select(table.phenomenon_time, table.result_time, table.value, table.flag).where(
        and_(
            table.datastream_id == datastream_id,
            table.phenomenon_time.between(start, end),
            table.result_time <= as_of,
        )
    )
