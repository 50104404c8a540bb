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
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta, tzinfo
from pathlib import Path

from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlalchemy.orm import Session, sessionmaker

from data import gateways, operation, receipts, rejected, things
from data.engine import writing
from data.rejected import RejectedRow
from services.errors import StoreUnavailableError
from services.ingestion.batch_intake import Counts, without_duplicates
from services.ingestion.duplicates import LastReceipts
from services.ingestion.flagging import flag_readings, store_flagged
from services.ingestion.heard import HeardSums
from services.ingestion.intake import Prepared, prepare, refused
from services.ingestion.mapping import DeviceRows
from services.ingestion.model import Reading, Reason, Uplink
from services.ingestion.pushed import Pushed, harvests, prepare_pushed
from services.ingestion.recent import RecentCache
from services.ingestion.spool import Batch, Spool, put_ns
from services.ingestion.spooled import SpooledMessage
from services.quality.receipt import Flagger

MESSAGES_PER_TRANSACTION = 500
"""Small batches share a transaction, large ones are split (estimate)."""

POLL_S = 0.1
"""Wait between looks into an empty spool (estimate)."""

FRESH_NS = 20 * 60 * 1_000_000_000
"""What came in the last 20 minutes goes first: a gauge whose newest reading is older is suspect
anyway (SUSPECT_AGE_MIN of the engine)."""

BACKLOG_SLICE_S = 1.0
"""So long a backlog is stored at a stretch before new messages are looked for (estimate)."""

RETRY_FIRST_S = 0.5
RETRY_LAST_S = 30.0
TIDY_EVERY_S = 3600.0
KEEP_RECEIPTS = timedelta(days=7)
"""Longer than a broker keeps a message for us, so that a late copy is still recognised."""

KEEP_RECEPTIONS = timedelta(days=400)
KEEP_REJECTED = timedelta(days=90)
MOST_REJECTED = 100_000
"""Bounds for rejected messages: a foreign device in the same application never stops (estimate)."""

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
    _newest: datetime | None = field(default=None, init=False)
    _accepted: list[Uplink] = field(default_factory=list, init=False)
    _heard: HeardSums = field(init=False)

    def __post_init__(self) -> None:
        """Begin without sums."""
        self._heard = HeardSums(self.zone)

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
            with self._writing() as session:
                gateways.add(session, rows)
            self._heard.stored()

    def _store_files(
        self, paths: Sequence[Path], seen: set[str], stop: threading.Event | None, until: float
    ) -> Counts:
        """Store files in order until the time is over; `seen` takes the names of the done."""
        totals: Counts = Counter()
        for group in _groups(self._read(paths, seen)):
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
        if self._newest is not None:
            with self._writing() as session:
                receipts.forget_before(session, self._newest - KEEP_RECEIPTS)
                gateways.forget_before(session, self._newest - KEEP_RECEPTIONS)
                rejected.prune(session, self._newest - KEEP_REJECTED, MOST_REJECTED)

    def _store_group(self, group: Sequence[Batch]) -> Counts:
        messages = [message for batch in group for message in batch.messages]
        counts: Counts = Counter()
        for start in range(0, len(messages), MESSAGES_PER_TRANSACTION):
            part = messages[start : start + MESSAGES_PER_TRANSACTION]
            counts += self._store_part([self._prepare(message) for message in part])
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

    def _store_part(self, prepared: Sequence[Prepared]) -> Counts:
        try:
            return self._store(prepared)
        except StoreUnavailableError:
            raise
        except Exception:
            logger.exception("%d Nachrichten wurden abgewiesen", len(prepared))
        if len(prepared) == 1:
            return self._store_refusal(prepared[0])
        return sum((self._store_part([item]) for item in prepared), Counter())

    def _store_refusal(self, item: Prepared) -> Counts:
        try:
            return self._store([_unstorable(item.message)])
        except StoreUnavailableError:
            raise
        except Exception:
            logger.exception("Eine Nachricht von %s ist nicht speicherbar", item.message.source)
            return Counter(messages=1, unstorable=1)

    def _store(self, prepared: Sequence[Prepared]) -> Counts:
        try:
            with self._writing() as session:
                counts = self._store_in(session, prepared)
        except Exception:
            self.recent.forget()
            self.last.forget()
            raise
        self._heard.take(self._accepted)
        return counts

    @contextmanager
    def _writing(self) -> Iterator[Session]:
        try:
            with self.sessions.begin() as session:
                yield writing(session)
        except (OperationalError, InterfaceError) as error:
            raise StoreUnavailableError(str(error.orig).strip()) from error
        except PoolTimeoutError as error:
            raise StoreUnavailableError("keine freie Verbindung") from error

    def _store_in(self, session: Session, prepared: Sequence[Prepared]) -> Counts:
        taken = without_duplicates(session, prepared, self.last)
        ids = things.ids(session)
        readings = [item for item in taken.readings if item.datastream_key in ids]
        rejects = taken.rejects + [
            _without_datastream(item) for item in taken.readings if item.datastream_key not in ids
        ]
        flagged = flag_readings(session, readings, ids, self.flagger, self.recent)
        changed = store_flagged(session, flagged)
        if self.pushed is not None:
            changed += self.pushed.store(session, harvests(prepared))
        if changed:
            operation.report(session, operation.INGEST, datetime.now(UTC), ok=True)
        rejected.add(session, rejects)
        receipts.remember(session, taken.receipts)
        self._accepted = taken.uplinks
        self._newest = max(item.message.received_at for item in prepared)
        return taken.counts + Counter(
            messages=len(prepared),
            readings=len(flagged.rows),
            changed=changed,
            rejected=len(rejects),
        )


def newest_first(paths: Sequence[Path]) -> tuple[list[Path], list[Path]]:
    """Split files into what came within FRESH_NS before the newest one, and what is older."""
    newest = put_ns(paths[-1].name)
    if newest is None:
        return list(paths), []
    first = f"{newest - FRESH_NS:020d}"
    fresh = [path for path in paths if path.name >= first]
    return fresh, list(paths[: len(paths) - len(fresh)])


def _groups(batches: Iterable[Batch]) -> Iterator[list[Batch]]:
    group: list[Batch] = []
    size = 0
    for batch in batches:
        if group and size + len(batch.messages) > MESSAGES_PER_TRANSACTION:
            yield group
            group, size = [], 0
        group.append(batch)
        size += len(batch.messages)
    if group:
        yield group


def _unstorable(message: SpooledMessage) -> Prepared:
    return refused(message, Reason.STORE, "Die Datenbank nimmt diese Nachricht nicht an.")


def _without_datastream(reading: Reading) -> RejectedRow:
    return RejectedRow(
        received_at=reading.result_time,
        source="mapping",
        topic="",
        device=reading.datastream_key,
        reason_code=Reason.NO_DATASTREAM.value,
        reason=f"Messreihe {reading.datastream_key} gibt es nicht; Region neu einlesen.",
        body=f"{reading.phenomenon_time.isoformat()} {reading.raw_value}".encode(),
        origin=reading.origin,
    )
