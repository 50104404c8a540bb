"""The journal as people read it: pages of entries with their corrections, photos, the chain."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from sqlalchemy.orm import Session, sessionmaker

from data import journal
from data.journal import JournalRow, PhotoRow, Search
from services.alarms import scope
from services.cache_policy import Remember, forget_at_once
from services.clock import Clock
from services.journal.errors import UnknownEntryError
from services.journal.model import (
    SYSTEM,
    ChainView,
    Correction,
    EntryView,
    JournalPage,
    Kind,
)
from services.journal.places import Spot, spots
from services.people.identity import require
from services.people.model import Right
from services.reading import Reading
from services.region import Region

NAMED = 3
"""So many places of an entry are named, the others counted."""
PAGE_SIZE = 30
FILE_MOST = 20_000
"""Entries in one file (estimate of more than a week of a large flood)."""


@dataclass(frozen=True, slots=True)
class JournalService:
    """Reads the journal of a region for who may watch."""

    sessions: sessionmaker[Session]
    region: Region
    clock: Clock
    remember: Remember = forget_at_once

    def polled_version(self) -> str:
        """Return the version as polls ask for it: many screens share one look at the store."""
        return self.remember("journal.version", self.region.region_id, self.version)

    def version(self) -> str:
        """Return a text that changes with each new entry."""
        with Reading(self.sessions) as session:
            return str(journal.last_entry(session))

    @property
    def is_drill(self) -> bool:
        """Tell whether the entries of this clock concern nothing real."""
        return scope.is_drill(scope.of(self.clock))

    def wanted(self) -> Search:
        """Return the search for all entries of this clock."""
        return Search(self.region.region_id, scope.of(self.clock))

    def page(self, wanted: Search, number: int = 1) -> JournalPage:
        """Return one page of a search, newest first; a page beyond the last is the last."""
        require(Right.WATCH)
        with Reading(self.sessions) as session:
            found = journal.count(session, wanted)
            pages = max(math.ceil(found / PAGE_SIZE), 1)
            number = min(max(number, 1), pages)
            rows = journal.search(session, wanted, PAGE_SIZE, (number - 1) * PAGE_SIZE)
            views = self._views(session, rows, wanted)
        return JournalPage(self.clock.now(), self.is_drill, views, found, number, pages)

    def entries(self, wanted: Search) -> JournalPage:
        """Return all entries of a search, oldest first, for a file."""
        require(Right.WATCH)
        with Reading(self.sessions) as session:
            found = journal.count(session, wanted)
            rows = journal.search(session, wanted, FILE_MOST, newest_first=False)
            views = self._views(session, rows, wanted)
        return JournalPage(self.clock.now(), self.is_drill, views, found, 1, 1)

    def entry(self, entry_id: int) -> EntryView:
        """Return one entry of this region and clock.

        Raises
        ------
        UnknownEntryError
            When there is none here.
        """
        require(Right.WATCH)
        with Reading(self.sessions) as session:
            row = journal.by_id(session, self.region.region_id, entry_id)
            if row is None or row.scope != scope.of(self.clock):
                raise UnknownEntryError(str(entry_id))
            return self._views(session, [row], self.wanted())[0]

    def photo(self, sha256: str) -> PhotoRow:
        """Return the photo of an entry of this region and clock.

        Raises
        ------
        UnknownEntryError
            When no entry here shows it.
        """
        require(Right.WATCH)
        with Reading(self.sessions) as session:
            found = journal.photo(session, self.wanted(), sha256)
        if found is None:
            raise UnknownEntryError(sha256)
        return found

    def open_handover(self) -> EntryView | None:
        """Return the newest handover that nobody has taken over yet."""
        require(Right.WATCH)
        wanted = replace(self.wanted(), kinds=(Kind.HANDOVER.value,))
        with Reading(self.sessions) as session:
            rows = journal.search(session, wanted, 1)
            if not rows or journal.referring(session, [rows[0].entry_id], Kind.TAKEOVER):
                return None
            return self._views(session, rows, wanted)[0]

    def spots(self) -> tuple[Spot, ...]:
        """Return the places and gauges that an entry may be about."""
        return tuple(spots(self.region).values())

    def verify(self) -> ChainView:
        """Walk the whole chain of hashes; needs the right to watch."""
        require(Right.WATCH)
        with Reading(self.sessions) as session:
            found = journal.verify(session)
        return ChainView(found.entries, found.head, found.broken_at)

    def head(self) -> str:
        """Return the hash of the newest entry."""
        require(Right.WATCH)
        with Reading(self.sessions) as session:
            return journal.head(session)

    def _views(
        self, session: Session, rows: Sequence[JournalRow], wanted: Search
    ) -> tuple[EntryView, ...]:
        names = {key: spot.name for key, spot in spots(self.region).items()}
        found = journal.referring(session, [row.entry_id for row in rows], Kind.CORRECTION)
        corrections: dict[int, list[Correction]] = {}
        for row in found:
            is_known = wanted.known_at is None or row.noted_at <= wanted.known_at
            if row.refers_to is not None and is_known:
                reason = str(row.details.get("reason", ""))
                made = Correction(row.entry_id, row.text, reason, row.actor, row.noted_at)
                corrections.setdefault(row.refers_to, []).append(made)
        return tuple(_view(row, names, tuple(corrections.get(row.entry_id, ()))) for row in rows)


def _view(
    row: JournalRow, names: Mapping[str, str], corrections: tuple[Correction, ...]
) -> EntryView:
    keys = [key for key in row.subjects.split(journal.BAR) if key]
    return EntryView(
        entry_id=row.entry_id,
        kind=Kind(row.kind),
        text=row.text,
        happened_at=row.happened_at,
        noted_at=row.noted_at,
        wall_at=row.wall_at,
        actor=row.actor,
        is_by_person=bool(row.person_id) or row.actor != SYSTEM,
        place=_places([names.get(key, key) for key in keys]),
        lat=row.lat,
        lon=row.lon,
        photo=row.photo,
        refers_to=row.refers_to,
        corrections=corrections,
        entry_hash=row.entry_hash,
        details=row.details,
    )


def _places(names: Sequence[str]) -> str:
    rest = len(names) - NAMED
    return ", ".join(names[:NAMED]) + (f" und {rest} weitere" if rest > 0 else "")
