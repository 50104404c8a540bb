"""A message as received, and its line in a spool file: JSON with the body in Base64."""

import base64
import binascii
import json
from dataclasses import dataclass
from datetime import datetime

from services.ingestion.fields import parse_time

HEAD_BYTES = 64 * 1024
"""What is kept of a body that is too large."""


class DamagedLineError(ValueError):
    """A line of a spool file is not what was written."""


@dataclass(frozen=True, slots=True)
class SpooledMessage:
    """A message before anybody looked into it. `full_size` is set where `body` is only the head.

    `refusal` is set where the receiver refused the message already: it is kept, never read.
    """

    source: str
    topic: str
    received_at: datetime
    body: bytes
    origin: str = "live"
    full_size: int | None = None
    refusal: str = ""


def oversized(
    source: str,
    topic: str,
    received_at: datetime,
    head: bytes,
    full_size: int,
    origin: str = "live",
) -> SpooledMessage:
    """Return the message that stands for a body too large to be taken."""
    return SpooledMessage(source, topic, received_at, head[:HEAD_BYTES], origin, full_size)


def to_line(message: SpooledMessage) -> bytes:
    """Return the line of a message, with its line break."""
    entry = {
        "source": message.source,
        "topic": message.topic,
        "received_at": message.received_at.isoformat(),
        "origin": message.origin,
        "full_size": message.full_size,
        "refusal": message.refusal,
        "body": base64.b64encode(message.body).decode("ascii"),
    }
    return json.dumps(entry).encode("ascii") + b"\n"


def from_line(line: bytes) -> SpooledMessage:
    """Return the message of a line."""
    try:
        entry = json.loads(line)
        received_at = parse_time(entry["received_at"])
        full_size = entry["full_size"]
        refusal = str(entry.get("refusal", ""))
        texts = [str(entry[name]) for name in ("source", "topic", "origin")]
        body = base64.b64decode(entry["body"], validate=True)
    except (
        ValueError,
        KeyError,
        TypeError,
        RecursionError,
        binascii.Error,
    ) as error:
        raise DamagedLineError(type(error).__name__) from error
    if received_at is None or not isinstance(full_size, int | None):
        raise DamagedLineError("fields of a wrong type")
    return SpooledMessage(texts[0], texts[1], received_at, body, texts[2], full_size, refusal)
