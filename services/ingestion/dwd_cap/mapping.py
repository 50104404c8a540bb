"""CAP messages to rows: those of the region, and those that change or end one of them."""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy.orm import Session

from data import alerts
from data.alerts import AlertRow
from services.ingestion.dwd_cap import source
from services.ingestion.dwd_cap.archive import messages
from services.ingestion.dwd_cap.parser import Alert, Area, Info, parse_alert
from services.sources.errors import SourceFormatError
from services.sources.model import Harvest, Request, Visit

MOST_NOTES = 3


def collect(visit: Visit) -> Harvest:
    """Fetch the warnings; a broken message is named and does not spoil the others."""
    options = source.Options.model_validate(visit.entry.options)
    body = visit.fetch(Request(visit.url, is_conditional=True, max_bytes=source.MAX_BYTES)).body
    found: list[Alert] = []
    faults: list[str] = []
    for name, message in messages(body):
        try:
            found.append(parse_alert(message))
        except SourceFormatError as error:
            faults.append(f"Meldung {name[-60:]}: {error.user_message}")
    if faults and not found:
        raise SourceFormatError(faults[0])
    notes = faults[:MOST_NOTES]
    if len(faults) > MOST_NOTES:
        notes.append(f"{len(faults) - MOST_NOTES} weitere unlesbare Meldungen")

    def store(session: Session) -> int:
        return keep(session, found, options, visit)

    newest = max((alert.sent for alert in found), default=None)
    return Harvest(items=len(found), newest_at=newest, notes=tuple(notes), store=store)


def keep(session: Session, found: Iterable[Alert], options: source.Options, visit: Visit) -> int:
    """Store what concerns the region: by its cells, or because it refers to what is stored."""
    changed = 0
    for alert in sorted(found, key=lambda item: item.sent):
        row = to_row(alert, options, visit)
        touches = bool(row.infos) or (not options.warncells and bool(alert.infos))
        if touches or alerts.known(session, alert.references):
            changed += alerts.add(session, [row])
    return changed


def to_row(alert: Alert, options: source.Options, visit: Visit) -> AlertRow:
    """Return the row of an alert with only those areas, and blocks, that concern the region."""
    infos = [info for info in (_concerned(one, options) for one in alert.infos) if info.areas]
    times = [info.expires for info in alert.infos]
    expires = None if None in times or not times else max(t for t in times if t is not None)
    return AlertRow(
        sender=alert.sender,
        identifier=alert.identifier,
        sent_at=alert.sent,
        source_id=visit.entry.id,
        msg_type=alert.msg_type,
        status=alert.status,
        scope=alert.scope,
        refers_to=[
            (sender, identifier, sent.isoformat()) for sender, identifier, sent in alert.references
        ],
        infos=[info_json(info) for info in infos],
        expires_at=expires,
        received_at=visit.now,
    )


def _concerned(info: Info, options: source.Options) -> Info:
    if not options.warncells:
        return info
    areas = tuple(area for area in info.areas if _is_ours(area, options.warncells))
    return Info(**{name: getattr(info, name) for name in Info.__slots__} | {"areas": areas})


def _is_ours(area: Area, prefixes: Sequence[str]) -> bool:
    return any(value.startswith(tuple(prefixes)) for _, value in area.geocodes)


def info_json(info: Info) -> dict[str, Any]:
    """Return a block as it is stored and served."""
    return {
        "language": info.language,
        "event": info.event,
        "urgency": info.urgency,
        "severity": info.severity,
        "certainty": info.certainty,
        "onset": info.onset.isoformat() if info.onset else None,
        "expires": info.expires.isoformat() if info.expires else None,
        "headline": info.headline,
        "description": info.description,
        "instruction": info.instruction,
        "areas": [
            {
                "description": area.description,
                "geocodes": [list(code) for code in area.geocodes],
                "polygons": [[list(point) for point in polygon] for polygon in area.polygons],
            }
            for area in info.areas
        ],
    }
