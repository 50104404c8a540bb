"""Alarms of one river that come due together are one message, and each keeps its proof."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from data import outbox_deliveries, recipients
from data.engine import writing
from data.models import DeliveryAttempt, JournalEntry
from services.alarms.keeper import AlarmKeeper
from services.alarms.model import Condition, Rule, Severity, Standing
from services.alarms.policy import make_policy
from services.people.identity import acting
from services.people.model import Role
from tests.support.sample_alarms import Room
from tests.support.sample_notifications import ACCEPTED, DOWN, TIMEOUT, recipient
from tests.support.sample_people import identity_of

ADMIN = identity_of(Role.ADMIN)
CYCLE = frozenset({Rule.LEVEL, Rule.RISE})


def level(place, minutes=38.0, severity=Severity.ALARM, river="nette", **changes):
    made = Condition(
        Rule.LEVEL, f"{place}/{river}", place.capitalize(), severity, Standing.HOLDS,
        f"{place.capitalize()} ist gefährdet.", minutes,
    )  # fmt: skip
    return replace(made, **changes)


class Flood:
    """Alarms that the real keeper raises and the real outbox takes."""

    def __init__(self, office, region):
        self.office, self.room = office, Room(office.sessions, region)
        self.keeper = AlarmKeeper(
            office.sessions, region, self.room.clock, make_policy(), office.outbox.put,
            lambda: office.now,
        )  # fmt: skip

    def look(self, *conditions):
        self.room.clock.instant = self.office.now
        self.keeper.look(conditions, CYCLE)

    def alarms(self):
        with acting(ADMIN):
            return {view.name: view for view in self.room.service.board().alarms}

    def deliveries(self):
        """Return by alarm's place its first delivery."""
        names = {view.alarm_id: name for name, view in self.alarms().items()}
        with acting(ADMIN):
            found = self.office.view.overview()
        return {
            names[message.row.alarm_id]: message.deliveries[0]
            for message in reversed(found.messages)
            if message.deliveries
        }


@pytest.fixture
def flood(office, region):
    return Flood(office, region)


def test_a_flood_is_one_message_with_the_gravest_place_and_the_least_time_first(office, flood):
    flood.look(
        level("welling", 70, Severity.WARNUNG), level("trimbs", 52), level("mayen", 38),
        level("ochtendung", None), level("ruitsch", 0.4),
    )  # fmt: skip
    office.work()
    [(channel, address, text)] = office.handed
    assert (channel, address) == ("email", "dienst1@example.org")
    assert text.subject == "Alarm: Nette, 4 Orte, mit geringerer Stufe 1"
    lines = [line for line in text.body.splitlines() if line.startswith("- ")]
    assert lines == [
        "- Alarm: Ruitsch, keine Zeit mehr.",
        "- Alarm: Mayen, mindestens 38 Min. nutzbar.",
        "- Alarm: Trimbs, mindestens 52 Min. nutzbar.",
        "- Alarm: Ochtendung, Ankunft offen.",
        "- Warnung: Welling, mindestens 1 Std. 10 Min. nutzbar.",
    ]
    assert "Nette: Alarm an 4 Orten, Warnung an 1 Ort." in text.body
    assert "Mayen ist gefährdet." in text.body
    assert "Bitte ansehen und quittieren" in text.body


def test_each_alarm_has_its_own_delivery_and_names_the_message_that_carried_it(office, flood):
    flood.look(level("mayen"), level("trimbs", 52))
    office.work()
    found = flood.deliveries()
    assert {name: view.row.state for name, view in found.items()} == {
        "Mayen": "delivered", "Trimbs": "delivered",
    }  # fmt: skip
    [first], [second] = found["Mayen"].attempts, found["Trimbs"].attempts
    assert first.answer == second.answer == ACCEPTED.answer
    assert first.digest_id == second.digest_id is not None
    with acting(ADMIN):
        [digest] = office.view.overview().digests.values()
    assert digest.number == first.digest_id
    assert digest.titles == ("Alarm: Hochwasser, Mayen", "Alarm: Hochwasser, Trimbs")


def test_the_journal_has_one_entry_of_it_that_names_every_place(office, flood):
    flood.look(level("mayen"), level("trimbs", 52))
    office.work()
    with office.sessions() as session:
        [(text, subjects, details)] = session.execute(
            select(JournalEntry.text, JournalEntry.subjects, JournalEntry.details).where(
                JournalEntry.kind == "meldung"
            )
        )
    number = details["digest"]
    said = f"Sammelmeldung {number} an „bereitschaft“ zu Mayen und Trimbs: zugestellt über E-Mail"
    assert text == said
    assert "mayen/nette" in subjects
    assert "trimbs/nette" in subjects
    assert sorted(details["alarms"]) == sorted(v.alarm_id for v in flood.alarms().values())


def test_another_river_and_another_rule_are_messages_of_their_own(office, flood):
    flood.look(
        level("mayen"), level("trimbs"), level("monreal", river="elz"),
        level("nitz", rule=Rule.RISE, subject="iot-nitz"),
    )  # fmt: skip
    office.work()
    assert sorted(text.subject for *_, text in office.handed) == [
        "Alarm: Hochwasser, Monreal",
        "Alarm: Nette, 2 Orte",
        "Alarm: Schneller Anstieg, Nitz",
    ]


def test_an_alarm_that_somebody_cares_for_is_not_in_it(office, flood):
    flood.look(level("mayen"), level("trimbs"), level("welling"))
    with acting(ADMIN):
        view = flood.alarms()["Trimbs"]
        flood.room.desk.acknowledge(view.alarm_id, view.version)
    office.work()
    [(_channel, _address, text)] = office.handed
    assert "Trimbs" not in text.body
    assert flood.deliveries()["Trimbs"].row.state == "obsolete"


def test_what_comes_a_cycle_later_waits_for_nobody_and_repeats_nothing(office, flood):
    flood.look(level("mayen"), level("trimbs"))
    office.work()
    office.now += timedelta(minutes=1)
    flood.look(level("mayen"), level("trimbs"), level("welling"))
    office.work()
    assert [text.subject for *_, text in office.handed] == [
        "Alarm: Nette, 2 Orte",
        "Alarm: Hochwasser, Welling",
    ]


def test_calls_that_are_far_apart_are_two_messages_also_when_both_waited(office, flood):
    flood.look(level("mayen"), level("trimbs"))
    office.now += timedelta(minutes=3)
    flood.look(level("mayen"), level("trimbs"), level("welling"), level("ruitsch"))
    office.work()
    assert len(office.handed) == 2
    late = next(text for *_, text in office.handed if "Mayen" in text.body)
    assert "Welling" not in late.body


def test_the_escalation_of_one_alarm_is_a_message_of_its_own(office, flood):
    with office.sessions.begin() as session:
        recipients.add(session, office.region_id, [recipient(2, groups=("leitung",))])
    flood.look(level("mayen"), level("trimbs"))
    office.work()
    with acting(ADMIN):
        view = flood.alarms()["Trimbs"]
        flood.room.desk.acknowledge(view.alarm_id, view.version)
    office.handed.clear()
    office.now += timedelta(minutes=6)
    flood.look(level("mayen"), level("trimbs"), level("welling"))
    office.work()
    told = {(address, text.subject) for _channel, address, text in office.handed}
    assert told == {
        ("dienst2@example.org", "Alarm: Hochwasser, Mayen"),
        ("dienst1@example.org", "Alarm: Hochwasser, Welling"),
    }


def test_the_end_of_several_is_one_message_that_is_no_all_clear(office, flood):
    flood.look(level("mayen"), level("trimbs"))
    office.work()
    office.handed.clear()
    clear = [replace(level(name), standing=Standing.CLEAR) for name in ("mayen", "trimbs")]
    for _minute in range(14):
        flood.look(*clear)
        office.now += timedelta(minutes=5)
    flood.look(*clear)
    office.work()
    [text] = {text.subject: text for *_, text in office.handed}.values()
    assert text.subject == "Bedingung beendet, keine Entwarnung: Nette, 2 Orte"
    assert "Keine Entwarnung: Über die entscheidet ein Mensch." in text.body
    assert "nutzbar" not in text.body


@pytest.mark.parametrize(("answer", "repeats"), [(DOWN, False), (TIMEOUT, True)])
def test_what_fails_goes_to_the_next_channel_together(office, flood, answer, repeats):
    office.answers["email"] = [answer]
    flood.look(level("mayen"), level("trimbs", 52))
    office.work()
    assert [channel for channel, *_ in office.handed] == ["email", "sms"]
    assert office.handed[1][2].short.startswith("Kann eine Wiederholung sein.") is repeats
    assert {view.row.state for view in flood.deliveries().values()} == {"delivered"}
    with office.sessions() as session:
        digests = session.scalars(select(DeliveryAttempt.digest_id)).all()
    assert len(digests) == 4
    assert len(set(digests)) == 2


def test_what_a_killed_sender_left_of_it_is_repeated_together_and_says_so(office, flood):
    flood.look(level("mayen"), level("trimbs"), level("welling"))
    with office.sessions.begin() as session:
        rows = outbox_deliveries.due(writing(session), office.region_id, office.now)
        claim = outbox_deliveries.claim
        numbers = [
            (row.delivery_id, claim(session, row, "email", "getötet", office.now)) for row in rows
        ]
        outbox_deliveries.bind(session, numbers)
    office.sender.recover()
    office.work()
    [(_channel, _address, text)] = office.handed
    assert text.subject == "[Wiederholung möglich] Alarm: Nette, 3 Orte"
    for view in flood.deliveries().values():
        assert [attempt.outcome for attempt in view.attempts] == ["unknown", "accepted"]
        assert view.attempts[1].is_repeat


def test_a_new_alarm_beside_a_repetition_is_not_said_to_be_one(office, flood):
    office.answers["email"] = [TIMEOUT]
    office.answers["sms"] = [DOWN]
    flood.look(level("mayen"), level("trimbs"))
    office.work()
    office.answers.clear()
    office.handed.clear()
    office.now += timedelta(minutes=1)
    flood.look(level("mayen"), level("trimbs"), level("welling"), level("ruitsch"))
    office.work()
    said = {text.subject for *_, text in office.handed}
    assert said == {
        "[Wiederholung möglich] Alarm: Nette, 2 Orte",
        "Alarm: Nette, 2 Orte",
    }


def test_many_people_get_one_message_each_however_many_alarms_wait(office, flood):
    people = [recipient(number) for number in range(2, 17)]
    office.outbox = replace(office.outbox, most=2000)
    flood.keeper = replace(flood.keeper, announce=office.outbox.put)
    with office.sessions.begin() as session:
        recipients.add(session, office.region_id, people)
    flood.look(*(level(f"ort{number:02}", float(number)) for number in range(28)))
    office.work()
    assert len(office.handed) == 16
    assert len({address for _channel, address, _text in office.handed}) == 16
    assert {text.subject for *_, text in office.handed} == {"Alarm: Nette, 28 Orte"}


def test_a_deleted_person_gets_nothing_of_it_and_the_others_do(office, flood):
    with office.sessions.begin() as session:
        recipients.add(session, office.region_id, [recipient(2)])
    flood.look(level("mayen"), level("trimbs"))
    with acting(ADMIN):
        office.recipients.remove("r1")
    office.work()
    assert [address for _channel, address, _text in office.handed] == ["dienst2@example.org"]
