"""Queries over what leaves the database: versions of a stretch, deletion, the list of files."""

from collections.abc import Collection
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, delete, func, insert, literal, select, union_all
from sqlalchemy.orm import Session

from data.models import Archive, Datastream, DirtyHour, Observation, ObservationRevision, Thing
from data.things import HEARTBEAT

NO_FILE = ""
"""Checksum of a stretch that was deleted: there is no file."""


@dataclass(frozen=True, slots=True)
class VersionRow:
    """One version of an observation: the current one, or one that was superseded."""

    phenomenon_time: datetime
    result_time: datetime
    value: float | None
    raw_value: float | None
    flag: int
    origin: str
    reason: str
    actor: str
    is_superseded: bool


@dataclass(frozen=True, slots=True)
class ArchiveRow:
    """A file of the archive; `path` is relative to the archive's folder.

    A month that was deleted without a file has a row as well, with an empty `sha256`.
    """

    datastream_id: int
    path: str
    first_at: datetime
    last_at: datetime
    observations: int
    revisions: int
    sha256: str
    created_at: datetime


@dataclass(frozen=True, slots=True)
class OldStream:
    """A datastream with the instant of its oldest observation in the database."""

    datastream_id: int
    key: str
    observed_property: str
    kind: str
    oldest_at: datetime


def old_streams(session: Session, before: datetime) -> list[OldStream]:
    """Return the datastreams that have observations before an instant."""
    oldest = (
        select(Observation.phenomenon_time)
        .where(Observation.datastream_id == Datastream.datastream_id)
        .order_by(Observation.phenomenon_time)
        .limit(1)
        .correlate(Datastream)
        .scalar_subquery()
    )
    found = session.execute(
        select(
            Datastream.datastream_id,
            Datastream.key,
            Datastream.observed_property,
            Thing.kind,
            oldest.label("oldest_at"),
        )
        .join(Thing, Thing.thing_id == Datastream.thing_id)
        .where(Thing.kind != HEARTBEAT)
        .order_by(Datastream.key)
    )
    listed: list[Any] = [tuple(row) for row in found]
    return [OldStream(*row) for row in listed if row[4] is not None and row[4] < before]


def versions(
    session: Session, datastream_id: int, start: datetime, end: datetime
) -> list[VersionRow]:
    """Return all versions of start <= time < end, by time and receipt, superseded ones first."""
    within = (start, end)
    both = union_all(
        _versions(Observation, datastream_id, within),
        _versions(ObservationRevision, datastream_id, within),
    ).subquery()
    found = session.execute(
        select(both).order_by(
            both.c.phenomenon_time, both.c.is_superseded.desc(), both.c.result_time
        )
    )
    names = VersionRow.__slots__
    return [
        VersionRow(**{**dict(zip(names, row, strict=True)), "is_superseded": bool(row[-1])})
        for row in found
    ]


def current(
    session: Session,
    datastream_id: int,
    window: tuple[datetime, datetime],
    limit: int,
    flags: Collection[int] = (),
) -> list[VersionRow]:
    """Return the first current versions of start <= time <= end, of all flags or some."""
    columns = (
        Observation.phenomenon_time,
        Observation.result_time,
        Observation.value,
        Observation.raw_value,
        Observation.flag,
        Observation.origin,
        Observation.flag_reason,
    )
    question = select(*columns).where(
        Observation.datastream_id == datastream_id,
        Observation.phenomenon_time.between(*window),
    )
    if flags:
        question = question.where(Observation.flag.in_(sorted(flags)))
    found = session.execute(question.order_by(Observation.phenomenon_time).limit(limit))
    return [VersionRow(*row, actor="", is_superseded=False) for row in found]


def _versions(
    table: type[Observation] | type[ObservationRevision],
    datastream_id: int,
    within: tuple[datetime, datetime],
) -> Any:  # noqa: ANN401  # a select of nine columns
    is_current = table is Observation
    return select(
        table.phenomenon_time,
        table.result_time,
        table.value,
        table.raw_value,
        table.flag,
        table.origin,
        (Observation.flag_reason if is_current else ObservationRevision.reason).label("reason"),
        (literal("") if is_current else ObservationRevision.actor).label("actor"),
        literal(0 if is_current else 1).label("is_superseded"),
    ).where(
        table.datastream_id == datastream_id,
        table.phenomenon_time >= within[0],
        table.phenomenon_time < within[1],
    )


def has_dirty_hours(session: Session, datastream_id: int, start: datetime, end: datetime) -> bool:
    """Tell whether hours of start <= time < end are not rolled up yet."""
    found = session.scalar(
        select(DirtyHour.mark_id)
        .where(
            DirtyHour.datastream_id == datastream_id,
            DirtyHour.start_at >= start,
            DirtyHour.start_at < end,
        )
        .limit(1)
    )
    return found is not None


def remove(session: Session, datastream_id: int, start: datetime, end: datetime) -> int:
    """Delete all versions of start <= time < end; rollups stay. Returns how many went."""
    gone = 0
    for table in (Observation, ObservationRevision):
        done = session.execute(
            delete(table)
            .where(
                table.datastream_id == datastream_id,
                table.phenomenon_time >= start,
                table.phenomenon_time < end,
            )
            .returning(literal(1))
        )
        gone += len(done.all())
    return gone


def add(session: Session, row: ArchiveRow) -> None:
    """Note a file that holds what is deleted in the same transaction."""
    session.execute(insert(Archive), [asdict(row)])


def covering(
    session: Session, datastream_id: int, start: datetime, end: datetime
) -> list[ArchiveRow]:
    """Return the files that hold anything of start <= time <= end, oldest file first."""
    return [row for row in _noted(session, datastream_id, start, end) if row.sha256 != NO_FILE]


def deleted(
    session: Session, datastream_id: int, start: datetime, end: datetime
) -> list[ArchiveRow]:
    """Return the stretches of start <= time <= end that were deleted without a file."""
    return [row for row in _noted(session, datastream_id, start, end) if row.sha256 == NO_FILE]


def _noted(
    session: Session, datastream_id: int, start: datetime, end: datetime
) -> list[ArchiveRow]:
    window = {"number": datastream_id, "start": start, "end": end}
    return [ArchiveRow(*row) for row in session.connection().execute(_COVERING, window)]


_COVERING = (
    select(*(getattr(Archive, name) for name in ArchiveRow.__slots__))
    .where(
        Archive.datastream_id == bindparam("number"),
        Archive.first_at <= bindparam("end"),
        Archive.last_at >= bindparam("start"),
    )
    .order_by(Archive.archive_id)
)
"""Made once: every page of readings asks it."""


def newest(session: Session, limit: int) -> list[str]:
    """Return the paths of the files that were written last."""
    query = select(Archive.path).where(Archive.sha256 != NO_FILE)
    return list(session.scalars(query.order_by(Archive.archive_id.desc()).limit(limit)))


def count(session: Session) -> tuple[int, int]:
    """Return how many files there are and how many observations they hold."""
    files, rows = session.execute(
        select(func.count(), func.coalesce(func.sum(Archive.observations), 0)).where(
            Archive.sha256 != NO_FILE
        )
    ).one()
    return files, rows
