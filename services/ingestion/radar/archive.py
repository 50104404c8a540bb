"""Reads the archive of a radar nowcast: one composite each five minutes, analysis first."""

import bz2
import tarfile
import zlib
from pathlib import Path

from services.ingestion.radar.errors import RadarFileError
from services.ingestion.radar.parser import RadarFrame, parse_composite

MOST_FRAMES = 61
"""More composites than two hours at two minutes: such an archive is none of a nowcast."""

LARGEST_FRAME = 8_000_000
"""Bytes of a composite at most; one of the 1200 x 1100 grid has 2.6 million."""

_BROKEN = (tarfile.TarError, OSError, EOFError, zlib.error)


def read_radar(path: Path) -> tuple[RadarFrame, ...]:
    """Return the frames of a file in order of time: a tar archive, or one composite, plain or bz2.

    Raises
    ------
    RadarFileError
        When the file is missing, cut off, empty, or not of this format; nothing of it is used.
    """
    if not path.is_file():
        raise RadarFileError(f"{path} gibt es nicht")
    try:
        bodies = _members(path) if tarfile.is_tarfile(path) else [_plain(path)]
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


def _members(path: Path) -> list[bytes]:
    bodies: list[bytes] = []
    with tarfile.open(path) as archive:
        for member in archive:
            if not member.isfile():
                continue
            if member.size > LARGEST_FRAME or len(bodies) >= MOST_FRAMES:
                raise RadarFileError("das Archiv ist viel größer als eine Radarvorhersage")
            handle = archive.extractfile(member)
            bodies.append(handle.read() if handle is not None else b"")
    return bodies


def _plain(path: Path) -> bytes:
    """Return the bytes of a composite that lies alone, perhaps compressed."""
    with path.open("rb") as handle:
        data = handle.read(LARGEST_FRAME + 1)
    if data.startswith(b"BZh"):
        data = bz2.BZ2Decompressor().decompress(data, LARGEST_FRAME + 1)
    if len(data) > LARGEST_FRAME:
        raise RadarFileError("die Datei ist viel größer als ein Radarbild")
    return data
