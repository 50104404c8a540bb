"""Hourly values of a DWD station to readings."""

from data.things import ThingRow
from services.ingestion import station_values
from services.ingestion.dwd_station import source
from services.ingestion.dwd_station.parser import parse_observations
from services.ingestion.station_values import StationValue
from services.sources.model import Harvest, Request, Visit

THING_KIND = "weather-station"


def collect(visit: Visit) -> Harvest:
    """Fetch the file of the station; hours without a value of a property are left out of it."""
    options = source.Options.model_validate(visit.entry.options)
    body = visit.fetch(Request(visit.url, is_conditional=True)).body
    thing = ThingRow(
        f"dwd-{options.station_id.lower()}",
        options.name,
        THING_KIND,
        options.lat,
        options.lon,
        visit.entry.id,
        {"station_id": options.station_id},
    )
    observed = parse_observations(body, options.station_id)
    measured = {item.observed_property for item in observed if item.value is not None}
    values = [
        StationValue(thing, item.observed_property, item.unit, item.at, item.value)
        for item in observed
        if item.observed_property in measured
    ]
    return station_values.harvest(visit, values)
