"""Notification by hand: an office with couriers that answer as told, and services for pages."""

import threading
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta

from data.drill_box import DrillRow
from data.outbox_rows import AttemptRow, DeliveryRow, MessageRow
from data.recipients import RecipientRow
from services.alarms.announcement import Announcement
from services.alarms.model import Severity
from services.alarms.policy import make_policy
from services.notifications.beat_figures import BeatSpan, BeatView
from services.notifications.carried import DigestView, MailCounts
from services.notifications.channels import Channels
from services.notifications.drill_calls import DrillCall
from services.notifications.drills import DrillBox
from services.notifications.errors import RecipientRefusedError
from services.notifications.model import Channel, Form, Outcome, Result
from services.notifications.outbox import Outbox
from services.notifications.overview import (
    ChannelView,
    DeliveryView,
    MessageView,
    Notifications,
    NotifyState,
    Overview,
)
from services.notifications.recipient_table import Line
from services.notifications.recipients import IN_BOX, Recipients, RecipientView
from services.notifications.sender import Sender
from services.notifications.templates import Templates
from services.people.identity import require
from services.people.model import Right

NOW = datetime(2026, 3, 10, 12, 0, tzinfo=UTC)
SECOND, MINUTE = timedelta(seconds=1), timedelta(minutes=1)
LINK = "https://cockpit.example.org/lage"
CHANNELS = Channels(
    {
        "email": Channel("email", "E-Mail", Form.LONG, "mailto://127.0.0.1/?to={address}", 5, 2),
        "sms": Channel("sms", "SMS", Form.SHORT, "json://127.0.0.1/?:to={address}", 5, 2),
    },
    ("email", "pruefung@example.org"),
)
ACCEPTED = Result(Outcome.ACCEPTED, "SMTP 250: queued as 7")
REFUSED = Result(Outcome.REFUSED, "SMTP 550: unknown")
DOWN = Result(Outcome.TEMPORARY, "keine Verbindung")
TIMEOUT = Result(Outcome.TIMEOUT, "keine Antwort nach 5 Sekunden")


def announcement(**changes):
    values = {
        "alarm_id": "a1",
        "severity": Severity.ALARM,
        "group": "bereitschaft",
        "title": "Alarm: Hochwasser, Mayen",
        "text": "Mayen ist gefährdet: noch 38 Minuten.",
        "step": 0,
        "at": NOW,
        "is_drill": False,
        "since": NOW,
        **changes,
    }
    return Announcement(**values)


def recipient(number=1, **changes):
    values = {
        "recipient_id": f"r{number}",
        "name": f"Dienst {number}",
        "groups": ("bereitschaft",),
        "channels": (("email", f"dienst{number}@example.org"), ("sms", f"+4926519000{number}")),
        "is_active": True,
        "note": "",
        "consent_on": date(2026, 1, 1),
        "confirmed_on": date(2026, 1, 1),
        "created_at": NOW,
        **changes,
    }
    return RecipientRow(**values)


@dataclass
class SaidCourier:
    """Answers by channel as it was told, keeps what it was given."""

    channel: Channel
    office: "Office"

    def start(self):
        pass

    def deliver(self, address, text):
        self.office.handed.append((self.channel.key, address, text))
        answers = self.office.answers.get(self.channel.key, [])
        found = answers.pop(0) if len(answers) > 1 else answers[0] if answers else ACCEPTED
        return found() if callable(found) else found

    def stop(self):
        pass


@dataclass
class Office:
    """Outbox and sender over one store, on a clock that tests set."""

    sessions: object
    region_id: str = "myk"
    most: int = 100
    now: datetime = NOW
    answers: dict[str, object] = field(default_factory=dict)
    handed: list[object] = field(default_factory=list)

    def __post_init__(self):
        zone = UTC
        self.templates = Templates("Regionalcockpit MYK", LINK, zone)
        self.drills = DrillBox(self.region_id, self.templates)
        self.outbox = Outbox(self.region_id, make_policy(), self.most)
        self.sender = self.another_sender("erster")
        self.recipients = Recipients(
            self.sessions, self.region_id, zone, CHANNELS, make_policy(), self.drills,
            self.outbox, lambda: self.now,
        )  # fmt: skip
        self.view = Notifications(
            self.sessions, self.region_id, CHANNELS, is_drill=False, wall=lambda: self.now
        )

    def another_sender(self, holder):
        return Sender(
            self.sessions, self.outbox, CHANNELS, self.templates, holder,
            wall=lambda: self.now, make=lambda channel: SaidCourier(channel, self),
            rivers={"nette": "Nette", "elz": "Elzbach"},
        )  # fmt: skip

    def put(self, told=None, **changes):
        with self.sessions.begin() as session:
            self.outbox.put(session, told or announcement(**changes))

    def work(self, *, minutes=0.0):
        """Let the sender do all that is due now."""
        self.now += minutes * MINUTE
        while self.sender.step():
            self.wait_for_lanes()
        self.sender.step()

    def wait_for_lanes(self):
        done = threading.Event()
        for _ in range(500):
            if self.sender._results.qsize() >= len(self.sender._under_way):
                return
            done.wait(0.01)
        raise AssertionError("a lane did not answer")


def state(**changes):
    values = {
        "now": NOW,
        "is_drill": True,
        "channels": 2,
        "reachable": 3,
        "waiting": 0,
        "failed": 0,
        "dropped": 0,
        "unheard": 0,
        "is_sender_silent": False,
        "last_proven_at": NOW - 6 * MINUTE,
        "is_beat_overdue": False,
        **changes,
    }
    return NotifyState(**values)


def message(**changes):
    values = {
        "message_id": "m1",
        "message_key": "call/a1",
        "kind": "call",
        "alarm_id": "a1",
        "severity": "alarm",
        "recipients": "bereitschaft",
        "step": 0,
        "title": "Alarm: Hochwasser, Mayen",
        "text": "Mayen ist gefährdet.",
        "fallback": (),
        "stands_in_for": "",
        "created_at": NOW - 4 * MINUTE,
        "expires_at": NOW + 56 * MINUTE,
        **changes,
    }
    return MessageRow(**values)


def delivery(**changes):
    values = {
        "delivery_id": 1,
        "message_id": "m1",
        "recipient_id": "r1",
        "state": "delivered",
        "severity_rank": 3,
        "place": 1,
        "rounds": 0,
        "tries": 2,
        "refused": (0,),
        "may_repeat": True,
        "next_at": NOW,
        "ended_at": NOW - 3 * MINUTE,
        **changes,
    }
    return DeliveryRow(**values)


def attempts():
    at, is_first = NOW - 4 * MINUTE, False
    return (
        AttemptRow(1, 1, 1, "email", is_first, at, at + SECOND, "refused", "SMTP 550: unbekannt"),
        AttemptRow(2, 1, 2, "sms", not is_first, at, at + MINUTE, "accepted", "HTTP 200: sms-7"),
    )


@dataclass
class FakeNotifications:
    shown: NotifyState = field(default_factory=state)
    asked: list[object] = field(default_factory=list)
    digests: dict[int, DigestView] = field(default_factory=dict)
    carried: int | None = None
    mails: MailCounts = field(default_factory=MailCounts)

    def state(self):
        require(Right.WATCH)
        return self.shown

    def overview(self, alarm_id=""):
        require(Right.WATCH)
        self.asked.append(alarm_id)
        failed = delivery(delivery_id=2, recipient_id=None, state="failed", tries=3)
        tried = tuple(replace(attempt, digest_id=self.carried) for attempt in attempts())
        views = (DeliveryView(delivery(), "Dienst 1", tried), DeliveryView(failed, "", ()))
        drill = DrillRow(
            "k", "call", "a1", "alarm", "bereitschaft", 0, "ÜBUNG – Alarm: Hochwasser, Mayen",
            "ÜBUNG – ÜBUNG – ÜBUNG\n\nMayen ist gefährdet.", "ÜBUNG - Alarm", NOW,
        )  # fmt: skip
        return Overview(
            state=self.shown,
            messages=(MessageView(message(), views),),
            channels=(ChannelView("email", "E-Mail", NOW, NOW - MINUTE, "SMTP 421: spaeter"),),
            channel_names={"email": "E-Mail", "sms": "SMS"},
            beat=BeatView(
                NOW - 6 * MINUTE, "email", BeatSpan(96, 95, 1.2, 2.5, 4.0),
                BeatSpan(600, 599, 1.3, 2.6, 4.1),
            ),
            drills=(DrillCall((drill,)),),
            drills_in_all=1,
            digests=self.digests,
            mails=self.mails,
        )  # fmt: skip


@dataclass
class FakeRecipients:
    rows: list[object] = field(
        default_factory=lambda: [recipient(1), recipient(2, is_active=False)]
    )
    done: list[object] = field(default_factory=list)
    channels: Channels = CHANNELS

    def everyone(self):
        require(Right.ADMINISTER)
        return tuple(RecipientView(row, ("nie bestätigt",)) for row in self.rows)

    def groups(self):
        require(Right.ADMINISTER)
        return ("bereitschaft", "leitung")

    def save(self, entered, recipient_id=""):
        require(Right.ADMINISTER)
        if not entered.name:
            raise RecipientRefusedError
        self.done.append(("save", entered, recipient_id))
        return recipient_id or "r9"

    def set_active(self, recipient_id, *, is_active):
        require(Right.ADMINISTER)
        self.done.append(("active", recipient_id, is_active))

    def confirm(self, recipient_id):
        require(Right.ADMINISTER)
        self.done.append(("confirm", recipient_id))

    def remove(self, recipient_id):
        require(Right.ADMINISTER)
        self.done.append(("remove", recipient_id))

    def test(self, recipient_id):
        require(Right.ADMINISTER)
        self.done.append(("test", recipient_id))
        return IN_BOX

    def preview(self, body):
        require(Right.ADMINISTER)
        self.done.append(("preview", body))
        return [
            Line(2, "Dienst 3", recipient(3)),
            Line(3, "Dienst 1", recipient(1), is_known=True),
            Line(4, "Dienst 4", None, "keine gültige Adresse"),
        ]

    def take_over(self, body):
        require(Right.ADMINISTER)
        self.done.append(("import", body))
        return 1

    def export(self):
        require(Right.ADMINISTER)
        return "name;groups;channels\r\n"
