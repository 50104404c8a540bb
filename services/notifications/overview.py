"""What people see of notification: who would be told, deliveries, heartbeat, mailbox."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy.orm import Session, sessionmaker

from data import drill_box, heartbeats, operation, outbox, outbox_reading, recipients
from data.outbox_rows import DROPPED, FAILED, AttemptRow, DeliveryRow, MessageRow
from services.clock import wall_now
from services.notifications.beat_figures import BeatView, beat_view
from services.notifications.booking import CHANNEL
from services.notifications.carried import DigestView, MailCounts, digests_of, mails_of
from services.notifications.channels import Channels
from services.notifications.drill_calls import DrillCall, calls_of
from services.notifications.heartbeat import EVERY
from services.notifications.model import TOLD, Kind
from services.notifications.outbox import SENDING
from services.people.identity import require
from services.people.model import Right
from services.reading import Reading

DAY, WEEK = timedelta(days=1), timedelta(days=7)
SENDER_SILENT = timedelta(minutes=1)
"""A sender says every 20 s that it works; three times missed it does not (estimate)."""
SHOWN = 50
"""Messages on the page, newest first."""
DRILLS_READ = 300
"""Messages of drills that are gathered into calls: a flood writes some forty at once (estimate)."""


@dataclass(frozen=True, slots=True)
class NotifyState:
    """Whether somebody would be told now. Counts are of deliveries of the last day."""

    now: datetime
    is_drill: bool
    channels: int
    reachable: int
    waiting: int
    failed: int
    dropped: int
    unheard: int
    is_sender_silent: bool
    last_proven_at: datetime | None
    is_beat_overdue: bool


@dataclass(frozen=True, slots=True)
class DeliveryView:
    """A delivery with its attempts; without a name the recipient was deleted."""

    row: DeliveryRow
    name: str
    attempts: tuple[AttemptRow, ...]


@dataclass(frozen=True, slots=True)
class MessageView:
    """A message with its deliveries."""

    row: MessageRow
    deliveries: tuple[DeliveryView, ...]


@dataclass(frozen=True, slots=True)
class ChannelView:
    """How a channel did lately."""

    key: str
    name: str
    last_ok_at: datetime | None
    last_fault_at: datetime | None
    fault: str


@dataclass(frozen=True, slots=True)
class Overview:
    """All that the page of messages shows."""

    state: NotifyState
    messages: tuple[MessageView, ...]
    channels: tuple[ChannelView, ...]
    channel_names: Mapping[str, str]
    beat: BeatView
    drills: tuple[DrillCall, ...]
    drills_in_all: int
    digests: Mapping[int, DigestView] = field(default_factory=dict)
    mails: MailCounts = field(default_factory=MailCounts)
    has_beat_address: bool = True


@dataclass(frozen=True, slots=True)
class Notifications:
    """Reads outbox, mailbox and heartbeats of a region; `is_drill`: nothing leaves the machine."""

    sessions: sessionmaker[Session]
    region_id: str
    channels: Channels
    is_drill: bool
    wall: Callable[[], datetime] = wall_now

    def state(self) -> NotifyState:
        """Return whether somebody would be told; needs the right to watch."""
        require(Right.WATCH)
        with Reading(self.sessions) as session:
            return self._state(session)

    def overview(self, alarm_id: str = "") -> Overview:
        """Return deliveries, of one alarm if it is named; needs the right to watch."""
        require(Right.WATCH)
        now = self.wall()
        with Reading(self.sessions) as session:
            rows = heartbeats.since(session, self.region_id, now - WEEK)
            proven = heartbeats.last_proven(session, self.region_id)
            messages = self._messages(session, alarm_id)
            return Overview(
                state=self._state(session),
                messages=messages,
                channels=self._channels(session),
                channel_names=self.channels.names,
                beat=beat_view(rows, proven, now),
                drills=self._drills(session),
                drills_in_all=drill_box.count(session, self.region_id, Kind.BEAT),
                digests=digests_of(session, _digest_numbers(messages)),
                mails=mails_of(session, self.region_id, now - DAY),
                has_beat_address=self.is_drill or self.channels.beat_to is not None,
            )

    def _drills(self, session: Session) -> tuple[DrillCall, ...]:
        """Heartbeats are counted beside the mailbox and would only hide the calls in it."""
        return calls_of(drill_box.newest(session, self.region_id, DRILLS_READ, Kind.BEAT))

    def _state(self, session: Session) -> NotifyState:
        now = self.wall()
        counts = outbox_reading.counts(session, self.region_id, TOLD, now - DAY)
        able = [
            row
            for row in recipients.members(session, self.region_id)
            if any(key in self.channels.by_key for key, _address in row.channels)
        ]
        last = operation.last_success(session, SENDING)
        proven = heartbeats.last_proven(session, self.region_id)
        first = heartbeats.first(session, self.region_id)
        begun = proven or first
        return NotifyState(
            now=now,
            is_drill=self.is_drill,
            channels=len(self.channels.by_key),
            reachable=len(able),
            waiting=outbox.waiting(session, self.region_id),
            failed=counts.get(FAILED, 0),
            dropped=counts.get(DROPPED, 0),
            unheard=outbox_reading.unheard(session, self.region_id, TOLD, now - DAY),
            is_sender_silent=not self.is_drill and (last is None or now - last > SENDER_SILENT),
            last_proven_at=proven,
            is_beat_overdue=begun is not None and now - begun > 2 * EVERY,
        )

    def _messages(self, session: Session, alarm_id: str) -> tuple[MessageView, ...]:
        rows = outbox_reading.newest(session, self.region_id, TOLD, SHOWN, alarm_id)
        ids = [row.message_id for row in rows]
        names = {row.recipient_id: row.name for row in recipients.everyone(session, self.region_id)}
        attempts: dict[int, list[AttemptRow]] = {}
        for attempt in outbox_reading.attempts(session, ids):
            attempts.setdefault(attempt.delivery_id, []).append(attempt)
        by_message: dict[str, list[DeliveryView]] = {}
        for row in outbox_reading.deliveries(session, ids):
            name = names.get(row.recipient_id or "", "")
            view = DeliveryView(row, name, tuple(attempts.get(row.delivery_id, ())))
            by_message.setdefault(row.message_id, []).append(view)
        return tuple(MessageView(row, tuple(by_message.get(row.message_id, ()))) for row in rows)

    def _channels(self, session: Session) -> tuple[ChannelView, ...]:
        known = {row.source: row for row in operation.sources(session)}
        found = []
        for key, name in self.channels.names.items():
            row = known.get(f"{CHANNEL}{key}")
            found.append(
                ChannelView(
                    key,
                    name,
                    row.last_success_at if row else None,
                    row.last_failure_at if row else None,
                    row.message if row else "",
                )
            )
        return tuple(found)


def _digest_numbers(messages: tuple[MessageView, ...]) -> set[int]:
    return {
        attempt.digest_id
        for message in messages
        for delivery in message.deliveries
        for attempt in delivery.attempts
        if attempt.digest_id is not None
    }
