"""Realtime of the region's trips to readings: how many, how many fit the timetable, how late."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from sqlalchemy.orm import Session

from data import timetables
from data.things import ThingRow
from services.ingestion import station_values
from services.ingestion.gtfs_rt import source
from services.ingestion.gtfs_rt.parser import Realtime, parse_realtime
from services.ingestion.station_values import StationValue
from services.sources.model import Harvest, Request, Visit

THING_KIND = "realtime-feed"
PERCENT, MINUTE_S = 100.0, 60.0
FEW = 0.5
"""With fewer matched trips the feed and the timetable are of different versions (estimate)."""


def collect(visit: Visit) -> Harvest:
    """Fetch the message and return its figures; what fits the timetable is asked of the store."""
    options = source.Options.model_validate(visit.entry.options)
    found = parse_realtime(visit.fetch(Request(visit.url, max_bytes=source.MAX_BYTES)).body)
    if visit.ask is None:
        return station_values.harvest(visit, _values(visit, found, frozenset()))
    known = frozenset(visit.ask(lambda session: _known(session, options, found)))
    share = len(known) / len(found.delays_s) if found.delays_s else 1.0
    notes = []
    if found.delays_s and share < FEW:
        notes.append(
            f"nur {round(PERCENT * share)} % der {len(found.delays_s)} gemeldeten Fahrten stehen "
            f"im Fahrplan der Region ({options.timetable}); Verspätungen gelten nur für diese"
        )
    return station_values.harvest(visit, _values(visit, found, known), notes)


def _known(session: Session, options: source.Options, found: Realtime) -> set[str]:
    return timetables.known_trips(session, options.timetable, found.delays_s)


def _values(visit: Visit, found: Realtime, known: frozenset[str]) -> Iterator[StationValue]:
    thing = ThingRow(
        f"rt-{visit.entry.id}"[:64], visit.entry.title, THING_KIND, source=visit.entry.id
    )
    blank = StationValue(thing, "", "1", found.at, None)
    yield replace(blank, observed_property="trips_reported", raw=float(len(found.delays_s)))
    yield replace(blank, observed_property="vehicles_reported", raw=float(found.vehicles))
    if not found.delays_s:
        return
    share = PERCENT * len(known) / len(found.delays_s)
    yield replace(blank, observed_property="trips_matched", unit="%", raw=share)
    delays = sorted(
        delay for trip, delay in found.delays_s.items() if trip in known and delay is not None
    )
    if delays:
        for name, part in (("delay_median", 0.5), ("delay_p90", 0.9)):
            minutes = _nearest(delays, part) / MINUTE_S
            yield replace(blank, observed_property=name, unit="min", raw=minutes)


def _nearest(ordered: Sequence[int], share: float) -> int:
    return ordered[min(int(share * len(ordered)), len(ordered) - 1)]
