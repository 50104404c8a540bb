"""Writes the list into its folders, whole or not at all, and keeps the last ones."""

import os
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from services.clock import Clock
from services.emergency_list.content import emergency_list
from services.emergency_list.errors import ListNotWrittenError, NoListError
from services.emergency_list.html_file import as_html
from services.emergency_list.pdf_file import as_pdf
from services.people.identity import require
from services.people.model import Right
from services.region import Region
from services.situation.model import Situation

NAME = "notfallliste"
DRILL = "uebung-"
"""Files of a drill have another name: on a stick they never replace a real list."""
KEPT = 96
"""Older lists beside the newest: a day at 15 minutes (estimate)."""
ENDINGS = ("html", "pdf")


@dataclass(frozen=True, slots=True)
class WrittenList:
    """The newest list of a folder."""

    path: Path
    written_at: datetime
    size: int


@dataclass(frozen=True, slots=True)
class EmergencyLists:
    """The lists of an installation: in its own folder, and in one that can be carried away."""

    region: Region
    situation: Callable[[], Situation]
    clock: Clock
    folder: Path
    extra: Path | None = None
    kept: int = KEPT

    def write(self) -> str:
        """Write the newest list everywhere; returns what was written.

        Raises
        ------
        ListNotWrittenError
            When a folder cannot be written; the other one has its list all the same.
        """
        situation = self.situation()
        found = emergency_list(situation, self.region, is_drill=situation.clock.is_simulated)
        bodies = {"html": as_html(found).encode(), "pdf": as_pdf(found)}
        faults = []
        for folder in self.folders():
            try:
                _store(folder, _names(situation), bodies, must_exist=folder == self.extra)
                self._prune(folder, is_drill=found.is_drill)
            except OSError as error:
                faults.append(f"{folder}: {error.strerror or type(error).__name__}")
        if faults:
            raise ListNotWrittenError(
                user_message=f"Die Notfallliste fehlt oder ist alt in {'; '.join(faults)}. Bitte"
                " Platz, Rechte und Datenträger prüfen (COCKPIT_EMERGENCY_DIR)."
            )
        return ""

    def is_drill(self) -> bool:
        """Tell whether what is shown now is simulated."""
        return self.clock.view().is_simulated

    def folders(self) -> tuple[Path, ...]:
        """Return where lists are written."""
        return (self.folder,) if self.extra is None else (self.folder, self.extra)

    def newest(self, ending: str) -> WrittenList:
        """Return the newest list of this host; needs the right to watch.

        Raises
        ------
        NoListError
            When there is none.
        """
        require(Right.WATCH)
        path = self.folder / f"{_begin(is_drill=self.is_drill())}.{ending}"
        try:
            state = path.stat()
        except OSError as error:
            raise NoListError from error
        return WrittenList(path, datetime.fromtimestamp(state.st_mtime, UTC), state.st_size)

    def body(self, ending: str) -> bytes:
        """Return the newest list of this host as a file; needs the right to watch.

        Raises
        ------
        NoListError
            When there is none.
        """
        try:
            return self.newest(ending).path.read_bytes()
        except OSError as error:
            raise NoListError from error

    def _prune(self, folder: Path, *, is_drill: bool) -> None:
        begin = _begin(is_drill=is_drill)
        for ending in ENDINGS:
            older = sorted(folder.glob(f"{begin}-*.{ending}"))
            for path in older[: max(len(older) - self.kept, 0)]:
                path.unlink(missing_ok=True)


def _begin(*, is_drill: bool) -> str:
    return f"{DRILL}{NAME}" if is_drill else NAME


def _names(situation: Situation) -> tuple[str, str]:
    """Return the dated name, of the wall clock, and the lasting one."""
    begin = _begin(is_drill=situation.clock.is_simulated)
    return f"{begin}-{situation.clock.wall_now.astimezone(UTC):%Y%m%dT%H%M%SZ}", begin


def _store(
    folder: Path, names: tuple[str, str], bodies: dict[str, bytes], *, must_exist: bool
) -> None:
    """Write the dated files, then the newest ones under their lasting names.

    A folder for a carried-away copy is not made: without its stick it would be one on the disk.
    """
    if must_exist and not folder.is_dir():
        raise FileNotFoundError(2, "der Ordner fehlt")
    folder.mkdir(parents=True, exist_ok=True)
    for ending, body in bodies.items():
        for name in names:
            _replace(folder / f"{name}.{ending}", body)


def _replace(path: Path, body: bytes) -> None:
    """Put a file in place at once: whoever reads it meets the old one or the new one, whole."""
    handle, name = tempfile.mkstemp(prefix=".neu-", dir=path.parent)
    made = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(body)
            file.flush()
            os.fsync(file.fileno())
        made.chmod(0o644)
        made.replace(path)
    except OSError:
        made.unlink(missing_ok=True)
        raise
