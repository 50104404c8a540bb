"""What the main value of each decoder is called: four fields are enough to commission a device."""

from dataclasses import dataclass

from services.ingestion.decoders import byte_fields
from services.ingestion.decoders.registry import declared_properties, device_ids

DISTANCES = ("distance", "distance_average")
OBJECT = "objekt"
"""Stands for an empty decoder: the network server has decoded."""


@dataclass(frozen=True, slots=True)
class MainValue:
    """Path and unit of the value; a distance needs the height of the sensor."""

    path: str
    unit: str
    is_distance: bool = False


@dataclass(frozen=True, slots=True)
class BatteryValue:
    """Path and unit of the battery."""

    path: str
    unit: str


_LEVELS = {
    "milesight-em500-swl": MainValue("depth", "cm"),
    "decentlab-dl-lid": MainValue("distance_average", "mm", is_distance=True),
    "decentlab-dl-ctd10": MainValue("water_depth", "mm"),
    "decentlab-dl-ctd10b": MainValue("water_depth", "mm"),
}
_PRESSURE = MainValue("pressure", "bar")
_DISTANCE = MainValue("distance", "mm", is_distance=True)


def models() -> tuple[str, ...]:
    """Return what may be chosen: decoders, fixed bytes, the network server's object."""
    return (*device_ids(), byte_fields.NAME, OBJECT)


def needs_path(model: str) -> bool:
    """Tell whether a person must say where the value lies."""
    return model in {byte_fields.NAME, OBJECT, ""}


def main_value(model: str) -> MainValue | None:
    """Return the main value of a decoder; None where a path says it."""
    if needs_path(model) or model not in device_ids():
        return None
    if model in _LEVELS:
        return _LEVELS[model]
    return _PRESSURE if "pressure" in declared_properties(model) else _DISTANCE


def battery_value(model: str) -> BatteryValue | None:
    """Return where a decoder gives the battery."""
    if needs_path(model) or model not in device_ids():
        return None
    if model.startswith("milesight-"):
        return BatteryValue("battery", "%")
    return BatteryValue("battery_voltage", "V")
