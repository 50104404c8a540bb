"""Virtual readings as real messages: ChirpStack v4 events and The Things Stack v3 uplinks."""

import base64
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from uuid import NAMESPACE_OID, uuid5

from data.region_pack.sensor_rows import SensorRow
from services.ingestion.spool import SpooledMessage
from services.simulation.air import Heard, VirtualAir
from services.simulation.payloads import decoded_object, nested, payload
from services.simulation.sensors import VirtualReading

SIMULATED = "simulated"
TTS_EVERY = 3
"""Every third virtual sensor speaks through The Things Stack, so that both paths are used."""
APPLICATION = "pegel"


def simulated_messages(
    readings: Iterable[VirtualReading],
    sensors: Sequence[SensorRow],
    air: VirtualAir | None = None,
) -> Iterator[SpooledMessage]:
    """Yield one message a reading, in any order of the readings; `air` says who heard it."""
    by_gauge = {row.gauge_id: row for row in sensors if row.observed_property == "stage"}
    rain_paths = {row.gauge_id: row.path for row in sensors if row.observed_property == "rain"}
    through_tts = frozenset(sorted(by_gauge)[TTS_EVERY - 1 :: TTS_EVERY])
    for reading in readings:
        sensor = by_gauge[reading.gauge_id]
        is_tts = reading.gauge_id in through_tts
        rain = _rain(rain_paths.get(reading.gauge_id), reading)
        heard = air.hear(reading.gauge_id, reading.f_cnt) if air is not None else None
        topic, body = (_tts if is_tts else _chirpstack)(sensor, reading, rain)
        if heard is not None:
            body |= _tts_radio(body, heard) if is_tts else _chirpstack_radio(heard)
        yield SpooledMessage(
            source="tts" if is_tts else "chirpstack",
            topic=topic,
            received_at=reading.received_at,
            body=json.dumps(body).encode(),
            origin=SIMULATED,
        )


def _rain(path: str | None, reading: VirtualReading) -> Mapping[str, object]:
    return nested(path, reading.rain_mm) if path and reading.rain_mm is not None else {}


def _chirpstack(
    sensor: SensorRow, reading: VirtualReading, rain: Mapping[str, object]
) -> tuple[str, dict[str, object]]:
    event: dict[str, object] = {
        "deduplicationId": str(uuid5(NAMESPACE_OID, f"{sensor.dev_eui}/{reading.taken_at}")),
        "time": reading.taken_at.isoformat(),
        "deviceInfo": {"applicationName": APPLICATION, "devEui": sensor.dev_eui},
        "devAddr": sensor.dev_eui[-8:],
        "fCnt": reading.f_cnt,
        "rxInfo": [{"gatewayId": "a84041ffff240001", "rssi": -97, "snr": 6.5}],
    }
    if sensor.decoder:
        port, data = payload(sensor, reading.stage_m, reading.battery_percent)
        event |= {"fPort": port, "data": base64.b64encode(data).decode()}
    else:
        found = {**decoded_object(sensor, reading.stage_m), **rain}
        event |= {"fPort": 10, "data": "", "object": found}
    return f"application/{APPLICATION}/device/{sensor.dev_eui}/event/up", event


def _tts(
    sensor: SensorRow, reading: VirtualReading, rain: Mapping[str, object]
) -> tuple[str, dict[str, object]]:
    device = f"eui-{sensor.dev_eui}"
    taken_at = reading.taken_at.isoformat().replace("+00:00", "Z")
    message: dict[str, object] = {"f_cnt": reading.f_cnt, "received_at": taken_at}
    if sensor.decoder:
        port, data = payload(sensor, reading.stage_m, reading.battery_percent)
        message |= {"f_port": port, "frm_payload": base64.b64encode(data).decode()}
    else:
        found = decoded_object(sensor, reading.stage_m)
        message |= {"f_port": 2, "decoded_payload": {**found, **rain, "battery": "3.3 V"}}
    body: dict[str, object] = {
        "end_device_ids": {
            "device_id": device,
            "dev_eui": sensor.dev_eui.upper(),
            "dev_addr": sensor.dev_eui[-8:].upper(),
        },
        "correlation_ids": [f"as:up:{sensor.dev_eui}:{reading.f_cnt}"],
        "received_at": taken_at,
        "uplink_message": message,
    }
    return f"v3/{APPLICATION}@ttn/devices/{device}/up", body


def _chirpstack_radio(heard: Heard) -> dict[str, object]:
    return {
        "rxInfo": [
            {"gatewayId": item.gateway_id, "rssi": item.rssi, "snr": item.snr}
            for item in heard.receptions
        ],
        "txInfo": {
            "frequency": heard.frequency_hz,
            "modulation": {
                "lora": {"bandwidth": 125_000, "spreadingFactor": heard.spreading_factor}
            },
        },
    }


def _tts_radio(body: Mapping[str, object], heard: Heard) -> dict[str, object]:
    message = body["uplink_message"]
    given = message if isinstance(message, dict) else {}
    lora = {"bandwidth": 125_000, "spreading_factor": heard.spreading_factor}
    radio = {
        "rx_metadata": [
            {
                "gateway_ids": {"gateway_id": item.gateway_id},
                "rssi": item.rssi,
                "snr": item.snr,
            }
            for item in heard.receptions
        ],
        "settings": {"data_rate": {"lora": lora}, "frequency": str(heard.frequency_hz)},
    }
    return {"uplink_message": {**given, **radio}}
