"""What a drill takes from the real store: who may sign in, what holds, and recorded readings.

Recipients, sessions, alarms, the journal and the audit log are not among it: what is not named here
stays where it is.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import func, insert, inspect, select, union_all
from sqlalchemy.orm import Session

from data.models import (
    Base,
    Boundary,
    CelerityPosterior,
    Datastream,
    ImpactVersion,
    LagRecord,
    Observation,
    ObservationRevision,
    Person,
    RecoveryCode,
    RotaEntry,
    ThresholdChange,
)

COPIED: tuple[type[Base], ...] = (
    Person,
    RecoveryCode,
    RotaEntry,
    ThresholdChange,
    LagRecord,
    CelerityPosterior,
    Boundary,
    ImpactVersion,
)
"""Tables of a drill that begin as the real ones are, parents before children."""
BATCH = 500


def copy(source: Session, target: Session, tables: Iterable[type[Base]] = COPIED) -> int:
    """Copy all rows of some tables into an empty store and return how many there were."""
    done = 0
    for table in tables:
        names = [item.key for item in inspect(table).column_attrs]
        rows = source.execute(select(*(getattr(table, name) for name in names)))
        for part in rows.partitions(BATCH):
            values = [dict(zip(names, row, strict=True)) for row in part]
            target.execute(insert(table), values)
            done += len(values)
    return done


def first_heard(
    session: Session, keys: Sequence[str], start: datetime, end: datetime
) -> list[tuple[str, datetime, datetime, float]]:
    """Return (datastream key, taken at, first heard at, value) of what was heard in a stretch.

    A value that was superseded later counts as it was first known.
    """
    parts = [
        select(
            table.datastream_id.label("number"),
            table.phenomenon_time.label("taken_at"),
            table.result_time.label("heard_at"),
            table.value.label("value"),
        ).where(table.result_time.between(start, end), table.value.is_not(None))
        for table in (Observation, ObservationRevision)
    ]
    heard = union_all(*parts).subquery()
    rank = (
        func.row_number()
        .over(partition_by=(heard.c.number, heard.c.taken_at), order_by=heard.c.heard_at)
        .label("rank")
    )
    ranked = select(heard, rank).subquery()
    question = (
        select(Datastream.key, ranked.c.taken_at, ranked.c.heard_at, ranked.c.value)
        .join(Datastream, Datastream.datastream_id == ranked.c.number)
        .where(ranked.c.rank == 1, Datastream.key.in_(keys))
        .order_by(ranked.c.heard_at, ranked.c.taken_at)
    )
    return [(row[0], row[1], row[2], row[3]) for row in session.execute(question)]
