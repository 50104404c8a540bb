"""Bodies of ParkAPI-like services to typed sites; raises SourceFormatError only.

Version 1 gives `lots` with `free`, `total`, `coords` and one `last_updated` in UTC without zone;
version 3 gives `items` with `realtime_free_capacity` and a time for each.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from services.ingestion import fields
from services.ingestion.json_feed import parse_dict
from services.ingestion.parking.source import MOST_SITES
from services.sources.errors import SourceFormatError

OPEN = {"open", "OPEN", "", "nodata", "unknown"}
"""States in which a number of free spaces may be meant; without data there is none anyway."""


@dataclass(frozen=True, slots=True)
class Site:
    """A car park, its size and its free spaces; `free` None where nobody counts."""

    site_id: str
    name: str
    lat: float | None
    lon: float | None
    total: float | None
    free: float | None
    at: datetime | None
    is_open: bool


def parse_sites(body: bytes) -> tuple[Site, ...]:
    """Return the sites of a body in either form.

    Raises
    ------
    SourceFormatError
        When it has neither list, is too long, or a site has no id.
    """
    found = parse_dict(body)
    if isinstance(found.get("lots"), list):
        at = _utc(found.get("last_updated"))
        return tuple(_lot(item, at) for item in _bounded(fields.objects_at(found, "lots")))
    if isinstance(found.get("items"), list):
        return tuple(_item(item) for item in _bounded(fields.objects_at(found, "items")))
    raise SourceFormatError("weder lots (Version 1) noch items (Version 3) sind darin")


def _bounded(items: list[dict[str, Any]]) -> list[dict[str, Any]]:
    if len(items) > MOST_SITES:
        raise SourceFormatError(f"mehr als {MOST_SITES} Parkplätze")
    return items


def _lot(item: dict[str, Any], at: datetime | None) -> Site:
    coords = fields.mapping_at(item, "coords")
    state = str(item.get("state", ""))
    return Site(
        site_id=_id(item, "id"),
        name=fields.text_at(item, "name") or _id(item, "id"),
        lat=fields.number_at(coords, "lat"),
        lon=fields.number_at(coords, "lng"),
        total=fields.number_at(item, "total"),
        free=None if state == "nodata" else fields.number_at(item, "free"),
        at=at,
        is_open=state in OPEN,
    )


def _item(item: dict[str, Any]) -> Site:
    name = _id(item, "original_uid" if "original_uid" in item else "id")
    return Site(
        site_id=name,
        name=fields.text_at(item, "name") or name,
        lat=_number(item.get("lat")),
        lon=_number(item.get("lon")),
        total=fields.number_at(item, "realtime_capacity") or fields.number_at(item, "capacity"),
        free=fields.number_at(item, "realtime_free_capacity"),
        at=fields.time_at(item, "realtime_data_updated_at"),
        is_open=str(item.get("realtime_opening_status") or "OPEN") in OPEN,
    )


def _id(item: dict[str, Any], key: str) -> str:
    value = item.get(key)
    found = str(value) if isinstance(value, int) and not isinstance(value, bool) else value
    if not isinstance(found, str) or not 0 < len(found) <= fields.MAX_TEXT:
        raise SourceFormatError("ein Parkplatz hat keine Kennung")
    return found


def _number(value: object) -> float | None:
    """Return a coordinate: version 3 writes it as text to keep its digits."""
    if isinstance(value, str):
        try:
            value = float(value)
        except ValueError:
            return None
    return fields.number_at({"value": value}, "value")


def _utc(value: object) -> datetime | None:
    """Return an instant of version 1: UTC, written without its zone."""
    if not isinstance(value, str):
        return None
    with_zone = fields.parse_time(value)
    if with_zone is not None:
        return with_zone
    try:
        return datetime.fromisoformat(value).replace(tzinfo=UTC)
    except ValueError:
        return None
