"""All built-in decoders by device id; the one entry point for payload bytes."""

from collections.abc import Callable

from services.ingestion.decoders import decentlab, dragino, milesight
from services.ingestion.decoders.model import Decoded, failed

Decoder = Callable[[str, int, bytes], Decoded]

DECODERS: dict[str, Decoder] = {
    **dict.fromkeys(milesight.MODELS, milesight.decode),
    **dict.fromkeys(decentlab.LAYOUTS, decentlab.decode),
    **dict.fromkeys(dragino.LENGTHS, dragino.decode),
}


def device_ids() -> tuple[str, ...]:
    """Return the ids of all known models in order."""
    return tuple(sorted(DECODERS))


def declared_properties(device_id: str) -> frozenset[str]:
    """Return the properties that a model can give; empty where its decoder declares none."""
    layout = decentlab.LAYOUTS.get(device_id, ())
    return frozenset(channel.property for sensor in layout for channel in sensor.channels)


def decode(device_id: str, port: int, payload: bytes) -> Decoded:
    """Decode a payload of a device model; never raises, whatever the bytes are."""
    decoder = DECODERS.get(device_id)
    if decoder is None:
        known = ", ".join(device_ids())
        return failed(device_id, f"Gerät „{device_id}“ ist unbekannt. Bekannt sind: {known}.")
    return decoder(device_id, port, payload)
