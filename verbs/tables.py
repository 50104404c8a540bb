"""The verb `import table`: a table and its assignment in TOML become an indicator or a series."""

import tomllib
from pathlib import Path

from config import Settings
from services.tables.assignment import Assignment, carry_out
from services.tables.errors import TableMappingError, TableUnreadableError
from services.tables.reader import MAX_BYTES
from services.tables.service import ImportReport
from verbs.acting import acting_as
from wiring import wire
from wiring_data import make_tables

MAPPING_MAX_BYTES = 100_000
"""An assignment has fourteen short lines."""


def import_table(
    settings: Settings, file: Path, mapping: Path, by: str, *, dry_run: bool
) -> ImportReport:
    """Check or store what an assignment takes from a file.

    Raises
    ------
    CockpitError
        When the file is no table or the assignment does not fit.
    """
    chosen = read_assignment(mapping)
    if file.stat().st_size > MAX_BYTES:
        raise TableUnreadableError(f"sie hat mehr als {MAX_BYTES // 1_000_000} MB")
    body = file.read_bytes()
    wired = wire(settings)
    try:
        with acting_as(by):
            return carry_out(make_tables(wired), body, chosen, dry_run=dry_run)
    finally:
        wired.engine.dispose()


def read_assignment(path: Path) -> Assignment:
    """Return the assignment that a TOML file describes.

    Raises
    ------
    TableMappingError
        When it is no TOML or a field is missing, unknown or wrong.
    """
    if path.stat().st_size > MAPPING_MAX_BYTES:
        raise TableMappingError(f"{path.name} ist keine Zuordnung, sondern viel größer")
    try:
        found = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise TableMappingError(f"{path.name} ist kein TOML ({error})") from error
    return Assignment.of(found)


def summary(report: ImportReport) -> str:
    """Say how many rows are usable, what was stored, and which rows were refused and why."""
    refused = report.rows - report.usable
    lines = [f"{report.usable} von {report.rows} Zeilen brauchbar, {refused} abgewiesen."]
    if report.is_stored:
        lines.append(f"{report.changed} Werte neu oder geändert.")
    else:
        lines.append("Nur geprüft, nichts gespeichert.")
    counted = sorted(report.reasons.items(), key=lambda item: (-item[1], item[0]))
    lines += [f"{count} mal: {reason}" for reason, count in counted]
    lines += [f"Zeile {item.row}: {item.reason}" for item in report.refused]
    return "\n".join(lines)
