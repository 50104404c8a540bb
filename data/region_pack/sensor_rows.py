"""Rows on what a region measures with: sensors, gateways, and how long values are kept."""

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from data.region_pack.columns import (
    OptionalHeight,
    OptionalLat,
    OptionalLon,
    Row,
    Slug,
    Text,
)


class SensorRow(Row):
    """One measured property of one device; `decoder` empty means the network server decodes."""

    dev_eui: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{16}$")]
    gauge_id: Slug
    observed_property: Literal[
        "stage", "discharge", "battery", "water_temperature", "air_temperature", "rain"
    ]
    decoder: str = ""
    path: Text
    unit: Text
    mount_height_m: OptionalHeight = Field(
        default=None, description="sensor above gauge zero, where it measures a distance"
    )
    offset_m: float = 0.0
    simulated: bool
    source: Text


class GatewayRow(Row):
    """A LoRaWAN gateway: `gateway_id` as the network server spells it."""

    gateway_id: Annotated[str, StringConstraints(min_length=1, max_length=80, pattern=r"^\S+$")]
    name: Text
    lat: OptionalLat = None
    lon: OptionalLon = None
    operator: Text
    source: Text


class RetentionRow(Row):
    """How long observations of a property stay in the database; `*` stands for all others."""

    observed_property: Annotated[str, StringConstraints(pattern=r"^(\*|[a-z][a-z0-9_]*)$")]
    kind: Annotated[str, StringConstraints(pattern=r"^(\*|[a-z][a-z0-9_-]*)$")]
    keep_days: Annotated[int, Field(ge=60, le=36500)]
    archive: bool
    source: Text
    confidence: Text
