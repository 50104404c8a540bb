"""The Things Stack v3 JSON messages to uplinks."""

from datetime import datetime
from typing import Any

from services.ingestion import fields, radio
from services.ingestion.json_text import JsonFault, parse_object
from services.ingestion.model import Ignored, Radio, Reason, Rejected, Uplink
from services.ingestion.tts import source

UPLINK = "uplink_message"
OTHER_MESSAGES = (
    "join_accept",
    "downlink_ack",
    "downlink_nack",
    "downlink_sent",
    "downlink_failed",
    "downlink_queued",
    "downlink_queue_invalidated",
    "uplink_normalized",
    "location_solved",
    "service_data",
)
MAX_FREQUENCY_DIGITS = 11
UNIQUE_UPLINK = "as:up:"
"""The correlation id of this prefix is unique per uplink and the same in each delivery of it."""


def parse(topic: str, body: bytes, received_at: datetime) -> Uplink | Ignored | Rejected:
    """Parse one message; never raises."""
    event = source.event_of(topic)
    if event != source.UP:
        return Ignored(f"Ereignis „{fields.printable(event)}“ ist keine Messung.")
    envelope = parse_object(body)
    if isinstance(envelope, JsonFault):
        return Rejected(envelope.code, envelope.reason)
    if UPLINK not in envelope:
        for name in OTHER_MESSAGES:
            if name in envelope:
                return Ignored(f"Ereignis „{name}“ ist keine Messung.")
    return _uplink(envelope, received_at)


def _uplink(envelope: dict[str, Any], received_at: datetime) -> Uplink | Ignored | Rejected:
    ids = fields.mapping_at(envelope, "end_device_ids")
    message = fields.mapping_at(envelope, UPLINK)
    dev_eui = fields.hex_at(ids, "dev_eui", fields.DEV_EUI)
    refusal = _refusal(envelope, message, dev_eui)
    if refusal is not None or dev_eui is None:
        return refusal or Ignored("")
    event_time = fields.time_at(message, "received_at") or fields.time_at(envelope, "received_at")
    receptions = fields.objects_at(message, "rx_metadata")
    times = [fields.time_at(rx, "time") for rx in receptions]
    times.append(fields.time_at(fields.mapping_at(message, "settings"), "time"))
    best = fields.strongest(receptions)
    decoded = message.get("decoded_payload")
    return Uplink(
        dev_eui=dev_eui,
        network=source.NAME,
        received_at=received_at,
        dev_addr=fields.hex_at(ids, "dev_addr", fields.DEV_ADDR) or "",
        f_cnt=fields.counter_at(message, "f_cnt", fields.MAX_COUNTER),
        f_port=fields.counter_at(message, "f_port", fields.MAX_PORT),
        payload=fields.bytes_at(message, "frm_payload"),
        object=decoded if isinstance(decoded, dict) else None,
        gateway_time=fields.nearest_to(event_time, [time for time in times if time is not None]),
        event_time=event_time,
        dedup_id=_unique_id(envelope),
        rssi=fields.number_at(best, "rssi"),
        snr=fields.number_at(best, "snr"),
        radio=_radio(message, receptions),
    )


def _radio(message: dict[str, Any], receptions: list[dict[str, Any]]) -> Radio:
    settings = fields.mapping_at(message, "settings")
    return Radio(
        spreading_factor=radio.spreading_factor(fields.mapping_at(settings, "data_rate")),
        frequency_hz=_frequency(settings.get("frequency")),
        receptions=radio.receptions(receptions, _gateway),
    )


def _gateway(reception: dict[str, Any]) -> str | None:
    ids = fields.mapping_at(reception, "gateway_ids")
    return fields.text_at(ids, "gateway_id") or fields.text_at(ids, "eui")


def _frequency(found: object) -> int | None:
    """Return the frequency: protobuf writes numbers of 64 bits as text."""
    if isinstance(found, str) and found.isascii() and found.isdigit():
        found = int(found[:MAX_FREQUENCY_DIGITS])
    return fields.counter_at({"hz": found}, "hz", fields.MAX_FREQUENCY_HZ) or None


def _refusal(
    envelope: dict[str, Any], message: dict[str, Any], dev_eui: str | None
) -> Ignored | Rejected | None:
    if dev_eui is None:
        ids = fields.mapping_at(envelope, "end_device_ids")
        return Rejected(
            Reason.BAD_ENVELOPE,
            "Feld end_device_ids.dev_eui fehlt oder hat nicht 16 Hex-Ziffern.",
            fields.printable(ids.get("device_id", "")),
        )
    if not message:
        return Rejected(Reason.BAD_ENVELOPE, "Feld uplink_message fehlt.", dev_eui)
    if envelope.get("simulated") is True:
        return Rejected(
            Reason.SIMULATED, "In der Konsole simulierter Uplink, keine Messung.", dev_eui
        )
    return _missing_content(message, dev_eui)


def _missing_content(message: dict[str, Any], dev_eui: str) -> Ignored | Rejected | None:
    payload, decoded = message.get("frm_payload"), message.get("decoded_payload")
    if fields.bytes_at(message, "frm_payload") is not None or isinstance(decoded, dict):
        return None
    if payload or decoded:
        return Rejected(
            Reason.BAD_ENVELOPE,
            "Feld frm_payload ist kein Base64 und decoded_payload kein Objekt.",
            dev_eui,
        )
    return Ignored("Uplink ohne Nutzlast.")


def _unique_id(envelope: dict[str, Any]) -> str | None:
    found = envelope.get("correlation_ids")
    for item in found if isinstance(found, list) else []:
        if isinstance(item, str) and item.startswith(UNIQUE_UPLINK):
            return fields.text_at({"id": item}, "id")
    return None
