"""Devices that send and belong to no gauge, with what each decoder reads in their last payload."""

from collections.abc import Iterable, Iterator

from data.rejected import RejectedRow, UnknownSender
from services.devices.model import PreviewView, UnknownDeviceView
from services.ingestion import sources
from services.ingestion.decoders.registry import decode, device_ids
from services.ingestion.model import Uplink

MOST_SHOWN = 6
"""Measurements of a preview (estimate)."""
CODEC = "Netzserver"


def unknown_devices(senders: Iterable[UnknownSender]) -> tuple[UnknownDeviceView, ...]:
    """Return the devices with their previews."""
    return tuple(
        UnknownDeviceView(
            dev_eui=item.device,
            network=item.newest.source,
            count=item.count,
            newest_at=item.newest.received_at,
            previews=tuple(previews(item.newest)),
        )
        for item in senders
    )


def previews(message: RejectedRow) -> Iterator[PreviewView]:
    """Yield what the network server decoded, and each decoder that reads the payload whole."""
    uplink = sources.parse(message.source, message.topic, message.body, message.received_at)
    if not isinstance(uplink, Uplink):
        return
    if uplink.object:
        found = [f"{path} {value}" for path, value in _leaves(uplink.object, "")]
        yield PreviewView(CODEC, ", ".join(found[:MOST_SHOWN]))
    if uplink.payload is None:
        return
    for name in device_ids():
        decoded = decode(name, uplink.f_port or 0, uplink.payload)
        if decoded.measurements and not decoded.errors:
            words = [
                f"{item.property} {item.value:g} {item.unit or ''}".strip()
                for item in decoded.measurements[:MOST_SHOWN]
            ]
            yield PreviewView(name, ", ".join(words))


def _leaves(value: object, path: str) -> Iterator[tuple[str, object]]:
    """Yield the paths of an object down to its plain values, as sensor rows name them."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _leaves(inner, f"{path}.{key}" if path else str(key))
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from _leaves(inner, f"{path}.{number}")
    else:
        yield path, value
