"""The zip of CAP messages, unpacked within bounds: number, size of each, size of all."""

import io
import zipfile
import zlib
from collections.abc import Iterator

from services.sources.errors import SourceFormatError

MOST_MESSAGES = 5_000
LARGEST_MESSAGE = 4_000_000
LARGEST_TOTAL = 200_000_000
"""Bytes unpacked; a day with warnings everywhere has some 50 MB (estimate)."""

ZIP_MARK = b"PK"
_BROKEN = (zipfile.BadZipFile, zlib.error, OSError, EOFError, NotImplementedError, RuntimeError)


def messages(body: bytes) -> Iterator[tuple[str, bytes]]:
    """Give name and bytes of each message; a body that is no zip is one message itself.

    Raises
    ------
    SourceFormatError
        When the zip is damaged, encrypted or unpacks to more than the bounds.
    """
    if not body.strip():
        raise SourceFormatError("sie ist leer")
    if not body.startswith(ZIP_MARK):
        yield "", body
        return
    try:
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            yield from _members(archive)
    except _BROKEN as error:
        raise SourceFormatError("das Archiv ist beschädigt oder unvollständig") from error
    except (ValueError, KeyError, UnicodeDecodeError, IndexError) as error:
        raise SourceFormatError("das Archiv ist nicht lesbar") from error


def _members(archive: zipfile.ZipFile) -> Iterator[tuple[str, bytes]]:
    members = [item for item in archive.infolist() if not item.is_dir()]
    if len(members) > MOST_MESSAGES:
        raise SourceFormatError(f"das Archiv hat mehr als {MOST_MESSAGES} Meldungen")
    total = 0
    for item in members:
        with archive.open(item) as handle:
            data = handle.read(LARGEST_MESSAGE + 1)
        total += len(data)
        if len(data) > LARGEST_MESSAGE or total > LARGEST_TOTAL:
            raise SourceFormatError("das Archiv ist entpackt viel größer als Wetterwarnungen")
        yield item.filename, data
