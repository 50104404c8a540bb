"""Entities of notifications to readings, as the options of the region's sources say."""

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from data.region_pack.sources import SourceEntry
from data.rejected import RejectedRow
from data.things import ThingRow
from services.ingestion import station_values
from services.ingestion.model import Reason
from services.ingestion.ngsi_ld import source
from services.ingestion.ngsi_ld.parser import Attribute, Entity, parse_notification
from services.ingestion.quantity import QuantityError, parse_quantity
from services.ingestion.station_values import StationValue
from services.sources.model import Harvest, Visit

THING_KIND = "station"
_NOT_SLUG = re.compile(r"[^a-z0-9]+")
SLUG_LENGTH = 40


def collect(visit: Visit, body: bytes) -> Harvest:
    """Return what a notification gave; an entity that nobody has mapped is kept with its reason.

    Raises
    ------
    SourceFormatError
        When the body is no notification.
    """
    options = source.Options.model_validate(visit.entry.options)
    rejects: list[RejectedRow] = []
    values: list[StationValue] = []
    for entity in parse_notification(body):
        mappings = mappings_of(entity, options)
        if not mappings:
            reason = f"Entität {entity.entity_id} ist nicht zugeordnet; sources.toml ergänzen."
            rejects.append(_reject(visit, entity, Reason.UNKNOWN_DEVICE, reason))
        values += _values(visit, entity, mappings, rejects)
    found = station_values.harvest(visit, values)
    return replace(found, rejects=(*rejects, *found.rejects))


def mappings_of(entity: Entity, options: source.Options) -> Sequence[source.EntityMapping]:
    """Return the mappings of an entity: those of its id, without any those of its type."""
    own = [row for row in options.mappings if row.entity_id == entity.entity_id]
    by_type = [
        row
        for row in options.mappings
        if not row.entity_id and row.entity_type == entity.entity_type
    ]
    return own or by_type


def thing_id_of(entity_id: str) -> str:
    """Return the id of the thing that an entity becomes: readable, and never another's."""
    slug = _NOT_SLUG.sub("-", entity_id.lower()).strip("-")[-SLUG_LENGTH:].strip("-")
    return f"ngsi-{slug}-{hashlib.sha256(entity_id.encode()).hexdigest()[:8]}"


def covers(entry: SourceEntry, entity: Entity) -> bool:
    """Tell whether a source of this kind has a mapping for an entity."""
    return bool(mappings_of(entity, source.Options.model_validate(entry.options)))


def _values(
    visit: Visit,
    entity: Entity,
    mappings: Sequence[source.EntityMapping],
    rejects: list[RejectedRow],
) -> Iterator[StationValue]:
    thing = ThingRow(
        thing_id_of(entity.entity_id),
        entity.name or entity.entity_id[-120:],
        THING_KIND,
        entity.lat,
        entity.lon,
        visit.entry.id,
        {"entity_id": entity.entity_id, "entity_type": entity.entity_type},
    )
    for row in mappings:
        own = replace(thing, thing_id=row.thing_id) if row.thing_id else thing
        attribute = entity.attributes.get(row.attribute)
        if attribute is None:
            continue
        unit = _unit(attribute, row)
        if unit is None:
            reason = f"{row.attribute}: unitCode „{attribute.unit_code}“ ist unbekannt."
            rejects.append(_reject(visit, entity, Reason.BAD_UNIT, reason))
            continue
        try:
            raw = None if attribute.value is None else parse_quantity(attribute.value).value
        except QuantityError as error:
            reason = f"{row.attribute}: {error}"
            rejects.append(_reject(visit, entity, Reason.BAD_VALUE, reason))
            continue
        at = attribute.observed_at or entity.observed_at
        yield StationValue(own, row.observed_property, unit, at, raw)


def _unit(attribute: Attribute, row: source.EntityMapping) -> str | None:
    if not attribute.unit_code:
        return row.unit
    return source.UNIT_CODES.get(attribute.unit_code.upper())


def _reject(visit: Visit, entity: Entity, code: Reason, reason: str) -> RejectedRow:
    return station_values.rejected(visit, entity.entity_id[-60:], code, reason, entity.entity_id)
