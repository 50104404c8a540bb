"""Readings as the bytes that a sensor of a given model sends, or as an already decoded object."""

from collections.abc import Callable, Mapping

from data.region_pack.sensor_rows import SensorRow

MM_PER_M = 1000.0
CM_PER_M = 100.0
_BATTERY_V = 3.3
_TEMPERATURE_TENTHS = 120


def raw_value(sensor: SensorRow, stage_m: float) -> float:
    """Return what the sensor measures for a stage, in the sensor's own unit."""
    metres = stage_m - sensor.offset_m
    if sensor.mount_height_m is not None:
        metres = sensor.mount_height_m - stage_m + sensor.offset_m
    return metres * (MM_PER_M if sensor.unit == "mm" else CM_PER_M if sensor.unit == "cm" else 1.0)


def payload(sensor: SensorRow, stage_m: float, battery_percent: float) -> tuple[int, bytes]:
    """Return port and bytes of an uplink of the sensor's model."""
    port, encode = ENCODERS[sensor.decoder]
    return port, encode(max(round(raw_value(sensor, stage_m)), 0), battery_percent)


def decoded_object(sensor: SensorRow, stage_m: float) -> Mapping[str, object]:
    """Return the object that a network server's codec would give, nested along the path."""
    return nested(sensor.path, round(raw_value(sensor, stage_m)))


def nested(path: str, value: object) -> dict[str, object]:
    """Return an object that has a value at a path."""
    *parents, leaf = path.split(".")
    found: dict[str, object] = {leaf: value}
    for name in reversed(parents):
        found = {name: found}
    return found


def _milesight_udl(distance_mm: int, battery: float) -> bytes:
    return bytes([0x01, 0x75, int(battery), 0x03, 0x82]) + distance_mm.to_bytes(2, "little")


def _milesight_swl(depth_cm: int, battery: float) -> bytes:
    return bytes([0x01, 0x75, int(battery), 0x03, 0x77]) + depth_cm.to_bytes(2, "little")


def _decentlab(words: list[int]) -> bytes:
    head = bytes([0x02, 0x11, 0xC9, 0x00, 0x03])
    battery = round(_BATTERY_V * MM_PER_M)
    return head + b"".join(word.to_bytes(2, "big") for word in [*words, battery])


def _decentlab_lid(distance_mm: int, _battery: float) -> bytes:
    return _decentlab([distance_mm] * 9 + [100, 0x1990])


def _decentlab_mbx(distance_mm: int, _battery: float) -> bytes:
    return _decentlab([distance_mm, 1])


def _dragino(distance_mm: int, _battery: float) -> bytes:
    battery = round(_BATTERY_V * MM_PER_M)
    return (
        battery.to_bytes(2, "big")
        + distance_mm.to_bytes(2, "big")
        + b"\x00"
        + _TEMPERATURE_TENTHS.to_bytes(2, "big")
        + b"\x01"
    )


ENCODERS: dict[str, tuple[int, Callable[[int, float], bytes]]] = {
    "milesight-em500-udl": (85, _milesight_udl),
    "milesight-em500-swl": (85, _milesight_swl),
    "decentlab-dl-lid": (1, _decentlab_lid),
    "decentlab-dl-mbx": (1, _decentlab_mbx),
    "dragino-ldds75": (2, _dragino),
}
"""Port and encoder of each model that the simulation can speak for."""
