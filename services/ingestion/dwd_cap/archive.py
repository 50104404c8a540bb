"""The zip of CAP messages, unpacked within bounds: number, size of each, size of all."""

from collections.abc import Iterator

from services.bounded_zip import BoundedZip, ZipFault, ZipLimits, ZipRefusedError
from services.sources.errors import SourceFormatError

MOST_MESSAGES = 5_000
LARGEST_MESSAGE = 4_000_000
LARGEST_TOTAL = 200_000_000
"""Bytes unpacked; a day with warnings everywhere has some 50 MB (estimate)."""

ZIP_MARK = b"PK"
_WORDS = {
    ZipFault.DAMAGED: "das Archiv ist beschädigt oder unvollständig",
    ZipFault.TOO_MANY: f"das Archiv hat mehr als {MOST_MESSAGES} Meldungen",
    ZipFault.TOO_LARGE: "das Archiv ist entpackt viel größer als Wetterwarnungen",
}


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
    limits = ZipLimits(LARGEST_TOTAL, LARGEST_MESSAGE, MOST_MESSAGES)
    try:
        yield from BoundedZip(body, limits).bodies()
    except ZipRefusedError as error:
        raise SourceFormatError(_WORDS[error.fault]) from error
