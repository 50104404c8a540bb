"""A timetable to the supply of the region's stops; one that lost too much changes nothing."""

import hashlib
from functools import partial

from sqlalchemy.orm import Session

from data import timetables
from data.timetables import FeedRow, SupplyRow
from services.ingestion.gtfs import health, source
from services.ingestion.gtfs.parser import Timetable, parse_timetable
from services.ingestion.place import is_at_region
from services.sources.model import Harvest, Request, Visit

REASON_LIMIT = 300


def collect(visit: Visit) -> Harvest:
    """Fetch the timetable, judge it against the last accepted one, keep what may be used."""
    options = source.Options.model_validate(visit.entry.options)
    request = Request(visit.url, is_conditional=True, max_bytes=source.MAX_BYTES)
    body = visit.fetch(request).body
    today = visit.now.astimezone(visit.region.timezone).date()
    pack = visit.region.pack
    found = parse_timetable(body, lambda lat, lon: is_at_region(lat, lon, pack), today)
    before = None if visit.ask is None else visit.ask(partial(_before, visit.entry.id))
    accepted = dict(before.accepted) if before else {}
    reason = health.reason_to_withhold(found, accepted, options, today)[:REASON_LIMIT]
    row = FeedRow(
        source_id=visit.entry.id,
        sha256=hashlib.sha256(body).hexdigest(),
        fetched_at=visit.now,
        version=found.version,
        valid_from=found.valid_from,
        valid_to=found.valid_to,
        is_withheld=bool(reason),
        reason=reason,
        counts=found.counts,
        accepted=accepted if reason else found.counts,
        accepted_at=(before.accepted_at if before else None) if reason else visit.now,
    )
    notes = [f"Zahlen werden zurückgehalten: {reason}"] if reason else []
    return Harvest(
        items=found.counts["stop_times"],
        newest_at=visit.now,
        notes=(*notes, *health.notes(found)),
        store=partial(_store, row, found),
    )


def _before(source_id: str, session: Session) -> FeedRow | None:
    return timetables.feed(session, source_id)


def _store(row: FeedRow, found: Timetable, session: Session) -> int:
    """Note the delivery; supply and trips change only where the gate lets it through."""
    timetables.note(session, row)
    if row.is_withheld:
        return 0
    return timetables.replace(session, row.source_id, supply_of(found), found.trips)


def supply_of(found: Timetable) -> list[SupplyRow]:
    """Return departures and hours with service by stop and weekday."""
    return [
        SupplyRow(
            stop_id=stop,
            weekday=weekday,
            name=found.stops[stop].name,
            lat=found.stops[stop].lat,
            lon=found.stops[stop].lon,
            departures=sum(by_hour.values()),
            hours=sum(1 << hour for hour in by_hour),
        )
        for (stop, weekday), by_hour in sorted(found.departures.items())
    ]
