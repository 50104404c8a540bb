"""What the page on sources shows: the state of each in words, rejected messages, warnings."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from data.region_pack.sources import SourceEntry
from data.source_polls import PollRow
from services.sources.schedule import is_still


class SourceState(StrEnum):
    """How a source stands."""

    OFF = "aus"
    PAUSED = "ruht"
    WAITING = "wartet"
    OK = "liefert"
    FAILING = "gestört"
    STILL = "still"


@dataclass(frozen=True, slots=True)
class SourceView:
    """One source as the page shows it."""

    source_id: str
    title: str
    kind: str
    publisher: str
    licence: str
    terms: str
    lacks_agreement: bool
    is_polled: bool
    state: SourceState
    success_at: datetime | None
    next_at: datetime | None
    newest_at: datetime | None
    items: int
    failures: int
    message: str


@dataclass(frozen=True, slots=True)
class WarningView:
    """A weather warning that holds now."""

    headline: str
    severity: str
    onset: datetime | None
    expires: datetime | None
    areas: tuple[str, ...]
    sender: str
    sent_at: datetime


@dataclass(frozen=True, slots=True)
class SourcesView:
    """All of the page at one instant; `is_paused` in the simulation and without network."""

    now: datetime
    is_paused: bool
    sources: tuple[SourceView, ...]
    rejected: dict[str, int]
    warnings: tuple[WarningView, ...]


def state_of(entry: SourceEntry, row: PollRow, now: datetime, *, is_paused: bool) -> SourceState:
    """Return how a source stands at an instant."""
    if not entry.enabled or is_paused:
        return SourceState.PAUSED if entry.enabled else SourceState.OFF
    if row.success_at is None and not row.failures:
        return SourceState.WAITING
    if is_still(row.success_at, now, timedelta(minutes=entry.every_min)):
        return SourceState.STILL
    return SourceState.FAILING if row.failures else SourceState.OK
