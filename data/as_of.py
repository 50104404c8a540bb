"""What was known at an instant: windows and newest values by result time, revisions included.

Of the versions of an observation that had been received, the one received last holds. Of two that
were received at the same instant the current one holds, then the one superseded later.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    BigInteger,
    Connection,
    ScalarSelect,
    cast,
    func,
    null,
    select,
    text,
    union_all,
)
from sqlalchemy.orm import Session

from data.bulk import columns_of, keys_source
from data.models import Datastream, Observation, ObservationRevision
from data.observation_rows import Key

AHEAD = timedelta(days=15)
"""How far a forecast lies after its receipt at most (estimate): bounds the search for newest."""
Version = tuple[datetime, float | None, int]
"""Instant, value and flag."""
Sourced = tuple[datetime, float | None, int, str]
"""Instant, value, flag and origin (simulated, live or imported)."""
Versioned = type[Observation] | type[ObservationRevision]


def known_at(
    session: Session, datastream_id: int, start: datetime, end: datetime, as_of: datetime
) -> list[Version]:
    """Return (phenomenon_time, value, flag) of start <= time <= end as it was known at `as_of`."""
    found = known_with_origin(session, datastream_id, start, end, as_of)
    return [(at, value, flag) for at, value, flag, _ in found]


def known_with_origin(
    session: Session, datastream_id: int, start: datetime, end: datetime, as_of: datetime
) -> list[Sourced]:
    """Return the window as it was known at `as_of`, each value with its origin."""
    current, superseded = (
        select(
            table.phenomenon_time,
            table.result_time,
            table.value,
            table.flag,
            table.origin,
            order.label("revision"),
        ).where(
            table.datastream_id == datastream_id,
            table.phenomenon_time.between(start, end),
            table.result_time <= as_of,
        )
        for table, order in (
            (Observation, cast(null(), BigInteger)),
            (ObservationRevision, ObservationRevision.revision_id),
        )
    )
    versions = union_all(current, superseded).subquery()
    rank = func.row_number().over(
        partition_by=versions.c.phenomenon_time,
        order_by=(
            versions.c.result_time.desc(),
            versions.c.revision.is_(None).desc(),
            versions.c.revision.desc(),
        ),
    )
    ranked = select(versions, rank.label("place")).subquery()
    found = session.execute(
        select(ranked.c.phenomenon_time, ranked.c.value, ranked.c.flag, ranked.c.origin)
        .where(ranked.c.place == 1)
        .order_by(ranked.c.phenomenon_time)
    )
    return [(at, value, flag, origin) for at, value, flag, origin in found]


def latest_at(session: Session, as_of: datetime) -> dict[int, Version]:
    """Return the newest observation of each datastream as it was known at `as_of`."""
    by_current, by_revised = (_newest(table, as_of) for table in (Observation, ObservationRevision))
    found = session.execute(select(Datastream.datastream_id, by_current, by_revised))
    keys = [
        (number, max(at for at in (current, revised) if at is not None))
        for number, current, revised in found
        if current is not None or revised is not None
    ]
    return _held(session.connection(), keys, as_of) if keys else {}


def _newest(table: Versioned, as_of: datetime) -> ScalarSelect[Any]:
    """Return the newest instant of a datastream that was known: read backwards in the key."""
    return (
        select(table.phenomenon_time)
        .where(
            table.datastream_id == Datastream.datastream_id,
            table.phenomenon_time <= as_of + AHEAD,
            table.result_time <= as_of,
        )
        .order_by(table.phenomenon_time.desc())
        .limit(1)
        .correlate(Datastream)
        .scalar_subquery()
    )


def _held(connection: Connection, keys: Iterable[Key], as_of: datetime) -> dict[int, Version]:
    """Return the version of each key that held at `as_of`."""
    source, values = keys_source(connection.dialect, keys)
    best: dict[int, tuple[tuple[datetime, bool, int], Version]] = {}
    for table, order in ((Observation, "0"), (ObservationRevision, "o.revision_id")):
        names = ("datastream_id", "phenomenon_time", "result_time", "value", "flag")
        listed = ", ".join(f"o.{name}" for name in names)
        query = text(
            f"select {listed}, {order} as revision from {source} "  # noqa: S608  # our own names
            f"{table.__tablename__} o on o.datastream_id = k.id and o.phenomenon_time = k.at"
        ).columns(*columns_of(table, names))
        for row in connection.execute(query, values):
            number, at, received, value, flag, revision = tuple(row)
            if received > as_of:
                continue
            rank = (received, table is Observation, revision)
            if number not in best or rank > best[number][0]:
                best[number] = (rank, (at, value, flag))
    return {number: version for number, (_, version) in best.items()}
