"""Dragino ultrasonic distance sensors: battery, distance, interrupt, DS18B20 and sensor flag.

Big endian. Older firmware sends battery and distance only (4 bytes) or these and the interrupt
flag (5 bytes); since the DS18B20 input there are 8 bytes. A distance of 0 means that no ultrasonic
sensor was detected. Below 280 mm the value is invalid; newer firmware replaces it by 20.
"""

from services.ingestion.decoders.model import Decoded, Measurement, failed

PORT = 2
LENGTHS = {
    "dragino-ldds75": (4, 5, 8),
    "dragino-dds75-lb": (8,),
}
FULL_LENGTH = 8
INTERRUPT_BYTE = 4
SENSOR_FLAG_BYTE = 7
BATTERY_MASK = 0x3FFF
MULTI_DISTANCE_BIT = 0x10
"""Set in the first byte where the payload holds a list of distances instead."""
MILLI = 1000
TENTH = 10
NO_SENSOR = 0
BLIND_ZONE_MM = 280
TEMPERATURE_RANGE = (-55.0, 125.0)
"""Range of a DS18B20 in degrees Celsius; outside it no probe is connected."""


def decode(device_id: str, port: int, payload: bytes) -> Decoded:
    """Decode a distance sensor's payload; an invalid distance is an error, never a number."""
    if port != PORT:
        return failed(device_id, f"Port {port} statt {PORT}: diese Nachricht ist kein Messwert.")
    allowed = LENGTHS[device_id]
    if len(payload) not in allowed:
        lengths = ", ".join(str(length) for length in allowed)
        return failed(
            device_id, f"Nutzlast hat {len(payload)} Bytes, dieses Modell sendet {lengths}."
        )
    if (
        payload[0] & MULTI_DISTANCE_BIT
        and len(payload) == FULL_LENGTH
        and device_id.endswith("-lb")
    ):
        return failed(device_id, "Mehrfachmessung: dieses Format wird nicht gelesen.")
    return _decode_fields(device_id, payload)


def _decode_fields(device_id: str, payload: bytes) -> Decoded:
    battery = (int.from_bytes(payload[0:2], "big") & BATTERY_MASK) / MILLI
    found = [Measurement("battery_voltage", battery, "V")]
    errors = []
    distance = int.from_bytes(payload[2:4], "big")
    fault = _distance_fault(distance, payload)
    if fault:
        errors.append(fault)
    else:
        found.append(Measurement("distance", distance, "mm"))
    if len(payload) > INTERRUPT_BYTE:
        found.append(Measurement("interrupt_flag", payload[INTERRUPT_BYTE], None))
    if len(payload) == FULL_LENGTH:
        celsius = int.from_bytes(payload[5:7], "big", signed=True) / TENTH
        if TEMPERATURE_RANGE[0] <= celsius <= TEMPERATURE_RANGE[1]:
            found.append(Measurement("temperature", celsius, "°C"))
        else:
            errors.append(f"temperature: {celsius} °C liegt außerhalb des Fühlers (DS18B20).")
        found.append(Measurement("sensor_flag", payload[SENSOR_FLAG_BYTE], None))
    return Decoded(device_id, tuple(found), tuple(errors))


def _distance_fault(distance: int, payload: bytes) -> str:
    no_sensor = len(payload) == FULL_LENGTH and not payload[SENSOR_FLAG_BYTE]
    if distance == NO_SENSOR or no_sensor:
        return "distance: kein Ultraschallsensor erkannt."
    if distance < BLIND_ZONE_MM:
        return f"distance: ungültig, {distance} mm liegt in der Blindzone unter {BLIND_ZONE_MM} mm."
    return ""
