"""Stations of a sharing system to readings: vehicles and free docks."""

from collections.abc import Iterator
from dataclasses import replace

from data.things import ThingRow
from services.ingestion import station_values
from services.ingestion.gbfs import source
from services.ingestion.gbfs.parser import (
    Station,
    Status,
    parse_feeds,
    parse_information,
    parse_status,
)
from services.ingestion.place import is_near
from services.ingestion.station_values import StationValue
from services.sources.errors import SourceFormatError
from services.sources.model import Harvest, Request, Visit

THING_KIND = "sharing-station"
CLOSED = "Station ist außer Betrieb"


def collect(visit: Visit) -> Harvest:
    """Fetch the list of files, then stations and what they have."""
    options = source.Options.model_validate(visit.entry.options)
    feeds = parse_feeds(visit.fetch(Request(visit.url)).body, options.language)
    missing = [name for name in (source.INFORMATION, source.STATUS) if name not in feeds]
    if missing:
        raise SourceFormatError(f"das Verzeichnis nennt {', '.join(missing)} nicht")
    stations = parse_information(visit.fetch(Request(feeds[source.INFORMATION])).body)
    states = parse_status(visit.fetch(Request(feeds[source.STATUS])).body)
    notes = station_values.duplicates(station.station_id for station in stations)
    wanted = {
        row.station_id: row
        for row in stations
        if (row.station_id in options.only if options.only else is_near(row, visit.region.pack))
    }
    values = [
        value
        for state in {row.station_id: row for row in states}.values()
        if state.station_id in wanted
        for value in _values(wanted[state.station_id], state, options, visit.entry.id)
    ]
    return station_values.harvest(visit, values, notes)


def _values(
    station: Station, state: Status, options: source.Options, source_id: str
) -> Iterator[StationValue]:
    thing = ThingRow(
        thing_id=f"{options.prefix}-{station.station_id}"[:64],
        name=station.name,
        kind=THING_KIND,
        lat=station.lat,
        lon=station.lon,
        source=source_id,
        properties={"station_id": station.station_id, "capacity": station.capacity},
    )
    is_open = state.is_installed and state.is_renting
    blank = StationValue(
        thing,
        "",
        "1",
        state.at,
        None,
        is_suspect=not is_open,
        why_suspect="" if is_open else CLOSED,
    )
    yield replace(blank, observed_property="vehicles_available", raw=state.vehicles)
    if state.docks is not None:
        yield replace(blank, observed_property="docks_available", raw=state.docks)
