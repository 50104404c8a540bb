"""Reads the archive of a radar nowcast: one composite each five minutes, analysis first."""

import bz2
import gzip
import io
import tarfile
import zlib
from pathlib import Path

from services.ingestion.radar.errors import RadarFileError
from services.ingestion.radar.parser import RadarFrame, parse_composite

MOST_FRAMES = 61
"""More composites than two hours at two minutes: such an archive is none of a nowcast."""

LARGEST_FRAME = 8_000_000
"""Bytes of a composite at most; one of the 1200 x 1100 grid has 2.6 million."""

LARGEST_ARCHIVE = 200_000_000
"""Bytes of an unpacked archive at most: 61 composites of the grid have 161 million."""

_TOO_LARGE = "das Archiv ist viel größer als eine Radarvorhersage"
_BROKEN = (tarfile.TarError, OSError, EOFError, zlib.error, ValueError, OverflowError)
"""What the standard library says of damaged archives; tarfile lets the last two out at times."""


def read_radar(path: Path) -> tuple[RadarFrame, ...]:
    """Return the frames of a file in order of time; its form is that of `read_frames`.

    Raises
    ------
    RadarFileError
        When the file is missing, or as `read_frames` says.
    """
    if not path.is_file():
        raise RadarFileError(f"{path} gibt es nicht")
    with path.open("rb") as handle:
        return read_frames(handle.read(LARGEST_ARCHIVE + 1))


def read_frames(data: bytes) -> tuple[RadarFrame, ...]:
    """Return the frames in a tar archive, or one composite; plain, bz2 or gzip, in order of time.

    Raises
    ------
    RadarFileError
        When it is cut off, empty, too large, or not of this format; nothing of it is used.
    """
    try:
        bodies = _bodies(_unpacked(data))
    except _BROKEN as error:
        raise RadarFileError("das Archiv ist beschädigt oder unvollständig") from error
    if not bodies:
        raise RadarFileError("das Archiv ist leer")
    frames = sorted((parse_composite(body) for body in bodies), key=lambda frame: frame.ends_at)
    if len({(frame.product, frame.analysed_at) for frame in frames}) > 1:
        raise RadarFileError("das Archiv mischt Produkte oder Analysezeiten")
    if len({frame.ends_at for frame in frames}) < len(frames):
        raise RadarFileError("eine Vorhersagezeit kommt zweimal vor")
    return tuple(frames)


def _unpacked(data: bytes) -> bytes:
    """Return the bytes without their compression, never more than an archive may have."""
    packed: io.BytesIO | bz2.BZ2File | gzip.GzipFile = io.BytesIO(data)
    if data.startswith(b"BZh"):
        packed = bz2.BZ2File(packed)
    elif data.startswith(b"\x1f\x8b"):
        packed = gzip.GzipFile(fileobj=packed)
    found = packed.read(LARGEST_ARCHIVE + 1)
    if len(found) > LARGEST_ARCHIVE:
        raise RadarFileError(_TOO_LARGE)
    return found


def _bodies(data: bytes) -> list[bytes]:
    if tarfile.is_tarfile(io.BytesIO(data)):
        return _members(data)
    if len(data) > LARGEST_FRAME:
        raise RadarFileError("die Datei ist viel größer als ein Radarbild")
    return [data]


def _members(data: bytes) -> list[bytes]:
    bodies: list[bytes] = []
    with tarfile.open(fileobj=io.BytesIO(data), mode="r:") as archive:
        for number, member in enumerate(archive):
            if not 0 <= member.size <= LARGEST_FRAME or number >= 2 * MOST_FRAMES:
                raise RadarFileError(_TOO_LARGE)
            if not member.isfile():
                continue
            if len(bodies) >= MOST_FRAMES:
                raise RadarFileError(_TOO_LARGE)
            handle = archive.extractfile(member)
            bodies.append(handle.read() if handle is not None else b"")
    return bodies
