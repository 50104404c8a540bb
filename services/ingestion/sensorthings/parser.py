"""Bodies of OGC SensorThings 1.1 to typed values; raises SourceFormatError only."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from services.ingestion import fields
from services.ingestion.json_feed import parse_dict
from services.ingestion.object_path import MISSING, find
from services.sources.errors import SourceFormatError

MOST_PER_PAGE = 5_000
PAIR = 2
LONG_LINK = 2_000


@dataclass(frozen=True, slots=True)
class StreamInfo:
    """What the server says about a datastream: name, unit, place in degrees where it has one."""

    name: str
    unit: str
    lat: float | None
    lon: float | None


@dataclass(frozen=True, slots=True)
class Observed:
    """One observation; `quality` is what stands under the configured key, as text."""

    at: datetime | None
    value: float | None
    quality: str | None


@dataclass(frozen=True, slots=True)
class Page:
    """One page of observations and the link to the next, empty on the last."""

    observations: tuple[Observed, ...]
    next_link: str


def parse_stream(body: bytes) -> StreamInfo:
    """Return what a datastream is.

    Raises
    ------
    SourceFormatError
        When it is none.
    """
    found = parse_dict(body)
    unit = fields.mapping_at(found, "unitOfMeasurement")
    if not unit:
        raise SourceFormatError("unitOfMeasurement fehlt, das ist kein Datastream")
    thing = fields.mapping_at(found, "Thing")
    place = next(iter(fields.objects_at(thing, "Locations")), {})
    lon, lat = _position(place.get("location"))
    return StreamInfo(
        name=fields.text_at(thing, "name") or fields.text_at(found, "name") or "",
        unit=fields.text_at(unit, "symbol") or "",
        lat=lat,
        lon=lon,
    )


def parse_page(body: bytes, quality_key: str) -> Page:
    """Return one page of observations.

    Raises
    ------
    SourceFormatError
        When it is none.
    """
    found = parse_dict(body)
    values = found.get("value")
    if not isinstance(values, list) or not all(isinstance(item, dict) for item in values):
        raise SourceFormatError("die Liste „value“ fehlt")
    if len(values) > MOST_PER_PAGE:
        raise SourceFormatError(f"mehr als {MOST_PER_PAGE} Beobachtungen auf einer Seite")
    link = found.get("@iot.nextLink", "")
    if not isinstance(link, str) or len(link) > LONG_LINK:
        raise SourceFormatError("@iot.nextLink ist kein Verweis")
    return Page(tuple(_observed(item, quality_key) for item in values), link)


def _observed(item: dict[str, Any], quality_key: str) -> Observed:
    return Observed(
        at=_end(item.get("phenomenonTime")),
        value=fields.number_at(item, "result"),
        quality=_quality(item.get("resultQuality"), quality_key),
    )


def _quality(found: object, key: str) -> str | None:
    value = find(found, key) if key else found
    if value is MISSING or isinstance(value, dict | list):
        return None
    return fields.printable(value) if isinstance(value, str) else str(value)[: fields.MAX_TEXT]


def _end(value: object) -> datetime | None:
    """Return the instant, of an interval its end."""
    text = value.rpartition("/")[2] if isinstance(value, str) else value
    return fields.parse_time(text)


def _position(location: object) -> tuple[float | None, float | None]:
    if isinstance(location, dict) and isinstance(location.get("geometry"), dict):
        location = location["geometry"]
    found = location.get("coordinates") if isinstance(location, dict) else None
    if not isinstance(found, list) or len(found) < PAIR:
        return None, None
    pair = {"lon": found[0], "lat": found[1]}
    lon, lat = fields.number_at(pair, "lon"), fields.number_at(pair, "lat")
    return (None, None) if lon is None or lat is None else (lon, lat)
