"""The steps of a person who uploads a table: keep it, look at it, check it, store it.

Each step needs the right to curate: files of strangers are not even kept.
"""

from collections.abc import Callable
from dataclasses import dataclass

from data import things
from services.people.identity import require
from services.people.model import Right
from services.tables.assignment import Assignment, carry_out
from services.tables.service import ImportReport, Preview, TableService
from services.tables.shelf import UploadShelf


@dataclass(frozen=True, slots=True)
class StreamChoice:
    """A datastream that values may go to."""

    key: str
    thing_name: str
    observed_property: str
    unit: str
    is_own: bool
    """Whether the thing is one of the region's own, not of a polled source."""


@dataclass(frozen=True, slots=True)
class UploadService:
    """Keeps an uploaded file and carries out what a person chooses for it."""

    tables: TableService
    shelf: UploadShelf

    def keep(self, body: bytes) -> str:
        """Keep a file for the next steps and return its id."""
        require(Right.CURATE)
        return self.shelf.put(body)

    def preview(self, upload_id: str, *, skip: int = 0, sheet: str = "") -> Preview:
        """Return the beginning of a kept file and which columns may be meant."""
        require(Right.CURATE)
        return self.tables.preview(self.shelf.get(upload_id), skip=skip, sheet=sheet)

    def streams(self) -> tuple[StreamChoice, ...]:
        """Return all datastreams by the name of their thing."""
        with self.tables.sessions() as session:
            found = things.streams(session)
        choices = [
            StreamChoice(
                item.key,
                item.thing.name,
                item.observed_property,
                item.unit,
                item.thing.source == things.OWN,
            )
            for item in found
        ]
        return tuple(sorted(choices, key=lambda item: (item.thing_name.casefold(), item.key)))

    def check(
        self,
        upload_id: str,
        chosen: Assignment,
        told: Callable[[int], None] = lambda _rows: None,
    ) -> ImportReport:
        """Return what storing would do; nothing is stored. `told` hears how many rows there are."""
        require(Right.CURATE)
        body = self.shelf.get(upload_id)
        return carry_out(self.tables, body, chosen, dry_run=True, told=told)

    def store(self, upload_id: str, chosen: Assignment) -> ImportReport:
        """Store what an assignment takes from a kept file, in the name of who acts.

        Raises
        ------
        NotSignedInError, NotAllowedError
            Without the right to curate.
        """
        require(Right.CURATE)
        return carry_out(self.tables, self.shelf.get(upload_id), chosen, dry_run=False)
