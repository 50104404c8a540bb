"""Rows of the store as SensorThings entities (OGC 18-088, version 1.1)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import quote

from services.api_views.instants import text_of
from services.flood.model import Flag
from services.sensorthings.model import ID, LINKS, PROPERTY, STREAM, THING

Row = tuple[Any, ...]
Entity = dict[str, Any]
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)
MEASUREMENT = "http://www.opengis.net/def/observationType/OGC-OM/2.0/OM_Measurement"
GEO_JSON = "application/geo+json"
QARTOD = "https://ioos.noaa.gov/project/qartod/"
UNITS: Mapping[str, tuple[str, str]] = {
    "m": ("Meter", "m"),
    "m³/s": ("Kubikmeter je Sekunde", "m3/s"),
    "mm": ("Millimeter", "mm"),
    "cm": ("Zentimeter", "cm"),
    "°C": ("Grad Celsius", "Cel"),
    "V": ("Volt", "V"),
    "%": ("Prozent", "%"),
}
"""By stored unit its name and its code in UCUM (the Unified Code for Units of Measure)."""
PROPERTIES: Mapping[str, str] = {
    "stage": "Wasserstand",
    "discharge": "Abfluss",
    "rain": "Niederschlag",
    "battery": "Batterie",
    "water_temperature": "Wassertemperatur",
    "air_temperature": "Lufttemperatur",
}
FLAGS: Mapping[int, str] = {
    Flag.GOOD: "pass",
    Flag.NOT_EVALUATED: "not evaluated",
    Flag.SUSPECT: "suspect",
    Flag.FAIL: "fail",
    Flag.MISSING: "missing",
}


@dataclass(frozen=True, slots=True)
class Frame:
    """What all entities of an answer share: the address of the service, and what the data are."""

    root: str
    licence: str
    is_simulated: bool


def entity(kind: str, row: Row, frame: Frame) -> Entity:
    """Return an entity with its links."""
    key = key_of(kind, row)
    link = f"{frame.root}/{kind}({quoted(key)})"
    head: Entity = {"@iot.id": key, "@iot.selfLink": link}
    body = MAKERS[kind](row, frame)
    ways = {f"{name}@iot.navigationLink": f"{link}/{name}" for name in LINKS[kind]}
    return {**head, **body, **ways}


def key_of(kind: str, row: Row) -> str | int:
    """Return the id of an entity; an observation is named by its datastream and microsecond."""
    if kind == "Observations":
        return f"{row[0]}-{(row[1] - EPOCH) // MICROSECOND}"
    key: str | int = row[0]
    return key


def own_value(kind: str, row: Row, own: str) -> str | int:
    """Return what a link of an entity is pinned to."""
    places = {
        ("Datastreams", THING): 4,
        ("Datastreams", PROPERTY): 2,
        ("Observations", STREAM): 0,
        ("Observations", THING): 7,
    }
    found: str | int = key_of(kind, row) if own == ID else row[places[kind, own]]
    return found


def quoted(key: str | int) -> str:
    """Return an id as it stands in brackets in an address."""
    if isinstance(key, int):
        return str(key)
    return "'" + quote(key.replace("'", "''"), safe="'") + "'"


def _thing(row: Row, frame: Frame) -> Entity:
    _, name, kind, _, _, source = row
    properties = {"kind": kind, "source": source, **_terms(frame)}
    return {"name": name, "description": f"Station {name}", "properties": properties}


def _location(row: Row, _frame: Frame) -> Entity:
    return {**_place(row), "location": _point(row)}


def _feature(row: Row, _frame: Frame) -> Entity:
    return {**_place(row), "feature": _point(row)}


def _place(row: Row) -> Entity:
    return {"name": row[1], "description": f"Ort der Station {row[1]}", "encodingType": GEO_JSON}


def _point(row: Row) -> Entity:
    return {"type": "Point", "coordinates": [row[4], row[3]]}


def _stream(row: Row, frame: Frame) -> Entity:
    _, key, observed, unit, _, station, archived = row
    name, code = UNITS.get(unit, (unit or "ohne Einheit", ""))
    return {
        "name": key,
        "description": f"{PROPERTIES.get(observed, observed)} an {station}, Rohdaten, ungeprüft",
        "observationType": MEASUREMENT,
        "unitOfMeasurement": {
            "name": name,
            "symbol": unit,
            "definition": f"ucum:{code}" if code else "",
        },
        "properties": {**_terms(frame), **_archived(archived)},
    }


def _archived(until: datetime | None) -> Entity:
    """Say up to when observations have left this read subset for files of the archive."""
    return {} if until is None else {"archivedUntil": text_of(until)}


def _sensor(row: Row, _frame: Frame) -> Entity:
    return {
        "name": row[1],
        "description": f"Messwertgeber der Messreihe {row[1]}",
        "encodingType": "text/plain",
        "metadata": "Gerätetyp und Wartung: Seite der Geräte im Regionalcockpit",
    }


def _property(row: Row, frame: Frame) -> Entity:
    name = PROPERTIES.get(row[0], row[0])
    definition = f"{frame.root}/ObservedProperties({quoted(row[0])})"
    return {"name": row[0], "definition": definition, "description": name}


def _observation(row: Row, frame: Frame) -> Entity:
    _, at, received, value, flag, reason, origin, _ = row
    return {
        "phenomenonTime": text_of(at),
        "resultTime": text_of(received),
        "result": value,
        "resultQuality": {
            "DQ_Element": {
                "nameOfMeasure": "QARTOD flag",
                "evaluationMethod": QARTOD,
                "result": {"value": flag, "meaning": FLAGS.get(flag, ""), "reason": reason},
            }
        },
        "parameters": {"origin": origin, "is_simulated": frame.is_simulated},
    }


def _terms(frame: Frame) -> Entity:
    return {"licence": frame.licence, "is_simulated": frame.is_simulated}


MAKERS: Mapping[str, Callable[[Row, Frame], Entity]] = {
    "Things": _thing,
    "Locations": _location,
    "FeaturesOfInterest": _feature,
    "Datastreams": _stream,
    "Sensors": _sensor,
    "ObservedProperties": _property,
    "Observations": _observation,
}
