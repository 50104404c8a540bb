"""Queries over published data sets and over what their series hold."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select
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
    stored = {
        row.dataset_id: row
        for row in session.scalars(
            select(CatalogueEntry).where(CatalogueEntry.region_id == region_id)
        )
    }
    present = set()
    for dataset_id, title, issued in offered:
        present.add(dataset_id)
        row = stored.get(dataset_id)
        if row is None:
            row = CatalogueEntry(region_id=region_id, dataset_id=dataset_id)
            session.add(row)
        row.title, row.issued, row.withdrawn_at = title, issued, None
    for dataset_id, row in stored.items():
        if dataset_id not in present and row.withdrawn_at is None:
            row.withdrawn_at = now
    session.flush()


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
) -> list[tuple[int, datetime, float | None, int]]:
    """Return the newest values of some datastreams: id, time, value, flag, newest first."""
    best: list[tuple[int, datetime, float | None, int]] = []
    for number in datastream_ids:
        found = session.execute(
            select(Observation.phenomenon_time, Observation.value, Observation.flag)
            .where(Observation.datastream_id == number)
            .order_by(Observation.phenomenon_time.desc())
            .limit(limit)
        )
        best.extend((number, at, value, flag) for at, value, flag in found)
    return sorted(best, key=lambda row: (row[1], -row[0]), reverse=True)[:limit]
