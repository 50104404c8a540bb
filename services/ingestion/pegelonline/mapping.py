"""Stations of PEGELONLINE to readings: newest values, and the hours before for each series."""

from collections.abc import Iterator

from data.things import ThingRow
from services.ingestion import station_values
from services.ingestion.pegelonline import source
from services.ingestion.pegelonline.parser import (
    Measurement,
    Station,
    Timeseries,
    parse_measurements,
    parse_stations,
)
from services.ingestion.station_values import StationValue
from services.sources.model import Harvest, Request, Visit

THING_KIND = "gauge"


def collect(visit: Visit) -> Harvest:
    """Fetch the stations, then the history of each of their series."""
    options = source.Options.model_validate(visit.entry.options)
    body = visit.fetch(Request(source.stations_url(visit.url, options))).body
    listed = parse_stations(body)
    stations = {station.uuid: station for station in reversed(listed)}
    wanted = [station for uuid, station in stations.items() if uuid in options.stations]
    notes = station_values.duplicates(station.uuid for station in listed)
    notes += [
        f"Station {uuid} fehlt in der Antwort" for uuid in options.stations if uuid not in stations
    ]
    values = [value for station in wanted for value in _values(visit, station, options)]
    return station_values.harvest(visit, values, notes)


def thing_of(station: Station, options: source.Options, source_id: str) -> ThingRow:
    """Return the thing that a station is: a gauge of the pack, or one of its own."""
    zero = next((s.zero_m_nhn for s in station.series if s.zero_m_nhn is not None), None)
    state = next((s.state for s in station.series if s.state), "")
    return ThingRow(
        thing_id=options.stations[station.uuid] or f"pegelonline-{station.number}"[:64],
        name=f"{station.name} ({station.water})" if station.water else station.name,
        kind=THING_KIND,
        lat=station.lat,
        lon=station.lon,
        source=source_id,
        properties={
            "uuid": station.uuid,
            "number": station.number,
            "agency": station.agency,
            "zero_m_nhn": zero,
            "state_mnw_mhw": state,
        },
    )


def _values(visit: Visit, station: Station, options: source.Options) -> Iterator[StationValue]:
    thing = thing_of(station, options, visit.entry.id)
    for series in station.series:
        if series.shortname not in options.series:
            continue
        name = source.PROPERTIES[series.shortname]
        measurements = [series.current] if series.current is not None else []
        if options.history_h:
            measurements = [*_history(visit, station, series, options), *measurements]
        for found in {item.at: item for item in measurements}.values():
            yield StationValue(thing, name, series.unit, found.at, found.value)


def _history(
    visit: Visit, station: Station, series: Timeseries, options: source.Options
) -> tuple[Measurement, ...]:
    url = source.measurements_url(visit.url, station.uuid, series.shortname, options.history_h)
    return parse_measurements(visit.fetch(Request(url)).body)
