"""The outbox and its sender on both databases: failover, uncertain attempts, stand-ins, bounds."""

import pytest
from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from data import alarms, outbox_deliveries, outbox_reading, recipients
from data.engine import writing
from data.models import JournalEntry
from services.alarms.model import Rule, Severity
from services.all_clear.desk import AllClears
from services.all_clear.model import Duty, Wish
from services.notifications.model import TOLD, Outcome
from services.notifications.outbox import DrillInOutboxError
from services.people.identity import acting
from services.people.model import Role
from tests.support.sample_alarms import Room, StandingClock, condition
from tests.support.sample_night import StandingProposer
from tests.support.sample_notifications import (
    ACCEPTED,
    DOWN,
    NOW,
    REFUSED,
    TIMEOUT,
    announcement,
    recipient,
)
from tests.support.sample_people import identity_of

ADMIN = identity_of(Role.ADMIN)


def messages(office):
    with acting(ADMIN):
        return office.view.overview().messages


def only(office):
    [message] = [found for found in messages(office) if not found.row.stands_in_for]
    [delivery] = message.deliveries
    return delivery


def test_an_announcement_is_handed_to_the_first_channel_with_its_proof(office):
    office.put()
    office.work()
    [(channel, address, text)] = office.handed
    assert (channel, address) == ("email", "dienst1@example.org")
    assert text.subject == "Alarm: Hochwasser, Mayen"
    assert "noch 38 Minuten" in text.body
    found = only(office)
    assert found.row.state == "delivered"
    assert [(a.outcome, a.answer) for a in found.attempts] == [
        ("accepted", "SMTP 250: queued as 7")
    ]


def test_the_same_announcement_twice_is_sent_once_and_a_risen_alarm_anew(office):
    office.put()
    office.put()
    office.work()
    assert len(office.handed) == 1
    office.put(since=NOW.replace(minute=9))
    office.work()
    assert len(office.handed) == 2


@pytest.mark.parametrize("answer", [REFUSED, DOWN, TIMEOUT])
def test_what_fails_goes_to_the_next_channel_at_once(office, answer):
    office.answers["email"] = [answer]
    office.put()
    office.work()
    assert [channel for channel, *_ in office.handed] == ["email", "sms"]
    assert only(office).row.state == "delivered"


def test_after_a_time_out_the_next_message_says_that_it_may_be_a_repetition(office):
    office.answers["email"] = [TIMEOUT]
    office.put()
    office.work()
    (_, _, first), (_, _, second) = office.handed
    assert "Wiederholung" not in first.short + first.body
    assert second.short.startswith("Kann eine Wiederholung sein.")
    assert [a.is_repeat for a in only(office).attempts] == [False, True]


def test_a_channel_that_refused_is_not_asked_again_and_without_any_left_it_has_failed(office):
    office.answers |= {"email": [REFUSED], "sms": [DOWN]}
    office.put()
    office.work()
    office.work(minutes=1)
    office.work(minutes=2)
    assert [channel for channel, *_ in office.handed] == ["email", "sms", "sms", "sms"]
    office.answers["sms"] = [REFUSED]
    office.work(minutes=5)
    assert only(office).row.state == "failed"


def test_an_expired_message_is_not_sent_as_a_fresh_one(office):
    office.answers |= {"email": [DOWN], "sms": [DOWN]}
    office.put()
    office.work()
    office.answers.clear()
    before = len(office.handed)
    office.work(minutes=61)
    assert len(office.handed) == before
    assert only(office).row.state == "expired"


def test_a_late_message_says_how_old_it_is(office):
    office.put()
    office.work(minutes=12)
    assert "ausgelöst vor 12 Minuten" in office.handed[0][2].body


def test_what_a_killed_sender_left_behind_is_uncertain_and_repeated_and_says_so(office):
    office.put()
    with office.sessions.begin() as session:
        [row] = outbox_deliveries.due(writing(session), office.region_id, office.now)
        assert outbox_deliveries.claim(session, row, "email", "getötet", office.now) == 1
    office.sender.recover()
    office.work()
    assert [a.outcome for a in only(office).attempts] == ["unknown", "accepted"]
    assert "Wiederholung" in office.handed[0][2].short
    assert only(office).attempts[1].is_repeat


def test_two_senders_never_begin_the_same_attempt(office):
    office.put()
    with office.sessions() as session:
        [row] = outbox_deliveries.due(session, office.region_id, office.now)
    with office.sessions.begin() as session:
        assert outbox_deliveries.claim(writing(session), row, "email", "a", office.now) == 1
    with office.sessions.begin() as session:
        assert outbox_deliveries.claim(writing(session), row, "email", "b", office.now) is None


def test_a_group_that_nobody_of_was_reached_is_stood_in_for_by_the_next(office):
    with office.sessions.begin() as session:
        recipients.add(session, office.region_id, [recipient(2, groups=("leitung",))])
    office.answers |= {"email": [DOWN, ACCEPTED], "sms": [DOWN]}
    office.put()
    office.work()
    assert ("email", "dienst2@example.org") in [found[:2] for found in office.handed]
    [stand_in] = [m for m in messages(office) if m.row.stands_in_for]
    assert (stand_in.row.recipients, stand_in.row.stands_in_for) == ("leitung", "bereitschaft")
    text = next(found[2] for found in office.handed if found[1] == "dienst2@example.org")
    assert "Sie vertreten die Gruppe „bereitschaft“" in text.body


def test_an_empty_group_is_stood_in_for_at_once_and_nobody_at_all_is_counted(office):
    office.put(group="leitung", alarm_id="a2")
    found = {m.row.recipients: len(m.deliveries) for m in messages(office)}
    assert found == {"leitung": 0, "krisenstab": 0}
    office.put(group="bereitschaft-c", alarm_id="a3")
    assert any(m.row.stands_in_for == "bereitschaft-c" for m in messages(office))
    with acting(ADMIN):
        assert office.view.state().unheard == 1


def test_a_drill_cannot_be_put_into_the_outbox(office):
    with pytest.raises(DrillInOutboxError), office.sessions.begin() as session:
        office.outbox.put(session, announcement(is_drill=True))
    assert messages(office) == ()


def test_a_full_outbox_drops_the_lowest_severity_and_says_so(sessions, office):
    office.outbox = type(office.outbox)(office.region_id, office.outbox.policy, 2)
    for number, severity in enumerate((Severity.HINWEIS, Severity.ALARM, Severity.ALARM)):
        office.put(announcement(alarm_id=f"x{number}", severity=severity))
    found = {m.row.alarm_id: m.deliveries[0].row.state for m in messages(office)}
    assert found == {"x0": "dropped", "x1": "waiting", "x2": "waiting"}
    office.put(announcement(alarm_id="x3", severity=Severity.WARNUNG))
    assert {m.row.alarm_id: m.deliveries[0].row.state for m in messages(office)}["x3"] == "dropped"
    with acting(ADMIN):
        assert office.view.state().dropped == 2


def test_nobody_is_called_for_an_alarm_that_somebody_cares_for(office, region):
    room = Room(office.sessions, region)
    room.keeper.look([condition()], frozenset(Rule))
    with acting(ADMIN):
        [view] = room.service.board().alarms
        office.put(alarm_id=view.alarm_id)
        room.desk.acknowledge(view.alarm_id, view.version)
    office.work()
    assert office.handed == []
    assert only(office).row.state == "obsolete"


def test_a_newer_call_of_the_alarm_takes_the_place_of_one_that_waits(office):
    office.answers |= {"email": [DOWN], "sms": [DOWN]}
    office.put()
    office.work()
    office.put(step=1)
    told = [m for m in messages(office) if m.deliveries]
    states = {m.row.step: m.deliveries[0].row.state for m in told}
    assert states == {0: "obsolete", 1: "waiting"}


def test_three_failures_rest_a_channel_and_messages_take_the_next_without_it(office):
    office.answers["email"] = [DOWN]
    for number in range(5):
        office.put(alarm_id=f"x{number}")
        office.work()
    assert [channel for channel, *_ in office.handed].count("email") == 3
    assert [channel for channel, *_ in office.handed].count("sms") == 5
    office.put(alarm_id="later")
    office.work(minutes=1.1)
    assert office.handed[-2][0] == "email"


def test_a_result_survives_a_database_that_does_not_write(office, monkeypatch):
    office.put()
    real, refusals = outbox_deliveries.finish, [1, 1]

    def full(*given):
        if refusals:
            refusals.pop()
            raise OperationalError("update", {}, Exception("database or disk is full"))
        return real(*given)

    monkeypatch.setattr(outbox_deliveries, "finish", full)
    office.sender.step()
    office.wait_for_lanes()
    for _ in range(2):
        with pytest.raises(OperationalError):
            office.sender.step()
    office.sender.step()
    assert only(office).row.state == "delivered"
    assert len(office.handed) == 1


def test_a_deleted_person_leaves_the_outbox_and_only_the_proof_stays(office):
    office.answers["email"] = [DOWN]
    office.put()
    office.work()
    with acting(ADMIN):
        office.recipients.remove("r1")
    found = only(office)
    assert (found.name, found.row.recipient_id) == ("", None)
    assert [a.outcome for a in found.attempts] == [Outcome.TEMPORARY, Outcome.ACCEPTED]
    assert [a.answer for a in found.attempts] == ["", ""]
    with office.sessions() as session:
        assert recipients.everyone(session, office.region_id) == []


def test_a_person_deleted_while_being_sent_to_gets_nothing_more(office):
    office.put()
    with office.sessions.begin() as session:
        [row] = outbox_deliveries.due(writing(session), office.region_id, office.now)
        outbox_deliveries.claim(session, row, "email", "erster", office.now)
    with acting(ADMIN):
        office.recipients.remove("r1")
    office.sender.recover()
    office.work()
    assert office.handed == []
    assert only(office).row.state == "removed"


def test_the_change_of_an_alarm_and_its_message_are_there_together_or_not_at_all(office, region):
    room = Room(office.sessions, region)
    keeper = type(room.keeper)(
        office.sessions, region, room.clock, room.keeper.policy, office.outbox.put, room.clock.now
    )
    keeper.look([condition()], frozenset(Rule))
    with office.sessions() as session:
        found = outbox_reading.newest(session, region.region_id, TOLD, 10)
        [alarm] = alarms.open_rows(session, region.region_id, "live")
    assert [(row.alarm_id, row.recipients) for row in found] == [(alarm.alarm_id, "bereitschaft")]


def test_what_became_of_a_call_is_in_the_journal_without_a_name(office, region, sessions):
    room = Room(sessions, region)
    room.after(0, condition())
    with acting(identity_of(Role.CRISIS)):
        [view] = room.service.board().alarms
    office.put(alarm_id=view.alarm_id)
    office.work()
    with sessions() as session:
        told = session.scalars(select(JournalEntry.text).where(JournalEntry.kind == "meldung"))
        [text] = list(told)
    assert text == "Meldung an „bereitschaft“ zu Mayen: zugestellt über E-Mail"
    assert "dienst1" not in text


def test_an_all_clear_is_delivered_as_one_and_its_delivery_is_in_the_journal(office, region):
    clears = AllClears(
        office.sessions, region, StandingClock(NOW), StandingProposer(), ("bereitschaft",),
        office.outbox.put, lambda: office.now,
    )  # fmt: skip
    with acting(identity_of(Role.CRISIS)):
        made = clears.give(Wish("nette", "Das Wasser fällt.", tuple(d.value for d in Duty)))
    office.work()
    [(_channel, _address, text)] = office.handed
    assert text.subject == "Entwarnung: Nette"
    assert "Das Wasser fällt." in text.body
    assert "quittieren" not in text.body
    assert "Schwere" not in text.body
    with office.sessions() as session:
        told = session.execute(
            select(JournalEntry.text, JournalEntry.details).where(JournalEntry.kind == "meldung")
        )
        [(words, details)] = told
    assert words == "Meldung an „bereitschaft“ zur Entwarnung für Nette: zugestellt über E-Mail"
    assert details["alarm"] == f"entwarnung-{made.clear_id}"
    with acting(ADMIN):
        [message] = office.view.overview(f"entwarnung-{made.clear_id}").messages
    assert message.row.kind == "clear"


def test_an_all_clear_that_reached_nobody_is_in_the_journal_too(office, region):
    office.answers |= {"email": [REFUSED], "sms": [REFUSED]}
    clears = AllClears(
        office.sessions, region, StandingClock(NOW), StandingProposer(), ("bereitschaft",),
        office.outbox.put, lambda: office.now,
    )  # fmt: skip
    with acting(identity_of(Role.CRISIS)):
        clears.give(Wish("nette", "Das Wasser fällt.", tuple(d.value for d in Duty)))
    office.work()
    with office.sessions() as session:
        told = list(
            session.scalars(select(JournalEntry.text).where(JournalEntry.kind == "meldung"))
        )
    [words] = told
    assert words.startswith("Meldung an „bereitschaft“ zur Entwarnung für Nette: NICHT zugestellt")


def test_a_group_whose_channels_are_gone_from_the_file_is_stood_in_for(office, sessions):
    lost, other = (("pager", "17"),), ("leitung",)
    with sessions.begin() as session:
        recipients.add(
            session,
            office.region_id,
            [recipient(2, groups=("allein",), channels=lost), recipient(3, groups=other)],
        )
    office.put(group="allein")
    office.work()
    assert any(message.row.stands_in_for == "allein" for message in messages(office))
    assert office.handed


def test_a_courier_that_breaks_down_is_replaced_and_its_lane_goes_on(office):
    def broken():
        raise RuntimeError("the pipe is gone")

    office.answers = {"email": [broken, ACCEPTED], "sms": [DOWN]}
    office.put()
    office.work()
    first, *later = only(office).attempts
    assert (first.channel, first.outcome) == ("email", "unknown")
    assert "RuntimeError" in first.answer
    assert [attempt.outcome for attempt in later][-1] == "accepted"
    assert office.sender._lanes["email"].room == office.sender._lanes["email"].channel.parallel
