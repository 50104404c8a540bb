"""Queries over rollups: marks of what changed, the raw values of hours, stored summaries."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import cast

from sqlalchemy import Connection, delete, select, text
from sqlalchemy.orm import Session

from data.bulk import columns_of, insert_rows, keys_source
from data.models import DailyRollup, DirtyHour, HourlyRollup, Observation
from data.observation_rows import Key

HOUR = timedelta(hours=1)
LOCK_KEY = 7137003
"""PostgreSQL advisory lock, with the table: one worker at a time rolls up a store, or an older sum
could win."""
Table = type[HourlyRollup] | type[DailyRollup]
RawValue = tuple[datetime, float | None, int]
"""Instant, value and flag."""
Part = tuple[datetime, float, datetime, float, datetime, int]
"""Start, lowest value and its instant, highest value and its instant, worst drawn flag."""


@dataclass(frozen=True, slots=True)
class RollupRow:
    """An hour or day in short; extremes and mean are over values that charts draw."""

    datastream_id: int
    start_at: datetime
    lowest: float | None
    lowest_at: datetime | None
    highest: float | None
    highest_at: datetime | None
    mean: float | None
    count: int
    not_good: int
    drawn_flag: int
    worst_flag: int
    slots: int | None = None
    good_slots: int | None = None
    """Quarters of an hour with a value, and with a valid one; None where not counted yet."""
    good: int | None = None
    not_evaluated: int | None = None
    suspect: int | None = None
    fail: int | None = None
    missing: int | None = None
    """Observations by QARTOD flag; None where not counted yet."""


COLUMNS = RollupRow.__slots__
BY_FLAG = ("good", "not_evaluated", "suspect", "fail", "missing")
"""Columns that count flags 1, 2, 3, 4 and 9."""
_REPLACE = "on conflict (datastream_id, start_at) do update set " + ", ".join(
    f"{name} = excluded.{name}" for name in COLUMNS[2:]
)


def hour_of(instant: datetime) -> datetime:
    """Return the start of the UTC hour of an instant."""
    return instant.astimezone(UTC).replace(minute=0, second=0, microsecond=0)


def mark(connection: Connection, changed: Iterable[Key]) -> None:
    """Note that the hours of these observations must be rolled up anew."""
    hours = {(number, hour_of(at)) for number, at in changed}
    insert_rows(connection, DirtyHour, ("datastream_id", "start_at"), sorted(hours))


def is_waiting(session: Session) -> bool:
    """Tell whether anything is marked; takes no lock."""
    return session.scalar(select(DirtyHour.mark_id).limit(1)) is not None


def claim(session: Session, limit: int, after: int = 0) -> list[tuple[int, Key]]:
    """Return the oldest marks (id, hour) to a process that alone may roll up until it commits.

    Only marks after the mark `after`: so marks that can't be settled don't stand before the others.
    """
    if session.get_bind().dialect.name == "postgresql":
        lock = text(
            "select pg_try_advisory_xact_lock(:key, cast(cast('rollup_dirty' as regclass) as int))"
        )
        if not session.scalar(lock, {"key": LOCK_KEY}):
            return []
    found = session.execute(
        select(DirtyHour.mark_id, DirtyHour.datastream_id, DirtyHour.start_at)
        .where(DirtyHour.mark_id > after)
        .order_by(DirtyHour.mark_id)
        .limit(limit)
    )
    return [(number, (stream, at)) for number, stream, at in found]


def settle(session: Session, marks: Sequence[int]) -> None:
    """Delete exactly these marks: those that were claimed and rolled up."""
    if not marks:
        return
    connection = session.connection()
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql(
            "delete from rollup_dirty where mark_id = ?", [(number,) for number in marks]
        )
    else:
        query = text("delete from rollup_dirty where mark_id = any(:marks)")
        connection.execute(query, {"marks": list(marks)})


def dirty_hours(
    session: Session, datastream_id: int, start: datetime, end: datetime
) -> list[datetime]:
    """Return the hours of start <= hour < end that are not rolled up yet, in order."""
    found = session.scalars(
        select(DirtyHour.start_at)
        .where(
            DirtyHour.datastream_id == datastream_id,
            DirtyHour.start_at >= start,
            DirtyHour.start_at < end,
        )
        .distinct()
        .order_by(DirtyHour.start_at)
    )
    return list(found)


def raw_of_hours(session: Session, hours: Sequence[Key]) -> dict[Key, list[RawValue]]:
    """Return the observations of each hour in order; an hour without any has an empty list."""
    connection = session.connection()
    source, values = keys_source(connection.dialect, hours)
    columns = columns_of(Observation, ("datastream_id", "phenomenon_time", "value", "flag"))
    is_sqlite = connection.dialect.name == "sqlite"
    end = "k.at + 3600000000" if is_sqlite else "k.at + interval '1 hour'"
    query = text(
        "select o.datastream_id, o.phenomenon_time, o.value, o.flag "  # noqa: S608  # our own names
        f"from {source} observations o on o.datastream_id = k.id "
        f"and o.phenomenon_time >= k.at and o.phenomenon_time < {end} "
        "order by o.datastream_id, o.phenomenon_time"
    ).columns(*columns)
    found: dict[Key, list[RawValue]] = {hour: [] for hour in hours}
    for number, at, value, flag in connection.execute(query, values):
        found[number, hour_of(at)].append((at, value, flag))
    return found


def stored(
    session: Session, table: Table, datastream_id: int, start: datetime, end: datetime
) -> list[RollupRow]:
    """Return the rollups that start in start <= time < end, in order."""
    found = session.execute(
        select(*columns_of(table, COLUMNS))
        .where(table.datastream_id == datastream_id, table.start_at >= start, table.start_at < end)
        .order_by(table.start_at)
    )
    return [RollupRow(*row) for row in found]


def reaching(
    session: Session,
    table: Table,
    datastream_id: int,
    window: tuple[datetime, datetime],
    value: float,
) -> list[datetime]:
    """Return the starts of the rollups of start <= time < end that reach a value, in order.

    Suspect values count here: whoever asks must look at the flags.
    """
    found = session.scalars(
        select(table.start_at)
        .where(
            table.datastream_id == datastream_id,
            table.start_at >= window[0],
            table.start_at < window[1],
            table.highest >= value,
        )
        .order_by(table.start_at)
    )
    return list(found)


def first_hours(session: Session, ids: Sequence[int]) -> dict[int, datetime]:
    """Return the first hour of each datastream that has one."""
    table = HourlyRollup
    found = {}
    for number in ids:
        at = session.scalar(
            select(table.start_at)
            .where(table.datastream_id == number)
            .order_by(table.start_at)
            .limit(1)
        )
        if at is not None:
            found[number] = at
    return found


def drawn(
    session: Session, table: Table, datastream_id: int, start: datetime, end: datetime
) -> Iterable[Part]:
    """Return what a chart draws of the rollups that start in start <= time < end."""
    names = ("start_at", "lowest", "lowest_at", "highest", "highest_at", "drawn_flag")
    [number, *columns] = columns_of(table, ("datastream_id", *names))
    query = select(*columns).where(
        number == datastream_id,
        columns[0] >= start,
        columns[0] < end,
        columns[1].is_not(None),
    )
    return cast(Iterable[Part], session.connection().execute(query))


def replace(session: Session, table: Table, rows: Iterable[RollupRow], gone: Iterable[Key]) -> None:
    """Store rollups; hours or days without any observation lose theirs."""
    connection = session.connection()
    for number, at in gone:
        connection.execute(delete(table).where(table.datastream_id == number, table.start_at == at))
    cells = [[getattr(row, name) for name in COLUMNS] for row in rows]
    insert_rows(connection, table, COLUMNS, cells, _REPLACE)
