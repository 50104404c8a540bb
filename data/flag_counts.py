"""Queries that count observations by flag: in the rows themselves, and in the rollups."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from data.bulk import columns_of
from data.models import DirtyHour, Observation
from data.observation_rows import Key
from data.rollups import BY_FLAG, Table

IDS_A_STATEMENT = 500
"""Well under SQLite's limit of bound parameters."""


def of_rows(
    session: Session, ids: Sequence[int], start: datetime, end: datetime
) -> dict[int, dict[int, int]]:
    """Return how many observations of start <= time <= end have which flag, by datastream."""
    found: dict[int, dict[int, int]] = {}
    for first in range(0, len(ids), IDS_A_STATEMENT):
        for number, flag, count in session.execute(
            select(Observation.datastream_id, Observation.flag, func.count())
            .where(
                Observation.datastream_id.in_(ids[first : first + IDS_A_STATEMENT]),
                Observation.phenomenon_time.between(start, end),
            )
            .group_by(Observation.datastream_id, Observation.flag)
        ):
            found.setdefault(number, {})[flag] = count
    return found


def marked(session: Session, start: datetime, end: datetime) -> set[Key]:
    """Return the hours of start <= hour < end, of any datastream, that are not rolled up yet."""
    found = session.execute(
        select(DirtyHour.datastream_id, DirtyHour.start_at)
        .where(DirtyHour.start_at >= start, DirtyHour.start_at < end)
        .distinct()
    )
    return {(number, at) for number, at in found}


def of_rollups(
    session: Session, table: Table, ids: Sequence[int], start: datetime, end: datetime
) -> Iterator[tuple[Key, tuple[int | None, ...]]]:
    """Return the counts by flag of the rollups that start in start <= time < end."""
    [number, at, *counts] = columns_of(table, ("datastream_id", "start_at", *BY_FLAG))
    for first in range(0, len(ids), IDS_A_STATEMENT):
        query = select(number, at, *counts).where(
            number.in_(ids[first : first + IDS_A_STATEMENT]), at >= start, at < end
        )
        for row in session.connection().execute(query):
            yield (row[0], row[1]), tuple(row[2:])
