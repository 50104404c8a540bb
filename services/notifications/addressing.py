"""Which channel and address a delivery goes to now, or why it goes nowhere any more."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from data.alarms import AlarmRow
from data.outbox_rows import EXPIRED, FAILED, OBSOLETE, REMOVED, DeliveryRow, MessageRow
from data.recipients import RecipientRow
from services.notifications.channels import Channels
from services.notifications.model import Kind


@dataclass(frozen=True, slots=True)
class Ways:
    """The channels of a delivery in the order of trying: key and address."""

    found: tuple[tuple[str, str], ...]

    def at(self, place: int) -> tuple[str, str]:
        """Return channel and address of a place; a list that got shorter begins again."""
        return self.found[place if place < len(self.found) else 0]


def ways_of(message: MessageRow, recipient: RecipientRow | None, channels: Channels) -> Ways:
    """Return how a message can reach whom it is for; a heartbeat has a way of its own."""
    if message.kind == Kind.BEAT:
        return Ways(() if channels.beat_to is None else (channels.beat_to,))
    if recipient is None:
        return Ways(())
    return Ways(tuple(way for way in recipient.channels if way[0] in channels.by_key))


def gone(
    message: MessageRow,
    delivery: DeliveryRow,
    alarm: AlarmRow | None,
    ways: Ways,
    now: datetime,
) -> str:
    """Return the state in which a delivery ends without another attempt, "" when it goes on."""
    if _is_removed(message, delivery, ways):
        return REMOVED
    if now >= message.expires_at:
        return EXPIRED
    if message.kind == Kind.CALL and alarm is not None and _is_settled(alarm):
        return OBSOLETE
    return "" if ways.found else FAILED


def _is_removed(message: MessageRow, delivery: DeliveryRow, ways: Ways) -> bool:
    """Tell whether the person it is for was deleted or wants no more mail."""
    if message.kind == Kind.MAIL:
        return not ways.found
    return message.kind != Kind.BEAT and delivery.recipient_id is None


def _is_settled(alarm: AlarmRow) -> bool:
    """Tell whether nobody needs to be called any more: somebody cares, or it is over."""
    return bool(alarm.acknowledged_at or alarm.ended_at or alarm.closed_at)


def usable_place(delivery: DeliveryRow, ways: Ways, is_open: Callable[[str], bool]) -> int | None:
    """Return the place to try now: the next one whose channel does not rest, None to wait."""
    count = len(ways.found)
    begin = delivery.place if delivery.place < count else 0
    order = [*range(begin, count), *range(begin)]
    left = [place for place in order if place not in delivery.refused] or order
    return next((place for place in left if is_open(ways.found[place][0])), None)
