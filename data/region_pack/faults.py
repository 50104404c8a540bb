"""A fault in a region pack: which file, row and column, and why, in one sentence."""

from collections.abc import Iterable
from dataclasses import dataclass

IS_FOLDER = "ist ein Ordner, keine Datei"


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault; `row` counts the lines of the file (the header is line 1), 0 means the file."""

    file: str
    row: int
    column: str
    reason: str

    def __str__(self) -> str:
        where = self.file
        if self.row:
            where += f", Zeile {self.row}"
        if self.column:
            where += f", Spalte {self.column}"
        return f"{where}: {self.reason}"


class RegionPackError(Exception):
    """The pack can't be used; `faults` holds every fault found, not just the first."""

    def __init__(self, directory: str, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        first = "; ".join(str(fault) for fault in self.faults[:3])
        more = f" (und {len(self.faults) - 3} weitere)" if len(self.faults) > 3 else ""  # noqa: PLR2004  # three are named
        super().__init__(
            f"Der Regionsordner {directory} ist fehlerhaft: {first}{more}. "
            "Alle Fehler zeigt „./cockpit region check“."
        )
