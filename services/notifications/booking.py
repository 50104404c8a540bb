"""Stores what an attempt gave, and what follows from it, in one transaction."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from data import heartbeats, operation, outbox, outbox_deliveries, recipients
from data.outbox_rows import DELIVERED, FAILED, SENDING, WAITING, DeliveryRow, MessageRow
from services.journal import from_deliveries
from services.journal.from_deliveries import DELIVERED as DELIVERED_WORDS
from services.journal.from_deliveries import FAILED as FAILED_WORDS
from services.notifications.addressing import Ways, ways_of
from services.notifications.channels import Channels
from services.notifications.lane import Attempts
from services.notifications.model import Kind, Outcome, Result
from services.notifications.outbox import Outbox
from services.notifications.retry import Progress, after
from services.notifications.subscribers import NO_SUBSCRIBERS, Subscribers

CHANNEL = "meldeweg:"
"""Beginning of the name under which a channel's last success and failure are kept."""


@dataclass(frozen=True, slots=True)
class Booking:
    """Books results into the outbox of a region."""

    outbox: Outbox
    channels: Channels
    subscribers: Subscribers = NO_SUBSCRIBERS

    def book(self, session: Session, attempts: Attempts, result: Result, now: datetime) -> None:
        """Store the result of a hand-over for each of its attempts (delivery, number).

        A second result changes nothing.
        """
        ended: dict[str, list[MessageRow]] = {}
        for number, attempt in enumerate(attempts):
            found = self._one(session, attempt, result, now, is_first=number == 0)
            if found is not None:
                message, words = found
                ended.setdefault(words, []).append(message)
        if not ended:
            return
        digest = outbox_deliveries.digest_of(session, *attempts[0])
        for words, messages in ended.items():
            self._tell(session, messages, words, now, digest)

    def _one(
        self,
        session: Session,
        attempt: tuple[int, int],
        result: Result,
        now: datetime,
        *,
        is_first: bool,
    ) -> tuple[MessageRow, str] | None:
        """Store what an attempt gave; returns its message and what is told if that is the end."""
        delivery_id, number = attempt
        delivery = outbox_deliveries.delivery(session, delivery_id)
        message = None if delivery is None else outbox.message(session, delivery.message_id)
        if delivery is None or message is None:
            return None
        is_known = delivery.recipient_id is not None or message.kind == Kind.BEAT
        answer = result.answer if is_known else ""
        is_new = outbox_deliveries.finish(session, delivery_id, number, result.outcome, answer, now)
        if not is_new or delivery.state != SENDING:  # booked before, or its recipient is deleted
            return None
        ways = self._ways(session, message, delivery)
        found = after(_progress(delivery), result, len(ways.found), now)
        _store(session, delivery_id, found, now)
        if is_first:
            self._note_channel(session, ways, delivery, result, now)
        if found.state == DELIVERED and message.kind == Kind.BEAT:
            self._prove(session, message, ways, now)
        elif found.rounds > 0 and delivery.rounds == 0:
            self._stand_in(session, message, now)
        words = self._words(found, ways, delivery)
        return (message, words) if words and message.alarm_id else None

    def _words(self, found: Progress, ways: Ways, delivery: DeliveryRow) -> str:
        """Return how a delivery has ended, "" while it goes on."""
        if found.state == DELIVERED:
            key = ways.at(delivery.place)[0] if ways.found else ""
            way = self.channels.names.get(key, "einen Weg, den es nicht mehr gibt")
            return DELIVERED_WORDS.format(way=way)
        return FAILED_WORDS if found.state == FAILED else ""

    @staticmethod
    def _tell(
        session: Session,
        messages: Sequence[MessageRow],
        words: str,
        now: datetime,
        digest: int | None,
    ) -> None:
        ids = [message.alarm_id for message in messages]
        from_deliveries.tell(session, ids, messages[0].recipients, words, now, digest)

    def gave_up(self, session: Session, message: MessageRow, now: datetime) -> None:
        """Note a message that no channel is left for, and tell the next group."""
        if message.alarm_id:
            self._tell(session, [message], FAILED_WORDS, now, None)
        self._stand_in(session, message, now)

    def _ways(self, session: Session, message: MessageRow, delivery: DeliveryRow) -> Ways:
        who = delivery.recipient_id
        region_id = self.outbox.region_id
        if message.kind == Kind.MAIL:
            return Ways(self.subscribers.way(session, message, self.channels))
        recipient = recipients.by_id(session, region_id, who) if who else None
        return ways_of(message, recipient, self.channels)

    def _note_channel(
        self,
        session: Session,
        ways: Ways,
        delivery: DeliveryRow,
        result: Result,
        now: datetime,
    ) -> None:
        if not ways.found or result.outcome is Outcome.UNKNOWN:
            return
        source = f"{CHANNEL}{ways.at(delivery.place)[0]}"
        # a refused address says nothing against the channel; the proof is with the attempt
        is_ok = result.outcome in (Outcome.ACCEPTED, Outcome.REFUSED)
        operation.report(session, source, now, ok=is_ok, message="" if is_ok else result.answer)

    def _prove(self, session: Session, message: MessageRow, ways: Ways, now: datetime) -> None:
        beat_at = message.created_at
        channel = ways.at(0)[0] if ways.found else ""
        heartbeats.delivered(session, self.outbox.region_id, beat_at, now, channel)

    def _stand_in(self, session: Session, message: MessageRow, now: datetime) -> None:
        """Tell the next group when each of this one was tried once and nobody was reached."""
        found = outbox_deliveries.deliveries_of(session, message.message_id)
        if all(_is_unreached(row) for row in found):
            self.outbox.stand_in(session, message, now)


def _store(session: Session, delivery_id: int, found: Progress, now: datetime) -> None:
    outbox_deliveries.advance(
        session,
        delivery_id,
        state=found.state,
        place=found.place,
        rounds=found.rounds,
        refused=list(found.refused),
        may_repeat=found.may_repeat,
        next_at=found.next_at,
        ended_at=now if found.state in (DELIVERED, FAILED) else None,
    )


def _is_unreached(row: DeliveryRow) -> bool:
    if row.state in (WAITING, SENDING):
        return row.rounds > 0
    return row.state != DELIVERED


def _progress(row: DeliveryRow) -> Progress:
    return Progress(
        state=row.state,
        place=row.place,
        rounds=row.rounds,
        tries=row.tries,
        refused=row.refused,
        may_repeat=row.may_repeat,
        next_at=row.next_at,
    )
