"""The LHP's list of flood warnings to typed alerts; raises SourceFormatError only.

LHP-PublicAPI v1 (https://api.hochwasserzentralen.de, CC BY 4.0): an envelope with `status`,
`updated` and `data`, one entry for each warned area. `lhpClass` is a text on a scale of its own: 6
very large flood, 5 large flood, 4 flood, 2 early warning, 1 all-clear; gauges use another scale.
Times inside an entry are German local time without a zone.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from shapely.errors import ShapelyError
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from services.ingestion import fields
from services.ingestion.dwd_cap.parser import STATUSES, Info
from services.ingestion.json_feed import parse_dict
from services.sources.errors import SourceFormatError

SENDER = "hochwasserzentralen.de"
"""Stands for a sender that an entry does not name."""
GERMAN_TIME = ZoneInfo("Europe/Berlin")
ALL_CLEAR = "1"
SEVERITIES = {"6": "Extreme", "5": "Severe", "4": "Moderate", "2": "Minor", ALL_CLEAR: "Minor"}
"""CAP severity where an entry has no CAP block (estimate, by the order of the classes)."""
MOST_ALERTS = 2000
LONG_TEXT, SHORT_TEXT = 4000, 200
LONGEST_NAME, LONGEST_CLASS = 100, 8
"""Of identifier and sender, and of a class: with the area they fit the 200 signs of a key."""


@dataclass(frozen=True, slots=True)
class FloodAlert:
    """A warned area: its id, class and area on the map, and what CAP says of it.

    `sent` None: the entry has no CAP block that tells when it was sent.
    """

    area_id: str
    level: str
    area: str
    geometry: BaseGeometry | None
    sender: str
    identifier: str
    sent: datetime | None
    status: str
    info: Info


@dataclass(frozen=True, slots=True)
class AlertList:
    """All warnings at one instant; what is not in it has ended, if every entry has a name."""

    updated: datetime
    alerts: tuple[FloodAlert, ...]
    faults: tuple[str, ...]
    is_whole: bool = True


def parse_alerts(body: bytes) -> AlertList:
    """Return the present warnings; an entry that can't be read is named and left out.

    Raises
    ------
    SourceFormatError
        When it is no successful answer with a list and an instant: an error must never look like
        "no warnings", for what is missing in the list has ended.
    """
    found = parse_dict(body)
    data, updated = found.get("data"), fields.time_at(found, "updated")
    if found.get("status") != "success" or not isinstance(data, list):
        raise SourceFormatError("sie ist keine erfolgreiche Antwort mit einer Liste")
    if updated is None:
        raise SourceFormatError("der Zeitpunkt der Daten (updated) fehlt")
    if len(data) > MOST_ALERTS:
        raise SourceFormatError(f"mehr als {MOST_ALERTS} Warnungen")
    alerts: list[FloodAlert] = []
    faults: list[str] = []
    is_whole = True
    for number, item in enumerate(data, start=1):
        area_id = fields.text_at(item, "id") if isinstance(item, dict) else None
        if area_id is None or " " in area_id or "," in area_id:
            faults.append(f"Eintrag {number} hat keine Kennung")
            is_whole = False
            continue
        alerts.append(_alert(area_id, item))
        if alerts[-1].level not in SEVERITIES:
            faults.append(f"{area_id}: Warnklasse „{alerts[-1].level}“ ist unbekannt")
    return AlertList(updated, tuple(alerts), tuple(faults), is_whole)


def _alert(area_id: str, item: dict[str, Any]) -> FloodAlert:
    cap = fields.mapping_at(item, "cap")
    level = _text(item, "lhpClass", LONGEST_CLASS)
    status = _text(cap, "status")
    return FloodAlert(
        area_id=area_id,
        level=level,
        area=_text(item, "areaDesc") or area_id,
        geometry=_geometry(item),
        sender=_name(cap, "sender") or SENDER,
        identifier=_name(cap, "identifier") or "LHP",
        sent=_time(cap, "sent"),
        status=status if status in STATUSES else "Actual",
        info=_info(item, level, _block(cap)),
    )


def _info(item: dict[str, Any], level: str, block: dict[str, Any]) -> Info:
    area, name = _text(item, "areaDesc"), _text(item, "lhpClassName") or "Hochwasserwarnung"
    return Info(
        language="de-DE",
        event=name,
        urgency=_text(block, "urgency"),
        severity=_text(block, "severity") or SEVERITIES.get(level, "Unknown"),
        certainty=_text(block, "certainty"),
        onset=_time(block, "onset") or _time(block, "effective"),
        expires=_time(block, "expires"),
        headline=f"{name}: {area}" if area else name,
        description=_text(block, "description", LONG_TEXT) or _text(item, "alertHeadline"),
        instruction=_text(block, "instruction", LONG_TEXT),
        areas=(),
    )


def _block(cap: dict[str, Any]) -> dict[str, Any]:
    """Return the first info block: CAP has a list, the LHP gives it alone."""
    blocks = [fields.mapping_at(cap, "info"), *fields.objects_at(cap, "info")]
    return next((block for block in blocks if block), {})


def _geometry(item: dict[str, Any]) -> BaseGeometry | None:
    """Return the area as (lon, lat); None where there is none or it can't be read."""
    found = fields.mapping_at(item, "geometry")
    if not found:
        return None
    try:
        made = shape(found)
    except (ShapelyError, ValueError, TypeError, KeyError, AttributeError, IndexError):
        return None
    return None if made.is_empty else made


def _time(item: dict[str, Any], key: str) -> datetime | None:
    known = fields.time_at(item, key)
    if known is not None:
        return known
    try:
        found = datetime.fromisoformat(_text(item, key))
        return found.replace(tzinfo=GERMAN_TIME).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _name(item: dict[str, Any], key: str) -> str:
    """Return what may stand in a CAP reference: no space, comma or bracket."""
    return "".join(sign for sign in _text(item, key, LONGEST_NAME) if sign not in " ,<&")


def _text(item: dict[str, Any], key: str, limit: int = SHORT_TEXT) -> str:
    found = item.get(key)
    text = found.strip() if isinstance(found, str) else ""
    return "".join(_signs(text))[:limit]


def _signs(text: str) -> Iterator[str]:
    return (sign if sign.isprintable() or sign == "\n" else "?" for sign in text)
