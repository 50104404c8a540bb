"""The durable spool between receivers and the database: one file a batch, maildir style.

A batch is written to `tmp/`, flushed to disk, renamed into `new/`, and the folder is flushed: after
`put` returns, the messages survive a power cut. Names sort by time, so the oldest batch comes
first. Many writers (web, MQTT, simulation) and one reader share a folder. What is damaged goes to
`bad/`.
"""

import contextlib
import errno
import itertools
import logging
import os
import secrets
import threading
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from services.errors import CockpitError
from services.ingestion.spooled import DamagedLineError, SpooledMessage, from_line, to_line

__all__ = ["Batch", "Spool", "SpoolError", "SpoolFullError", "SpoolState", "SpooledMessage"]

SUFFIX = ".jsonl"
RECOUNT_S = 1.0
"""How long a size count is trusted; other processes write and read in between (estimate)."""

LEFTOVER_S = 3600.0
"""No writer needs an hour for a file."""

FULL_DISK = (errno.ENOSPC, errno.EDQUOT)

logger = logging.getLogger(__name__)


class SpoolError(CockpitError):
    """The spool cannot be written to."""

    user_message = (
        "Die Zwischenablage für Messwerte ist nicht beschreibbar. Bitte Ordner und Rechte prüfen."
    )


class SpoolFullError(SpoolError):
    """The spool has reached its size limit or the disk is full."""

    user_message = (
        "Die Zwischenablage für Messwerte ist voll. Bitte prüfen, ob die Datenbank antwortet."
    )


@dataclass(frozen=True, slots=True)
class Batch:
    """Messages of one file; `damaged` lines of it could not be read."""

    path: Path
    messages: tuple[SpooledMessage, ...]
    damaged: int = 0


@dataclass(frozen=True, slots=True)
class SpoolState:
    """What waits: files and bytes, when the oldest was put (ns since 1970), what was set aside."""

    files: int
    used_bytes: int
    max_bytes: int
    oldest_ns: int | None
    set_aside: int


def put_ns(name: str) -> int | None:
    """Return when a batch was put, ns since 1970, from the name of its file."""
    digits = name.partition("-")[0]
    return int(digits) if digits.isdigit() else None


class Spool:
    """A folder of message batches, bounded in size."""

    def __init__(self, directory: Path, max_bytes: int) -> None:
        self._new, self._tmp, self._bad = (directory / name for name in ("new", "tmp", "bad"))
        self._max_bytes = max_bytes
        self._numbers = itertools.count()
        self._lock = threading.Lock()
        self._used = 0
        self._counted_at = -RECOUNT_S
        try:
            for folder in (self._new, self._tmp, self._bad):
                folder.mkdir(parents=True, exist_ok=True)
            self._remove_leftovers()
        except OSError as error:
            raise SpoolError(f"{directory}: {error}") from error

    def put(self, messages: Sequence[SpooledMessage]) -> None:
        """Store messages as one batch; on return they are on disk, on an error none of them is."""
        if not messages:
            return
        data = b"".join(to_line(message) for message in messages)
        self._reserve(len(data))
        number = next(self._numbers)
        name = f"{time.time_ns():020d}-{os.getpid()}-{number:09d}-{secrets.token_hex(4)}{SUFFIX}"
        try:
            self._write(name, data)
        except OSError as error:
            for folder in (self._tmp, self._new):
                (folder / name).unlink(missing_ok=True)
            kind = SpoolFullError if error.errno in FULL_DISK else SpoolError
            raise kind(f"{self._new}: {error}") from error

    def batches(self) -> Iterator[Batch]:
        """Give the waiting batches, oldest first; damaged ones are set aside on the way."""
        yield from self.read(self.paths())

    def paths(self) -> list[Path]:
        """Return the files that wait, oldest first."""
        return sorted(self._new.glob(f"*{SUFFIX}"))

    def read(self, paths: Iterable[Path]) -> Iterator[Batch]:
        """Give the batches of files in their order; damaged ones are set aside on the way."""
        for path in paths:
            batch = self._read(path)
            if batch is not None:
                yield batch

    def done(self, batch: Batch) -> None:
        """Forget a batch that the database has; one with damaged lines is kept in `bad/`."""
        if batch.damaged:
            self.keep_aside(batch)
        else:
            batch.path.unlink(missing_ok=True)

    def clear(self) -> None:
        """Forget all that waits: what an ended simulation had still under way."""
        for path in self._new.glob(f"*{SUFFIX}"):
            path.unlink(missing_ok=True)

    def keep_aside(self, batch: Batch) -> None:
        """Take a batch out of the way and keep it for a person to look at."""
        self._set_aside(batch.path)

    def waiting(self) -> int:
        """Return the number of batches that wait."""
        return sum(1 for _ in self._new.iterdir())

    def state(self) -> SpoolState:
        """Return what waits, for screens and monitoring."""
        names, used = [], 0
        with os.scandir(self._new) as entries:
            for entry in entries:
                with contextlib.suppress(FileNotFoundError):  # the writer was quicker
                    used += entry.stat().st_size
                    names.append(entry.name)
        return SpoolState(
            files=len(names),
            used_bytes=used,
            max_bytes=self._max_bytes,
            oldest_ns=put_ns(min(names)) if names else None,
            set_aside=self.set_aside(),
        )

    def set_aside(self) -> int:
        """Return the number of damaged batches that were set aside."""
        return sum(1 for _ in self._bad.iterdir())

    def _reserve(self, size: int) -> None:
        with self._lock:
            now = time.monotonic()
            if now - self._counted_at >= RECOUNT_S:
                self._used, self._counted_at = _folder_size(self._new), now
            if self._used + size > self._max_bytes:
                raise SpoolFullError(f"{self._new}: {self._used} + {size} > {self._max_bytes}")
            self._used += size

    def _write(self, name: str, data: bytes) -> None:
        with (self._tmp / name).open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        (self._tmp / name).rename(self._new / name)
        folder = os.open(self._new, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)

    def _read(self, path: Path) -> Batch | None:
        try:
            lines = path.read_bytes().splitlines()
        except FileNotFoundError:
            return None
        except OSError as error:
            logger.warning("Spool-Datei %s ist nicht lesbar: %s", path.name, error)
            return None
        messages = []
        for line in lines:
            try:
                messages.append(from_line(line))
            except DamagedLineError as error:
                logger.warning("Spool-Datei %s hat eine beschädigte Zeile: %s", path.name, error)
        if not messages:
            self._set_aside(path)
            return None
        return Batch(path, tuple(messages), len(lines) - len(messages))

    def _remove_leftovers(self) -> None:
        """Remove what writers left that died half-way; nobody was told that it is safe."""
        for path in self._tmp.iterdir():
            with contextlib.suppress(FileNotFoundError):  # another process was quicker
                if time.time() - path.stat().st_mtime > LEFTOVER_S:
                    path.unlink()

    def _set_aside(self, path: Path) -> None:
        logger.error("Spool-Datei %s wird zur Prüfung beiseitegelegt (Ordner bad)", path.name)
        try:
            path.rename(self._bad / path.name)
        except OSError as error:
            logger.warning("Spool-Datei %s ist nicht zu verschieben: %s", path.name, error)


def _folder_size(folder: Path) -> int:
    total = 0
    with os.scandir(folder) as entries:
        for entry in entries:
            try:
                total += entry.stat().st_size
            except FileNotFoundError:
                continue
    return total
