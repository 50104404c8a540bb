"""Fields of the SensorThings entities and the columns behind them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement

from data.models import Datastream, Observation, Thing

Column = Any
"""A mapped column; SQLAlchemy has no one type for all of them."""
TEXT, NUMBER, WHOLE, INSTANT = "Text", "Zahl", "ganze Zahl", "Zeitpunkt"
TYPES = {
    TEXT: (str,),
    NUMBER: (int, float),
    WHOLE: (int,),
    INSTANT: (datetime,),
}
INTEGER_MOST = 2**31 - 1


@dataclass(frozen=True, slots=True)
class Field:
    """A column and what it can be compared with."""

    column: Column
    kind: str

    def takes(self, value: object) -> bool:
        """Tell whether the field can be compared with a value."""
        if value is None:
            return True
        if isinstance(value, bool) or not isinstance(value, TYPES[self.kind]):
            return False
        return self.kind != WHOLE or abs(int(str(value))) <= INTEGER_MOST


_THING = {"id": Field(Thing.thing_id, TEXT), "name": Field(Thing.name, TEXT)}
_PROPERTY = {
    "id": Field(Datastream.observed_property, TEXT),
    "name": Field(Datastream.observed_property, TEXT),
}
_STREAM = {
    "id": Field(Datastream.datastream_id, WHOLE),
    "name": Field(Datastream.key, TEXT),
    "unitOfMeasurement/symbol": Field(Datastream.unit, TEXT),
}


def _below(prefix: str, fields: Mapping[str, Field]) -> dict[str, Field]:
    return {f"{prefix}/{name}": field for name, field in fields.items()}


FIELDS: Mapping[str, Mapping[str, Field]] = {
    "Things": {**_THING, "Locations/id": _THING["id"]},
    "Locations": {**_THING, "Things/id": _THING["id"]},
    "FeaturesOfInterest": _THING,
    "Datastreams": {
        **_STREAM,
        **_below("Thing", _THING),
        **_below("ObservedProperty", _PROPERTY),
        "Sensor/id": _STREAM["id"],
    },
    "Sensors": {
        **{name: _STREAM[name] for name in ("id", "name")},
        "Datastreams/id": _STREAM["id"],
    },
    "ObservedProperties": _PROPERTY,
    "Observations": {
        "phenomenonTime": Field(Observation.phenomenon_time, INSTANT),
        "resultTime": Field(Observation.result_time, INSTANT),
        "result": Field(Observation.value, NUMBER),
        "Datastream/id": Field(Observation.datastream_id, WHOLE),
        "Datastream/name": _STREAM["name"],
        **_below("Datastream/Thing", _THING),
        **_below("Datastream/ObservedProperty", _PROPERTY),
        "FeatureOfInterest/id": _THING["id"],
    },
}
KEYS: Mapping[str, tuple[ColumnElement[Any] | Column, ...]] = {
    "Things": (Thing.thing_id,),
    "Locations": (Thing.thing_id,),
    "FeaturesOfInterest": (Thing.thing_id,),
    "Datastreams": (Datastream.datastream_id,),
    "Sensors": (Datastream.datastream_id,),
    "ObservedProperties": (Datastream.observed_property,),
    "Observations": (Observation.datastream_id, Observation.phenomenon_time),
}
"""What sorts the rest, so that pages neither overlap nor leave gaps."""
