"""Typed reading of untrusted JSON: each getter gives the value in its type, or nothing."""

import base64
import binascii
import math
import re
from datetime import UTC, datetime
from typing import Any

MAX_TEXT = 80
DEV_EUI = re.compile(r"[0-9a-f]{16}")
DEV_ADDR = re.compile(r"[0-9a-f]{8}")
MAX_COUNTER = 2**32 - 1
MAX_PORT = 255
MAX_FREQUENCY_HZ = 10**10
WEAKEST_DBM = -999.0
"""Below any real signal; stands for a reception without one."""


def printable(value: object, limit: int = MAX_TEXT) -> str:
    """Return text that any database and terminal takes: no control signs, at most `limit`."""
    text = str(value)[:limit] if isinstance(value, str) else f"{type(value).__name__}"
    return "".join(sign if sign.isprintable() else "?" for sign in text)


def mapping_at(data: object, key: str) -> dict[str, Any]:
    """Return the object under `key`, empty if there is none."""
    found = data.get(key) if isinstance(data, dict) else None
    return found if isinstance(found, dict) else {}


def objects_at(data: dict[str, Any], key: str) -> list[dict[str, Any]]:
    """Return the objects in the list under `key`."""
    found = data.get(key)
    return [item for item in found if isinstance(item, dict)] if isinstance(found, list) else []


def text_at(data: dict[str, Any], key: str) -> str | None:
    """Return a short printable text, else None."""
    found = data.get(key)
    if not isinstance(found, str) or not 0 < len(found) <= MAX_TEXT or not found.isprintable():
        return None
    return found


def hex_at(data: dict[str, Any], key: str, pattern: re.Pattern[str]) -> str | None:
    """Return an identifier as lower hex digits (dashes and colons are dropped), else None."""
    found = text_at(data, key)
    digits = (found or "").lower().replace("-", "").replace(":", "")
    return digits if pattern.fullmatch(digits) else None


def counter_at(data: dict[str, Any], key: str, maximum: int) -> int | None:
    """Return a count; a missing one is 0, as both network servers leave zeros out."""
    found = data.get(key, 0)
    if isinstance(found, bool) or not isinstance(found, int) or not 0 <= found <= maximum:
        return None
    return found


def number_at(data: dict[str, Any], key: str) -> float | None:
    """Return a finite number, else None."""
    found = data.get(key)
    if isinstance(found, bool) or not isinstance(found, int | float):
        return None
    try:
        number = float(found)
    except OverflowError:
        return None
    return number if math.isfinite(number) else None


def bytes_at(data: dict[str, Any], key: str) -> bytes | None:
    """Return Base64 bytes; None where there is none, empty or invalid Base64."""
    found = data.get(key)
    if not isinstance(found, str):
        return None
    try:
        return base64.b64decode(found, validate=True) or None
    except (binascii.Error, ValueError):
        return None


def time_at(data: dict[str, Any], key: str) -> datetime | None:
    """Return the instant in UTC, else None."""
    return parse_time(data.get(key))


def parse_time(value: object) -> datetime | None:
    """Return an ISO 8601 instant with zone in UTC (nanoseconds are cut), else None."""
    if not isinstance(value, str) or len(value) > MAX_TEXT:
        return None
    try:
        found = datetime.fromisoformat(value)
        return found.astimezone(UTC) if found.tzinfo is not None else None
    except (ValueError, OverflowError):
        return None


def strongest(receptions: list[dict[str, Any]]) -> dict[str, Any]:
    """Return the reception with the best signal, empty if there is none."""
    return max(receptions, key=lambda rx: number_at(rx, "rssi") or WEAKEST_DBM, default={})


def nearest_to(reference: datetime | None, times: list[datetime]) -> datetime | None:
    """Return the time nearest to the reference, or the first where there is no reference."""
    if reference is None or not times:
        return times[0] if times else None
    return min(times, key=lambda time: abs(time - reference))
