"""A zip from outside, opened within bounds: how many members, how large each, how large all."""

import io
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import Enum
from typing import IO

BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    OSError,
    EOFError,
    NotImplementedError,
    RuntimeError,
    ValueError,
    LookupError,
)
"""What zipfile raises for damaged, truncated, encrypted or strangely packed archives (by fuzzing);
UnicodeDecodeError is a ValueError."""


class ZipFault(Enum):
    """Why an archive is refused."""

    DAMAGED = "damaged"
    TOO_MANY = "too many"
    TOO_LARGE = "too large"


class ZipRefusedError(Exception):
    """An archive is damaged or beyond its bounds; each caller has its own words for the fault."""

    def __init__(self, fault: ZipFault) -> None:
        super().__init__(fault.value)
        self.fault = fault


@dataclass(frozen=True, slots=True)
class ZipLimits:
    """Bounds: bytes unpacked of all and of each member, number of members, bytes out per byte in.

    What a member unpacks to is read from its header; zipfile never gives more than that.
    """

    total: int
    member: int | None = None
    members: int | None = None
    ratio: int | None = None


class BoundedZip:
    """An opened archive whose files are within bounds; folders do not count.

    Raises
    ------
    ZipRefusedError
        When it is damaged or beyond a bound; nothing was unpacked then.
    """

    def __init__(self, body: bytes, limits: ZipLimits) -> None:
        with _damage_told():
            self._zip = zipfile.ZipFile(io.BytesIO(body))
            items = [item for item in self._zip.infolist() if not item.is_dir()]
        if limits.members is not None and len(items) > limits.members:
            raise ZipRefusedError(ZipFault.TOO_MANY)
        sizes = [item.file_size for item in items]
        # against the body and not the packed sizes: members may claim the same packed bytes
        most = limits.total if limits.ratio is None else min(limits.total, limits.ratio * len(body))
        largest = limits.total if limits.member is None else limits.member
        if sum(sizes) > most or max(sizes, default=0) > largest:
            raise ZipRefusedError(ZipFault.TOO_LARGE)
        self._items = items
        self.names = tuple(item.filename for item in items)

    @contextmanager
    def open(self, member: str | zipfile.ZipInfo) -> Iterator[IO[bytes]]:
        """Open a member for reading; of several with one name the last.

        Raises
        ------
        ZipRefusedError
            When it is damaged or encrypted, also while it is read within the `with`.
        """
        with _damage_told(), self._zip.open(member) as handle:
            yield handle

    def bodies(self) -> Iterator[tuple[str, bytes]]:
        """Give name and bytes of each member in the order of the archive.

        Raises
        ------
        ZipRefusedError
            When one is damaged or encrypted.
        """
        for item in self._items:
            with self.open(item) as handle:
                body = handle.read()
            yield item.filename, body


@contextmanager
def _damage_told() -> Iterator[None]:
    try:
        yield
    except BROKEN as error:
        raise ZipRefusedError(ZipFault.DAMAGED) from error
