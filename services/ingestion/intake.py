"""One message from the spool to readings and reasons; needs no database and never raises."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass

from data.region_pack.sensor_rows import SensorRow
from data.rejected import RejectedRow
from services.ingestion import sources
from services.ingestion.fields import printable
from services.ingestion.mapping import DeviceRows, map_uplink
from services.ingestion.model import PropertyReject, Reading, Reason, Rejected, Uplink
from services.ingestion.spooled import SpooledMessage
from services.sources.model import Harvest

TOPIC_LIMIT = 300

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Prepared:
    """What a message gave; `uplink` is None where it was none or could not be read.

    `harvest` is what a source sent that is no LoRaWAN network server.
    """

    message: SpooledMessage
    uplink: Uplink | None = None
    readings: tuple[Reading, ...] = ()
    rejects: tuple[RejectedRow, ...] = ()
    harvest: Harvest | None = None


def prepare(message: SpooledMessage, devices: DeviceRows) -> Prepared:
    """Parse and map a message; a bug in there costs this message only, which is kept."""
    try:
        return _prepare(message, devices)
    except Exception:
        logger.exception("Eine Nachricht von %s ließ sich nicht verarbeiten", message.source)
        return refused(message, Reason.INTERNAL, "Interner Fehler beim Verarbeiten.")


def refused(message: SpooledMessage, code: Reason, reason: str, device: str = "") -> Prepared:
    """Return the message as a whole as rejected."""
    return Prepared(message, rejects=(_row(message, code, reason, device),))


def _prepare(message: SpooledMessage, devices: DeviceRows) -> Prepared:
    if message.full_size is not None or message.refusal:
        return refused_on_receipt(message)
    found = sources.parse(message.source, message.topic, message.body, message.received_at)
    if isinstance(found, Rejected):
        return refused(message, found.code, found.reason, found.device)
    if not isinstance(found, Uplink):
        return Prepared(message)
    return _mapped(message, found, devices.get(found.dev_eui, ()))


def refused_on_receipt(message: SpooledMessage) -> Prepared:
    """Return a message that its receiver refused already, or kept only the head of, as rejected."""
    if message.full_size is None:
        return refused(message, Reason.BAD_JSON, message.refusal)
    reason = f"Nachricht ist mit {message.full_size} Bytes zu groß."
    return refused(message, Reason.TOO_LARGE, reason)


def _mapped(message: SpooledMessage, uplink: Uplink, rows: Sequence[SensorRow]) -> Prepared:
    if not rows:
        row = _row(
            message,
            Reason.UNKNOWN_DEVICE,
            f"Gerät {uplink.dev_eui} ist keinem Pegel zugeordnet; sensors.csv ergänzen.",
            uplink.dev_eui,
        )
        return Prepared(message, uplink, rejects=(row,))
    mapped = map_uplink(uplink, rows, message.origin)
    rejects = tuple(
        _row(message, code, reason, uplink.dev_eui) for code, reason in _joined(mapped.rejects)
    )
    return Prepared(message, uplink, mapped.readings, rejects)


def _joined(rejects: Sequence[PropertyReject]) -> list[tuple[Reason, str]]:
    """Join properties that failed for one and the same reason (an uplink without time, say)."""
    names: dict[tuple[Reason, str], list[str]] = {}
    for reject in rejects:
        names.setdefault((reject.code, reject.reason), []).append(reject.observed_property)
    return [(code, f"{', '.join(found)}: {reason}") for (code, reason), found in names.items()]


def _row(message: SpooledMessage, code: Reason, reason: str, device: str) -> RejectedRow:
    return RejectedRow(
        received_at=message.received_at,
        source=printable(message.source),
        topic=printable(message.topic, TOPIC_LIMIT),
        device=device,
        reason_code=code.value,
        reason=printable(reason, TOPIC_LIMIT),
        body=message.body,
        origin=printable(message.origin),
    )
