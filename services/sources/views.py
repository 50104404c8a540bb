"""What the page on sources shows: the state of each in words, rejected messages, warnings."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from data.region_pack.sources import SourceEntry
from data.source_polls import PollRow
from services.sources.schedule import STILL_AFTER, is_still


class SourceState(StrEnum):
    """How a source stands."""

    OFF = "aus"
    PAUSED = "ruht"
    WAITING = "wartet"
    OK = "liefert"
    FAILING = "gestört"
    STILL = "still"
    STALE = "veraltet"


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
    """A warning of a service that holds now; `source_id` says by which source it came."""

    source_id: str
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


def state_of(
    entry: SourceEntry,
    row: PollRow,
    now: datetime,
    fresh_for: timedelta | None,
    *,
    is_paused: bool,
) -> SourceState:
    """Return how a source stands at an instant; `fresh_for` is how old its content may be."""
    if not entry.enabled or is_paused:
        return SourceState.PAUSED if entry.enabled else SourceState.OFF
    if row.success_at is None:
        return _never_heard(row)
    if is_still(row.success_at, now, timedelta(minutes=entry.every_min)):
        return SourceState.STILL
    return _heard(row, now, fresh_for)


def _never_heard(row: PollRow) -> SourceState:
    if not row.failures:
        return SourceState.WAITING
    return SourceState.STILL if row.failures >= STILL_AFTER else SourceState.FAILING


def _heard(row: PollRow, now: datetime, fresh_for: timedelta | None) -> SourceState:
    if row.failures:
        return SourceState.FAILING
    is_old = row.newest_at is None or (fresh_for is not None and now - row.newest_at > fresh_for)
    return SourceState.STALE if fresh_for is not None and is_old else SourceState.OK
