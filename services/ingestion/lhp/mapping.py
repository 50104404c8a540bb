"""Sites of hochwasser.rlp.de to readings, with a guard against levels in m above sea."""

from collections.abc import Iterator

from data.things import ThingRow
from services.ingestion import station_values
from services.ingestion.lhp import source
from services.ingestion.lhp.parser import SiteValue, parse_site
from services.ingestion.station_values import StationValue
from services.sources.errors import SourceFormatError
from services.sources.model import Harvest, Request, Visit

THING_KIND = "gauge"
UNITS = {"W": ("stage", "cm"), "Q": ("discharge", "m³/s")}
LIKE_ZERO_M = 15.0
"""A W within so many metres above the gauge zero of at least `LEAST_ZERO_M` is no stage in cm."""

LEAST_ZERO_M = 20.0
CM_PER_M = 100.0


def collect(visit: Visit) -> Harvest:
    """Fetch each site; one that sends rubbish is named and does not spoil the others."""
    options = source.Options.model_validate(visit.entry.options)
    zeros = {row.gauge_id: row.zero_m_nhn for row in visit.region.pack.gauges}
    notes = station_values.duplicates(site.number for site in options.sites)
    values: list[StationValue] = []
    for site in {site.number: site for site in options.sites}.values():
        body = visit.fetch(Request(source.site_url(visit.url, site))).body
        try:
            found = parse_site(body)
        except SourceFormatError as error:
            notes.append(f"Messstelle {site.number}: {error.user_message}")
            continue
        zero = zeros.get(site.gauge_id)
        if any(is_height_above_sea(value, zero) for value in found):
            notes.append(f"Messstelle {site.number}: W sieht nach m ü. NHN aus, nicht übernommen")
            found = tuple(value for value in found if value.quantity != "W")
        values += _values(visit, site, found)
    if notes and not values:
        raise SourceFormatError("; ".join(notes))
    return station_values.harvest(visit, values, notes)


def is_height_above_sea(value: SiteValue, zero_m_nhn: float | None) -> bool:
    """Tell whether a W is a height above sea instead of a stage above the gauge zero.

    Near the zero's own height the number can be both where that height is below the stages that
    occur in cm; there a W counts as a height only if it is no whole number of centimetres.
    """
    if value.quantity != "W" or value.value is None or zero_m_nhn is None:
        return False
    is_near = 0.0 <= value.value - zero_m_nhn <= LIKE_ZERO_M
    in_cm = zero_m_nhn * CM_PER_M
    is_near_in_cm = 0.0 <= value.value - in_cm <= LIKE_ZERO_M * CM_PER_M
    is_whole = float(value.value).is_integer()
    return zero_m_nhn >= LEAST_ZERO_M and ((is_near and not is_whole) or is_near_in_cm)


def _values(
    visit: Visit, site: source.Site, found: tuple[SiteValue, ...]
) -> Iterator[StationValue]:
    name = next(
        (row.name for row in visit.region.pack.gauges if row.gauge_id == site.gauge_id),
        site.number,
    )
    thing = ThingRow(
        site.gauge_id,
        name,
        THING_KIND,
        source=visit.entry.id,
        properties={"number": site.number, "site_type": site.site_type},
    )
    for value in found:
        observed_property, unit = UNITS[value.quantity]
        yield StationValue(thing, observed_property, unit, value.at, value.value)
