"""Long windows in few points: one query that keeps the extremes of each bucket of time."""

from datetime import datetime, timedelta

from sqlalchemy import BigInteger, ColumnElement, Integer, cast, func, select, type_coerce
from sqlalchemy.orm import Session

from data.column_types import EPOCH, MICROSECOND
from data.models import Observation


def extremes(
    session: Session, datastream_id: int, start: datetime, end: datetime, buckets: int
) -> list[tuple[datetime, float, float]]:
    """Return (bucket start, minimum, maximum) of good and suspect values of a datastream."""
    width = (end - start) / buckets
    number: ColumnElement[int]
    if session.get_bind().dialect.name == "sqlite":
        micros = type_coerce(Observation.phenomenon_time, BigInteger)
        first, size = (start - EPOCH) // MICROSECOND, max(width // MICROSECOND, 1)
        number = (micros - first) // size
    else:
        since = func.extract("epoch", Observation.phenomenon_time) - start.timestamp()
        number = cast(func.floor(since / width.total_seconds()), Integer)
    found = session.execute(
        select(number.label("bucket"), func.min(Observation.value), func.max(Observation.value))
        .where(
            Observation.datastream_id == datastream_id,
            Observation.phenomenon_time.between(start, end),
            Observation.value.is_not(None),
            Observation.flag <= SUSPECT,
        )
        .group_by("bucket")
        .order_by("bucket")
    )
    return [
        (start + timedelta(seconds=width.total_seconds() * bucket), low, high)
        for bucket, low, high in found
        if low is not None and high is not None
    ]


SUSPECT = 3
"""QARTOD flag of the worst value that a long chart still draws."""
