"""The kinds of sources and the options of each: what `./cockpit region check` holds a pack to."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta

from pydantic import ValidationError

from data.region_pack.faults import Fault
from data.region_pack.reasons import where_and_why
from data.region_pack.sources import FILE, SourceEntry
from services.ingestion.dwd_cap import source as dwd_cap
from services.ingestion.dwd_radar import source as dwd_radar
from services.ingestion.dwd_station import source as dwd_station
from services.ingestion.gbfs import source as gbfs
from services.ingestion.gtfs import source as gtfs
from services.ingestion.gtfs_rt import source as gtfs_rt
from services.ingestion.lhp import source as lhp
from services.ingestion.lhp_alerts import source as lhp_alerts
from services.ingestion.ngsi_ld import source as ngsi_ld
from services.ingestion.options import SourceOptions
from services.ingestion.parking import source as parking
from services.ingestion.pegelonline import source as pegelonline
from services.ingestion.sensorthings import source as sensorthings
from services.ingestion.statistics import source as statistics


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of source: German title, options, and whether we fetch it or it is sent to us.

    `fresh_for` is how old its newest instant may be: a server may go on giving an old file. None
    where old content is no fault: a day without warnings has no new one.
    """

    title: str
    options: type[SourceOptions]
    is_polled: bool = True
    fresh_for: timedelta | None = None


KINDS: dict[str, Kind] = {
    pegelonline.NAME: Kind("PEGELONLINE", pegelonline.Options, fresh_for=timedelta(hours=1)),
    lhp.NAME: Kind("Hochwasserportal", lhp.Options, fresh_for=timedelta(hours=1)),
    dwd_station.NAME: Kind("DWD-Station", dwd_station.Options, fresh_for=timedelta(hours=3)),
    dwd_radar.NAME: Kind("DWD-Radar", dwd_radar.Options, fresh_for=timedelta(minutes=30)),
    dwd_cap.NAME: Kind("DWD-Warnungen (CAP)", dwd_cap.Options),
    lhp_alerts.NAME: Kind(
        "Hochwasserwarnungen der Länder (LHP)", lhp_alerts.Options, fresh_for=timedelta(hours=3)
    ),
    sensorthings.NAME: Kind(
        "OGC SensorThings", sensorthings.Options, fresh_for=timedelta(hours=24)
    ),
    gtfs.NAME: Kind("Fahrplan (GTFS)", gtfs.Options),
    statistics.NAME: Kind("Tabelle der amtlichen Statistik", statistics.Options),
    gtfs_rt.NAME: Kind(
        "Fahrplan in Echtzeit (GTFS-RT)", gtfs_rt.Options, fresh_for=timedelta(minutes=15)
    ),
    gbfs.NAME: Kind("Leihräder und -wagen (GBFS)", gbfs.Options, fresh_for=timedelta(hours=2)),
    parking.NAME: Kind("Parkplätze (ParkAPI)", parking.Options, fresh_for=timedelta(hours=2)),
    ngsi_ld.NAME: Kind("NGSI-LD (gesendet)", ngsi_ld.Options, is_polled=False),
}
"""One line for each kind; its collector stands in `services.sources.registry`.

Ages are a few intervals of what the service itself promises (estimate).
"""


def source_faults(entries: Iterable[SourceEntry]) -> Iterator[Fault]:
    """Yield what is wrong with sources: an unknown kind, its options, no address."""
    for entry in entries:
        kind = KINDS.get(entry.kind)
        if kind is None:
            known = ", ".join(KINDS)
            reason = f"„{entry.kind}“ gibt es nicht, möglich sind {known}"
            yield Fault(FILE, 0, f"{entry.id}.kind", reason)
            continue
        if kind.is_polled and not entry.url:
            yield Fault(FILE, 0, f"{entry.id}.url", "fehlt")
        if entry.enabled and entry.agreement == "missing":
            reason = "ohne Vereinbarung (missing) darf eine Quelle nicht eingeschaltet sein"
            yield Fault(FILE, 0, f"{entry.id}.agreement", reason)
        try:
            kind.options.model_validate(entry.options)
        except ValidationError as error:
            for item in error.errors():
                column, reason = where_and_why(item)
                yield Fault(FILE, 0, f"{entry.id}.options.{column}", reason)
