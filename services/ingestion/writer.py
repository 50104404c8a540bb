"""The one writer: drains the spool into the database, some hundred messages a transaction.

A batch leaves the spool only after its commit. If the database does not answer, everything stays
and is tried again. If it refuses messages, they are stored one by one, so that a single one can't
hold up the others.
"""

import logging
import math
import threading
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, tzinfo
from pathlib import Path

from sqlalchemy.orm import Session, sessionmaker

from data import gateways
from services.errors import StoreUnavailableError
from services.ingestion.batch_intake import Counts
from services.ingestion.drain_order import in_groups, newest_first
from services.ingestion.duplicates import LastReceipts
from services.ingestion.heard import HeardSums
from services.ingestion.intake import Prepared, prepare
from services.ingestion.mapping import DeviceRows
from services.ingestion.message_store import MessageStore
from services.ingestion.pushed import Pushed, prepare_pushed
from services.ingestion.recent import RecentCache
from services.ingestion.spool import Batch, Spool
from services.ingestion.spooled import SpooledMessage
from services.ingestion.store_session import store_session
from services.ingestion.tidying import forget_old
from services.quality.receipt import Flagger

MESSAGES_PER_TRANSACTION = 500
"""Small batches share a transaction, large ones are split (estimate)."""

POLL_S = 0.1
"""Wait between looks into an empty spool (estimate)."""

BACKLOG_SLICE_S = 1.0
"""So long a backlog is stored at a stretch before new messages are looked for (estimate)."""

RETRY_FIRST_S = 0.5
RETRY_LAST_S = 30.0
TIDY_EVERY_S = 3600.0

logger = logging.getLogger(__name__)


@dataclass(slots=True)
class SpoolWriter:
    """Moves messages from the spool to observations, rejected messages and receipts."""

    sessions: sessionmaker[Session]
    spool: Spool
    devices: DeviceRows
    flagger: Flagger
    recent: RecentCache = field(default_factory=RecentCache)
    last: LastReceipts = field(default_factory=LastReceipts)
    pushed: Pushed | None = None
    zone: tzinfo = UTC
    _heard: HeardSums = field(init=False)
    _store: MessageStore = field(init=False)

    def __post_init__(self) -> None:
        """Begin without sums."""
        self._heard = HeardSums(self.zone)
        self._store = MessageStore(
            self.sessions, self.flagger, self.recent, self.last, self._heard, self.pushed
        )

    def run(self, stop: threading.Event) -> None:
        """Drain until told to stop; wait longer and longer while the database does not answer."""
        wait_s = POLL_S
        tidied_at = time.monotonic()
        while not stop.is_set():
            try:
                counts = self.drain(stop)
                wait_s = POLL_S
                if time.monotonic() - tidied_at > TIDY_EVERY_S:
                    tidied_at = time.monotonic()
                    self.tidy()
            except StoreUnavailableError as error:
                counts = Counter()
                wait_s = min(max(2 * wait_s, RETRY_FIRST_S), RETRY_LAST_S)
                logger.warning(
                    "Datenbank antwortet nicht, %d Dateien warten, neuer Versuch in %.1f s: %s",
                    self.spool.waiting(),
                    wait_s,
                    error,
                )
            if not counts["messages"]:
                stop.wait(wait_s)

    def drain(self, stop: threading.Event | None = None) -> Counts:
        """Store all that waits; return how many messages, readings, duplicates, rejects it was.

        After an outage what came in the last minutes goes first, so that states are computed from
        it at once; the rest follows in order, and makes way for what arrives meanwhile.

        Raises
        ------
        StoreUnavailableError
            When the database does not answer; what is not stored stays in the spool.
        """
        totals: Counts = Counter()
        seen: set[str] = set()
        while paths := [path for path in self.spool.paths() if path.name not in seen]:
            fresh, backlog = newest_first(paths)
            totals += self._store_files(fresh, seen, stop, math.inf)
            totals += self._store_files(backlog, seen, stop, time.monotonic() + BACKLOG_SLICE_S)
            if stop is not None and stop.is_set():
                break
        self._store_heard(at_once=not totals["messages"] or (stop is not None and stop.is_set()))
        return totals

    def _store_heard(self, *, at_once: bool) -> None:
        """Store what gateways heard, some seconds' worth at a time or all that is left."""
        rows = self._heard.due(at_once=at_once)
        if rows:
            with store_session(self.sessions) as session:
                gateways.add(session, rows)
            self._heard.stored()

    def _store_files(
        self, paths: Sequence[Path], seen: set[str], stop: threading.Event | None, until: float
    ) -> Counts:
        """Store files in order until the time is over; `seen` takes the names of the done."""
        totals: Counts = Counter()
        for group in in_groups(self._read(paths, seen), MESSAGES_PER_TRANSACTION):
            totals += self._store_group(group)
            seen.update(batch.path.name for batch in group)
            if time.monotonic() > until or (stop is not None and stop.is_set()):
                break
        return totals

    def _read(self, paths: Sequence[Path], seen: set[str]) -> Iterator[Batch]:
        for path in paths:
            batches = list(self.spool.read([path]))
            if not batches:
                seen.add(path.name)
            yield from batches

    def tidy(self) -> None:
        """Drop receipts that no copy can match any more, and rejected messages nobody looked at."""
        if self._store.newest is not None:
            with store_session(self.sessions) as session:
                forget_old(session, self._store.newest)

    def _store_group(self, group: Sequence[Batch]) -> Counts:
        messages = [message for batch in group for message in batch.messages]
        counts: Counts = Counter()
        for start in range(0, len(messages), MESSAGES_PER_TRANSACTION):
            part = messages[start : start + MESSAGES_PER_TRANSACTION]
            counts += self._store.store([self._prepare(message) for message in part])
        for batch in group:
            if counts["unstorable"]:
                self.spool.keep_aside(batch)
            else:
                self.spool.done(batch)
        return counts

    def _prepare(self, message: SpooledMessage) -> Prepared:
        if self.pushed is not None and self.pushed.handles(message.source):
            return prepare_pushed(message, self.pushed)
        return prepare(message, self.devices)
