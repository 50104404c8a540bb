"""Photos for the journal: only what really is one, bounded, made anew without its metadata.

Where the camera noted its position it is offered to the person, who decides; the stored picture
has neither position nor owner, device or time in it.
"""

import hashlib
import io
import math
from collections.abc import Mapping
from dataclasses import dataclass

from PIL import Image, ImageOps, UnidentifiedImageError

from data.journal import PhotoRow
from services.journal.errors import PhotoRefusedError

BYTES_MAX = 8_000_000
PIXELS_MAX = 50_000_000
"""More than the cameras of telephones make (48 megapixels); a file that unpacks to more is refused
before it is unpacked."""
LONGEST_SIDE = 2000
"""Enough to read a gauge board (estimate)."""
QUALITY = 85
FORMATS = ("JPEG", "PNG")
MEDIA_TYPE = "image/jpeg"
GPS, LAT_REF, LAT, LON_REF, LON = 0x8825, 1, 2, 3, 4
"""Tags of EXIF 2.3."""


@dataclass(frozen=True, slots=True)
class Photo:
    """A photo ready to be stored, with the position that the camera noted."""

    row: PhotoRow
    lat: float | None
    lon: float | None


def read_photo(body: bytes) -> Photo:
    """Return a photo as it will be stored.

    Raises
    ------
    PhotoRefusedError
        When it is too large, no JPEG or PNG, damaged, or unpacks to too many pixels.
    """
    if len(body) > BYTES_MAX:
        size = f"{len(body) / 1_000_000:.1f}".replace(".", ",")
        words = f"Das Foto hat {size} MB, höchstens {BYTES_MAX // 1_000_000} MB sind möglich."
        raise PhotoRefusedError(user_message=words)
    try:
        return _made(body)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise PhotoRefusedError(user_message=_too_many()) from error
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError) as error:
        raise PhotoRefusedError from error


def _made(body: bytes) -> Photo:
    with Image.open(io.BytesIO(body), formats=FORMATS) as opened:
        if opened.width * opened.height > PIXELS_MAX:
            raise PhotoRefusedError(user_message=_too_many())
        position = _position(opened.getexif().get_ifd(GPS))
        opened.load()
        upright = ImageOps.exif_transpose(opened).convert("RGB")
    upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    bare = Image.new("RGB", upright.size)
    bare.paste(upright)
    out = io.BytesIO()
    bare.save(out, "JPEG", quality=QUALITY)
    made = out.getvalue()
    digest = hashlib.sha256(made).hexdigest()
    return Photo(PhotoRow(digest, MEDIA_TYPE, bare.width, bare.height, made), *position)


def _too_many() -> str:
    return f"Das Foto hat mehr als {PIXELS_MAX // 1_000_000} Megapixel und wird nicht angenommen."


def _position(gps: Mapping[int, object]) -> tuple[float | None, float | None]:
    lat = _degrees(gps.get(LAT), gps.get(LAT_REF), "S")
    lon = _degrees(gps.get(LON), gps.get(LON_REF), "W")
    return (lat, lon) if lat is not None and lon is not None else (None, None)


def _degrees(parts: object, side: object, negative: str) -> float | None:
    try:
        degrees, minutes, seconds = (float(part) for part in parts)  # type: ignore[attr-defined]
        found = degrees + minutes / 60.0 + seconds / 3600.0
    except (TypeError, ValueError, ZeroDivisionError):
        return None
    if not math.isfinite(found):
        return None
    return round(-found if side == negative else found, 6)
