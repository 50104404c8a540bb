"""What people enter: their name, the time, corrections beside the original, two at once."""

import threading
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from data import audit, journal
from data.engine import writing
from services.alarms.model import Opened, Standing
from services.duty_note.service import DutyNotes
from services.journal.desk import Draft
from services.journal.errors import EntryRefusedError, PhotoRefusedError, UnknownEntryError
from services.journal.handover import Handover
from services.journal.journal_search import BY_PEOPLE, JournalSearch
from services.journal.model import Kind
from services.people.errors import NotAllowedError, NotSignedInError
from services.people.identity import acting
from services.people.model import Role
from tests.support.sample_alarms import NOW, Room, condition
from tests.support.sample_journal import MINUTE, Desk, handover
from tests.support.sample_people import identity_of
from tests.unit.services.journal.test_photo import jpeg

CRISIS = identity_of(Role.CRISIS)
OTHER = identity_of(Role.CRISIS, person_id="id-2", name="Dienst zwei")


@pytest.fixture
def desk(sessions, region):
    return Desk(sessions, region)


def write(desk, text="Wasser steigt", who=CRISIS, **more):
    with acting(who):
        return desk.room.desk.write(Draft(Kind.SITUATION, text, **more))


def page(desk, **changes):
    reading = desk.room.reading
    with acting(CRISIS):
        return reading.page(replace(reading.wanted(), **changes))


def test_an_entry_has_its_author_both_times_place_and_photo(desk):
    at = NOW - timedelta(hours=2)
    number = write(desk, happened_at=at, subject="mayen/nette", lat=50.3, lon=7.2, photo=jpeg())
    [view] = page(desk).entries
    assert (view.entry_id, view.actor, view.is_by_person) == (number, CRISIS.name, True)
    assert (view.happened_at, view.noted_at) == (at, NOW)
    assert view.place.startswith("Mayen")
    with acting(CRISIS):
        assert desk.room.reading.photo(view.photo).body[:2] == b"\xff\xd8"
    with desk.sessions() as session:
        assert audit.newest(session, 1)[0].action == "tagebuch-eintrag"


def test_what_people_did_to_alarms_is_by_people_and_what_the_system_noted_is_not(desk):
    room = Room(desk.sessions, desk.region, desk.clock)
    room.after(0, condition())
    write(desk)
    write(desk, "Namensvetter", who=identity_of(Role.CRISIS, name="System"))
    with acting(CRISIS):
        [view] = room.service.board().alarms
        room.desk.acknowledge(view.alarm_id, view.version)
        room.desk.comment(view.alarm_id, "Feuerwehr fährt hin")
        found = desk.room.reading.page(
            JournalSearch.of({"art": BY_PEOPLE}, desk.room.reading).search()
        )
    words = [entry.text.rpartition(" – ")[2] for entry in found.entries]
    assert words == ["Bemerkung: Feuerwehr fährt hin", "quittiert", "Namensvetter", "Wasser steigt"]
    assert all(entry.is_by_person for entry in found.entries)
    assert page(desk).found == len(words) + 1


@pytest.mark.parametrize(
    ("draft", "why"),
    [
        (Draft(Kind.SITUATION, "  \n "), "leer"),
        (Draft(Kind.SITUATION, "x" * 4001), "4001 Zeichen"),
        (Draft(Kind.ALARM, "x"), "wählen"),
        (Draft(Kind.SITUATION, "x", NOW + MINUTE), "Zukunft"),
        (Draft(Kind.SITUATION, "x", subject="gibt/esnicht"), "Ort oder Pegel"),
        (Draft(Kind.SITUATION, "x", lat=50.0), "Breite und Länge"),
        (Draft(Kind.SITUATION, "x", lat=91.0, lon=7.0), "Position gibt es nicht"),
        (Draft(Kind.SITUATION, "x", lat=float("nan"), lon=7.0), "Position gibt es nicht"),
    ],
)
def test_an_entry_that_says_nothing_is_refused_in_words(desk, draft, why):
    with acting(CRISIS), pytest.raises(EntryRefusedError) as refused:
        desk.room.desk.write(draft)
    assert why in refused.value.user_message
    assert page(desk).found == 0


def test_a_bad_photo_leaves_no_entry(desk):
    with pytest.raises(PhotoRefusedError):
        write(desk, photo=b"quatsch")
    assert page(desk).found == 0


def test_a_correction_keeps_the_original_and_says_who_when_and_why(desk):
    number = write(desk, "Pegel 2,10 m")
    desk.after(5)
    with acting(OTHER):
        made = desk.room.desk.correct(number, "Pegel 1,20 m", "Zahlendreher")
    found = {view.entry_id: view for view in page(desk).entries}
    assert found[number].text == "Pegel 2,10 m"
    assert found[number].valid_text == "Pegel 1,20 m"
    [item] = found[number].corrections
    assert (item.entry_id, item.actor, item.reason) == (made, "Dienst zwei", "Zahlendreher")
    assert item.noted_at == NOW + 5 * MINUTE
    assert found[made].refers_to == number
    with desk.sessions() as session:
        assert journal.verify(session).broken_at is None


def test_what_was_corrected_later_is_not_known_before(desk):
    number = write(desk, "Pegel 2,10 m")
    desk.after(5)
    with acting(OTHER):
        desk.room.desk.correct(number, "Pegel 1,20 m", "Zahlendreher")
    [then] = page(desk, known_at=NOW + MINUTE).entries
    assert (then.valid_text, then.corrections) == ("Pegel 2,10 m", ())


@pytest.mark.parametrize(("text", "reason"), [("", "weil"), ("neu", " ")])
def test_a_correction_needs_text_and_reason(desk, text, reason):
    number = write(desk)
    with acting(CRISIS), pytest.raises(EntryRefusedError, match="Grund"):
        desk.room.desk.correct(number, text, reason)


def test_corrections_are_about_entries_that_there_are(desk):
    number = write(desk)
    with acting(CRISIS):
        made = desk.room.desk.correct(number, "a", "b")
        for wrong in (99, made):
            with pytest.raises(UnknownEntryError):
                desk.room.desk.correct(wrong, "a", "b")


def test_of_two_who_correct_at_once_one_is_told(desk):
    number = write(desk)
    gate, said = threading.Barrier(2), []

    def correct(who):
        with acting(who):
            gate.wait()
            try:
                desk.room.desk.correct(number, f"von {who.name}", "Grund")
            except EntryRefusedError as error:
                said.append(error.user_message)

    threads = [threading.Thread(target=correct, args=(who,)) for who in (CRISIS, OTHER)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert len(said) == 1
    assert "gerade schon berichtigt" in said[0]


def test_who_may_only_look_writes_nothing(desk):
    wall = identity_of(Role.CRISIS, is_wall=True)
    for who in (wall, identity_of(Role.PLANNER)):
        with pytest.raises(NotAllowedError):
            write(desk, who=who)
    with pytest.raises(NotSignedInError):
        desk.room.reading.page(desk.room.reading.wanted())


def test_entries_of_the_night_of_the_clock_change_are_in_their_order(desk):
    desk.clock.instant = datetime(2026, 10, 25, 3, 0, tzinfo=UTC)
    late = datetime(2026, 10, 25, 1, 10, tzinfo=UTC)  # 02:10 MEZ
    early = datetime(2026, 10, 25, 0, 50, tzinfo=UTC)  # 02:50 MESZ
    write(desk, "zweites", happened_at=late)
    write(desk, "erstes", happened_at=early)
    assert [view.text for view in page(desk).entries] == ["zweites", "erstes"]
    with acting(CRISIS):
        lines = desk.room.csv.entries(desk.room.reading.wanted()).splitlines()
    assert "25.10.2026 02:50 MESZ" in lines[1]
    assert "25.10.2026 02:10 MEZ" in lines[2]


def test_what_happens_to_an_alarm_is_in_the_journal_once_and_with_its_name(desk):
    room = Room(desk.sessions, desk.region, desk.clock)
    room.after(0, condition())
    room.after(1, condition())
    with acting(CRISIS):
        [alarm] = room.service.board().alarms
        room.desk.acknowledge(alarm.alarm_id, alarm.version)
        room.desk.comment(alarm.alarm_id, "Wehr ist unterwegs")
    texts = [view.text for view in page(desk, kinds=("alarm",)).entries]
    assert texts == [
        "Alarm: Hochwasser, Mayen – Bemerkung: Wehr ist unterwegs",
        "Alarm: Hochwasser, Mayen – quittiert",
        "Alarm: Hochwasser, Mayen – ausgelöst: Mayen ist gefährdet.",
    ]
    assert page(desk, subject="mayen/nette|").found == 3
    for _ in range(14):
        room.after(5, condition(Standing.CLEAR))
    assert "Bedingung beendet" in page(desk).entries[0].text


def test_an_entry_is_undone_with_the_change_that_it_tells_of(desk):
    room = Room(desk.sessions, desk.region, desk.clock)
    with desk.sessions() as session:
        session.begin()
        room.keeper._store(writing(session), Opened(condition()), "live", NOW)
        assert journal.last_entry(session) == 1
        session.rollback()
    assert page(desk).found == 0


def test_a_handover_is_signed_by_two_people_once(desk):
    write(desk, "x", who=CRISIS)
    with acting(CRISIS):
        desk.room.desk.write(Draft(Kind.DECISION, "Campingplatz wird geräumt"))
        desk.after(60)
        report = desk.room.shifts.draft(NOW - MINUTE, "Brücke beobachten")
        number = desk.room.desk.hand_over(report)
        with pytest.raises(EntryRefusedError, match="jemand anderes"):
            desk.room.desk.take_over(number)
        assert desk.room.reading.open_handover().entry_id == number
    namesake = identity_of(Role.ADMIN, person_id="id-9", name=CRISIS.name)
    with acting(namesake), pytest.raises(EntryRefusedError, match="jemand anderes"):
        desk.room.desk.take_over(number)
    assert report.decisions == ("10.03.2026 13:00 MEZ: Campingplatz wird geräumt (Dienst crisis)",)
    with acting(OTHER):
        desk.room.desk.take_over(number, "alles klar")
        with pytest.raises(EntryRefusedError, match="schon übernommen"):
            desk.room.desk.take_over(number)
        assert desk.room.reading.open_handover() is None
        assert desk.room.handover_pdf(number).startswith(b"%PDF")
        with pytest.raises(UnknownEntryError):
            desk.room.handover_pdf(1)


def test_a_report_has_the_words_of_the_duty_officer_and_what_people_entered_as_lage(desk):
    notes = DutyNotes(desk.sessions, desk.region, desk.clock, wall=desk.clock.now)
    shifts = replace(desk.room.shifts, duty_note=notes.current)
    write(desk, "Keller in der Brückenstraße läuft voll", happened_at=NOW - 5 * MINUTE)
    write(desk, "vor der Schicht", happened_at=NOW - 90 * MINUTE)
    with acting(CRISIS):
        notes.write("Nette fällt.\nWache bleibt besetzt.", 1, is_public=False)
        report = shifts.draft(NOW - 60 * MINUTE, "")
        number = desk.room.desk.hand_over(report)
        stored = Handover.of(desk.room.reading.entry(number).details)
        assert desk.room.handover_pdf(number).startswith(b"%PDF")
    assert stored == report
    assert report.situation == (
        "10.03.2026 12:55 MEZ: Keller in der Brückenstraße läuft voll (Dienst crisis)",
    )
    assert report.duty_note == (
        "Nette fällt.\nWache bleibt besetzt. (10.03.2026 13:00 MEZ, Dienst crisis; gilt bis"
        " 10.03.2026 14:00 MEZ)"
    )
    desk.after(70)
    with acting(CRISIS):
        assert "galt bis" in shifts.draft(NOW - 60 * MINUTE, "").duty_note
        assert shifts.draft(NOW + 65 * MINUTE, "").duty_note == ""


def test_a_report_that_was_signed_without_them_does_not_say_that_there_were_none():
    details = handover().as_details()
    assert [name for name, *_ in Handover.of(details).parts][2] == "Lagetext"
    del details["duty_note"], details["situation"]
    names = {name for name, *_ in Handover.of(details).parts}
    assert not names & {"Lagetext", "Lagemeldungen dieser Schicht"}


def test_a_shift_is_signed_once_until_somebody_has_taken_it_over(desk):
    with acting(CRISIS):
        report = desk.room.shifts.draft(NOW - 60 * MINUTE, "")
        number = desk.room.desk.hand_over(report)
        desk.after(1)
        again = desk.room.shifts.draft(NOW - 60 * MINUTE, "Brücke")
        with pytest.raises(EntryRefusedError, match=f"wartet schon als Nr. {number}"):
            desk.room.desk.hand_over(again)
        assert desk.room.desk.hand_over(desk.room.shifts.draft(NOW - 30 * MINUTE, "")) > number
    with acting(OTHER):
        desk.room.desk.hand_over(again)
        desk.room.desk.take_over(number)
    with acting(CRISIS):
        assert desk.room.desk.hand_over(again) > number
