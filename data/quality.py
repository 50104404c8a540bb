"""Queries of the quality tests: rows to judge, findings, flags by hand."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import datetime

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from data.bulk import columns_of, insert_rows
from data.models import Observation, QualityFlag
from data.observation_rows import Key, ObservationRow

MANUAL = "manual"


@dataclass(frozen=True, slots=True)
class FindingRow:
    """A finding about an instant or period of a datastream."""

    datastream_id: int
    start_at: datetime
    end_at: datetime
    test: str
    flag: int
    reason: str
    actor: str
    made_at: datetime
    config: str = ""
    withdrawn_at: datetime | None = None


COLUMNS = FindingRow.__slots__
_SET = ", ".join(f"{name} = excluded.{name}" for name in COLUMNS[2:] if name != "test")
_CHANGED = " or ".join(
    f"quality_flags.{name} is {{differs}} excluded.{name}"
    for name in ("end_at", "flag", "reason", "withdrawn_at")
)


def keep(session: Session, rows: Iterable[FindingRow]) -> None:
    """Store automatic findings; the same finding again changes nothing."""
    latest = {(row.datastream_id, row.start_at, row.test): row for row in rows}
    connection = session.connection()
    differs = "not" if connection.dialect.name == "sqlite" else "distinct from"
    tail = (
        "on conflict (datastream_id, start_at, test) where test <> 'manual' "
        f"do update set {_SET} where {_CHANGED.format(differs=differs)}"
    )
    cells = [tuple(getattr(row, name) for name in COLUMNS) for row in latest.values()]
    insert_rows(connection, QualityFlag, COLUMNS, cells, tail)


def withdraw(session: Session, keys: Iterable[Key], tests: Sequence[str], at: datetime) -> None:
    """Note that findings of these tests hold no longer at these instants."""
    by_stream: dict[int, list[datetime]] = {}
    for number, start in keys:
        by_stream.setdefault(number, []).append(start)
    for number, starts in by_stream.items():
        session.execute(
            update(QualityFlag)
            .where(
                QualityFlag.datastream_id == number,
                QualityFlag.start_at.in_(starts),
                QualityFlag.test.in_(tests),
                QualityFlag.withdrawn_at.is_(None),
            )
            .values(withdrawn_at=at)
            .execution_options(synchronize_session=False)
        )


def add_manual(session: Session, row: FindingRow) -> None:
    """Append a flag that a person set."""
    session.execute(insert(QualityFlag), [{name: getattr(row, name) for name in COLUMNS}])


def manual(
    session: Session, start: datetime, end: datetime, datastream_id: int | None = None
) -> list[FindingRow]:
    """Return the flags by hand that touch a window, oldest decision first."""
    query = select(QualityFlag).where(
        QualityFlag.test == MANUAL, QualityFlag.end_at >= start, QualityFlag.start_at <= end
    )
    if datastream_id is not None:
        query = query.where(QualityFlag.datastream_id == datastream_id)
    return [_row(item) for item in session.scalars(query.order_by(QualityFlag.finding_id))]


def standing(
    session: Session,
    datastream_id: int,
    start: datetime,
    end: datetime,
    tests: Sequence[str] = (),
) -> list[FindingRow]:
    """Return the automatic findings of a datastream, of these tests or all, that touch a window."""
    query = select(QualityFlag).where(
        QualityFlag.datastream_id == datastream_id,
        QualityFlag.test != MANUAL,
        QualityFlag.withdrawn_at.is_(None),
        QualityFlag.end_at >= start,
        QualityFlag.start_at <= end,
    )
    if tests:
        query = query.where(QualityFlag.test.in_(tests))
    order = (QualityFlag.start_at, QualityFlag.finding_id)
    return [_row(item) for item in session.scalars(query.order_by(*order))]


def newest(
    session: Session, limit: int, test: str = "", datastream_id: int | None = None
) -> list[FindingRow]:
    """Return the newest findings that hold, by the instant that they are about."""
    query = select(QualityFlag).where(QualityFlag.withdrawn_at.is_(None))
    if test:
        query = query.where(QualityFlag.test == test)
    if datastream_id is not None:
        query = query.where(QualityFlag.datastream_id == datastream_id)
    order = (QualityFlag.start_at.desc(), QualityFlag.finding_id.desc())
    return [_row(item) for item in session.scalars(query.order_by(*order).limit(limit))]


def rows(
    session: Session, datastream_id: int, start: datetime, end: datetime, limit: int = 400_000
) -> list[ObservationRow]:
    """Return whole observations of start <= time <= end in order, at most `limit`."""
    names = ObservationRow.__slots__
    [number, *columns] = columns_of(Observation, names)
    query = (
        select(number, *columns)
        .where(number == datastream_id, columns[0].between(start, end))
        .order_by(columns[0])
        .limit(limit)
    )
    return [ObservationRow(*row) for row in session.connection().execute(query)]


def first_after(session: Session, datastream_id: int, at: datetime) -> ObservationRow | None:
    """Return the first observation with a value after an instant."""
    columns = columns_of(Observation, ObservationRow.__slots__)
    query = (
        select(*columns)
        .where(columns[0] == datastream_id, columns[1] > at, Observation.value.is_not(None))
        .order_by(columns[1])
        .limit(1)
    )
    found = session.connection().execute(query).first()
    return None if found is None else ObservationRow(*found)


def _row(item: QualityFlag) -> FindingRow:
    return FindingRow(**{field.name: getattr(item, field.name) for field in fields(FindingRow)})
