"""Queries over published data sets and over what their series hold."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from data.models import CatalogueEntry, Observation


@dataclass(frozen=True, slots=True)
class EntryRow:
    """A data set that is or was published."""

    dataset_id: str
    title: str
    issued: date
    withdrawn_at: datetime | None


def sync(
    session: Session, region_id: str, offered: Iterable[tuple[str, str, date]], now: datetime
) -> None:
    """Take over the data sets that the pack offers; a missing one becomes withdrawn, once."""
    rows = {dataset_id: (title, issued) for dataset_id, title, issued in offered}
    dialect = session.get_bind().dialect.name
    make = postgresql.insert if dialect == "postgresql" else sqlite.insert
    for dataset_id, (title, issued) in rows.items():
        statement = make(CatalogueEntry).values(
            region_id=region_id, dataset_id=dataset_id, title=title, issued=issued
        )
        fresh = {"title": title, "issued": issued, "withdrawn_at": None}
        session.execute(
            statement.on_conflict_do_update(
                index_elements=[CatalogueEntry.region_id, CatalogueEntry.dataset_id], set_=fresh
            )
        )
    session.execute(
        update(CatalogueEntry)
        .where(
            CatalogueEntry.region_id == region_id,
            CatalogueEntry.dataset_id.not_in(rows),
            CatalogueEntry.withdrawn_at.is_(None),
        )
        .values(withdrawn_at=now)
    )


def entries(session: Session, region_id: str) -> list[EntryRow]:
    """Return every data set that was ever published, oldest first."""
    found = session.scalars(
        select(CatalogueEntry)
        .where(CatalogueEntry.region_id == region_id)
        .order_by(CatalogueEntry.issued, CatalogueEntry.dataset_id)
    )
    return [EntryRow(row.dataset_id, row.title, row.issued, row.withdrawn_at) for row in found]


def flag_counts(
    session: Session, datastream_ids: Sequence[int], start: datetime, end: datetime
) -> dict[int, int]:
    """Count the values of a window by flag, those without a number among their flag."""
    found = session.execute(
        select(Observation.flag, func.count())
        .where(
            Observation.datastream_id.in_(datastream_ids),
            Observation.phenomenon_time.between(start, end),
        )
        .group_by(Observation.flag)
    )
    return dict(found.all())


def newest(
    session: Session, datastream_ids: Sequence[int], limit: int
) -> list[tuple[int, datetime, float | None, int, str]]:
    """Return the newest values of some datastreams: id, time, value, flag, origin, newest first."""
    best: list[tuple[int, datetime, float | None, int, str]] = []
    for number in datastream_ids:
        found = session.execute(
            select(
                Observation.phenomenon_time,
                Observation.value,
                Observation.flag,
                Observation.origin,
            )
            .where(Observation.datastream_id == number)
            .order_by(Observation.phenomenon_time.desc())
            .limit(limit)
        )
        best.extend((number, at, value, flag, origin) for at, value, flag, origin in found)
    return sorted(best, key=lambda row: (row[1], -row[0]), reverse=True)[:limit]
