"""Queries over observations: idempotent upsert, newest values, windows, "as known at"."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, and_, func, insert, select, tuple_, union_all
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from data.models import Datastream, Latest, Observation, ObservationRevision

Key = tuple[int, datetime]
"""Datastream and phenomenon time: what identifies an observation."""
CHUNK = 500
"""Rows a statement: well under SQLite's limit of bound parameters."""


@dataclass(frozen=True, slots=True)
class ObservationRow:
    """One observation on its way into or out of the store."""

    datastream_id: int
    phenomenon_time: datetime
    result_time: datetime
    value: float | None
    raw_value: float | None
    flag: int
    flag_reason: str
    origin: str


@dataclass(frozen=True, slots=True)
class RainRow:
    """A depth of rain, the end of its interval and its receipt: a forecast is received before."""

    phenomenon_time: datetime
    result_time: datetime
    value: float | None


@dataclass(frozen=True, slots=True)
class LatestRow:
    """The newest observation of a datastream."""

    key: str
    phenomenon_time: datetime
    result_time: datetime
    value: float | None
    flag: int
    origin: str


def upsert(session: Session, rows: Sequence[ObservationRow], *, actor: str = "ingest") -> int:
    """Store rows; a changed value keeps its predecessor as a revision. Returns rows that changed.

    The same row twice changes nothing. Of two rows with one key the later `result_time` wins.
    """
    by_key: dict[Key, list[ObservationRow]] = {}
    for row in sorted(rows, key=lambda item: item.result_time):
        by_key.setdefault((row.datastream_id, row.phenomenon_time), []).append(row)
    changed = 0
    ordered = list(by_key.values())
    for start in range(0, len(ordered), CHUNK):
        changed += _upsert_chunk(session, ordered[start : start + CHUNK], actor)
    return changed


def _upsert_chunk(session: Session, groups: list[list[ObservationRow]], actor: str) -> int:
    """Store rows that come grouped by key, each group in order of receipt."""
    keys = [(group[0].datastream_id, group[0].phenomenon_time) for group in groups]
    existing: dict[Key, Observation] = {
        (old.datastream_id, old.phenomenon_time): old
        for old in session.scalars(
            select(Observation).where(
                tuple_(Observation.datastream_id, Observation.phenomenon_time).in_(keys)
            )
        )
    }
    fresh = []
    added = []
    for key, group in zip(keys, groups, strict=True):
        old = existing.get(key)
        stored = None if old is None else _row(old)
        current = stored
        for row in group:
            current = _supersede(session, current, row, actor)
        if current is None or current is stored:
            continue
        fresh.append(current)
        if old is None:
            added.append(current)
        else:
            for name, value in _values(current).items():
                setattr(old, name, value)
    if added:
        session.execute(insert(Observation), [_values(row) for row in added])
    session.flush()
    _upsert_latest(session, fresh)
    return len(fresh)


def _supersede(
    session: Session, current: ObservationRow | None, row: ObservationRow, actor: str
) -> ObservationRow:
    """Return which of two rows holds from now on; the other is kept as a revision."""
    if current is None:
        return row
    if (current.value, current.raw_value, current.flag) == (row.value, row.raw_value, row.flag):
        return current
    if row.result_time >= current.result_time:
        session.add(_revision(current, "ersetzt durch neuere Meldung", actor))
        return row
    session.add(_revision(row, "ältere Meldung, später eingetroffen", actor))
    return current


def _row(old: Observation) -> ObservationRow:
    return ObservationRow(**{name: getattr(old, name) for name in ObservationRow.__slots__})


def _revision(row: ObservationRow, reason: str, actor: str) -> ObservationRevision:
    return ObservationRevision(
        datastream_id=row.datastream_id,
        phenomenon_time=row.phenomenon_time,
        result_time=row.result_time,
        value=row.value,
        raw_value=row.raw_value,
        flag=row.flag,
        origin=row.origin,
        reason=reason,
        actor=actor,
    )


def _values(row: ObservationRow) -> dict[str, Any]:
    return {
        "datastream_id": row.datastream_id,
        "phenomenon_time": row.phenomenon_time,
        "result_time": row.result_time,
        "value": row.value,
        "raw_value": row.raw_value,
        "flag": row.flag,
        "flag_reason": row.flag_reason,
        "origin": row.origin,
    }


def _upsert_latest(session: Session, rows: Iterable[ObservationRow]) -> None:
    newest: dict[int, ObservationRow] = {}
    for row in rows:
        old = newest.get(row.datastream_id)
        if old is None or row.phenomenon_time >= old.phenomenon_time:
            newest[row.datastream_id] = row
    if not newest:
        return
    columns = ("phenomenon_time", "result_time", "value", "flag", "origin")
    values = [
        {"datastream_id": number, **{name: getattr(row, name) for name in columns}}
        for number, row in newest.items()
    ]
    dialect = session.get_bind().dialect.name
    make = postgresql.insert if dialect == "postgresql" else sqlite.insert
    statement = make(Latest).values(values)
    statement = statement.on_conflict_do_update(
        index_elements=[Latest.datastream_id],
        set_={name: statement.excluded[name] for name in columns},
        where=Latest.phenomenon_time <= statement.excluded.phenomenon_time,
    )
    session.execute(statement)


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
    found = session.execute(
        select(Observation.phenomenon_time, Observation.value, Observation.flag)
        .where(
            Observation.datastream_id == datastream_id,
            Observation.phenomenon_time.between(start, end),
        )
        .order_by(Observation.phenomenon_time)
        .limit(limit)
    )
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
