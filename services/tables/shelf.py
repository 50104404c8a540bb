"""Uploaded files between two steps of a person: a few on disk, for an hour, under random names.

All web workers share the folder, so that the next step may reach another one. Nothing of a file
goes to the browser and back.
"""

import errno
import os
import re
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from services.errors import CockpitError, NotStoredError, StoreFullError
from services.tables.errors import TableUnreadableError

MAX_UPLOAD_BYTES = 20_000_000
"""A browser sends a file as one text; larger ones are read on the machine by the verb."""
MOST_FILES = 20
KEEP_S = 3600.0
"""An hour is enough to choose columns (estimate)."""
NAME = re.compile(r"[0-9a-f]{32}")
SUFFIX_WRITING = ".part"


class UploadGoneError(CockpitError):
    """An upload is no longer there: an hour has passed, or later ones took its place."""

    user_message = (
        "Die hochgeladene Datei ist nicht mehr da; sie wird eine Stunde behalten. Bitte wählen Sie "
        "sie noch einmal."
    )


@dataclass(frozen=True, slots=True)
class UploadShelf:
    """Keeps uploaded bytes by id."""

    folder: Path
    clock: Callable[[], float] = time.time

    def put(self, body: bytes) -> str:
        """Keep a file and return its id; the oldest gives way when there are too many.

        Raises
        ------
        TableUnreadableError
            When the file is too large for a browser.
        StoreFullError, NotStoredError
            When the disk is full, or the folder cannot be written.
        """
        if len(body) > MAX_UPLOAD_BYTES:
            raise TableUnreadableError(
                f"sie hat mehr als {MAX_UPLOAD_BYTES // 1_000_000} MB; größere Dateien liest das "
                "Verb import table auf dem Rechner des Cockpits ein"
            )
        upload_id = secrets.token_hex(16)
        part = self.folder / f"{upload_id}{SUFFIX_WRITING}"
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._write(part, body)
        except OSError as error:
            part.unlink(missing_ok=True)
            kind = StoreFullError if error.errno in {errno.ENOSPC, errno.EDQUOT} else NotStoredError
            raise kind(str(error)) from error
        part.replace(self.folder / upload_id)
        self._sweep(upload_id)
        return upload_id

    def _write(self, path: Path, body: bytes) -> None:
        path.touch(mode=0o600)
        path.write_bytes(body)
        now = self.clock()
        os.utime(path, (now, now))

    def get(self, upload_id: str) -> bytes:
        """Return the bytes of an upload.

        Raises
        ------
        UploadGoneError
            When there is none of this id any more.
        """
        if not NAME.fullmatch(upload_id):
            raise UploadGoneError
        path = self.folder / upload_id
        try:
            if self._is_old(path.stat().st_mtime):
                path.unlink(missing_ok=True)
                raise UploadGoneError
            return path.read_bytes()
        except FileNotFoundError as error:
            raise UploadGoneError from error

    def _sweep(self, newest: str) -> None:
        """Remove what is old or too much; another worker may sweep at the same time."""
        kept: list[tuple[float, Path]] = []
        for path in self.folder.iterdir():
            try:
                at = path.stat().st_mtime
            except FileNotFoundError:
                continue
            if self._is_old(at):
                path.unlink(missing_ok=True)
            elif path.name != newest:
                kept.append((at, path))
        for _, path in sorted(kept, reverse=True)[MOST_FILES - 1 :]:
            path.unlink(missing_ok=True)

    def _is_old(self, at: float) -> bool:
        return self.clock() - at > KEEP_S
