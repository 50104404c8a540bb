"""Sends what waits in the outbox: one process of all hosts, under a lease.

An attempt is stored as started before a courier gets it. Who finds attempts that another sender
left behind knows nothing of them: they are noted as uncertain and made again, and say so. A
database that refuses to write stops the sending, never what was found out: results wait.
"""

import logging
import queue
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session, sessionmaker

from data import leases, operation, outbox, outbox_deliveries
from data.engine import reason_of, writing
from data.outbox_rows import FAILED
from services.clock import wall_now
from services.notifications.booking import Booking
from services.notifications.channels import Channels
from services.notifications.choosing import Chooser, Chosen
from services.notifications.courier_process import CourierProcess
from services.notifications.digest_words import digest_text
from services.notifications.lane import Attempts, Courier, Lane, Task
from services.notifications.model import Channel, Kind, Outcome, Result, Text
from services.notifications.outbox import SENDING, Outbox
from services.notifications.subscribers import NO_SUBSCRIBERS, Subscribers
from services.notifications.templates import Templates
from services.notifications.together import Handover, picked
from services.renewal import HeldLease, renewed

LOG = logging.getLogger(__name__)
LEASE = "versand"
TTL = timedelta(seconds=12)
"""After `kill -9` another process goes on so much later (estimate)."""
POLL_S = 0.25
"""How often the outbox is looked at: part of the five seconds to the first message (estimate)."""
RETRY_S = 2.0
REPORT_EVERY = timedelta(seconds=20)
"""How often the sender says that it works (estimate)."""
INTERRUPTED = Result(Outcome.UNKNOWN, "Versand unterbrochen, Ergebnis ungewiss")


@dataclass(slots=True)
class Sender:
    """Works on the outbox of a region until it is told to stop."""

    sessions: sessionmaker[Session]
    outbox: Outbox
    channels: Channels
    templates: Templates
    holder: str
    wall: Callable[[], datetime] = wall_now
    make: Callable[[Channel], Courier] = CourierProcess
    subscribers: Subscribers = NO_SUBSCRIBERS
    rivers: Mapping[str, str] = field(default_factory=dict)
    """Names by id: alarms of the places on one river go together."""
    _results: "queue.SimpleQueue[tuple[Task, Result]]" = field(
        default_factory=queue.SimpleQueue, init=False
    )
    _unbooked: list[tuple[Attempts, Result]] = field(default_factory=list, init=False)
    _news: threading.Event = field(default_factory=threading.Event, init=False)
    _under_way: set[Attempts] = field(default_factory=set, init=False)
    _lanes: dict[str, Lane] = field(default_factory=dict, init=False)
    _reported_at: datetime | None = field(default=None, init=False)

    def run_forever(self, stop: threading.Event) -> None:
        """Send until told to stop; a database that fails is tried again."""
        while not stop.is_set():
            try:
                self._work(stop)
            except SQLAlchemyError as error:
                LOG.warning("Der Versand wartet auf die Datenbank: %s", reason_of(error))
            except Exception:  # the edge: nothing may end the sending
                LOG.exception("Der Versand ist gestolpert und geht weiter")
            stop.wait(RETRY_S)
        self.close()

    def close(self) -> None:
        """End all couriers and let another process send."""
        for lane in self._lanes.values():
            lane.stop()
        self._lanes.clear()
        try:
            with self.sessions.begin() as session:
                leases.release(writing(session), LEASE, self.holder)
        except SQLAlchemyError as error:
            LOG.warning("Der Versand gibt die Pacht nicht zurück: %s", reason_of(error))

    def _work(self, stop: threading.Event) -> None:
        with self.sessions.begin() as session:
            if not leases.acquire(writing(session), LEASE, self.holder, self.wall(), TTL):
                return
        lease = HeldLease(self.sessions, LEASE, self.holder, TTL, self.wall)
        with renewed(lease):
            self.recover()
            while not stop.is_set() and not lease.lost.is_set():
                self.step()
                self._news.wait(POLL_S)  # a result makes room for the next at once
                self._news.clear()

    def recover(self) -> int:
        """Note as uncertain what another sender began and never finished; returns how many."""
        booking = Booking(self.outbox, self.channels, self.subscribers)
        with self.sessions.begin() as session:
            left = outbox_deliveries.abandoned(writing(session), self.outbox.region_id)
            mine = {attempt for attempts in self._under_way for attempt in attempts}
            foreign = [found for found in left if found not in mine]
            for attempt in foreign:
                booking.book(session, (attempt,), INTERRUPTED, self.wall())
        if foreign:
            LOG.warning("%d Versuche sind ungewiss und werden wiederholt", len(foreign))
        return len(foreign)

    def step(self) -> int:
        """Book what has come back, begin what is due; returns how many attempts began."""
        self._book_results()
        self._report()
        if not self._lanes:
            self._lanes = {
                key: Lane(channel, self._done, self.make)
                for key, channel in self.channels.by_key.items()
            }
        ends, begins = self._choose()
        return self._begin(ends, begins) if ends or begins else 0

    def _is_open(self, key: str) -> bool:
        return self._lanes[key].circuit.lets_through(self.wall())

    def _choose(self) -> tuple[list[Chosen], list[Handover]]:
        """Return what ends, and as many of the gravest that are due as the lanes have room for."""
        room = {key: lane.room for key, lane in self._lanes.items()}
        if room and not any(room.values()):
            return [], []
        region_id, now = self.outbox.region_id, self.wall()
        with self.sessions() as session:
            chooser = Chooser(
                session, region_id, self.channels, self._is_open, now, self.subscribers, self.rivers
            )
            return picked(chooser, room)

    def _begin(self, ends: list[Chosen], begins: list[Handover]) -> int:
        """Note attempts as started in one transaction, then hand them to their lanes."""
        now = self.wall()
        noted: list[tuple[Handover, Attempts]] = []
        with self.sessions.begin() as session:
            writing(session)
            for item in ends:
                outbox.end(session, [item.delivery.delivery_id], item.end, now)
                if item.end == FAILED:
                    Booking(self.outbox, self.channels).gave_up(session, item.message, now)
            for handover in begins:
                claimed = self._claim(session, handover, now)
                if claimed is not None:
                    noted.append(claimed)
        for handover, attempts in noted:
            self._under_way.add(attempts)
            head = handover.head
            task = Task(attempts, head.channel, head.address, self._text(handover, now))
            self._lanes[head.channel].take(task)
        return len(noted)

    def _claim(
        self, session: Session, handover: Handover, now: datetime
    ) -> tuple[Handover, Attempts] | None:
        """Take all deliveries of a hand-over; None when somebody else has them."""
        kept, attempts = [], []
        for item in handover.items:
            row = replace(item.delivery, place=item.place)
            number = outbox_deliveries.claim(session, row, item.channel, self.holder, now)
            if number is not None:
                kept.append(self._filled(session, item))
                attempts.append((row.delivery_id, number))
        if len(attempts) > 1:
            outbox_deliveries.bind(session, attempts)
        return (Handover(tuple(kept)), tuple(attempts)) if kept else None

    def _text(self, handover: Handover, now: datetime) -> Text:
        if len(handover.items) == 1:
            return self.templates.text(handover.head.wanted(), now)
        wanted = [item.wanted() for item in handover.items]
        return digest_text(self.templates, wanted, self.rivers[handover.head.river], now)

    def _filled(self, session: Session, item: Chosen) -> Chosen:
        """Return a mail to a subscriber with its link, which the outbox never holds."""
        if item.message.kind != Kind.MAIL:
            return item
        return replace(item, message=self.subscribers.filled(session, item.message))

    def _done(self, task: Task, result: Result) -> None:
        """Take a result from a lane's thread; it is booked by the next step."""
        self._results.put((task, result))
        self._news.set()

    def _book_results(self) -> None:
        """Store what has come back; what cannot be stored now is kept for the next step."""
        while not self._results.empty():
            task, result = self._results.get_nowait()
            self._lanes[task.channel].circuit.note(result, self.wall())
            self._unbooked.append((task.attempts, result))
        if not self._unbooked:
            return
        booking = Booking(self.outbox, self.channels, self.subscribers)
        with self.sessions.begin() as session:
            writing(session)
            for attempts, result in self._unbooked:
                booking.book(session, attempts, result, self.wall())
        for attempts, result in self._unbooked:
            self._under_way.discard(attempts)
            for attempt in attempts:
                LOG.info("Zustellung %d, Versuch %d: %s", *attempt, result.outcome.value)
        self._unbooked.clear()

    def _report(self) -> None:
        now = self.wall()
        if self._reported_at is not None and now - self._reported_at < REPORT_EVERY:
            return
        with self.sessions.begin() as session:
            operation.report(writing(session), SENDING, now, ok=True)
        self._reported_at = now
