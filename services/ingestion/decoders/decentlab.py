"""Decentlab protocol 2: header with flags, then 16-bit words of the sensors that the flags name.

Message: version (1 byte, 2), device id (2 bytes), flags (2 bytes), then for each flag from the
lowest bit up the words of that sensor; all big endian. Conversions are those of the data sheets.
Pressure devices have coefficients of their own on the label; the models here carry the usual ones
(PR21 -1 to 10 bar, PR26 0 to 1 bar, PR36 8192 words a bar): compare them with the label.
"""

from collections.abc import Callable
from dataclasses import dataclass

from services.ingestion.decoders.model import Decoded, Measurement, Number, failed

PROTOCOL_VERSION = 2
PORT = 1
HEADER_BYTES = 5
WORD_BYTES = 2
FLAG_BITS = 16
OFFSET_WORD = 32768
"""Signed quantities are sent as value + 32768."""

Words = tuple[int, ...]
Convert = Callable[[Words], Number]


@dataclass(frozen=True, slots=True)
class Channel:
    """One quantity of a sensor: property name, unit, and how its words become a number."""

    property: str
    unit: str | None
    convert: Convert


@dataclass(frozen=True, slots=True)
class Sensor:
    """The words behind one flag and the channels in them."""

    words: int
    channels: tuple[Channel, ...]


Layout = tuple[Sensor, ...]


def _plain(index: int) -> Convert:
    return lambda words: words[index]


def _signed(index: int, divisor: int = 1) -> Convert:
    if divisor == 1:
        return lambda words: words[index] - OFFSET_WORD
    return lambda words: (words[index] - OFFSET_WORD) / divisor


def _keller_pressure(low_bar: float, high_bar: float) -> Convert:
    """Keller transmitters: 16384 is the low and 49152 the high end of the range."""
    return lambda words: (words[0] - 16384) / 32768 * (high_bar - low_bar) + low_bar


def _keller_temperature(words: Words) -> Number:
    """Keller transmitters: (x - 384) * 0.003125 - 50 degrees Celsius."""
    return (words[1] - 384) * 0.003125 - 50


MILLI = 1000
BATTERY = Sensor(1, (Channel("battery_voltage", "V", lambda words: words[0] / MILLI),))


def _keller_transmitter(low_bar: float, high_bar: float) -> Layout:
    channels = (
        Channel("pressure", "bar", _keller_pressure(low_bar, high_bar)),
        Channel("temperature", "°C", _keller_temperature),
    )
    return (Sensor(2, channels), BATTERY)


def _ctd(conductivity: Convert) -> Layout:
    channels = (
        Channel("water_depth", "mm", _signed(0)),
        Channel("temperature", "°C", _signed(1, 10)),
        Channel("electrical_conductivity", "µS/cm", conductivity),
        Channel("freezing_flag", None, _plain(3)),
    )
    return (Sensor(4, channels), BATTERY)


def _millimetres(*names: str) -> tuple[Channel, ...]:
    return tuple(Channel(name, "mm", _plain(index)) for index, name in enumerate(names))


KP = 8192
"""Words per bar of the usual DL-PR36 range; the device's own kP is on its label."""

LAYOUTS: dict[str, Layout] = {
    "decentlab-dl-mbx": (
        Sensor(2, (*_millimetres("distance"), Channel("number_of_valid_samples", None, _plain(1)))),
        BATTERY,
    ),
    "decentlab-dl-ctd10": _ctd(_plain(2)),
    "decentlab-dl-ctd10b": _ctd(lambda words: words[2] * 2),
    "decentlab-dl-lid": (
        Sensor(
            11,
            (
                *_millimetres(
                    "distance_average",
                    "distance_minimum",
                    "distance_maximum",
                    "distance_median",
                    "distance_10th_percentile",
                    "distance_25th_percentile",
                    "distance_75th_percentile",
                    "distance_90th_percentile",
                    "distance_most_frequent_value",
                ),
                Channel("number_of_samples", None, _plain(9)),
                Channel("total_acquisition_time", "ms", lambda words: words[10] / 1.024),
            ),
        ),
        BATTERY,
    ),
    "decentlab-dl-rad": (
        Sensor(
            4,
            (
                *_millimetres("distance"),
                Channel("temperature", "°C", _signed(1, 100)),
                Channel("reliability", "dB", _signed(2, 100)),
                Channel("status", None, _plain(3)),
            ),
        ),
        BATTERY,
    ),
    "decentlab-dl-pr21": _keller_transmitter(-1.0, 10.0),
    "decentlab-dl-pr26": _keller_transmitter(0.0, 1.0),
    "decentlab-dl-pr36": (
        Sensor(
            2,
            (
                Channel("pressure", "bar", _signed(0, KP)),
                Channel("temperature", "°C", _signed(1, 256)),
            ),
        ),
        BATTERY,
    ),
    "decentlab-dl-pr36ctd": (
        Sensor(
            4,
            (
                Channel("pressure", "bar", _signed(0, KP)),
                Channel("temperature_electronics", "°C", _signed(1, 256)),
                Channel("temperature_pt1000", "°C", _signed(2, 256)),
                Channel("electrical_conductivity", "mS/cm", _signed(3, 1024)),
            ),
        ),
        BATTERY,
    ),
}


def decode(device_id: str, port: int, payload: bytes) -> Decoded:
    """Decode a Decentlab payload; length and flags must agree, else nothing is taken from it."""
    if port != PORT:
        return failed(device_id, f"Port {port} statt {PORT}: diese Nachricht ist kein Messwert.")
    if len(payload) < HEADER_BYTES:
        return failed(
            device_id,
            f"Nutzlast zu kurz: {len(payload)} Bytes, der Kopf allein hat {HEADER_BYTES}.",
        )
    if payload[0] != PROTOCOL_VERSION:
        return failed(
            device_id, f"Protokollversion {payload[0]} statt {PROTOCOL_VERSION}: Modell prüfen."
        )
    return _decode_sensors(device_id, payload)


def _decode_sensors(device_id: str, payload: bytes) -> Decoded:
    layout = LAYOUTS[device_id]
    flags = int.from_bytes(payload[3:HEADER_BYTES], "big")
    unknown = [bit for bit in range(len(layout), FLAG_BITS) if flags >> bit & 1]
    if unknown:
        return failed(
            device_id, f"Sensor {unknown[0]} ist für dieses Modell unbekannt: Modell prüfen."
        )
    sensors = [sensor for bit, sensor in enumerate(layout) if flags >> bit & 1]
    expected = HEADER_BYTES + WORD_BYTES * sum(sensor.words for sensor in sensors)
    if len(payload) != expected:
        fault = "zu kurz" if len(payload) < expected else "zu lang"
        return failed(
            device_id, f"Nutzlast {fault}: {len(payload)} Bytes, nach den Flags sind es {expected}."
        )
    found = [
        Measurement("device_id", int.from_bytes(payload[1:3], "big"), None),
        Measurement("protocol_version", payload[0], None),
    ]
    at = HEADER_BYTES
    for sensor in sensors:
        words = _words(payload[at : at + WORD_BYTES * sensor.words])
        at += WORD_BYTES * sensor.words
        found += [Measurement(c.property, c.convert(words), c.unit) for c in sensor.channels]
    return Decoded(device_id, tuple(found))


def _words(data: bytes) -> Words:
    return tuple(
        int.from_bytes(data[at : at + WORD_BYTES], "big") for at in range(0, len(data), WORD_BYTES)
    )
