"""Units of devices and how they become the units that are stored."""

from dataclasses import dataclass

WATER_COLUMN_M_PER_BAR = 10.19716
"""1 bar / (1000 kg/m³ * 9.80665 m/s²): fresh water, pressure relative to the air."""

DECIMALS = 6
"""Stored values are rounded to this, so that 3.5 - 1.234 is 2.266."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of a dimension: base value = number * factor + offset."""

    dimension: str
    factor: float
    offset: float = 0.0


class UnitError(ValueError):
    """A unit is unknown or does not fit the property; the text is a German sentence."""


LENGTH, FLOW, TEMPERATURE = "length", "flow", "temperature"
VOLTAGE, SHARE, PRESSURE = "voltage", "share", "pressure"
SPEED, ANGLE, COUNT = "speed", "angle", "count"
DURATION = "duration"

UNITS: dict[str, Unit] = {
    "m": Unit(LENGTH, 1.0),
    "dm": Unit(LENGTH, 0.1),
    "cm": Unit(LENGTH, 0.01),
    "mm": Unit(LENGTH, 0.001),
    "l/m2": Unit(LENGTH, 0.001),
    "m3/s": Unit(FLOW, 1.0),
    "l/s": Unit(FLOW, 0.001),
    "m3/h": Unit(FLOW, 1 / 3600),
    "°c": Unit(TEMPERATURE, 1.0),
    "c": Unit(TEMPERATURE, 1.0),
    "degc": Unit(TEMPERATURE, 1.0),
    "k": Unit(TEMPERATURE, 1.0, -273.15),
    "v": Unit(VOLTAGE, 1.0),
    "mv": Unit(VOLTAGE, 0.001),
    "%": Unit(SHARE, 1.0),
    "bar": Unit(PRESSURE, 1.0),
    "mbar": Unit(PRESSURE, 0.001),
    "hpa": Unit(PRESSURE, 0.001),
    "kpa": Unit(PRESSURE, 0.01),
    "pa": Unit(PRESSURE, 0.00001),
    "m/s": Unit(SPEED, 1.0),
    "km/h": Unit(SPEED, 1 / 3.6),
    "kn": Unit(SPEED, 1852 / 3600),
    "°": Unit(ANGLE, 1.0),
    "deg": Unit(ANGLE, 1.0),
    "1": Unit(COUNT, 1.0),
    "min": Unit(DURATION, 1.0),
    "s": Unit(DURATION, 1 / 60),
}
"""By normalised spelling: lower case, no blanks, plain digits."""

ALLOWED: dict[str, dict[str, tuple[str, float]]] = {
    "stage": {LENGTH: ("m", 1.0), PRESSURE: ("m", WATER_COLUMN_M_PER_BAR)},
    "discharge": {FLOW: ("m³/s", 1.0)},
    "battery": {SHARE: ("%", 1.0), VOLTAGE: ("V", 1.0)},
    "water_temperature": {TEMPERATURE: ("°C", 1.0)},
    "air_temperature": {TEMPERATURE: ("°C", 1.0)},
    "rain": {LENGTH: ("mm", 1000.0)},
    "humidity": {SHARE: ("%", 1.0)},
    "air_pressure": {PRESSURE: ("hPa", 1000.0)},
    "wind_speed": {SPEED: ("m/s", 1.0)},
    "wind_gust": {SPEED: ("m/s", 1.0)},
    "wind_direction": {ANGLE: ("°", 1.0)},
    "vehicles_available": {COUNT: ("1", 1.0)},
    "docks_available": {COUNT: ("1", 1.0)},
    "spaces_free": {COUNT: ("1", 1.0)},
    "trips_reported": {COUNT: ("1", 1.0)},
    "vehicles_reported": {COUNT: ("1", 1.0)},
    "trips_matched": {SHARE: ("%", 1.0)},
    "delay_median": {DURATION: ("min", 1.0)},
    "delay_p90": {DURATION: ("min", 1.0)},
}
"""Per property the dimensions that it may come in, with the stored unit and base -> stored."""

_SPELLING = str.maketrans(
    {"³": "3", "²": "2", "^": "", " ": "", "·": "", "⋅": "", "\u00a0": "", "º": "°"}
)


def unit_of(text: str) -> Unit:
    """Return the unit that a text names."""
    found = UNITS.get(text.translate(_SPELLING).lower())
    if found is None:
        raise UnitError(f"Einheit „{text}“ ist unbekannt.")
    return found


def stored_unit(observed_property: str, unit: str) -> str:
    """Return the unit in which a property is stored that a device gives in `unit`."""
    return _target(observed_property, unit_of(unit))[0]


def to_stored(value: float, observed_property: str, unit: str) -> float:
    """Convert a number of a device to the stored unit of the property."""
    source = unit_of(unit)
    factor = _target(observed_property, source)[1]
    return round((value * source.factor + source.offset) * factor, DECIMALS) + 0.0


def same_dimension(first: str, second: str) -> bool:
    """Tell whether two units measure the same kind of quantity."""
    return unit_of(first).dimension == unit_of(second).dimension


def _target(observed_property: str, source: Unit) -> tuple[str, float]:
    target = ALLOWED.get(observed_property, {}).get(source.dimension)
    if target is None:
        raise UnitError(f"Die Einheit passt nicht zu „{observed_property}“.")
    return target
