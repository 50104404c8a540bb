"""Car parks to readings: free spaces."""

from data.things import ThingRow
from services.ingestion import station_values
from services.ingestion.parking import source
from services.ingestion.parking.parser import Site, parse_sites
from services.ingestion.place import is_near
from services.ingestion.station_values import StationValue
from services.sources.model import Harvest, Request, Visit

THING_KIND = "parking"
CLOSED = "Parkplatz ist geschlossen"


def collect(visit: Visit) -> Harvest:
    """Fetch the sites and return their free spaces."""
    options = source.Options.model_validate(visit.entry.options)
    sites = parse_sites(visit.fetch(Request(visit.url, is_conditional=True)).body)
    notes = station_values.duplicates(site.site_id for site in sites)
    wanted = {
        site.site_id: site
        for site in sites
        if (site.site_id in options.only if options.only else is_near(site, visit.region.pack))
    }
    values = [_value(site, options, visit.entry.id) for site in wanted.values()]
    return station_values.harvest(visit, values, notes)


def _value(site: Site, options: source.Options, source_id: str) -> StationValue:
    thing = ThingRow(
        thing_id=f"{options.prefix}-{site.site_id}"[:64],
        name=site.name,
        kind=THING_KIND,
        lat=site.lat,
        lon=site.lon,
        source=source_id,
        properties={"site_id": site.site_id, "capacity": site.total},
    )
    return StationValue(
        thing,
        "spaces_free",
        "1",
        site.at,
        site.free,
        is_suspect=not site.is_open,
        why_suspect="" if site.is_open else CLOSED,
    )
