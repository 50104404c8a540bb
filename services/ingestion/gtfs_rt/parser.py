"""A GTFS Realtime message to trips with their delay and vehicles; raises SourceFormatError only."""

from dataclasses import dataclass
from datetime import UTC, datetime

from google.protobuf.message import DecodeError
from google.transit import gtfs_realtime_pb2

from services.ingestion.gtfs_rt.source import MOST_ENTITIES
from services.sources.errors import SourceFormatError

NEWEST_POSIX = 4_102_444_800
MOST_DELAY_S = 24 * 3600
"""A longer delay is a fault of the feed (estimate)."""


@dataclass(frozen=True, slots=True)
class Realtime:
    """What a message says: its time, delay of each trip in seconds (None: unknown), vehicles."""

    at: datetime | None
    delays_s: dict[str, int | None]
    vehicles: int
    alerts: int


def parse_realtime(body: bytes) -> Realtime:
    """Return what a FeedMessage holds.

    Raises
    ------
    SourceFormatError
        When it is none, empty, or too large.
    """
    if not body:
        raise SourceFormatError("sie ist leer")
    message = gtfs_realtime_pb2.FeedMessage()
    try:
        message.ParseFromString(body)
    except (DecodeError, RuntimeError, ValueError) as error:
        raise SourceFormatError("es ist keine Nachricht von GTFS Realtime") from error
    if not message.header.gtfs_realtime_version:
        raise SourceFormatError("der Kopf einer Nachricht von GTFS Realtime fehlt")
    if len(message.entity) > MOST_ENTITIES:
        raise SourceFormatError(f"mehr als {MOST_ENTITIES} Einträge")
    stamp = message.header.timestamp
    delays: dict[str, int | None] = {}
    vehicles = alerts = 0
    for entity in message.entity:
        vehicles += entity.HasField("vehicle")
        alerts += entity.HasField("alert")
        if entity.HasField("trip_update") and entity.trip_update.trip.trip_id:
            delays[entity.trip_update.trip.trip_id] = _delay(entity.trip_update)
    at = datetime.fromtimestamp(stamp, UTC) if 0 < stamp < NEWEST_POSIX else None
    return Realtime(at, delays, vehicles, alerts)


def _delay(update: gtfs_realtime_pb2.TripUpdate) -> int | None:
    """Return the delay that the update names: its own, else that of its next stop."""
    found = [update.delay] if update.HasField("delay") else []
    for call in update.stop_time_update:
        events = (call.departure, call.arrival)
        found.extend(event.delay for event in events if event.HasField("delay"))
    first = found[0] if found else None
    return first if first is not None and abs(first) <= MOST_DELAY_S else None
