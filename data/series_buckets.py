"""Long windows in few points: the lowest and the highest value of each bucket, with their times."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from sqlalchemy import BigInteger, cast, func, select
from sqlalchemy.orm import Session

from data.column_types import EPOCH, MICROSECOND
from data.models import Observation

Extreme = tuple[datetime, float, int]
"""Instant, value and the worst flag of its bucket."""
SUSPECT = 3
"""QARTOD flag of the worst value that a long chart still draws."""
PER_UNIT = 1000
"""PostgreSQL compares in thousandths: a millimetre of stage, a litre of discharge."""
SECONDS = 1 << 30
"""Room for the seconds since the start of the window: 34 years."""
_SEEK = """
select phenomenon_time, min(value) from observations
where datastream_id = :id and phenomenon_time between :low and :high
and value is not null and flag <= :worst
union all
select phenomenon_time, max(value) from observations
where datastream_id = :id and phenomenon_time between :low and :high
and value is not null and flag <= :worst
union all
select 0, max(flag) from observations
where datastream_id = :id and phenomenon_time between :low and :high
and value is not null and flag <= :worst
"""
"""SQLite gives the time of the row that holds the extreme, as long as a query has one extreme
only (its documented rule for bare columns): hence three."""


def extremes(
    session: Session, datastream_id: int, start: datetime, end: datetime, buckets: int
) -> list[Extreme]:
    """Return the extremes of each bucket of a window in order of time, empty buckets left out."""
    is_sqlite = session.get_bind().dialect.name == "sqlite"
    found = (_seek if is_sqlite else _group)(session, datastream_id, (start, end), buckets)
    return list(found)


def _seek(
    session: Session, datastream_id: int, window: tuple[datetime, datetime], buckets: int
) -> Iterator[Extreme]:
    """Read each bucket by the primary key: half the time of one grouping over all rows."""
    first, last = ((instant - EPOCH) // MICROSECOND for instant in window)
    width = max(-(-(last - first + 1) // buckets), 1)
    connection = session.connection()
    for low in range(first, last + 1, width):
        key = {
            "id": datastream_id,
            "low": low,
            "high": min(low + width - 1, last),
            "worst": SUSPECT,
        }
        lowest, highest, (_, flag) = connection.exec_driver_sql(_SEEK, key).fetchall()
        points = {tuple(row) for row in (lowest, highest) if row[1] is not None}
        for at, value in sorted(points):
            yield EPOCH + timedelta(microseconds=at), value, flag


def _group(
    session: Session, datastream_id: int, window: tuple[datetime, datetime], buckets: int
) -> Iterator[Extreme]:
    """Pack value and time into one integer, so that one pass finds both."""
    start, end = window
    width_s = max(int((end - start).total_seconds()) // buckets, 1)
    epoch = func.extract("epoch", Observation.phenomenon_time)
    since_s = cast(func.floor(epoch - start.timestamp()), BigInteger)
    packed = cast(func.round(Observation.value * PER_UNIT), BigInteger) * SECONDS + since_s
    bucket = (since_s // width_s).label("bucket")
    found = session.execute(
        select(func.min(packed), func.max(packed), func.max(Observation.flag), bucket)
        .where(
            Observation.datastream_id == datastream_id,
            Observation.phenomenon_time.between(start, end),
            Observation.value.is_not(None),
            Observation.flag <= SUSPECT,
        )
        .group_by(bucket)
        .order_by(bucket)
    )
    for low, high, flag, _ in found:
        unpacked = (divmod(number, SECONDS) for number in {int(low), int(high)})
        for seconds, value in sorted((seconds, value) for value, seconds in unpacked):
            yield start + timedelta(seconds=seconds), value / PER_UNIT, flag
