"""Uploads in memory: the real reading of tables, a made-up check, and a note of what was stored."""

from collections.abc import Callable
from dataclasses import dataclass, field

from services.errors import StoreUnavailableError
from services.people.identity import require
from services.people.model import Right
from services.tables.assignment import Assignment
from services.tables.errors import TableMappingError
from services.tables.guess import guess
from services.tables.mapping import Refused
from services.tables.reader import read_table
from services.tables.service import ImportReport, Preview
from services.tables.shelf import UploadGoneError
from services.tables.uploads import StreamChoice

REFUSED = (Refused(4, "Gemeinde liegt nicht in dieser Region"),)


@dataclass
class FakeUploads:
    kept: dict[str, bytes] = field(default_factory=dict)
    stored: list[tuple[str, Assignment, str]] = field(default_factory=list)
    is_down: bool = False
    usable: int = 2

    def keep(self, body: bytes) -> str:
        require(Right.CURATE)
        upload_id = f"upload-{len(self.kept)}"
        self.kept[upload_id] = body
        return upload_id

    def preview(self, upload_id: str, *, skip: int = 0, sheet: str = "") -> Preview:
        table = read_table(self._body(upload_id), skip=skip, sheet=sheet)
        head = tuple(table.head(12))
        found = guess(table.columns, head)
        return Preview(table.columns, head, table.rows, table.encoding, table.delimiter, found)

    def streams(self) -> tuple[StreamChoice, ...]:
        if self.is_down:
            raise StoreUnavailableError
        return (
            StreamChoice("iot-nitz/stage", "Nitz", "stage", "m", is_own=True),
            StreamChoice("dwd-nuerburg/rain", "Nürburg", "rain", "mm", is_own=False),
        )

    def check(
        self, upload_id: str, chosen: Assignment, told: Callable[[int], None]
    ) -> ImportReport:
        told(read_table(self._body(upload_id)).rows)
        if chosen.unit == "elle":
            raise TableMappingError("Einheit „elle“ ist unbekannt")
        return self._report(upload_id, 0, is_stored=False)

    def store(self, upload_id: str, chosen: Assignment) -> ImportReport:
        by = require(Right.CURATE).actor
        self.stored.append((upload_id, chosen, by))
        return self._report(upload_id, 1, is_stored=True)

    def _report(self, upload_id: str, changed: int, *, is_stored: bool) -> ImportReport:
        rows = read_table(self._body(upload_id)).rows
        reasons = {REFUSED[0].reason: rows - self.usable}
        return ImportReport(rows, self.usable, changed, REFUSED, reasons, is_stored)

    def _body(self, upload_id: str) -> bytes:
        if upload_id not in self.kept:
            raise UploadGoneError
        return self.kept[upload_id]
