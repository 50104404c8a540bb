"""Queries over things and their datastreams: make what is missing, find by key, list with place."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from data.models import Datastream, Latest, Thing

HEARTBEAT = "heartbeat"
"""Kind of the virtual thing that tests the way of a message; nobody reads it as a station."""
OWN = "region"
"""Source of the things that the region pack itself names; all others come from a polled source."""


@dataclass(frozen=True, slots=True)
class ThingRow:
    """A device or station; a position is known or both coordinates are None (degrees, WGS 84)."""

    thing_id: str
    name: str
    kind: str
    lat: float | None = None
    lon: float | None = None
    source: str = OWN
    properties: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class StreamRow:
    """One observed property of a thing in one unit."""

    thing: ThingRow
    observed_property: str
    unit: str

    @property
    def key(self) -> str:
        """Return the key of the datastream, `<thing>/<property>`."""
        return f"{self.thing.thing_id}/{self.observed_property}"


def stream(thing_id: str, name: str, kind: str, observed_property: str, unit: str) -> StreamRow:
    """Return a datastream of a thing of the region pack, without a place."""
    return StreamRow(ThingRow(thing_id, name, kind), observed_property, unit)


@dataclass(frozen=True, slots=True)
class StoredStream:
    """A datastream as it is stored, with the instant of its newest observation, None without."""

    datastream_id: int
    key: str
    observed_property: str
    unit: str
    thing: ThingRow
    newest_at: datetime | None


def ensure(session: Session, region_id: str, wanted: Iterable[StreamRow]) -> None:
    """Make missing things and datastreams; a known thing takes over name, place and properties."""
    streams = list(wanted)
    things = {row.thing.thing_id: row.thing for row in streams}
    stored = {thing.thing_id: thing for thing in session.scalars(select(Thing))}
    for thing_id, row in things.items():
        old = stored.get(thing_id)
        if old is None:
            values = {**asdict(row), "properties": dict(row.properties)}
            session.add(Thing(region_id=region_id, **values))
        elif old.source == row.source:
            _take_over(old, row)
    session.flush()
    known = set(session.scalars(select(Datastream.key)))
    for stream in {row.key: row for row in streams}.values():
        if stream.key not in known:
            session.add(
                Datastream(
                    thing_id=stream.thing.thing_id,
                    observed_property=stream.observed_property,
                    unit=stream.unit,
                    key=stream.key,
                )
            )
    session.flush()


def ids(session: Session) -> dict[str, int]:
    """Return the id of every datastream by its key `<thing>/<property>`."""
    found = session.execute(select(Datastream.key, Datastream.datastream_id))
    return dict(found.all())


def streams(session: Session, source: str | None = None) -> list[StoredStream]:
    """Return all datastreams by key, of one source if it is named."""
    query = _STREAMS.order_by(Datastream.key)
    if source is not None:
        query = query.where(Thing.source == source)
    return [_stored(row) for row in session.connection().execute(query)]


def by_key(session: Session, key: str) -> StoredStream | None:
    """Return the datastream of a key, None when there is none."""
    found = session.connection().execute(_BY_KEY, {"wanted": key}).first()
    return None if found is None else _stored(found)


_STREAMS = (
    select(
        Datastream.datastream_id,
        Datastream.key,
        Datastream.observed_property,
        Datastream.unit,
        Latest.phenomenon_time,
        *(getattr(Thing, name) for name in ThingRow.__slots__),
    )
    .join(Thing, Thing.thing_id == Datastream.thing_id)
    .outerjoin(Latest, Latest.datastream_id == Datastream.datastream_id)
    .where(Thing.kind != HEARTBEAT)
)
_BY_KEY = _STREAMS.where(Datastream.key == bindparam("wanted"))
"""Made once: every page of the API asks it."""


def _stored(row: Sequence[Any]) -> StoredStream:
    number, key, observed, unit, newest_at, *thing = row
    return StoredStream(number, key, observed, unit, ThingRow(*thing), newest_at)


def _row(thing: Thing) -> ThingRow:
    return ThingRow(
        thing.thing_id,
        thing.name,
        thing.kind,
        thing.lat,
        thing.lon,
        thing.source,
        dict(thing.properties),
    )


def _take_over(old: Thing, row: ThingRow) -> None:
    if _row(old) == row:
        return
    old.name, old.kind, old.lat, old.lon = row.name, row.kind, row.lat, row.lon
    old.properties = dict(row.properties)
