"""Bodies of PEGELONLINE to typed stations and measurements; raises SourceFormatError only."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from services.ingestion import fields
from services.ingestion.json_feed import parse_list
from services.sources.errors import SourceFormatError

MOST_STATIONS = 2000
MOST_MEASUREMENTS = 50_000
"""31 days at one minute are 44,640."""


@dataclass(frozen=True, slots=True)
class Measurement:
    """A value at an instant; either may be missing or unreadable."""

    at: datetime | None
    value: float | None


@dataclass(frozen=True, slots=True)
class Timeseries:
    """A time series with its unit, its newest value, the state of the water and the gauge zero."""

    shortname: str
    unit: str
    current: Measurement | None
    state: str
    zero_m_nhn: float | None


@dataclass(frozen=True, slots=True)
class Station:
    """A station with the place and the time series that came with it."""

    uuid: str
    number: str
    name: str
    water: str
    agency: str
    lat: float | None
    lon: float | None
    series: tuple[Timeseries, ...]


def parse_stations(body: bytes) -> tuple[Station, ...]:
    """Return the stations of `stations.json`.

    Raises
    ------
    SourceFormatError
        When it is no such list, or a station has no uuid.
    """
    return tuple(_station(item) for item in parse_list(body, MOST_STATIONS))


def parse_measurements(body: bytes) -> tuple[Measurement, ...]:
    """Return the values of `measurements.json`.

    Raises
    ------
    SourceFormatError
        When it is no such list.
    """
    return tuple(_measurement(item) for item in parse_list(body, MOST_MEASUREMENTS))


def _station(item: dict[str, Any]) -> Station:
    uuid = fields.text_at(item, "uuid")
    if uuid is None:
        raise SourceFormatError("eine Station hat keine uuid")
    name = fields.text_at(item, "longname") or fields.text_at(item, "shortname") or uuid
    return Station(
        uuid=uuid,
        number=fields.text_at(item, "number") or "",
        name=name.title(),
        water=(fields.text_at(fields.mapping_at(item, "water"), "longname") or "").title(),
        agency=fields.text_at(item, "agency") or "",
        lat=fields.number_at(item, "latitude"),
        lon=fields.number_at(item, "longitude"),
        series=tuple(_series(found) for found in fields.objects_at(item, "timeseries")),
    )


def _series(item: dict[str, Any]) -> Timeseries:
    current = fields.mapping_at(item, "currentMeasurement")
    return Timeseries(
        shortname=fields.text_at(item, "shortname") or "",
        unit=fields.text_at(item, "unit") or "",
        current=_measurement(current) if current else None,
        state=fields.text_at(current, "stateMnwMhw") or "",
        zero_m_nhn=fields.number_at(fields.mapping_at(item, "gaugeZero"), "value"),
    )


def _measurement(item: dict[str, Any]) -> Measurement:
    return Measurement(fields.time_at(item, "timestamp"), fields.number_at(item, "value"))
