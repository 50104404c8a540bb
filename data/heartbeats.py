"""Heartbeats: when a test message was measured, decided on and delivered."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from data.models import Datastream, Heartbeat, Latest, Observation


@dataclass(frozen=True, slots=True)
class BeatRow:
    """One test: `beat_at` is when the virtual sensor measured."""

    beat_at: datetime
    decided_at: datetime
    delivered_at: datetime | None
    channel: str


_COLUMNS = tuple(getattr(Heartbeat, name) for name in BeatRow.__slots__)


def measured(session: Session, key: str) -> datetime | None:
    """Return the instant of the newest stored observation of the virtual sensor."""
    return session.scalar(
        select(Latest.phenomenon_time)
        .join(Datastream, Datastream.datastream_id == Latest.datastream_id)
        .where(Datastream.key == key)
    )


def begin(session: Session, region_id: str, beat_at: datetime, decided_at: datetime) -> bool:
    """Note that a beat was seen and tell whether it was new."""
    dialect = session.get_bind().dialect.name
    make = postgresql.insert if dialect == "postgresql" else sqlite.insert
    values: dict[str, Any] = {"channel": "", "details": {}}
    done = session.execute(
        make(Heartbeat)
        .values(region_id=region_id, beat_at=beat_at, decided_at=decided_at, **values)
        .on_conflict_do_nothing(index_elements=[Heartbeat.region_id, Heartbeat.beat_at])
        .returning(Heartbeat.beat_at)
    )
    return done.first() is not None


def delivered(
    session: Session, region_id: str, beat_at: datetime, at: datetime, channel: str
) -> None:
    """Note that the message of a beat was delivered."""
    session.execute(
        update(Heartbeat)
        .where(
            Heartbeat.region_id == region_id,
            Heartbeat.beat_at == beat_at,
            Heartbeat.delivered_at.is_(None),
        )
        .values(delivered_at=at, channel=channel)
    )


def since(session: Session, region_id: str, start: datetime) -> list[BeatRow]:
    """Return the beats since an instant, oldest first."""
    question = (
        select(*_COLUMNS)
        .where(Heartbeat.region_id == region_id, Heartbeat.beat_at >= start)
        .order_by(Heartbeat.beat_at)
    )
    return [BeatRow(*found) for found in session.execute(question)]


def last_proven(session: Session, region_id: str) -> datetime | None:
    """Return when a beat was last delivered."""
    return session.scalar(
        select(func.max(Heartbeat.delivered_at)).where(Heartbeat.region_id == region_id)
    )


def first(session: Session, region_id: str) -> datetime | None:
    """Return the oldest stored beat."""
    return session.scalar(
        select(func.min(Heartbeat.beat_at)).where(Heartbeat.region_id == region_id)
    )


def prune(session: Session, region_id: str, key: str, before: datetime) -> None:
    """Delete older beats with their observations: nobody asks for a test of last month."""
    session.execute(
        delete(Heartbeat).where(Heartbeat.region_id == region_id, Heartbeat.beat_at < before)
    )
    number = select(Datastream.datastream_id).where(Datastream.key == key).scalar_subquery()
    session.execute(
        delete(Observation).where(
            Observation.datastream_id == number, Observation.phenomenon_time < before
        )
    )


def newest(session: Session, region_id: str) -> datetime | None:
    """Return the newest beat that was seen."""
    return session.scalar(
        select(func.max(Heartbeat.beat_at)).where(Heartbeat.region_id == region_id)
    )
