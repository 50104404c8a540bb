"""Whether this host reaches the archive: with several hosts it must be one shared folder."""

import os
from collections.abc import Sequence
from pathlib import Path

from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session, sessionmaker

from data import archives

MOST_LOOKED_AT = 20
"""The newest files: a folder of another host lacks them first (estimate)."""


def archive_fault(sessions: sessionmaker[Session], folder: Path) -> str:
    """Return what is wrong with the archive in German, empty where nothing is archived or wrong.

    Names no paths: anyone may ask for readiness. A database that does not answer is no fault of
    the archive.
    """
    try:
        with sessions() as session:
            noted = archives.newest(session, MOST_LOOKED_AT)
    except SQLAlchemyError:
        return ""
    return _fault(folder, noted) if noted else ""


def _fault(folder: Path, noted: Sequence[str]) -> str:
    missing = sum(not (folder / path).is_file() for path in noted)
    if not folder.is_dir():
        words = "der Ordner COCKPIT_ARCHIVE_DIR ist auf diesem Rechner nicht da"
    elif missing:
        words = (
            f"von den neuesten {len(noted)} Dateien fehlen {missing} in COCKPIT_ARCHIVE_DIR; "
            "alle Rechner brauchen denselben Ordner"
        )
    elif not os.access(folder, os.W_OK | os.X_OK):
        words = "der Ordner COCKPIT_ARCHIVE_DIR ist nicht beschreibbar"
    else:
        words = ""
    return words
