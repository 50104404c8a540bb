"""Rows on past peaks of gauges, and on objects that high water cuts off."""

from datetime import date
from typing import Annotated, Literal, Self

from pydantic import StringConstraints, model_validator

from data.region_pack.columns import (
    OptionalCount,
    OptionalFloat,
    OptionalLat,
    OptionalLon,
    OptionalSlug,
    Row,
    Slug,
    Text,
)
from data.region_pack.impact_rows import OptionalLevel, one_threshold

ObjectKind = Literal[
    "school",
    "kindergarten",
    "care",
    "emergency",
    "stop",
    "road",
    "bridge",
    "camp",
    "building",
    "leisure",
    "utility",
]


class GaugeEventRow(Row):
    """The peak of a past event at a gauge, in the unit that the gauge observes."""

    gauge_id: Slug
    event: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=40)]
    peak: float
    peaked_on: date
    provisional: bool
    source: Text
    confidence: Text


class ObjectRow(Row):
    """An object that is cut off at `value` of a gauge, or at a warning level of its place.

    `place_id` with `river_id` says where it belongs, `lat` and `lon` where it stands; one of both
    is needed. `people` are those who live or are cared for there, never the whole municipality.
    """

    object_id: Slug
    kind: ObjectKind
    name: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=120)]
    place_id: OptionalSlug = None
    river_id: OptionalSlug = None
    lat: OptionalLat = None
    lon: OptionalLon = None
    level: OptionalLevel = None
    gauge_id: OptionalSlug = None
    value: OptionalFloat = None
    people: OptionalCount = None
    checked_on: date
    provisional: bool
    source: Text
    confidence: Text

    @model_validator(mode="after")
    def _cut_off_by_one_thing(self) -> Self:
        one_threshold(self.level, self.gauge_id, self.value)
        if self.level is not None and (self.place_id is None or self.river_id is None):
            raise ValueError("level gilt für einen Ort: place_id und river_id angeben")
        return self

    @model_validator(mode="after")
    def _stands_somewhere(self) -> Self:
        if (self.lat is None) != (self.lon is None):
            raise ValueError("lat und lon nur zusammen angeben")
        if self.place_id is None and self.lat is None:
            raise ValueError("place_id oder lat und lon angeben")
        return self
