"""What a decoder gives: measurements with units, and sentences about what it could not read."""

from dataclasses import dataclass
from datetime import datetime

Number = int | float


@dataclass(frozen=True, slots=True)
class Measurement:
    """One measured property; `at` is set where the device itself gives the instant (history)."""

    property: str
    value: Number
    unit: str | None
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Decoded:
    """The result for one payload: measurements, and beside them errors as German sentences."""

    device: str
    measurements: tuple[Measurement, ...] = ()
    errors: tuple[str, ...] = ()


def failed(device: str, error: str) -> Decoded:
    """Return a result without measurements and with the one reason."""
    return Decoded(device=device, errors=(error,))


def to_json(decoded: Decoded) -> dict[str, object]:
    """Return what `./cockpit decode` prints; `time` only where the device gives one."""
    return {
        "device": decoded.device,
        "measurements": [_measurement_json(item) for item in decoded.measurements],
        "errors": list(decoded.errors),
    }


def _measurement_json(item: Measurement) -> dict[str, object]:
    entry: dict[str, object] = {
        "property": item.property,
        "value": item.value,
        "unit": item.unit,
    }
    if item.at is not None:
        entry["time"] = item.at.isoformat()
    return entry
