"""Pages of one datastream's readings, hours or days, in order of time, bounded by a limit."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from data.bulk import columns_of
from data.models import Observation
from data.rollups import COLUMNS, RollupRow, Table


@dataclass(frozen=True, slots=True)
class Stretch:
    """Which readings: start <= time <= end, `after` excluded; no flags means all of them."""

    datastream_id: int
    start: datetime
    end: datetime
    limit: int
    after: datetime | None = None
    flags: Collection[int] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """A reading as it is stored now."""

    phenomenon_time: datetime
    result_time: datetime
    value: float | None
    flag: int
    flag_reason: str
    origin: str


def readings(session: Session, wanted: Stretch) -> list[Reading]:
    """Return a page of readings in order of time."""
    [number, *columns] = columns_of(Observation, ("datastream_id", *Reading.__slots__))
    at, flag = columns[0], columns[3]
    query = select(*columns).where(number == wanted.datastream_id)
    query = query.where(at.between(wanted.start, wanted.end))
    if wanted.after is not None:
        query = query.where(at > wanted.after)
    if wanted.flags:
        query = query.where(flag.in_(wanted.flags))
    found = session.connection().execute(query.order_by(at).limit(wanted.limit))
    return [Reading(*row) for row in found]


def rollups(session: Session, table: Table, wanted: Stretch) -> list[RollupRow]:
    """Return a page of hours or days that start in the stretch; with flags, by their worst."""
    query = select(*columns_of(table, COLUMNS)).where(
        table.datastream_id == wanted.datastream_id,
        table.start_at.between(wanted.start, wanted.end),
    )
    if wanted.after is not None:
        query = query.where(table.start_at > wanted.after)
    if wanted.flags:
        query = query.where(table.worst_flag.in_(wanted.flags))
    found = session.connection().execute(query.order_by(table.start_at).limit(wanted.limit))
    return [RollupRow(*row) for row in found]
