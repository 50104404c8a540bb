"""Files of GBFS to typed records; raises SourceFormatError only."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from services.ingestion import fields
from services.ingestion.gbfs.source import MOST_STATIONS
from services.ingestion.json_feed import parse_dict
from services.sources.errors import SourceFormatError

NEWEST_POSIX = 4_102_444_800
"""1 January 2100: a larger number of seconds is none."""


@dataclass(frozen=True, slots=True)
class Station:
    """A station with its place and how many vehicles it can hold."""

    station_id: str
    name: str
    lat: float | None
    lon: float | None
    capacity: float | None


@dataclass(frozen=True, slots=True)
class Status:
    """What a station has at the moment; `at` None where the time can't be read."""

    station_id: str
    vehicles: float | None
    docks: float | None
    at: datetime | None
    is_installed: bool
    is_renting: bool


def parse_feeds(body: bytes, language: str) -> dict[str, str]:
    """Return the address of each feed of the auto-discovery file by its name.

    Raises
    ------
    SourceFormatError
        When it is no such file, or has no feed in the language and in no other.
    """
    data = fields.mapping_at(parse_dict(body), "data")
    feeds = fields.objects_at(data, "feeds")  # 3.0
    if not feeds:
        languages = [key for key in (language, "en", *data) if isinstance(data.get(key), dict)]
        feeds = fields.objects_at(data[languages[0]], "feeds") if languages else []
    found = {
        str(item["name"]): str(item["url"])
        for item in feeds
        if isinstance(item.get("name"), str) and isinstance(item.get("url"), str)
    }
    if not found:
        raise SourceFormatError("das Verzeichnis nennt keine Dateien (feeds)")
    return found


def parse_information(body: bytes) -> tuple[Station, ...]:
    """Return the stations of `station_information`.

    Raises
    ------
    SourceFormatError
        When it is no such file or too long.
    """
    return tuple(
        Station(
            station_id=_id(item),
            name=_name(item) or _id(item),
            lat=fields.number_at(item, "lat"),
            lon=fields.number_at(item, "lon"),
            capacity=fields.number_at(item, "capacity"),
        )
        for item in _stations(body)
    )


def parse_status(body: bytes) -> tuple[Status, ...]:
    """Return what the stations of `station_status` have.

    Raises
    ------
    SourceFormatError
        When it is no such file or too long.
    """
    return tuple(
        Status(
            station_id=_id(item),
            vehicles=_count(item, "num_vehicles_available", "num_bikes_available"),
            docks=_count(item, "num_docks_available"),
            at=_instant(item.get("last_reported")),
            is_installed=_is_true(item.get("is_installed", True)),
            is_renting=_is_true(item.get("is_renting", True)),
        )
        for item in _stations(body)
    )


def _stations(body: bytes) -> list[dict[str, Any]]:
    data = fields.mapping_at(parse_dict(body), "data")
    if not isinstance(data.get("stations"), list):
        raise SourceFormatError("die Liste data.stations fehlt")
    found = fields.objects_at(data, "stations")
    if len(found) > MOST_STATIONS:
        raise SourceFormatError(f"mehr als {MOST_STATIONS} Stationen")
    return found


def _id(item: dict[str, Any]) -> str:
    found = fields.text_at(item, "station_id")
    if found is None:
        raise SourceFormatError("eine Station hat keine station_id")
    return found


def _name(item: dict[str, Any]) -> str | None:
    """Return the name: a text in 2.x, a list of texts with their language in 3.0."""
    texts = fields.objects_at(item, "name")
    german = [text for text in texts if text.get("language") == "de"]
    for text in (*german, *texts):
        found = fields.text_at(text, "text")
        if found:
            return found
    return fields.text_at(item, "name")


def _count(item: dict[str, Any], *names: str) -> float | None:
    return next((fields.number_at(item, name) for name in names if name in item), None)


def _is_true(value: object) -> bool:
    """Return a flag: a boolean, or 0 and 1 as version 1 wrote it."""
    return value is True or value == 1


def _instant(value: object) -> datetime | None:
    """Return an instant: seconds since 1970 in 2.x, ISO 8601 in 3.0."""
    if isinstance(value, str):
        return fields.parse_time(value)
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return datetime.fromtimestamp(value, UTC) if 0 < value < NEWEST_POSIX else None
