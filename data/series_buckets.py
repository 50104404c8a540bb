"""Long windows in few points: one query that keeps the extremes of each bucket with their times."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from sqlalchemy import BigInteger, ColumnElement, cast, func, select, type_coerce
from sqlalchemy.orm import Session

from data.column_types import EPOCH, MICROSECOND
from data.models import Observation

Extreme = tuple[datetime, float, int]
"""Instant, value and the worst flag of its bucket."""
SUSPECT = 3
"""QARTOD flag of the worst value that a long chart still draws."""
PER_UNIT = 1000
"""Values are compared in thousandths: a millimetre of stage, a litre of discharge."""
SECONDS = 1 << 30
"""Room for the seconds since the start of the window: 34 years."""


def extremes(
    session: Session, datastream_id: int, start: datetime, end: datetime, buckets: int
) -> list[Extreme]:
    """Return the lowest and the highest value of each bucket in order of time.

    Value and time are packed into one integer, so that one pass over the index finds both.
    """
    width_s = max(int((end - start).total_seconds()) // buckets, 1)
    since_s = _seconds_since(session, start)
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
    points: list[Extreme] = []
    for low, high, flag, _ in found:
        points.extend(sorted(_unpacked({int(low), int(high)}, start, flag)))
    return points


def _seconds_since(session: Session, start: datetime) -> ColumnElement[int]:
    if session.get_bind().dialect.name == "sqlite":
        micros = type_coerce(Observation.phenomenon_time, BigInteger)
        return (micros - (start - EPOCH) // MICROSECOND) // (timedelta(seconds=1) // MICROSECOND)
    epoch = func.extract("epoch", Observation.phenomenon_time)
    return cast(func.floor(epoch - start.timestamp()), BigInteger)


def _unpacked(packed: set[int], start: datetime, flag: int) -> Iterator[Extreme]:
    for number in packed:
        value, seconds = divmod(number, SECONDS)
        yield start + timedelta(seconds=seconds), value / PER_UNIT, flag
