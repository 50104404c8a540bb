"""What a SensorThings request asks for: the chain of its path and its options."""

from collections.abc import Mapping
from dataclasses import dataclass

from data.sensorthings.query import Condition, Order

DEFAULT_TOP = 100
MOST_TOP = 1000
MOST_SKIP = 1_000_000


@dataclass(frozen=True, slots=True)
class Link:
    """A navigation: what it leads to, one or many, and the field that pins it to its origin."""

    kind: str
    field: str
    own: str
    """Field of the origin's row that the pin compares with: `id`, `thing`, `property`, `stream`."""
    is_many: bool


ID, THING, PROPERTY, STREAM = "id", "thing", "property", "stream"
LINKS: Mapping[str, Mapping[str, Link]] = {
    "Things": {
        "Datastreams": Link("Datastreams", "Thing/id", ID, is_many=True),
        "Locations": Link("Locations", "Things/id", ID, is_many=True),
    },
    "Locations": {"Things": Link("Things", "id", ID, is_many=True)},
    "Datastreams": {
        "Thing": Link("Things", "id", THING, is_many=False),
        "Sensor": Link("Sensors", "id", ID, is_many=False),
        "ObservedProperty": Link("ObservedProperties", "id", PROPERTY, is_many=False),
        "Observations": Link("Observations", "Datastream/id", ID, is_many=True),
    },
    "Sensors": {"Datastreams": Link("Datastreams", "Sensor/id", ID, is_many=True)},
    "ObservedProperties": {
        "Datastreams": Link("Datastreams", "ObservedProperty/id", ID, is_many=True),
    },
    "Observations": {
        "Datastream": Link("Datastreams", "id", STREAM, is_many=False),
        "FeatureOfInterest": Link("FeaturesOfInterest", "id", THING, is_many=False),
    },
    "FeaturesOfInterest": {
        "Observations": Link("Observations", "FeatureOfInterest/id", ID, is_many=True),
    },
}
KINDS = tuple(LINKS)


@dataclass(frozen=True, slots=True)
class Options:
    """The query options of a collection or of an expanded navigation."""

    where: Condition | None = None
    order: tuple[Order, ...] = ()
    top: int = DEFAULT_TOP
    skip: int = 0
    is_counted: bool = False
    select: tuple[str, ...] = ()
    expand: "tuple[Expanded, ...]" = ()


@dataclass(frozen=True, slots=True)
class Expanded:
    """A navigation whose entities are put into the answer, with options of its own."""

    name: str
    options: Options


@dataclass(frozen=True, slots=True)
class Step:
    """A part of a path: a name, and the id in brackets behind it (None without)."""

    name: str
    key: str | int | None = None
