"""Stores prepared messages in one transaction; if the database refuses it, one by one."""

import logging
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from sqlalchemy.orm import Session, sessionmaker

from data import operation, receipts, rejected, things
from data.rejected import RejectedRow
from services.errors import StoreUnavailableError
from services.ingestion.batch_intake import Counts, Taken, without_duplicates
from services.ingestion.duplicates import LastReceipts
from services.ingestion.flagging import flag_readings, store_flagged
from services.ingestion.heard import HeardSums
from services.ingestion.intake import Prepared, refused
from services.ingestion.model import Reading, Reason
from services.ingestion.pushed import Pushed, harvests
from services.ingestion.recent import RecentCache
from services.ingestion.spooled import SpooledMessage
from services.ingestion.store_session import store_session
from services.quality.receipt import Flagger

logger = logging.getLogger(__name__)


@dataclass(slots=True)
class MessageStore:
    """Puts readings, rejected messages and receipts into the database.

    `heard` takes the uplinks of what was committed; `newest` is when the last message that was
    taken up came. What the caches know is forgotten when a transaction fails.
    """

    sessions: sessionmaker[Session]
    flagger: Flagger
    recent: RecentCache
    last: LastReceipts
    heard: HeardSums
    pushed: Pushed | None = None
    newest: datetime | None = field(default=None, init=False)

    def store(self, prepared: Sequence[Prepared]) -> Counts:
        """Store messages together, or those that are not refused; `unstorable` counts the rest.

        Raises
        ------
        StoreUnavailableError
            When the database does not answer.
        """
        try:
            return self._store(prepared)
        except StoreUnavailableError:
            raise
        except Exception:
            logger.exception("%d Nachrichten wurden abgewiesen", len(prepared))
        if len(prepared) == 1:
            return self._store_refusal(prepared[0])
        return sum((self.store([item]) for item in prepared), Counter())

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
            with store_session(self.sessions) as session:
                taken, counts = self._store_in(session, prepared)
        except Exception:
            self.recent.forget()
            self.last.forget()
            raise
        self.heard.take(taken.uplinks)
        return counts

    def _store_in(self, session: Session, prepared: Sequence[Prepared]) -> tuple[Taken, Counts]:
        taken = without_duplicates(session, prepared, self.last)
        ids = things.ids(session)
        readings = [item for item in taken.readings if item.datastream_key in ids]
        rejects = taken.rejects + [
            _without_datastream(item) for item in taken.readings if item.datastream_key not in ids
        ]
        flagged = flag_readings(session, readings, ids, self.flagger, self.recent)
        changed = store_flagged(session, flagged).total
        if self.pushed is not None:
            changed += self.pushed.store(session, harvests(prepared))
        if changed:
            operation.report(session, operation.INGEST, datetime.now(UTC), ok=True)
        rejected.add(session, rejects)
        receipts.remember(session, taken.receipts)
        self.newest = max(item.message.received_at for item in prepared)
        return taken, taken.counts + Counter(
            messages=len(prepared),
            readings=len(flagged.rows),
            changed=changed,
            rejected=len(rejects),
        )


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
