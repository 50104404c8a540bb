"""From a device's number to the stored value: sentinels, physical limits, mount height, zero."""

import math

from data.region_pack.sensor_rows import SensorRow
from services.ingestion.model import Reason
from services.ingestion.quantity import Quantity
from services.ingestion.units import DECIMALS, to_stored

SENTINELS = frozenset({-9999.0, -999.0, -32768.0})
"""Numbers that mean "no value" in devices and codecs, for every property."""

LENGTH_SENTINELS = frozenset({32767.0, 65533.0, 65535.0})
"""The same for stages and distances, where they cannot be measured in any unit."""

FULL_BATTERY_PERCENT = 100.0
ABSOLUTE_ZERO_C = -273.15
NOT_NEGATIVE = frozenset({"battery", "rain"})


class ValueRefusedError(Exception):
    """A number cannot be the value of its property."""

    def __init__(self, code: Reason, reason: str) -> None:
        super().__init__(reason)
        self.code = code
        self.reason = reason


def stored_value(quantity: Quantity, row: SensorRow) -> float:
    """Return the value to store for a number with unit; raises with the reason if it cannot be."""
    _refuse_sentinel(quantity.value, row)
    value = to_stored(quantity.value, row.observed_property, quantity.unit or row.unit)
    if not math.isfinite(value):
        raise ValueRefusedError(Reason.BAD_VALUE, "Umgerechneter Wert ist keine endliche Zahl.")
    if row.observed_property == "stage":
        return _stage(value, row)
    _refuse_impossible(value, row, quantity.unit or row.unit)
    return value


def _stage(value: float, row: SensorRow) -> float:
    if row.mount_height_m is None:
        return round(value + row.offset_m, DECIMALS) + 0.0
    if value < 0:
        raise ValueRefusedError(Reason.NEGATIVE, f"Abstand {value:g} m ist negativ.")
    return round(row.mount_height_m - value + row.offset_m, DECIMALS) + 0.0


def _refuse_sentinel(number: float, row: SensorRow) -> None:
    is_length = row.observed_property == "stage"
    if number in SENTINELS or (is_length and number in LENGTH_SENTINELS):
        raise ValueRefusedError(Reason.SENTINEL, f"Kennwert {number:g} bedeutet „kein Messwert“.")


def _refuse_impossible(value: float, row: SensorRow, unit: str) -> None:
    name = row.observed_property
    if name in NOT_NEGATIVE and value < 0:
        raise ValueRefusedError(Reason.NEGATIVE, f"Wert {value:g} ist negativ.")
    if name == "battery" and unit == "%" and value > FULL_BATTERY_PERCENT:
        raise ValueRefusedError(Reason.OUT_OF_RANGE, f"Batterie {value:g} % ist über 100 %.")
    if name.endswith("temperature") and value < ABSOLUTE_ZERO_C:
        raise ValueRefusedError(Reason.OUT_OF_RANGE, f"Temperatur {value:g} °C ist unmöglich.")
