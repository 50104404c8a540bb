"""Which impacts hold: those of the region pack, overlaid with what people have entered since."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import datetime

from sqlalchemy.orm import Session, sessionmaker

from data import impact_versions
from data.impact_versions import Entered
from data.region_pack.impact_rows import ImpactRow
from services.reading import Reading
from services.region import Region

BY_PEOPLE = "entered by people"
"""What an entry has instead of the pack's word on how sure it is."""
SHARED = frozenset(field.name for field in fields(Entered)) & frozenset(ImpactRow.model_fields)
"""Columns of the pack's list that people enter."""


@dataclass(frozen=True, slots=True)
class Held:
    """An impact that holds; `version` is 0 and `entered_at` None where the pack says it."""

    row: ImpactRow
    version: int = 0
    entered_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class ImpactListing:
    """Reads the impacts of a region that hold."""

    sessions: sessionmaker[Session]
    region: Region

    def current(self) -> tuple[Held, ...]:
        """Return every impact that holds, in the order of the pack, entered ones behind."""
        with Reading(self.sessions) as session:
            entered = impact_versions.newest(session, self.region.region_id)
        return overlaid(self.region.pack.impacts, entered)


def overlaid(rows: Iterable[ImpactRow], entered: Mapping[str, Entered]) -> tuple[Held, ...]:
    """Replace rows of the pack by what was entered for them, and append what is new."""
    found = {row.impact_id: Held(row) for row in rows}
    for impact_id, newest in entered.items():
        if newest.deed == impact_versions.REMOVED:
            found.pop(impact_id, None)
        else:
            found[impact_id] = Held(row_of(newest), newest.version, newest.entered_at)
    return tuple(found.values())


def row_of(entered: Entered) -> ImpactRow:
    """Return what was entered as a row of the list; it was checked when it was entered.

    Today's rules for packs are not asked again: one old entry must not take the whole list away.
    """
    values = {name: getattr(entered, name) for name in SHARED}
    return ImpactRow.model_construct(**values, confidence=BY_PEOPLE)
