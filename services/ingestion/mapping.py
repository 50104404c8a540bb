"""From uplink to readings, as the sensor table says: which value, in which unit, of which gauge.

A row takes its value from the object that the network server decoded, by path, or from the
payload by a built-in decoder (then the path is the decoder's property name), or by the decoder
`bytes`, whose path says where the number lies. With `mount_height_m`
the sensor looks down at the water: stage = mount height - distance + offset. Each property fails
alone, with its reason. A missing battery or temperature is no fault as long as the uplink gives
anything else; a missing stage, discharge or rain always is.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from data.region_pack.sensor_rows import SensorRow
from services.ingestion import instants, object_path
from services.ingestion.decoders import byte_fields
from services.ingestion.decoders.byte_fields import ByteFieldError
from services.ingestion.decoders.model import Decoded
from services.ingestion.decoders.registry import DECODERS, declared_properties, decode
from services.ingestion.instants import TimeFault
from services.ingestion.model import PropertyReject, Reading, Reason, Uplink
from services.ingestion.quantity import Quantity, QuantityError, parse_quantity
from services.ingestion.stage import ValueRefusedError, stored_value
from services.ingestion.units import UnitError, same_dimension, stored_unit

MAIN_PROPERTIES = frozenset({"stage", "discharge", "rain"})
"""What a gauge is there for; if it is missing, that is always worth a reason."""

DeviceRows = Mapping[str, Sequence[SensorRow]]


@dataclass(frozen=True, slots=True)
class Mapped:
    """What an uplink gave: readings, and the properties that failed."""

    readings: tuple[Reading, ...]
    rejects: tuple[PropertyReject, ...]


@dataclass(frozen=True, slots=True)
class _Found:
    """A value as found, with the device's own instant or the fault of that instant."""

    value: object
    unit: str | None = None
    at: datetime | TimeFault | None = None


class _RefusedError(Exception):
    """A property cannot be taken."""

    def __init__(self, code: Reason, reason: str) -> None:
        super().__init__(reason)
        self.code = code
        self.reason = reason


def rows_by_device(sensors: Iterable[SensorRow]) -> dict[str, list[SensorRow]]:
    """Return the sensor rows by device."""
    found: dict[str, list[SensorRow]] = {}
    for row in sensors:
        found.setdefault(row.dev_eui, []).append(row)
    return found


def mapping_faults(sensors: Iterable[SensorRow]) -> list[str]:
    """Return what is wrong with sensor rows before any message comes, as German sentences."""
    faults = []
    for line, row in enumerate(sensors, start=2):  # the header is line 1
        if row.decoder == byte_fields.NAME:
            faults += _byte_faults(line, row.path)
        elif row.decoder and row.decoder not in DECODERS:
            faults.append(
                f"sensors.csv, Zeile {line}, Spalte decoder: Decoder „{row.decoder}“ ist unbekannt."
            )
        given = declared_properties(row.decoder)
        if given and row.path not in given:
            faults.append(
                f"sensors.csv, Zeile {line}, Spalte path: Der Decoder {row.decoder} gibt nie "
                f"„{row.path}“, möglich sind {', '.join(sorted(given))}."
            )
        try:
            stored_unit(row.observed_property, row.unit)
        except UnitError as error:
            faults.append(f"sensors.csv, Zeile {line}, Spalte unit: {error}")
    return faults


def _byte_faults(line: int, path: str) -> list[str]:
    try:
        byte_fields.parse(path)
    except ByteFieldError as error:
        return [f"sensors.csv, Zeile {line}, Spalte path: {error}"]
    return []


def map_uplink(uplink: Uplink, rows: Sequence[SensorRow], origin: str) -> Mapped:
    """Map an uplink by the rows of its device; never raises on what the uplink contains."""
    readings: list[Reading] = []
    rejects: list[PropertyReject] = []
    decoded = {
        name: _decoded(uplink, name)
        for name in {row.decoder for row in rows} - {"", byte_fields.NAME}
    }
    default_time = instants.uplink_time(uplink)
    for row in rows:
        try:
            found = _values(uplink, row, decoded.get(row.decoder))
        except _RefusedError as error:
            rejects.append(PropertyReject(row.observed_property, error.code, error.reason))
            continue
        for item in found:
            try:
                readings.append(_reading(item, row, uplink, default_time, origin))
            except _RefusedError as error:
                rejects.append(PropertyReject(row.observed_property, error.code, error.reason))
    return Mapped(tuple(readings), tuple(_worth_keeping(rejects, readings)))


def _worth_keeping(rejects: list[PropertyReject], readings: list[Reading]) -> list[PropertyReject]:
    weighty = [reject for reject in rejects if not _is_minor(reject)]
    return weighty if weighty or readings else rejects


def _is_minor(reject: PropertyReject) -> bool:
    return reject.code is Reason.MISSING and reject.observed_property not in MAIN_PROPERTIES


def _decoded(uplink: Uplink, decoder: str) -> Decoded | None:
    if uplink.payload is None:
        return None
    return decode(decoder, uplink.f_port or 0, uplink.payload)


def _values(uplink: Uplink, row: SensorRow, decoded: Decoded | None) -> list[_Found]:
    if row.decoder == byte_fields.NAME:
        return [_Found(_byte_value(uplink, row))]
    if row.decoder:
        return _values_of_decoder(row, decoded)
    if uplink.object is None:
        raise _RefusedError(
            Reason.NO_PAYLOAD, "Kein decodiertes Objekt im Uplink und kein Decoder eingetragen."
        )
    value_path, time_path = object_path.split_time(row.path)
    value = object_path.find(uplink.object, value_path)
    if value is object_path.MISSING:
        raise _RefusedError(Reason.MISSING, f"Pfad „{value_path}“ fehlt im Objekt.")
    if not time_path:
        return [_Found(value)]
    own_time = object_path.find(uplink.object, time_path)
    return [_Found(value, at=instants.device_time(own_time, uplink.received_at))]


def _byte_value(uplink: Uplink, row: SensorRow) -> float:
    if uplink.payload is None:
        raise _RefusedError(Reason.NO_PAYLOAD, "Keine lesbare Nutzlast für den Decoder.")
    try:
        return byte_fields.read(row.path, uplink.f_port or 0, uplink.payload)
    except ByteFieldError as error:
        raise _RefusedError(Reason.DECODER, str(error)) from error


def _values_of_decoder(row: SensorRow, decoded: Decoded | None) -> list[_Found]:
    if decoded is None:
        raise _RefusedError(Reason.NO_PAYLOAD, "Keine lesbare Nutzlast für den Decoder.")
    found = [
        _Found(item.value, item.unit, item.at)
        for item in decoded.measurements
        if item.property == row.path
    ]
    if found:
        return found
    own = [error for error in decoded.errors if error.startswith(f"{row.path}:")]
    if own or decoded.errors:
        raise _RefusedError(Reason.DECODER, " ".join(own or decoded.errors))
    raise _RefusedError(Reason.MISSING, f"Decoder {row.decoder} gab kein „{row.path}“.")


def _reading(
    found: _Found,
    row: SensorRow,
    uplink: Uplink,
    default_time: datetime | TimeFault,
    origin: str,
) -> Reading:
    at = default_time if found.at is None else found.at
    at = instants.checked(at, uplink.received_at) if isinstance(at, datetime) else at
    if isinstance(at, TimeFault):
        raise _RefusedError(at.code, at.reason)
    quantity = _quantity(found, row)
    return Reading(
        datastream_key=f"{row.gauge_id}/{row.observed_property}",
        phenomenon_time=at,
        result_time=uplink.received_at,
        value=_stored(quantity, row),
        raw_value=quantity.value,
        origin=origin,
        time_note=instants.age_note(at, uplink.received_at),
    )


def _quantity(found: _Found, row: SensorRow) -> Quantity:
    try:
        quantity = parse_quantity(found.value)
        unit = quantity.unit or found.unit or row.unit
        if not same_dimension(unit, row.unit):
            raise _RefusedError(
                Reason.BAD_UNIT, f"Einheit „{unit}“ statt „{row.unit}“ passt nicht zur Zuordnung."
            )
    except QuantityError as error:
        raise _RefusedError(Reason.BAD_VALUE, str(error)) from error
    except UnitError as error:
        raise _RefusedError(Reason.BAD_UNIT, str(error)) from error
    return Quantity(quantity.value, unit)


def _stored(quantity: Quantity, row: SensorRow) -> float:
    try:
        return stored_value(quantity, row)
    except ValueRefusedError as error:
        raise _RefusedError(error.code, error.reason) from error
    except UnitError as error:
        raise _RefusedError(Reason.BAD_UNIT, str(error)) from error
