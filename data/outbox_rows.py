"""Rows and states of the outbox.

A delivery is `waiting`, `sending` while an attempt is under way, and then one of the states in
`ENDED`. An attempt is stored as started before anything leaves this machine.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from data.models import Delivery, DeliveryAttempt, OutboxMessage

WAITING, SENDING = "waiting", "sending"
DELIVERED, FAILED, EXPIRED = "delivered", "failed", "expired"
DROPPED, OBSOLETE, REMOVED = "dropped", "obsolete", "removed"
ENDED = (DELIVERED, FAILED, EXPIRED, DROPPED, OBSOLETE, REMOVED)
STARTED, UNKNOWN = "started", "unknown"


@dataclass(frozen=True, slots=True)
class MessageRow:
    """What a group is told; `usable_min` are the minutes left at `created_at`, None if unknown."""

    message_id: str
    message_key: str
    kind: str
    alarm_id: str
    severity: str
    recipients: str
    step: int
    title: str
    text: str
    fallback: tuple[str, ...]
    stands_in_for: str
    created_at: datetime
    expires_at: datetime
    usable_min: float | None = None


@dataclass(frozen=True, slots=True)
class DeliveryRow:
    """One message for one recipient; `place` is the channel to try next, `refused` those not."""

    delivery_id: int
    message_id: str
    recipient_id: str | None
    state: str
    severity_rank: int
    place: int
    rounds: int
    tries: int
    refused: tuple[int, ...]
    may_repeat: bool
    next_at: datetime
    ended_at: datetime | None


@dataclass(frozen=True, slots=True)
class AttemptRow:
    """One hand-over to a gateway; those with the same `digest_id` were one message."""

    attempt_id: int
    delivery_id: int
    number: int
    channel: str
    is_repeat: bool
    started_at: datetime
    finished_at: datetime | None
    outcome: str
    answer: str
    digest_id: int | None = None


MESSAGE = tuple(getattr(OutboxMessage, name) for name in MessageRow.__slots__)
DELIVERY = tuple(getattr(Delivery, name) for name in DeliveryRow.__slots__)
ATTEMPT = tuple(getattr(DeliveryAttempt, name) for name in AttemptRow.__slots__)


def message_of(found: Sequence[Any]) -> MessageRow:
    """Return a message from its columns."""
    values = dict(zip(MessageRow.__slots__, found, strict=True))
    return MessageRow(**{**values, "fallback": tuple(values["fallback"])})


def delivery_of(found: Sequence[Any]) -> DeliveryRow:
    """Return a delivery from its columns."""
    values = dict(zip(DeliveryRow.__slots__, found, strict=True))
    return DeliveryRow(**{**values, "refused": tuple(values["refused"])})


def new_delivery(
    message_id: str, recipient_id: str | None, state: str, at: datetime, rank: int
) -> dict[str, Any]:
    """Return the columns of a delivery that nobody has tried yet."""
    return {
        "message_id": message_id,
        "recipient_id": recipient_id,
        "state": state,
        "severity_rank": rank,
        "place": 0,
        "rounds": 0,
        "tries": 0,
        "refused": [],
        "may_repeat": False,
        "next_at": at,
        "ended_at": None if state == WAITING else at,
    }
