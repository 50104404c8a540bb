"""ChirpStack v4 JSON events to uplinks; Protobuf must be switched off in the integration."""

from datetime import datetime
from typing import Any

from services.ingestion import fields, radio
from services.ingestion.chirpstack import source
from services.ingestion.json_text import JsonFault, parse_object
from services.ingestion.model import Ignored, Radio, Reason, Rejected, Uplink


def parse(topic: str, body: bytes, received_at: datetime) -> Uplink | Ignored | Rejected:
    """Parse one event; never raises."""
    event = source.event_of(topic)
    if event != source.UP:
        return Ignored(f"Ereignis „{event}“ ist keine Messung.")
    envelope = parse_object(body)
    if isinstance(envelope, JsonFault):
        return Rejected(envelope.code, envelope.reason)
    return _uplink(envelope, received_at)


def _uplink(envelope: dict[str, Any], received_at: datetime) -> Uplink | Ignored | Rejected:
    device = fields.mapping_at(envelope, "deviceInfo")
    dev_eui = fields.hex_at(device, "devEui", fields.DEV_EUI)
    if dev_eui is None:
        return Rejected(
            Reason.BAD_ENVELOPE,
            "Feld deviceInfo.devEui fehlt oder hat nicht 16 Hex-Ziffern.",
            fields.printable(device.get("devEui", "")),
        )
    payload = fields.bytes_at(envelope, "data")
    decoded = envelope.get("object")
    if payload is None and not isinstance(decoded, dict):
        return _without_content(envelope, dev_eui)
    event_time = fields.time_at(envelope, "time")
    receptions = fields.objects_at(envelope, "rxInfo")
    best = fields.strongest(receptions)
    return Uplink(
        dev_eui=dev_eui,
        network=source.NAME,
        received_at=received_at,
        dev_addr=fields.hex_at(envelope, "devAddr", fields.DEV_ADDR) or "",
        f_cnt=fields.counter_at(envelope, "fCnt", fields.MAX_COUNTER),
        f_port=fields.counter_at(envelope, "fPort", fields.MAX_PORT),
        payload=payload,
        object=decoded if isinstance(decoded, dict) else None,
        gateway_time=fields.nearest_to(event_time, _gateway_times(receptions)),
        event_time=event_time,
        dedup_id=fields.text_at(envelope, "deduplicationId"),
        rssi=fields.number_at(best, "rssi"),
        snr=fields.number_at(best, "snr"),
        radio=_radio(envelope, receptions),
    )


def _radio(envelope: dict[str, Any], receptions: list[dict[str, Any]]) -> Radio:
    sent = fields.mapping_at(envelope, "txInfo")
    return Radio(
        spreading_factor=radio.spreading_factor(fields.mapping_at(sent, "modulation")),
        frequency_hz=fields.counter_at(sent, "frequency", fields.MAX_FREQUENCY_HZ) or None,
        receptions=radio.receptions(receptions, lambda rx: fields.text_at(rx, "gatewayId")),
    )


def _without_content(envelope: dict[str, Any], dev_eui: str) -> Ignored | Rejected:
    if envelope.get("data") or envelope.get("object"):
        return Rejected(
            Reason.BAD_ENVELOPE, "Feld data ist kein Base64 und object kein Objekt.", dev_eui
        )
    return Ignored("Uplink ohne Nutzlast.")


def _gateway_times(receptions: list[dict[str, Any]]) -> list[datetime]:
    """Gateway clocks: `gwTime`, in early versions `time`; `nsTime` is the server's, not theirs."""
    times = [fields.time_at(rx, "gwTime") or fields.time_at(rx, "time") for rx in receptions]
    return [time for time in times if time is not None]
