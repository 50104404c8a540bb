"""Queries over timetables: the state of a feed, supply of stops, trips of the region."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from data.models import GtfsFeed, GtfsSupply, GtfsTrip

IDS_A_STATEMENT = 400


@dataclass(frozen=True, slots=True)
class FeedRow:
    """The newest delivery of a feed and the counts of the last one that was accepted."""

    source_id: str
    sha256: str
    fetched_at: datetime
    version: str
    valid_from: date | None
    valid_to: date | None
    is_withheld: bool
    reason: str
    counts: Mapping[str, Any]
    accepted: Mapping[str, Any]
    accepted_at: datetime | None


@dataclass(frozen=True, slots=True)
class SupplyRow:
    """Departures of a stop on a weekday (0 is Monday); bit n of `hours`: one in hour n."""

    stop_id: str
    weekday: int
    name: str
    lat: float
    lon: float
    departures: int
    hours: int


def feed(session: Session, source_id: str) -> FeedRow | None:
    """Return the state of a feed, None before its first delivery."""
    found = session.get(GtfsFeed, source_id)
    return None if found is None else FeedRow(**{n: getattr(found, n) for n in FeedRow.__slots__})


def note(session: Session, row: FeedRow) -> None:
    """Keep the state of a feed."""
    values = {**asdict(row), "counts": dict(row.counts), "accepted": dict(row.accepted)}
    session.merge(GtfsFeed(**values))
    session.flush()


def replace(
    session: Session, source_id: str, supply: Sequence[SupplyRow], trips: Iterable[str]
) -> int:
    """Replace supply and trips of a feed; returns how many rows there are now."""
    for table in (GtfsSupply, GtfsTrip):
        session.execute(delete(table).where(table.source_id == source_id))
    rows = [{"source_id": source_id, **asdict(row)} for row in supply]
    names = [{"source_id": source_id, "trip_id": trip} for trip in sorted(set(trips))]
    if rows:
        session.execute(insert(GtfsSupply), rows)
    if names:
        session.execute(insert(GtfsTrip), names)
    return len(rows) + len(names)


def supply(session: Session, source_id: str) -> list[SupplyRow]:
    """Return the supply of all stops of a feed by stop and weekday."""
    names = SupplyRow.__slots__
    found = session.execute(
        select(*(getattr(GtfsSupply, name) for name in names))
        .where(GtfsSupply.source_id == source_id)
        .order_by(GtfsSupply.stop_id, GtfsSupply.weekday)
    )
    return [SupplyRow(*row) for row in found]


def known_trips(session: Session, source_id: str, trips: Iterable[str]) -> set[str]:
    """Return those trips that the accepted timetable of a feed has."""
    wanted = sorted(set(trips))
    found: set[str] = set()
    for start in range(0, len(wanted), IDS_A_STATEMENT):
        part = wanted[start : start + IDS_A_STATEMENT]
        found |= set(
            session.scalars(
                select(GtfsTrip.trip_id).where(
                    GtfsTrip.source_id == source_id, GtfsTrip.trip_id.in_(part)
                )
            )
        )
    return found
