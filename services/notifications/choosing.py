"""Chooses what is sent now: over which channel, what goes together, or why not any more."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy.orm import Session

from data import alarms, outbox, outbox_deliveries, recipients
from data.alarms import AlarmRow
from data.outbox_rows import DeliveryRow, MessageRow
from data.recipients import RecipientRow
from services.alarms.grouping import river_of
from services.alarms.model import Severity
from services.notifications.addressing import Ways, gone, usable_place, ways_of
from services.notifications.channels import Channels
from services.notifications.model import Kind
from services.notifications.subscribers import NO_SUBSCRIBERS, Subscribers
from services.notifications.templates import Wanted


@dataclass(frozen=True, slots=True)
class Chosen:
    """A delivery that is due: either its `end`, or the way that it takes now.

    `river` is what its alarm may be told together with, "" where it is told by itself.
    """

    delivery: DeliveryRow
    message: MessageRow
    end: str = ""
    place: int = 0
    channel: str = ""
    address: str = ""
    river: str = ""
    name: str = ""

    def wanted(self) -> Wanted:
        """Return what is to be written."""
        message = self.message
        return Wanted(
            kind=Kind(message.kind),
            severity=Severity(message.severity),
            title=message.title,
            text=message.text,
            group=message.recipients or "keine",
            created_at=message.created_at,
            may_repeat=self.delivery.may_repeat,
            stands_in_for=message.stands_in_for,
            name=self.name,
            usable_min=message.usable_min,
        )


@dataclass(slots=True)
class Chooser:
    """Looks at the deliveries whose time has come, in one reading of the store.

    `is_open` tells whether a channel is worth an attempt now. `rivers` has names by id.
    """

    session: Session
    region_id: str
    channels: Channels
    is_open: Callable[[str], bool]
    now: datetime
    subscribers: Subscribers = NO_SUBSCRIBERS
    rivers: Mapping[str, str] = field(default_factory=dict)
    _alarms: dict[str, AlarmRow | None] = field(default_factory=dict, init=False)
    _people: dict[str, RecipientRow] = field(default_factory=dict, init=False)

    def due(self) -> Iterator[Chosen]:
        """Yield what to do with each delivery, the gravest first.

        One whose channels all rest waits and is not among them.
        """
        yield from self._chosen(outbox_deliveries.due(self.session, self.region_id, self.now))

    def beside(self, head: Chosen) -> list[Chosen]:
        """Return what else may go to the recipient of a delivery, the gravest first."""
        who = head.delivery.recipient_id
        if not head.river or who is None:
            return []
        rows = outbox_deliveries.due_for(self.session, self.region_id, who, self.now)
        return [item for item in self._chosen(rows) if not item.end]

    def _chosen(self, rows: Sequence[DeliveryRow]) -> Iterator[Chosen]:
        if not rows:
            return
        messages = outbox.messages(self.session, {row.message_id for row in rows})
        for row in rows:
            found = self._one(row, messages[row.message_id])
            if found is not None:
                yield found

    def _one(self, row: DeliveryRow, message: MessageRow) -> Chosen | None:
        alarm = self._alarm(message.alarm_id)
        ways = self._ways(row, message)
        end = gone(message, row, alarm, ways, self.now)
        if end:
            return Chosen(row, message, end)
        place = usable_place(row, ways, self.is_open)
        if place is None:
            return None
        river = "" if alarm is None else river_of(alarm.rule, alarm.subject, self.rivers)
        name = "" if alarm is None else alarm.name
        return Chosen(row, message, "", place, *ways.found[place], river, name)

    def _ways(self, row: DeliveryRow, message: MessageRow) -> Ways:
        if message.kind == Kind.MAIL:
            return Ways(self.subscribers.way(self.session, message, self.channels))
        if not self._people:
            everyone = recipients.everyone(self.session, self.region_id)
            self._people.update({person.recipient_id: person for person in everyone})
        return ways_of(message, self._people.get(row.recipient_id or ""), self.channels)

    def _alarm(self, alarm_id: str) -> AlarmRow | None:
        if not alarm_id:
            return None
        if alarm_id not in self._alarms:
            self._alarms[alarm_id] = alarms.by_id(self.session, alarm_id)
        return self._alarms[alarm_id]
