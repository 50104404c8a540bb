"""Flood warnings of the states to rows: which concern us, what names them, and which have ended.

The states use a CAP identifier again for other areas and later warnings, so a warning is named by
sender, identifier with area and class, and sent. The list gives the present state: what held and is
no longer in a successful list has ended, which is kept as a Cancel of ours (ADR 0037: a message
never changes, and any past instant can be asked).
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import timedelta

from shapely.geometry import MultiPoint, MultiPolygon, Polygon
from shapely.geometry.base import BaseGeometry
from sqlalchemy.orm import Session

from data import alerts
from data.alerts import AlertRow
from services.ingestion.dwd_cap.mapping import info_json
from services.ingestion.dwd_cap.parser import Area
from services.ingestion.lhp_alerts import source
from services.ingestion.lhp_alerts.parser import (
    ALL_CLEAR,
    SENDER,
    AlertList,
    FloodAlert,
    parse_alerts,
)
from services.region import Region
from services.sources.model import Harvest, Request, Visit

GEOCODE = "LHP"
KM_PER_DEGREE = 71.5
"""A degree of longitude at 50° north: 111.3 km times cos 50°. A degree of latitude is longer, so
that an area to the north is taken from further away: rather one too many."""
MOST_NOTES = 3
ENDED = "LHP.nicht-mehr-gelistet"
OLDEST_LIST = timedelta(hours=3)
"""An older list ends nothing (estimate: as old as the source may be before it counts as stale)."""


def collect(visit: Visit) -> Harvest:
    """Fetch the present warnings and keep those that concern the region."""
    options = source.Options.model_validate(visit.entry.options)
    request = Request(
        source.alerts_url(visit.url, options),
        max_bytes=source.MAX_BYTES,
        headers={"Accept": "application/json", "Accept-Language": "de"},
    )
    found = parse_alerts(visit.fetch(request).body)
    near = _near(visit.region, options.within_km)
    ours = [alert for alert in found.alerts if _concerns(alert, near)]
    notes = list(found.faults[:MOST_NOTES])
    if len(found.faults) > MOST_NOTES:
        notes.append(f"{len(found.faults) - MOST_NOTES} weitere unklare Einträge")

    def store(session: Session) -> int:
        return keep(session, found, ours, visit)

    return Harvest(
        items=len(found.alerts), newest_at=found.updated, notes=tuple(notes), store=store
    )


def keep(session: Session, found: AlertList, ours: Iterable[FloodAlert], visit: Visit) -> int:
    """Store new warnings, and one Cancel for all that held and are no longer listed.

    Nothing ends by a list that has entries without a name, nor by an old one.
    """
    held = [row for row in alerts.holding_at(session, visit.now) if row.source_id == visit.entry.id]
    listed = [to_row(session, alert, held, visit) for alert in ours if alert.level != ALL_CLEAR]
    is_new = visit.now - found.updated <= OLDEST_LIST
    names = {row.identifier for row in listed}
    gone = [row for row in held if row.identifier not in names and row.sent_at <= found.updated]
    ends = [_ended(gone, visit)] if gone and found.is_whole and is_new else []
    return alerts.add(session, [*listed, *ends])


def to_row(session: Session, alert: FloodAlert, held: Sequence[AlertRow], visit: Visit) -> AlertRow:
    """Return the row of a warning; sent anew it replaces what held under the same name.

    One that had ended and is listed again holds from now on: a Cancel may refer to the old one.
    The list tells when a warning ends, so an end that it gives itself counts only in words.
    """
    name = f"{alert.identifier}.{alert.area_id}.{alert.level}"
    before = [row for row in held if (row.sender, row.identifier) == (alert.sender, name)]
    newest = max((row.sent_at for row in before), default=None)
    sent = min(alert.sent or visit.now, visit.now)
    if newest is not None and (alert.sent is None or sent <= newest):
        sent = newest
    elif newest is None and alerts.known(session, [(alert.sender, name, sent)]):
        sent = visit.now
    replaced = [row for row in before if row.sent_at != sent]
    area = Area(alert.area, ((GEOCODE, alert.area_id),), _polygons(alert.geometry))
    expires = alert.info.expires
    told = expires if expires is not None and expires > visit.now else None
    return AlertRow(
        sender=alert.sender,
        identifier=name,
        sent_at=sent,
        source_id=visit.entry.id,
        msg_type="Update" if replaced else "Alert",
        status=alert.status,
        scope="Public",
        refers_to=[_reference(row) for row in replaced],
        infos=[info_json(replace(alert.info, expires=told, areas=(area,)))],
        expires_at=None,
        received_at=visit.now,
    )


def _ended(gone: Sequence[AlertRow], visit: Visit) -> AlertRow:
    return AlertRow(
        sender=SENDER,
        identifier=f"{ENDED}.{visit.now:%Y%m%dT%H%M%SZ}",
        sent_at=visit.now,
        source_id=visit.entry.id,
        msg_type="Cancel",
        status="Actual",
        scope="Public",
        refers_to=[_reference(row) for row in gone],
        infos=[],
        expires_at=None,
        received_at=visit.now,
    )


def _reference(row: AlertRow) -> tuple[str, str, str]:
    return row.sender, row.identifier, row.sent_at.isoformat()


def _near(region: Region, within_km: float) -> BaseGeometry:
    """Return the surroundings of all gauges and places of the region, as (lon, lat)."""
    pack = region.pack
    points = [(row.lon, row.lat) for row in pack.places]
    points += [(row.lon, row.lat) for row in pack.gauges if row.lon is not None and row.lat]
    return MultiPoint(points).buffer(within_km / KM_PER_DEGREE)


def _concerns(alert: FloodAlert, near: BaseGeometry) -> bool:
    """Tell whether an area is near; one that can't be drawn is no reason to keep it back."""
    if alert.geometry is None:
        return True
    drawn = alert.geometry
    if isinstance(drawn, Polygon | MultiPolygon) and not drawn.is_valid:
        drawn = drawn.buffer(0)
    return drawn.is_empty or bool(drawn.intersects(near))


def _polygons(geometry: BaseGeometry | None) -> tuple[tuple[tuple[float, float], ...], ...]:
    """Return polygons as (lat, lon); a river reach, drawn as a line, has none."""
    parts = getattr(geometry, "geoms", [geometry])
    rings = [part.exterior.coords for part in parts if getattr(part, "exterior", None) is not None]
    return tuple(tuple((lat, lon) for lon, lat, *_ in ring) for ring in rings)
