"""Mails to subscribers on their way through the real outbox, on both databases."""

import re
from datetime import UTC, timedelta

import pytest
from sqlalchemy import select

from data.models import Delivery, DeliveryAttempt, OutboxMessage
from services.subscriptions.errors import UnknownSubscriptionError
from services.subscriptions.letters import Letters
from services.subscriptions.model import LINK_MARK, PLACE, Wish
from services.subscriptions.post import Post
from services.subscriptions.service import SubscriptionService
from services.subscriptions.words import Pages, Source
from tests.support.sample_notifications import CHANNELS, DOWN

WISH = Wish("haus@example.org", PLACE, "mayen", level="alarm")


@pytest.fixture
def kept(office, region):
    letters = Letters(office.region_id, "https://c/abo")
    office.sender.subscribers = letters
    pages = Pages("https://c", "/gewaesser/ort", "/gewaesser/pegel")
    return SubscriptionService(
        office.sessions,
        region,
        Post(office.drills, CHANNELS, letters, office.outbox),
        Source("HVZ", "https://hochwasser.example", pages, UTC),
        wall=lambda: office.now,
    )


def link(text):
    return re.findall(r"https://c/abo/(\S+)", text.body)[0]


def test_a_mail_reaches_its_address_with_a_link_that_works(office, kept):
    kept.request(WISH, "1.2.3.4")
    office.work()
    [(channel, address, text)] = office.handed
    assert (channel, address) == ("email", "haus@example.org")
    assert LINK_MARK not in text.body
    assert "quittieren" not in text.body
    kept.confirm(link(text))
    assert kept.view(link(text)).is_confirmed


def test_neither_address_nor_link_is_in_the_outbox(office, kept):
    kept.request(WISH, "1.2.3.4")
    office.work()
    [(_channel, _address, text)] = office.handed
    with office.sessions() as session:
        stored = [
            *session.execute(select(OutboxMessage.text, OutboxMessage.recipients)).all(),
            *session.execute(select(DeliveryAttempt.answer)).all(),
        ]
    assert "haus" not in str(stored)
    assert link(text) not in str(stored)


def test_after_a_failure_the_repetition_has_a_link_of_its_own_and_both_hold(office, kept):
    office.answers["email"] = [DOWN, DOWN]
    kept.request(WISH, "1.2.3.4")
    office.work()
    office.answers["email"] = []
    office.work(minutes=5)
    first, second = link(office.handed[0][2]), link(office.handed[-1][2])
    assert first != second
    assert kept.view(first) == kept.view(second)


def test_who_has_unsubscribed_gets_nothing_that_still_waits(office, kept):
    office.answers["email"] = [DOWN]
    kept.request(WISH, "1.2.3.4")
    office.work()
    kept.remove(link(office.handed[0][2]))
    before = len(office.handed)
    office.work(minutes=5)
    assert len(office.handed) == before
    with office.sessions() as session:
        assert session.scalars(select(Delivery.state)).all() == ["removed"]


def test_a_link_to_confirm_ends_after_48_hours(office, kept):
    kept.request(WISH, "1.2.3.4")
    office.work()
    office.now += timedelta(hours=48, minutes=1)
    with pytest.raises(UnknownSubscriptionError):
        kept.confirm(link(office.handed[0][2]))
