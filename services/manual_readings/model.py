"""What a reading by eye or telephone is made of."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from data.manual_readings import ManualRow

ORIGIN = "manual"
"""Origin of its observation in the store, in files and in the API."""


class Way(StrEnum):
    """How a person came to the value."""

    READ = "abgelesen"
    TOLD = "gemeldet"
    GUESSED = "geschaetzt"


WAY_WORDS: Mapping[Way, str] = {
    Way.READ: "abgelesen",
    Way.TOLD: "telefonisch gemeldet",
    Way.GUESSED: "geschätzt",
}


@dataclass(frozen=True, slots=True)
class Draft:
    """A reading as somebody typed it: texts of the form."""

    gauge_id: str
    value: str
    read_at: str
    way: str
    read_by: str


@dataclass(frozen=True, slots=True)
class GaugeChoice:
    """A gauge that readings can be entered for, with the bounds that hold for it (m)."""

    gauge_id: str
    name: str
    river_name: str
    lowest_m: float
    highest_m: float


@dataclass(frozen=True, slots=True)
class ManualReadingView:
    """A reading as screens show it; `withdrawn_by` is empty while it holds."""

    reading_id: int
    gauge_id: str
    gauge_name: str
    read_at: datetime
    entered_at: datetime
    value: float
    unit: str
    way: Way
    read_by: str
    entered_by: str
    withdrawn_at: datetime | None
    withdrawn_by: str
    withdrawn_reason: str

    @property
    def words(self) -> str:
        """Return how it came here: "abgelesen von Feuerwehr Mayen"."""
        return f"{WAY_WORDS[self.way]} von {self.read_by}"


def view_of(row: ManualRow, gauge_name: str) -> ManualReadingView:
    """Return a stored reading as screens show it."""
    return ManualReadingView(
        reading_id=row.reading_id,
        gauge_id=row.gauge_id,
        gauge_name=gauge_name,
        read_at=row.read_at,
        entered_at=row.entered_at,
        value=row.value,
        unit=row.unit,
        way=Way(row.way),
        read_by=row.read_by,
        entered_by=row.entered_by,
        withdrawn_at=row.withdrawn_at,
        withdrawn_by=row.withdrawn_by,
        withdrawn_reason=row.withdrawn_reason,
    )


def by_gauge(
    rows: Iterable[ManualRow], names: Mapping[str, str]
) -> dict[str, tuple[ManualReadingView, ...]]:
    """Return the readings that hold by gauge, the newest first."""
    found: dict[str, list[ManualReadingView]] = {}
    for row in rows:
        if row.withdrawn_at is None:
            name = names.get(row.gauge_id, row.gauge_id)
            found.setdefault(row.gauge_id, []).append(view_of(row, name))
    return {gauge_id: tuple(views) for gauge_id, views in found.items()}
