"""Datastreams of a SensorThings server to readings, page by page within bounds."""

from collections.abc import Iterator
from datetime import timedelta

from data.things import ThingRow
from services.ingestion import station_values
from services.ingestion.sensorthings import source
from services.ingestion.sensorthings.parser import Observed, parse_page, parse_stream
from services.ingestion.station_values import StationValue
from services.sources.model import Harvest, Request, Visit

THING_KIND = "station"


def collect(visit: Visit) -> Harvest:
    """Fetch each datastream and its newest observations."""
    options = source.Options.model_validate(visit.entry.options)
    values: list[StationValue] = []
    notes: list[str] = []
    for stream in options.streams:
        info = parse_stream(visit.fetch(Request(source.stream_url(visit.url, stream))).body)
        thing = ThingRow(
            stream.thing_id,
            info.name or stream.thing_id,
            THING_KIND,
            info.lat,
            info.lon,
            visit.entry.id,
            {"datastream": stream.datastream},
        )
        unit = stream.unit or info.unit
        for found in _observations(visit, stream, options, notes):
            is_bad = _is_doubtful(found, options)
            why = f"Güte „{found.quality}“ laut Quelle" if is_bad else ""
            values.append(
                StationValue(
                    thing, stream.observed_property, unit, found.at, found.value, is_bad, why
                )
            )
    return station_values.harvest(visit, values, notes)


def _observations(
    visit: Visit, stream: source.Stream, options: source.Options, notes: list[str]
) -> Iterator[Observed]:
    since = visit.now - timedelta(hours=options.history_h)
    url = source.observations_url(visit.url, stream, options, since)
    for _ in range(options.most_pages):
        page = parse_page(visit.fetch(Request(url)).body, options.quality_key)
        yield from page.observations
        if not page.next_link or not page.observations:
            return
        url = source.next_page(visit.url, page.next_link)
    notes.append(f"{stream.datastream}: nach {options.most_pages} Seiten abgebrochen")


def _is_doubtful(found: Observed, options: source.Options) -> bool:
    if not options.quality_key or found.quality is None:
        return False
    return found.quality not in options.good
