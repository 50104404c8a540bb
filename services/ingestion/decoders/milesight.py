"""Milesight EM series: channel byte, type byte, then data of a length that the pair fixes.

Numbers are little endian. Basic information (versions, serial number, class) is skipped, since it
is no measurement. An unknown channel ends the reading, because its length is unknown: what came
before it stays. Channel 83 E9 of the EM500-UDL (alarm) gives an error and no distance, because
its published scale is contradictory (mm in the table, a tenth of it in the vendor's example code).
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from services.ingestion.decoders.model import Decoded, Measurement, failed

PORT = 85
HEAD_BYTES = 2
TENTH = 10
NO_READING = {0xFFFF: "Messung fehlgeschlagen", 0xFFFD: "außerhalb des Messbereichs"}
"""Values that the sensor sends in place of a distance or depth."""

Reading = Measurement | str
Read = Callable[[bytes], tuple[Reading, ...]]


@dataclass(frozen=True, slots=True)
class Channel:
    """Data length in bytes and how to read it; a reading is a measurement or an error sentence."""

    length: int
    read: Read


def _unsigned(data: bytes) -> int:
    return int.from_bytes(data, "little")


def _nothing(_data: bytes) -> tuple[Reading, ...]:
    return ()


def _alarm_without_scale(_data: bytes) -> tuple[Reading, ...]:
    return ("distance: Alarmkanal 83 E9 ohne eindeutige Einheit, nicht gelesen.",)


def _battery(data: bytes) -> tuple[Reading, ...]:
    return (Measurement("battery", data[0], "%"),)


def _temperature(data: bytes) -> tuple[Reading, ...]:
    value = int.from_bytes(data[:2], "little", signed=True) / TENTH
    return (Measurement("temperature", value, "°C"),)


def _position(data: bytes) -> tuple[Reading, ...]:
    return (Measurement("position", data[0], None),)


def _level(name: str, unit: str, at: datetime | None = None) -> Read:
    def read(data: bytes) -> tuple[Reading, ...]:
        value = _unsigned(data[:2])
        if value in NO_READING:
            return (f"{name}: {NO_READING[value]} (Kennwert {value}).",)
        return (Measurement(name, value, unit, at),)

    return read


def _history(name: str, unit: str) -> Read:
    def read(data: bytes) -> tuple[Reading, ...]:
        at = datetime.fromtimestamp(_unsigned(data[:4]), UTC)
        return _level(name, unit, at)(data[4:6])

    return read


Channels = dict[tuple[int, int], Channel]

INFORMATION: Channels = {
    (0xFF, 0x01): Channel(1, _nothing),
    (0xFF, 0x09): Channel(2, _nothing),
    (0xFF, 0x0A): Channel(2, _nothing),
    (0xFF, 0x0B): Channel(1, _nothing),
    (0xFF, 0x0F): Channel(1, _nothing),
    (0xFF, 0x16): Channel(8, _nothing),
    (0xFF, 0xFE): Channel(1, _nothing),
    (0xFF, 0xFF): Channel(2, _nothing),
    (0x01, 0x75): Channel(1, _battery),
}

DISTANCE = Channel(2, _level("distance", "mm"))
DISTANCE_ALARM = Channel(3, _level("distance", "mm"))
TEMPERATURE = Channel(2, _temperature)
POSITION = Channel(1, _position)

MODELS: dict[str, Channels] = {
    "milesight-em500-udl": {
        **INFORMATION,
        (0x03, 0x67): TEMPERATURE,
        (0x03, 0x82): DISTANCE,
        (0x20, 0xCE): Channel(6, _history("distance", "mm")),
        (0x83, 0xE9): Channel(5, _alarm_without_scale),
    },
    "milesight-em500-swl": {
        **INFORMATION,
        (0x03, 0x67): TEMPERATURE,
        (0x03, 0x77): Channel(2, _level("depth", "cm")),
        (0x20, 0xCE): Channel(6, _history("depth", "cm")),
    },
    "milesight-em310-udl": {**INFORMATION, (0x03, 0x82): DISTANCE, (0x04, 0x00): POSITION},
    "milesight-em400-udl": {
        **INFORMATION,
        (0x03, 0x67): TEMPERATURE,
        (0x04, 0x82): DISTANCE,
        (0x05, 0x00): POSITION,
        (0x83, 0x67): Channel(3, _temperature),
        (0x84, 0x82): DISTANCE_ALARM,
    },
}


def decode(device_id: str, port: int, payload: bytes) -> Decoded:
    """Decode a Milesight payload channel by channel."""
    if port != PORT:
        return failed(device_id, f"Port {port} statt {PORT}: diese Nachricht ist kein Messwert.")
    if not payload:
        return failed(device_id, "Nutzlast ist leer.")
    readings = list(_readings(MODELS[device_id], payload))
    return Decoded(
        device_id,
        tuple(item for item in readings if isinstance(item, Measurement)),
        tuple(item for item in readings if isinstance(item, str)),
    )


def _readings(channels: Channels, payload: bytes) -> Iterator[Reading]:
    at = 0
    while at < len(payload):
        head = payload[at : at + HEAD_BYTES]
        if len(head) < HEAD_BYTES:
            yield f"Nutzlast endet nach Byte {at + 1} mitten in einem Kanal."
            return
        name = f"{head[0]:02X} {head[1]:02X}"
        channel = channels.get((head[0], head[1]))
        if channel is None:
            yield f"Kanal {name} ab Byte {at + 1} ist unbekannt; der Rest bleibt ungelesen."
            return
        data = payload[at + HEAD_BYTES : at + HEAD_BYTES + channel.length]
        if len(data) < channel.length:
            yield f"Kanal {name} hat {len(data)} statt {channel.length} Bytes: Nutzlast zu kurz."
            return
        yield from channel.read(data)
        at += HEAD_BYTES + channel.length
