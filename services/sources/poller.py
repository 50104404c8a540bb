"""Visits sources that are due, one host at a time, and keeps how each of them stands."""

import hashlib
import logging
import random
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session, sessionmaker

from data import leases, source_polls
from data.engine import writing
from data.region_pack.sources import SourceEntry
from data.source_polls import PollRow
from services.errors import CockpitError
from services.quality.receipt import Flagger
from services.region import Region
from services.renewal import HeldLease, renewed
from services.sources import schedule
from services.sources.errors import NotModified, SourceUnavailableError
from services.sources.fetcher import Fetcher
from services.sources.kinds import KINDS
from services.sources.model import (
    Answered,
    Collector,
    Harvest,
    HttpGet,
    Validators,
    Visit,
)
from services.sources.store import store_harvest

LEASE = timedelta(minutes=2)
"""A host that dies leaves its source to others after this (estimate); renewed during a visit."""
FIRST = datetime.min.replace(tzinfo=UTC)
INTERNAL = "Interner Fehler beim Abruf; Einzelheiten stehen im Protokoll."

LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Poller:
    """Polls the sources of one region; clock, chance and network are collaborators."""

    sessions: sessionmaker[Session]
    region: Region
    flagger: Flagger
    collectors: Mapping[str, Collector]
    get: HttpGet
    now: Callable[[], datetime]
    holder: str
    chance: Callable[[], float] = random.random
    seconds: Callable[[], float] = time.monotonic

    def due(self) -> list[SourceEntry]:
        """Return the enabled sources that are due now, those that have waited longest first."""
        now = self.now()
        with self.sessions() as session:
            rows = source_polls.all_of(session, self.region.region_id)
        found = [entry for entry in self.polled() if _is_due(rows.get(entry.id), now)]
        return sorted(found, key=lambda entry: _due_since(rows.get(entry.id)))

    def polled(self) -> list[SourceEntry]:
        """Return the sources that are switched on and fetched by us."""
        return [
            entry for entry in self.region.sources if entry.enabled and KINDS[entry.kind].is_polled
        ]

    def visit(self, entry: SourceEntry) -> PollRow | None:
        """Visit a source unless another host does; its failure is kept and never raised.

        Raises
        ------
        OperationalError
            When our own database does not answer: then there is nothing to be kept in.
        """
        row = self._take(entry)
        if row is None:
            return None
        with renewed(HeldLease(self.sessions, self._lease(entry), self.holder, LEASE, self.now)):
            return self._kept(entry, row)

    def _kept(self, entry: SourceEntry, row: PollRow) -> PollRow:
        try:
            return self._visit(entry, row)
        except OperationalError:
            raise
        except CockpitError as error:
            return self._failed(entry, row, error, error.user_message)
        except Exception as error:  # the edge: one source must not stop the others
            LOG.exception("Die Quelle %s ist an einem Fehler gescheitert", entry.id)
            return self._failed(entry, row, error, INTERNAL)

    def _visit(self, entry: SourceEntry, row: PollRow) -> PollRow:
        fetcher = Fetcher(self.get, _validators(row, entry), self.seconds, self.seconds())
        visit = Visit(entry, self.region, self.now(), fetcher, ask=self._ask)
        try:
            harvest = self.collectors[entry.kind](visit)
        except NotModified:
            return self._unchanged(entry, row)
        return self._succeeded(entry, row, fetcher, harvest)

    def _ask(self, question: Callable[[Session], Answered]) -> Answered:
        with self.sessions() as session:
            return question(session)

    def _take(self, entry: SourceEntry) -> PollRow | None:
        now = self.now()
        with self.sessions() as session, session.begin():
            writing(session)
            if not leases.acquire(session, self._lease(entry), self.holder, now, LEASE):
                return None
            row = source_polls.get(session, self.region.region_id, entry.id)
            if not _is_due(row, now):
                leases.release(session, self._lease(entry), self.holder)
                return None
            row = replace(row, attempt_at=now)
            source_polls.save(session, self.region.region_id, row)
            return row

    def _succeeded(
        self, entry: SourceEntry, row: PollRow, fetcher: Fetcher, harvest: Harvest
    ) -> PollRow:
        now = self.now()
        with self.sessions() as session, session.begin():
            writing(session)
            store_harvest(session, self.region.region_id, harvest, self.flagger, now)
            done = replace(
                self._good(entry, row, now),
                etag=fetcher.fresh.etag,
                last_modified=fetcher.fresh.last_modified,
                config_hash=config_hash(entry),
                http_status=fetcher.status,
                items=harvest.items,
                newest_at=harvest.newest_at or row.newest_at,
                message="; ".join(harvest.notes),
            )
            self._finish(session, entry, done)
        LOG.info("Quelle %s: %d Einträge", entry.id, harvest.items)
        return done

    def _unchanged(self, entry: SourceEntry, row: PollRow) -> PollRow:
        with self.sessions() as session, session.begin():
            writing(session)
            done = replace(self._good(entry, row, self.now()), http_status=304, message="")
            self._finish(session, entry, done)
        return done

    def _good(self, entry: SourceEntry, row: PollRow, now: datetime) -> PollRow:
        every = timedelta(minutes=entry.every_min)
        next_at = schedule.after_success(now, every, self.chance())
        return replace(row, success_at=now, failures=0, next_at=next_at)

    def _failed(self, entry: SourceEntry, row: PollRow, error: Exception, words: str) -> PollRow:
        now = self.now()
        wait = error.retry_after if isinstance(error, SourceUnavailableError) else None
        failures = row.failures + 1
        every = timedelta(minutes=entry.every_min)
        done = replace(
            row,
            failure_at=now,
            failures=failures,
            next_at=schedule.after_failure(now, every, failures, self.chance(), wait),
            http_status=error.status if isinstance(error, SourceUnavailableError) else None,
            message=words,
        )
        LOG.warning("Quelle %s, %d. Fehlschlag in Folge: %s", entry.id, failures, words)
        with self.sessions() as session, session.begin():
            writing(session)
            self._finish(session, entry, done)
        return done

    def _finish(self, session: Session, entry: SourceEntry, row: PollRow) -> None:
        source_polls.save(session, self.region.region_id, row)
        leases.release(session, self._lease(entry), self.holder)

    def _lease(self, entry: SourceEntry) -> str:
        return f"source/{self.region.region_id}/{entry.id}"[:120]


def config_hash(entry: SourceEntry) -> str:
    """Return a digest of what decides how a body is read: with other options it is read anew."""
    return hashlib.sha256(entry.model_dump_json().encode()).hexdigest()[:12]


def _validators(row: PollRow, entry: SourceEntry) -> Validators:
    if row.config_hash != config_hash(entry):
        return Validators()
    return Validators(row.etag, row.last_modified)


def _due_since(row: PollRow | None) -> datetime:
    """Return since when a source is due; one that was never visited goes first."""
    return FIRST if row is None or row.next_at is None else row.next_at


def _is_due(row: PollRow | None, now: datetime) -> bool:
    return row is None or row.next_at is None or row.next_at <= now
