"""Mails to subscribers that got lost: counted, and followed by the state as it is then."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import event, select

from data import outbox, outbox_deliveries, subscriptions
from data.engine import writing
from data.models import Delivery, OutboxMessage
from services.flood.model import State
from services.notifications.carried import mails_of
from services.notifications.model import Kind
from services.notifications.outbox import Outbox, plain_message
from services.subscriptions.telling import SubscriberMail
from tests.unit.services.subscriptions.test_subscription_service import made
from tests.unit.services.subscriptions.test_telling import PLACE_ROW, Story

START = PLACE_ROW.created_at


class LiveStory(Story):
    """Cycles whose mails go into an outbox that holds only so many."""

    def __init__(self, sessions, region, most=100):
        super().__init__(sessions, region)
        self.kept = made(sessions, region)
        self.limit(most)

    def limit(self, most):
        live = replace(self.kept.post.outbox, most=most)
        post = replace(self.kept.post, outbox=live)
        self.outbox = live
        self.mail = SubscriberMail(
            self.sessions, self.region, self.mail.clock, post, self.kept.source
        )

    def block(self):
        """Let another message take the room that there is."""
        with self.sessions.begin() as session:
            message = plain_message(Kind.TEST, "probe", "Probe", "Probe", START)
            self.outbox.put_for(writing(session), message, None, START)

    def unblock(self):
        with self.sessions.begin() as session:
            writing(session)
            rows = outbox_deliveries.due(
                session, self.region.region_id, START + timedelta(days=400)
            )
            taken = [row.delivery_id for row in rows if row.severity_rank >= 0]
            outbox.end(session, taken, "delivered", START)

    def end_all(self, state):
        """Let everything that waits end in a state, as the sender would."""
        with self.sessions.begin() as session:
            writing(session)
            rows = outbox_deliveries.due(
                session, self.region.region_id, START + timedelta(days=400)
            )
            outbox.end(session, [row.delivery_id for row in rows], state, START)

    def mails(self):
        """Return title and state of each mail, in the order in which they were put in."""
        question = (
            select(OutboxMessage.title, Delivery.state)
            .join(Delivery, Delivery.message_id == OutboxMessage.message_id)
            .where(OutboxMessage.kind == "mail")
            .order_by(Delivery.delivery_id)
        )
        with self.sessions() as session:
            found = session.execute(question).all()
        return [(title.split(":")[0], state) for title, state in found]

    def counts(self):
        with self.sessions() as session:
            return mails_of(session, self.region.region_id, START - timedelta(days=4000))


@pytest.fixture
def story(sessions, region):
    made = LiveStory(sessions, region)
    made.subscribe(PLACE_ROW)
    return made


def test_a_mail_without_room_is_counted_as_dropped_and_told_once_there_is_room(story):
    story.limit(1)
    story.block()
    story.cycle(State.WARNUNG)
    assert story.mails() == [("Warnung", "dropped")]
    assert story.counts().dropped == 1
    assert [story.cycle(State.WARNUNG) for _ in range(5)] == [0] * 5
    assert len(story.mails()) == 1
    story.unblock()
    assert story.cycle(State.WARNUNG) == 1
    assert story.mails() == [("Warnung", "dropped"), ("Warnung", "waiting")]
    assert story.cycle(State.WARNUNG) == 0


def test_a_mail_that_gave_way_to_an_alarm_is_followed_by_the_state_of_then(story):
    story.limit(1)
    story.cycle(State.ALARM)
    with story.sessions.begin() as session:
        assert outbox.drop_lowest(writing(session), story.region.region_id, 3, 1, START) == 1
    assert story.cycle(State.WARNUNG) == 1
    assert story.mails() == [("Alarm", "dropped"), ("Warnung", "waiting")]


def test_a_mail_that_became_too_old_is_followed_by_the_state_of_then(story):
    story.cycle(State.WARNUNG)
    story.end_all("expired")
    assert story.cycle(State.UNBEKANNT) == 0
    assert story.cycle(State.OK) == 1
    assert [title for title, _state in story.mails()] == [
        "Warnung", "Stufe nach Messwerten beendet, keine Entwarnung",
    ]  # fmt: skip


def test_an_end_that_got_lost_is_told_again_also_though_nothing_changed(story):
    story.cycle(State.WARNUNG)
    story.end_all("delivered")
    story.cycle(State.OK)
    story.end_all("dropped")
    assert story.cycle(State.OK) == 1
    assert [state for _title, state in story.mails()] == ["delivered", "dropped", "waiting"]


def test_an_address_that_refuses_is_not_written_to_again_and_again(story):
    story.cycle(State.WARNUNG)
    story.end_all("failed")
    assert [story.cycle(State.WARNUNG) for _ in range(3)] == [0, 0, 0]
    assert story.counts().failed == 1


def test_a_newer_mail_takes_the_place_of_one_that_still_waits(story):
    story.cycle(State.WARNUNG)
    story.cycle(State.ALARM)
    assert story.mails() == [("Warnung", "obsolete"), ("Alarm", "waiting")]
    assert (story.counts().overtaken, story.counts().waiting) == (1, 1)


def test_what_is_overtaken_makes_the_room_for_what_overtakes_it(story):
    story.limit(1)
    story.cycle(State.WARNUNG)
    story.cycle(State.ALARM)
    assert story.mails()[-1] == ("Alarm", "waiting")


def test_the_room_is_counted_as_often_for_many_mails_as_for_one(story):
    for number in range(30):
        story.subscribe(replace(PLACE_ROW, subscription_id=f"s{number}", address=f"a{number}@b.de"))
    counted = []

    def note(_connection, _cursor, statement, *_more):
        if "count(" in statement.lower() and "deliveries" in statement:
            counted.append(statement)

    engine = story.sessions.kw["bind"]
    event.listen(engine, "before_cursor_execute", note)
    try:
        assert story.cycle(State.WARNUNG) == 31
    finally:
        event.remove(engine, "before_cursor_execute", note)
    assert 1 <= len(counted) <= 3


def test_a_subscription_that_is_gone_is_no_lost_one(story):
    story.cycle(State.WARNUNG)
    story.end_all("dropped")
    with story.sessions.begin() as session:
        subscriptions.remove(writing(session), PLACE_ROW.subscription_id)
    assert story.cycle(State.WARNUNG) == 0


def test_an_outbox_of_its_own_size_says_how_much_room_it_has(story):
    assert isinstance(story.outbox, Outbox)
    with story.sessions() as session:
        assert story.outbox.room(session) == 100
    story.cycle(State.WARNUNG)
    with story.sessions() as session:
        assert story.outbox.room(session) == 99
