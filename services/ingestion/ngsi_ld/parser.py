"""Notifications of NGSI-LD (ETSI GS CIM 009) to entities; raises SourceFormatError only.

Normalized, concise and simplified (key-values) forms are read, with and without `@context`. Of an
expanded or prefixed name the last part counts, since we resolve no contexts over the network.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from services.ingestion import fields
from services.ingestion.json_feed import parse_dict
from services.sources.errors import SourceFormatError

MOST_ENTITIES = 1_000
MOST_ATTRIBUTES = 500
TIMES = ("dateObserved", "observationDateTime", "observedAt", "dateLastValueReported")
"""Attributes of the smart data models that tell when an entity was observed."""

VALUE_KEYS = ("value", "@value", "object")
"""Where a value may stand; some real entities carry their time as the object of a relationship."""

PAIR = 2
_LAST_PART = re.compile(r"[^/#:]+$")


@dataclass(frozen=True, slots=True)
class Attribute:
    """A value with its unit code and instant, where they came along."""

    value: object
    unit_code: str
    observed_at: datetime | None


@dataclass(frozen=True, slots=True)
class Entity:
    """An entity: short type and attribute names, place as (lon, lat) as it was sent."""

    entity_id: str
    entity_type: str
    name: str
    attributes: Mapping[str, Attribute]
    observed_at: datetime | None
    lon: float | None
    lat: float | None


def parse_notification(body: bytes) -> tuple[Entity, ...]:
    """Return the entities of a notification; a single entity without envelope is taken as well.

    Raises
    ------
    SourceFormatError
        When it is neither, or an entity lacks id or type.
    """
    found = parse_dict(body)
    data = found.get("data") if "data" in found else [found]
    items = [data] if isinstance(data, dict) else data
    if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
        raise SourceFormatError("die Benachrichtigung hat keine Entitäten unter „data“")
    if len(items) > MOST_ENTITIES:
        raise SourceFormatError(f"mehr als {MOST_ENTITIES} Entitäten")
    return tuple(_entity(item) for item in items)


def _entity(item: dict[str, Any]) -> Entity:
    entity_id = item.get("id", item.get("@id"))
    kind = item.get("type", item.get("@type"))
    kind = kind[0] if isinstance(kind, list) and kind else kind
    if not isinstance(entity_id, str) or not isinstance(kind, str) or not entity_id or not kind:
        raise SourceFormatError("einer Entität fehlt id oder type")
    if len(item) > MOST_ATTRIBUTES:
        raise SourceFormatError(f"eine Entität hat mehr als {MOST_ATTRIBUTES} Attribute")
    attributes = dict(_attributes(item))
    name = attributes["name"].value if "name" in attributes else ""
    lon, lat = _position(attributes.get("location"))
    return Entity(
        entity_id=fields.printable(entity_id, 200),
        entity_type=short_name(kind),
        name=fields.printable(name) if isinstance(name, str) else "",
        attributes=attributes,
        observed_at=_observed_at(attributes),
        lon=lon,
        lat=lat,
    )


def short_name(name: str) -> str:
    """Return the last part of a name: of an address, or behind a prefix."""
    found = _LAST_PART.search(name)
    return fields.printable(found.group() if found else name)


def _attributes(item: dict[str, Any]) -> Iterator[tuple[str, Attribute]]:
    for name, raw in item.items():
        if name in {"id", "@id", "type", "@type", "@context"}:
            continue
        found = raw[0] if isinstance(raw, list) and raw and isinstance(raw[0], dict) else raw
        yield short_name(name), _attribute(found)


def _attribute(raw: object) -> Attribute:
    if not isinstance(raw, dict):
        return Attribute(raw, "", None)
    value: object = raw
    for key in VALUE_KEYS:
        if key in raw:
            value = raw[key]
            break
    if isinstance(value, dict) and "@value" in value:
        value = value["@value"]
    return Attribute(
        value, fields.text_at(raw, "unitCode") or "", fields.time_at(raw, "observedAt")
    )


def _observed_at(attributes: Mapping[str, Attribute]) -> datetime | None:
    for name in TIMES:
        found = fields.parse_time(attributes[name].value) if name in attributes else None
        if found is not None:
            return found
    return None


def _position(location: Attribute | None) -> tuple[float | None, float | None]:
    geometry = location.value if location is not None else None
    points = geometry.get("coordinates") if isinstance(geometry, dict) else None
    if not isinstance(points, list) or len(points) < PAIR:
        return None, None
    pair = {"lon": points[0], "lat": points[1]}
    return fields.number_at(pair, "lon"), fields.number_at(pair, "lat")
