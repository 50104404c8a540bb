"""Puts calls of alarms into the outbox, in the transaction of the alarm.

Everybody active in the group is told. A group without anybody is stood in for by the next of the
severity's chain. The outbox is bounded: when it is full, lower severities make way, and the log and
the page say so.
"""

import logging
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from data import operation, outbox, outbox_mails, recipients
from data.outbox_rows import DROPPED, WAITING, MessageRow
from data.recipients import RecipientRow
from services.alarms.announcement import Announcement
from services.alarms.model import Severity
from services.alarms.policy import Policy
from services.notifications.model import Kind

LOG = logging.getLogger(__name__)
EXPIRES_AFTER = timedelta(minutes=60)
"""An older call is not made: the chain has called again meanwhile (estimate)."""
MAIL_RANK = -1
"""Mails to subscribers come after everything that staff is told, and make way for it first."""
SENDING = "versand"
"""Source under which the outbox notes that it is full, and senders that they work."""
FULL = "Der Postausgang ist voll: {count} Meldungen wurden verworfen. Bitte die Meldewege prüfen."


class DrillInOutboxError(TypeError):
    """A drill was about to reach real people: a bug of ours, never a person's mistake."""


@dataclass(frozen=True, slots=True)
class Mail:
    """A mail to a subscriber, and the key of the one before it, which it makes superfluous."""

    message: MessageRow
    overtakes: str = ""


@dataclass(frozen=True, slots=True)
class Outbox:
    """The outbox of a region; `most` deliveries wait in it at a time."""

    region_id: str
    policy: Policy
    most: int

    def put(self, session: Session, told: Announcement) -> None:
        """Store what a group is told; the same announcement twice is one message.

        Raises
        ------
        DrillInOutboxError
            When it is a drill.
        """
        if told.is_drill:
            raise DrillInOutboxError(told.alarm_id)
        everybody = recipients.members(session, self.region_id)
        message = MessageRow(
            message_id=str(uuid.uuid4()),
            message_key=key_of(told),
            kind=told.kind,
            alarm_id=told.alarm_id,
            severity=told.severity.value,
            recipients=told.group,
            step=told.step,
            title=told.title,
            text=told.text,
            fallback=fallback(self.policy, told.severity, told.group),
            stands_in_for="",
            created_at=told.at,
            expires_at=told.at + EXPIRES_AFTER,
            usable_min=told.usable_min,
        )
        self._store(session, message, everybody, told.at)

    def stand_in(self, session: Session, message: MessageRow, now: datetime) -> None:
        """Tell the next group of the chain what nobody of a message's group could be told."""
        if message.fallback:
            everybody = recipients.members(session, self.region_id)
            self._store(session, _for_next(message), everybody, now)

    def put_for(
        self, session: Session, message: MessageRow, recipient_id: str | None, now: datetime
    ) -> bool:
        """Store a message for one recipient and tell whether it was new."""
        if not outbox.put(session, self.region_id, message):
            return False
        self._add(session, message, [recipient_id], now)
        return True

    def room(self, session: Session) -> int:
        """Return how many more deliveries may wait."""
        return max(self.most - outbox.waiting(session, self.region_id), 0)

    def put_mails(self, session: Session, mails: Sequence[Mail], now: datetime) -> int:
        """Store mails to subscribers and return how many found no room; room is counted once.

        What a mail overtakes goes first, and makes room. A mail without room is stored as dropped.
        """
        outbox_mails.overtake(session, [mail.overtakes for mail in mails if mail.overtakes], now)
        new = [mail.message for mail in mails if outbox.put(session, self.region_id, mail.message)]
        room = self.room(session)
        states = [
            (message.message_id, WAITING if number < room else DROPPED)
            for number, message in enumerate(new)
        ]
        outbox_mails.add(session, states, now, MAIL_RANK)
        lost = max(len(new) - room, 0)
        if lost:
            LOG.warning("%d E-Mails an Abonnenten fanden keinen Platz im Postausgang", lost)
        return lost

    def _store(
        self,
        session: Session,
        message: MessageRow,
        everybody: Sequence[RecipientRow],
        now: datetime,
    ) -> None:
        """Store a message for its group, or for the first group of its fallback with anybody."""
        found = [row for row in everybody if message.recipients in row.groups]
        if outbox.put(session, self.region_id, message):
            self._add(session, message, [row.recipient_id for row in found], now)
            if message.alarm_id:
                outbox.supersede(
                    session, message.alarm_id, message.recipients, message.message_id, now
                )
        if not found and message.fallback:
            self._store(session, _for_next(message), everybody, now)
        elif not found:
            LOG.error(
                "Alarm %s: Gruppe %s hat keine erreichbaren Empfänger",
                message.alarm_id,
                message.recipients,
            )

    def _add(
        self, session: Session, message: MessageRow, whom: Sequence[str | None], now: datetime
    ) -> None:
        rank = MAIL_RANK if message.kind == Kind.MAIL else Severity(message.severity).rank
        over = outbox.waiting(session, self.region_id) + len(whom) - self.most
        dropped = 0
        if over > 0:
            dropped = outbox.drop_lowest(session, self.region_id, rank, over, now)
        refused = max(over - dropped, 0)
        kept = len(whom) - min(refused, len(whom))
        states = [(who, WAITING if number < kept else DROPPED) for number, who in enumerate(whom)]
        outbox.add_deliveries(session, message.message_id, states, now, rank)
        lost = dropped + len(whom) - kept
        if lost:
            words = FULL.format(count=lost)
            LOG.error("%s", words)
            operation.report(session, SENDING, now, ok=False, message=words)


def key_of(told: Announcement) -> str:
    """Return what makes an announcement the same: alarm, since when it calls, step and group."""
    since = told.since or told.at
    return f"{told.kind}/{told.alarm_id}/{since.isoformat()}/{told.step}/{told.group}"


def fallback(policy: Policy, severity: Severity, group: str) -> tuple[str, ...]:
    """Return the groups of a severity's chain that stand in for a group, in order.

    A group of the rota is not in the chain: then all groups of the chain may stand in.
    """
    chain = policy.plan.chains.get(severity)
    groups = [step.group for step in chain.steps] if chain else []
    later = groups[groups.index(group) + 1 :] if group in groups else groups
    return tuple(dict.fromkeys(name for name in later if name != group))


def _for_next(message: MessageRow) -> MessageRow:
    following, *rest = message.fallback
    return replace(
        message,
        message_id=str(uuid.uuid4()),
        message_key=f"{message.message_key}>{following}"[:240],
        recipients=following,
        fallback=tuple(rest),
        stands_in_for=message.stands_in_for or message.recipients,
    )


def plain_message(kind: Kind, key: str, title: str, text: str, now: datetime) -> MessageRow:
    """Return a message that no alarm speaks through: a test or a heartbeat."""
    return MessageRow(
        message_id=str(uuid.uuid4()),
        message_key=key,
        kind=kind.value,
        alarm_id="",
        severity=Severity.HINWEIS.value,
        recipients="",
        step=0,
        title=title,
        text=text,
        fallback=(),
        stands_in_for="",
        created_at=now,
        expires_at=now + EXPIRES_AFTER,
    )
