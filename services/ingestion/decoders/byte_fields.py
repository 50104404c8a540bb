"""Raw payloads by configuration: the decoder `bytes`, whose path says where a number lies.

`u16be offset=2 scale=0.1 add=0 port=2 length=8 missing=65535,65533`: kind (u8, i8, u16be, i16le,
u24be, u32le, f32be and so on) and offset are needed, the rest is optional. `port` and `length`
guard against messages that are none of these; `missing` are raw numbers that mean "no value".
"""

import math
import re
import struct
from dataclasses import dataclass

NAME = "bytes"
_KIND = re.compile(r"(?P<type>[uif])(?P<bits>8|16|24|32)(?P<order>be|le)?")
_KEYS = frozenset({"offset", "scale", "add", "port", "length", "missing"})
MOST_BYTES = 255
MOST_PORT = 255
FLOAT_BITS = 32
BITS_PER_BYTE = 8


class ByteFieldError(ValueError):
    """A path is not understood, or a payload does not fit it; the text is a German sentence."""


@dataclass(frozen=True, slots=True)
class ByteField:
    """Where a number lies in a payload and how it becomes a value."""

    kind: str
    size: int
    order: str
    offset: int
    scale: float = 1.0
    add: float = 0.0
    port: int | None = None
    length: int | None = None
    missing: frozenset[float] = frozenset()


def parse(path: str) -> ByteField:
    """Return the field that a path describes.

    Raises
    ------
    ByteFieldError
        With the reason.
    """
    head, *rest = path.split() or [""]
    kind = _KIND.fullmatch(head)
    if kind is None or (kind["type"] == "f" and kind["bits"] != str(FLOAT_BITS)):
        raise ByteFieldError(f"„{head}“ ist keine Zahlenart; Beispiele: u16be, i16le, f32be.")
    size = int(kind["bits"]) // BITS_PER_BYTE
    if size > 1 and kind["order"] is None:
        raise ByteFieldError(f"„{head}“: be oder le fehlt.")
    pairs = dict(item.partition("=")[::2] for item in rest)
    if not set(pairs) <= _KEYS or len(pairs) != len(rest) or "offset" not in pairs:
        raise ByteFieldError(f"erlaubt sind {', '.join(sorted(_KEYS))}; offset muss da sein.")
    return ByteField(
        kind["type"],
        size,
        "little" if kind["order"] == "le" else "big",
        _whole(pairs["offset"], MOST_BYTES),
        _number(pairs.get("scale", "1")),
        _number(pairs.get("add", "0")),
        _whole(pairs["port"], MOST_PORT) if "port" in pairs else None,
        _whole(pairs["length"], MOST_BYTES) if "length" in pairs else None,
        frozenset(_number(text) for text in pairs.get("missing", "").split(",") if text),
    )


def read(path: str, port: int, payload: bytes) -> float:
    """Return the number that lies in a payload.

    Raises
    ------
    ByteFieldError
        When the payload is of another port or length, too short, or says "no value".
    """
    field = parse(path)
    if field.port is not None and port != field.port:
        raise ByteFieldError(f"Port {port} statt {field.port}: diese Nachricht ist kein Messwert.")
    wanted = field.length if field.length is not None else len(payload)
    end = field.offset + field.size
    if len(payload) != wanted or len(payload) < end:
        raise ByteFieldError(f"Nutzlast hat {len(payload)} Bytes, gebraucht werden {wanted}/{end}.")
    raw = _raw(field, payload[field.offset : end])
    if raw in field.missing:
        raise ByteFieldError(f"Kennwert {raw:g} bedeutet „kein Messwert“.")
    value = raw * field.scale + field.add
    if not math.isfinite(value):
        raise ByteFieldError("Wert ist keine endliche Zahl.")
    return value


def _raw(field: ByteField, data: bytes) -> float:
    if field.kind == "f":
        found: float = struct.unpack("<f" if field.order == "little" else ">f", data)[0]
        return found
    is_little = field.order == "little"
    return int.from_bytes(data, "little" if is_little else "big", signed=field.kind == "i")


def _whole(text: str, most: int) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= len(str(most))):
        raise ByteFieldError(f"„{text}“ ist keine ganze Zahl von 0 bis {most}.")
    if int(text) > most:
        raise ByteFieldError(f"{text} ist größer als {most}.")
    return int(text)


def _number(text: str) -> float:
    try:
        found = float(text)
    except ValueError as error:
        raise ByteFieldError(f"„{text}“ ist keine Zahl mit Dezimalpunkt.") from error
    if not math.isfinite(found):
        raise ByteFieldError(f"„{text}“ ist keine endliche Zahl.")
    return found
