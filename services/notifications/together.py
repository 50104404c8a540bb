"""What goes to one recipient in one message: a flood wave is one event, not thirty alarms.

Nothing waits for it: what is due at the same moment goes together, whatever comes later is a
message of its own. Each delivery keeps its own state and its own attempts.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from services.alarms.model import Severity
from services.notifications.choosing import Chooser, Chosen

TOGETHER = timedelta(minutes=2)
"""Calls that are further apart are two messages (estimate: two cycles of a minute)."""


@dataclass(frozen=True, slots=True)
class Handover:
    """One message to one recipient over one channel; what it tells of, the gravest first."""

    items: tuple[Chosen, ...]

    @property
    def head(self) -> Chosen:
        """Return the gravest of its alarms."""
        return self.items[0]

    @property
    def ids(self) -> set[int]:
        """Return the deliveries that it carries."""
        return {item.delivery.delivery_id for item in self.items}


def picked(chooser: Chooser, room: dict[str, int]) -> tuple[list[Chosen], list[Handover]]:
    """Return what ends, and as many hand-overs of the gravest as there is `room` for by channel."""
    ends: list[Chosen] = []
    begins: list[Handover] = []
    taken: set[int] = set()
    for item in chooser.due():
        if item.end:
            ends.append(item)
        elif room[item.channel] and item.delivery.delivery_id not in taken:
            room[item.channel] -= 1
            begins.append(together(item, chooser.beside(item)))
            taken |= begins[-1].ids
        if room and not any(room.values()):
            break
    return ends, begins


def together(head: Chosen, others: Iterable[Chosen]) -> Handover:
    """Return the hand-over of a delivery with those of the others that belong to it.

    The same recipient, channel, group, river, kind and step of the chain; what may be a repetition
    stays apart from what is new, so that only it says so.
    """
    wanted = _key(head)
    own = head.delivery.delivery_id
    found = [head]
    if wanted is not None:
        found += [
            item
            for item in others
            if item.delivery.delivery_id != own and _key(item) == wanted and _is_near(item, head)
        ]
    return Handover(tuple(sorted(found, key=_urgency)))


def _key(item: Chosen) -> tuple[object, ...] | None:
    message, delivery = item.message, item.delivery
    if not item.river or delivery.recipient_id is None:
        return None
    return (
        delivery.recipient_id, item.channel, item.address, item.river, message.kind, message.step,
        message.recipients, message.stands_in_for, delivery.may_repeat,
    )  # fmt: skip


def _is_near(item: Chosen, head: Chosen) -> bool:
    return abs(item.message.created_at - head.message.created_at) <= TOGETHER


def _urgency(item: Chosen) -> tuple[int, float, str]:
    """Put the gravest first, then who has the least time; without a time it stands behind them."""
    minutes = item.message.usable_min
    rank = -Severity(item.message.severity).rank
    return rank, float("inf") if minutes is None else minutes, item.name
