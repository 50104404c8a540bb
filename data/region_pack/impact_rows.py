"""Rows on what floods or is cut off: at a level of a gauge, or at a warning level of a place."""

from datetime import date
from typing import Annotated, Literal, Self

from pydantic import BeforeValidator, StringConstraints, model_validator

from data.region_pack.columns import (
    Level,
    OptionalFloat,
    OptionalLat,
    OptionalLon,
    OptionalSlug,
    Row,
    Slug,
    Text,
)

Kind = Literal[
    "school", "care", "emergency", "road", "bridge", "stop", "building", "leisure", "utility"
]


def _empty_to_none(value: object) -> object:
    return None if value == "" else value


OptionalLevel = Annotated[Level | None, BeforeValidator(_empty_to_none)]


def one_threshold(level: str | None, gauge_id: str | None, value: float | None) -> None:
    """Refuse with ValueError what holds from neither a level nor a reading on, or from both."""
    by_gauge = gauge_id is not None and value is not None
    if (gauge_id is None) != (value is None) or by_gauge == (level is not None):
        raise ValueError("entweder level oder gauge_id mit value angeben")


OptionalDate = Annotated[date | None, BeforeValidator(_empty_to_none)]


class ImpactRow(Row):
    """An object or a consequence at a place on a river; kept by the municipality.

    It is reached at `value` of `gauge_id` (its unit), or at `level` of the place.
    """

    impact_id: Slug
    place_id: Slug
    river_id: Slug
    kind: Kind
    what: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]
    level: OptionalLevel = None
    gauge_id: OptionalSlug = None
    value: OptionalFloat = None
    lat: OptionalLat = None
    lon: OptionalLon = None
    observed_on: OptionalDate = None
    maintained_by: Text
    source: Text
    confidence: Text

    @model_validator(mode="after")
    def _reached_at_one_thing(self) -> Self:
        one_threshold(self.level, self.gauge_id, self.value)
        return self
