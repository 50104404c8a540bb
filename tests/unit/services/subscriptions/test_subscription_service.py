"""Subscriptions on both databases: asked for, confirmed, ended, and never told about."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import delete, func, select

from data import subscriptions
from data.engine import writing
from data.models import DrillMessage, OutboxMessage, Subscription, SubscriptionToken
from services.alarms.policy import make_policy
from services.notifications.channels import NO_CHANNELS, Channels
from services.notifications.drills import DrillBox
from services.notifications.model import Channel, Form
from services.notifications.outbox import Outbox
from services.notifications.templates import Templates
from services.subscriptions import service as module
from services.subscriptions.errors import SubscriptionRefusedError, UnknownSubscriptionError
from services.subscriptions.letters import Letters
from services.subscriptions.model import CONFIRM_WITHIN, GAUGE, LINK_MARK, PLACE, Wish
from services.subscriptions.post import Post
from services.subscriptions.service import SubscriptionService
from services.subscriptions.tokens import minted
from services.subscriptions.words import Pages, Source

NOW = datetime(2026, 11, 28, 20, tzinfo=UTC)
MAIL = Channels({"email": Channel("email", "E-Mail", Form.LONG, "mailto://x/{address}", 5, 1)})
WISH = Wish("duty@Example.org", PLACE, "mayen", level="warnung")


def made(sessions, region, channels=MAIL, *, is_drill=False, now=NOW):
    region_id, zone = region.region_id, region.timezone
    drills = DrillBox(region_id, Templates("Cockpit", "https://c/lage", zone))
    outbox = None if is_drill else Outbox(region_id, make_policy(), 100)
    post = Post(drills, channels, Letters(region_id, "https://c/abo"), outbox)
    pages = Pages("https://c", "/gewaesser/ort", "/gewaesser/pegel")
    source = Source("HVZ", "https://hochwasser.example", pages, zone)
    return SubscriptionService(sessions, region, post, source, wall=lambda: now)


@pytest.fixture
def kept(sessions, region):
    return made(sessions, region, is_drill=True)


def token_of(sessions):
    with sessions() as session:
        bodies = session.scalars(select(DrillMessage.body).order_by(DrillMessage.created_at)).all()
    return re.findall(r"https://c/abo/(\S+)", bodies[-1])[0]


def count(sessions, table):
    with sessions() as session:
        return session.scalar(select(func.count()).select_from(table))


def test_nothing_is_sent_before_the_link_is_confirmed(kept, sessions):
    kept.request(WISH, "1.2.3.4")
    token = token_of(sessions)
    assert not kept.view(token).is_confirmed
    kept.confirm(token)
    kept.confirm(token)
    found = kept.view(token)
    assert found.is_confirmed
    assert (found.what, found.address) == (
        "Mayen (Altstadt, Bachstraße), ab Stufe Warnung",
        "d…@example.org",
    )


def test_the_link_is_stored_as_a_fingerprint_only(kept, sessions, region):
    kept.request(WISH, "1.2.3.4")
    token = token_of(sessions)
    with sessions() as session:
        assert token not in session.scalars(select(SubscriptionToken.token_hash)).all()
    live = made(sessions, region)
    live.request(WISH, "1.2.3.4")
    with sessions() as session:
        [message] = session.execute(select(OutboxMessage.text, OutboxMessage.recipients)).all()
    assert LINK_MARK in message.text
    assert "https://c/abo/" not in message.text
    assert "duty" not in f"{message.text}{message.recipients}"


def test_ending_deletes_the_address_and_the_link(kept, sessions):
    kept.request(WISH, "1.2.3.4")
    token = token_of(sessions)
    kept.remove(token)
    assert (count(sessions, Subscription), count(sessions, SubscriptionToken)) == (0, 0)
    with pytest.raises(UnknownSubscriptionError):
        kept.view(token)


@pytest.mark.parametrize("token", ["", "falsch", "x" * 500, "'; drop table subscriptions; --"])
def test_a_link_that_was_never_ours_opens_nothing(kept, token):
    for use in (kept.view, kept.confirm, kept.remove):
        with pytest.raises(UnknownSubscriptionError):
            use(token)


def test_a_link_holds_for_48_hours_and_what_nobody_confirmed_is_deleted(kept, sessions, region):
    kept.request(WISH, "1.2.3.4")
    token = token_of(sessions)
    late = made(sessions, region, is_drill=True, now=NOW + CONFIRM_WITHIN + timedelta(minutes=1))
    with pytest.raises(UnknownSubscriptionError):
        late.confirm(token)
    assert late.prune() == 1
    assert count(sessions, Subscription) == 0


def test_a_confirmed_subscription_stays_until_it_is_ended(kept, sessions, region):
    kept.request(WISH, "1.2.3.4")
    kept.confirm(token_of(sessions))
    late = made(sessions, region, is_drill=True, now=NOW + timedelta(days=400))
    assert late.prune() == 0
    assert count(sessions, Subscription) == 1


def test_a_link_to_unsubscribe_holds_as_long_as_the_subscription(kept, sessions, region):
    kept.request(WISH, "1.2.3.4")
    confirmed = token_of(sessions)
    kept.confirm(confirmed)
    with sessions.begin() as session:
        [row] = subscriptions.confirmed(writing(session), region.region_id)
        later = minted(session, row)
    after = made(sessions, region, is_drill=True, now=NOW + timedelta(days=400))
    after.prune()
    for token in (confirmed, later):
        assert after.view(token).is_confirmed
    after.remove(later)
    assert count(sessions, Subscription) == 0


def test_links_of_older_mails_end_the_order_that_has_replaced_theirs(kept, sessions, region):
    kept.request(WISH, "1.2.3.4")
    first = token_of(sessions)
    kept.confirm(first)
    with sessions.begin() as session:
        writing(session).execute(delete(DrillMessage))
    kept.request(Wish("duty@example.org", PLACE, "mayen", level="alarm"), "1.2.3.4")
    kept.confirm(token_of(sessions))
    kept.remove(first)
    assert (count(sessions, Subscription), count(sessions, SubscriptionToken)) == (0, 0)


def test_the_answer_is_the_same_for_known_and_unknown_addresses_and_mails_are_bounded(
    kept, sessions
):
    answers = {kept.request(WISH, f"10.0.0.{number}") for number in range(6)}
    answers.add(kept.request(Wish("other@example.org", PLACE, "mayen", level="alarm"), "10.0.1.1"))
    assert len(answers) == 1
    assert count(sessions, DrillMessage) == module.MOST_PER_ADDRESS + 1


def test_a_client_cannot_ask_without_end(kept):
    for number in range(module.MOST_PER_CLIENT):
        kept.request(Wish(f"a{number}@example.org", PLACE, "mayen", level="alarm"), "1.2.3.4")
    with pytest.raises(SubscriptionRefusedError, match="in einer Stunde"):
        kept.request(WISH, "1.2.3.4")


def test_a_second_order_replaces_the_first_once_it_is_confirmed(kept, sessions):
    kept.request(WISH, "1.2.3.4")
    kept.confirm(token_of(sessions))
    with sessions.begin() as session:
        writing(session).execute(delete(DrillMessage))
    kept.request(Wish("duty@example.org", PLACE, "mayen", level="alarm"), "1.2.3.4")
    kept.confirm(token_of(sessions))
    with sessions() as session:
        assert session.scalars(select(Subscription.level)).all() == ["alarm"]


@pytest.mark.parametrize(
    ("wish", "why"),
    [
        (Wish("keine adresse", PLACE, "mayen", level="alarm"), "keine E-Mail-Adresse"),
        (Wish("a@b.de\nBcc: c@d.de", PLACE, "mayen", level="alarm"), "keine E-Mail-Adresse"),
        (Wish("a@b.de", PLACE, "nirgends", level="alarm"), "Diesen Ort gibt es"),
        (Wish("a@b.de", PLACE, "mayen", level="ok"), "Voralarm, Warnung und Alarm"),
        (Wish("a@b.de", GAUGE, "nirgends", threshold=1.0), "nicht angebunden"),
        (Wish("a@b.de", GAUGE, "iot-nitz", threshold=99.0), "höchstens bei 6,00 m"),
        (Wish("a@b.de", GAUGE, "iot-nitz", threshold=float("nan")), "Schwellenwert muss"),
        (Wish("a@b.de", GAUGE, "iot-nitz"), "Schwellenwert muss"),
        (Wish("a@b.de", "alles", "x"), "Ort oder einem Pegel"),
    ],
)
def test_what_is_not_possible_is_refused_in_words(kept, wish, why):
    with pytest.raises(SubscriptionRefusedError, match=why):
        kept.request(wish, "1.2.3.4")


def test_without_a_channel_for_mail_nothing_is_promised(sessions, region):
    live = made(sessions, region, NO_CHANNELS)
    assert not live.is_possible
    with pytest.raises(SubscriptionRefusedError, match="kein Meldeweg für E-Mail"):
        live.request(WISH, "1.2.3.4")
    assert count(sessions, Subscription) == 0
