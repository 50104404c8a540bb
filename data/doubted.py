"""Queries over observations that are not to be trusted, and over the newest of all."""

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from data.bulk import columns_of
from data.models import Observation
from data.observation_rows import ObservationRow

DOUBTED_FROM = 3
"""Flags from this one on (suspect, fail, missing) say that a value is not to be trusted."""


def within(
    session: Session, datastream_id: int, start: datetime, end: datetime, limit: int
) -> tuple[int, list[ObservationRow]]:
    """Return how many observations of a window are doubted, and at most `limit`, newest first.

    Doubted are suspect, failed and missing ones.
    """
    columns = columns_of(Observation, ObservationRow.__slots__)
    wanted = (
        columns[0] == datastream_id,
        columns[1].between(start, end),
        Observation.flag >= DOUBTED_FROM,
    )
    count = session.scalar(select(func.count()).select_from(Observation).where(*wanted)) or 0
    query = select(*columns).where(*wanted).order_by(columns[1].desc()).limit(limit)
    found = session.connection().execute(query) if count else ()
    return count, [ObservationRow(*row) for row in found]


def last_before(session: Session, datastream_id: int, at: datetime) -> ObservationRow | None:
    """Return the newest observation up to an instant."""
    columns = columns_of(Observation, ObservationRow.__slots__)
    query = (
        select(*columns)
        .where(columns[0] == datastream_id, columns[1] <= at)
        .order_by(columns[1].desc())
        .limit(1)
    )
    found = session.connection().execute(query).first()
    return None if found is None else ObservationRow(*found)
