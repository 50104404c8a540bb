"""NGSI-LD context brokers that send us notifications: names and options."""

from typing import Annotated

from pydantic import Field, model_validator

from data.region_pack.columns import Slug
from services.ingestion.options import SourceOptions
from services.ingestion.units import ALLOWED

NAME = "ngsi-ld"
TOPIC = "webhook/ngsi-ld"
MOST_MAPPINGS = 500
PropertyName = Annotated[str, Field(pattern=f"^({'|'.join(ALLOWED)})$")]
Name = Annotated[str, Field(max_length=200)]

UNIT_CODES = {
    "MTR": "m",
    "DMT": "dm",
    "CMT": "cm",
    "MMT": "mm",
    "MQS": "m³/s",
    "MQH": "m³/h",
    "G51": "l/s",
    "CEL": "°C",
    "KEL": "K",
    "P1": "%",
    "VLT": "V",
    "BAR": "bar",
    "MBR": "mbar",
    "A97": "hPa",
    "KPA": "kPa",
    "PAL": "Pa",
    "MTS": "m/s",
    "KMH": "km/h",
    "DD": "°",
}
"""Codes of UN/CEFACT Recommendation 20 that fit what is measured here."""


class EntityMapping(SourceOptions):
    """Which attribute of which entity is which property of which thing.

    With `entity_id` one entity becomes `thing_id`. With `entity_type` alone each entity of that
    type becomes a thing of its own. `unit` holds where no unitCode comes along.
    """

    entity_id: Name = ""
    entity_type: Name = ""
    thing_id: Slug | None = None
    attribute: Annotated[str, Field(min_length=1, max_length=200)]
    observed_property: PropertyName
    unit: str

    @model_validator(mode="after")
    def _names_something(self) -> "EntityMapping":
        if bool(self.entity_id) != (self.thing_id is not None):
            raise ValueError("entity_id und thing_id gehören zusammen")
        if not self.entity_id and not self.entity_type:
            raise ValueError("entity_id oder entity_type fehlt")
        return self


class Options(SourceOptions):
    """What is taken from notifications."""

    mappings: Annotated[tuple[EntityMapping, ...], Field(min_length=1, max_length=MOST_MAPPINGS)]
