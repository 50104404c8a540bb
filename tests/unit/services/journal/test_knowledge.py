"""What was known at 20:45 is told as it was known, also after a value was corrected; files too."""

import csv
import io
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from data import observations, runs, things
from data.observations import ObservationRow
from services.alarms.model import Severity
from services.flood.model import Flag
from services.journal.desk import Draft
from services.journal.model import Kind
from services.people.errors import NotSignedInError
from services.people.identity import acting
from services.people.model import Role
from services.run_results import gauge_result
from tests.support.sample_alarms import Room, StandingClock, condition
from tests.support.sample_journal import Desk
from tests.support.sample_people import identity_of

CRISIS = identity_of(Role.CRISIS)
AT = datetime(2026, 7, 14, 18, 45, tzinfo=UTC)
"""20:45 on the clocks of the region."""
MINUTE = timedelta(minutes=1)
GAUGE = "iot-nitz"
SCRIPT = "<script>alert(1)</script>"
FORMULA = '=HYPERLINK("http://boese.example")'


def store(desk, at, value, received, gauge=GAUGE):
    with desk.sessions.begin() as session:
        number = things.ids(session)[f"{gauge}/stage"]
        row = ObservationRow(number, at, received, value, value, Flag.GOOD, "", "simulated")
        observations.upsert(session, [row])


@pytest.fixture
def desk(sessions, region):
    made = Desk(sessions, region, StandingClock(AT))
    wanted = [(r.gauge_id, r.gauge_id, "gauge", r.observed_property, "m") for r in region.sensors]
    with sessions.begin() as session:
        things.ensure(session, region.region_id, (things.stream(*row) for row in wanted))
    for back in range(8, 0, -1):
        at = AT - 15 * back * MINUTE
        store(made, at, 0.4, at)
    store(made, AT - 2 * MINUTE, 1.9, AT - MINUTE)
    return made


def known(desk, at=AT):
    with acting(CRISIS):
        return desk.room.knowledge.at(at)


def of_gauge(found):
    return next(item for item in found.gauges if item.view.gauge_id == GAUGE)


def test_before_the_first_run_nothing_is_claimed(desk):
    found = known(desk)
    assert (found.run_at, found.gauges, found.villages) == (None, (), ())
    assert found.headline == "Aus dieser Zeit ist keine Berechnung gespeichert"


def test_a_late_correction_changes_today_and_not_what_was_known(desk):
    run = desk.cycles().run()
    desk.after(60)
    store(desk, AT - 2 * MINUTE, 0.5, AT + 40 * MINUTE)
    desk.cycles().run()
    then = of_gauge(known(desk, AT + MINUTE))
    assert (then.view.value, then.then, then.today) == (1.9, 1.9, 0.5)
    assert then.is_changed
    assert round(then.view.age_min) == 3
    with desk.sessions() as session:
        said = {
            item.gauge_id: item
            for item in map(gauge_result, runs.gauge_details(session, run.run_id))
        }
    assert then.view.value == said[GAUGE].value
    assert then.view.observed_at == said[GAUGE].observed_at
    now = of_gauge(known(desk, desk.clock.instant))
    assert now.view.value == 0.5
    assert not now.is_changed


def test_a_run_from_after_the_instant_is_not_known(desk):
    desk.after(30)
    desk.cycles().run()
    assert known(desk, AT).run_at is None


def test_a_run_that_is_much_older_is_said_to_be(desk):
    desk.cycles().run()
    assert not known(desk, AT + 10 * MINUTE).is_far
    assert known(desk, AT + 40 * MINUTE).is_far


def test_alarms_that_were_open_then_are_told_as_they_stood(desk):
    room = Room(desk.sessions, desk.region, desk.clock)
    room.after(0, condition())
    desk.after(10)
    with acting(CRISIS):
        [alarm] = room.service.board().alarms
        room.desk.acknowledge(alarm.alarm_id, alarm.version)
    assert known(desk, AT + MINUTE).alarms == ("Alarm: Hochwasser, Mayen (nicht quittiert)",)
    assert "quittiert von Dienst crisis" in known(desk, AT + 11 * MINUTE).alarms[0]
    assert known(desk, AT - MINUTE).alarms == ()


def test_an_alarm_that_rose_later_is_told_as_it_stood_before(desk):
    room = Room(desk.sessions, desk.region, desk.clock)
    room.after(0, condition(severity=Severity.WARNUNG))
    with acting(CRISIS):
        [alarm] = room.service.board().alarms
        room.desk.acknowledge(alarm.alarm_id, alarm.version)
    desk.after(10)
    room.after(0, condition(severity=Severity.ALARM))
    [before] = known(desk, AT + MINUTE).alarms
    assert before.startswith("Warnung: Hochwasser, Mayen (quittiert von")
    [since] = known(desk, AT + 11 * MINUTE).alarms
    assert since == "Alarm: Hochwasser, Mayen (nicht quittiert)"


def test_the_public_learns_nothing(desk):
    with pytest.raises(NotSignedInError):
        desk.room.knowledge.at(AT)


def test_changes_between_cycles_are_entered_once(desk):
    cycles = desk.cycles()
    cycles.run()
    desk.after(5)
    cycles.run()
    first = entries(desk)
    assert [view.kind for view in first] == [Kind.STATE]
    desk.after(55)
    cycles.run()
    lost = [view for view in entries(desk) if view.kind is Kind.LOSS]
    assert len(lost) == 1
    assert "zuletzt 1,90 m, gemessen 14.07.2026 20:43 MESZ" in lost[0].text
    store(desk, desk.clock.instant - MINUTE, 0.5, desk.clock.instant)
    desk.after(1)
    cycles.run()
    cycles.run()
    back = [view for view in entries(desk) if view.kind is Kind.LOSS][-1]
    assert "meldet wieder: 0,50 m" in back.text
    assert back.happened_at == desk.clock.instant
    assert len([view for view in entries(desk) if view.kind is Kind.LOSS]) == 2


def entries(desk, **changes):
    reading = desk.room.reading
    with acting(CRISIS):
        return reading.entries(replace(reading.wanted(), **changes)).entries


def pdf_text(body):
    """Return what a PDF shows: its streams are packed, its text is in brackets."""
    import re
    import zlib

    found = []
    for packed in re.findall(rb"stream\r?\n(.*?)\r?\nendstream", body, re.DOTALL):
        try:
            found.append(zlib.decompress(packed))
        except zlib.error:
            continue
    return b"\n".join(found).decode("cp1252", "replace").replace("\\(", "(").replace("\\)", ")")


def test_what_people_type_is_text_in_files_and_never_a_formula(desk):
    with acting(CRISIS):
        desk.room.desk.write(Draft(Kind.OTHER, SCRIPT))
        desk.room.desk.write(Draft(Kind.OTHER, FORMULA))
        body = desk.room.pdf.entries(desk.room.reading.wanted())
        text = desk.room.csv.entries(desk.room.reading.wanted())
    rows = list(csv.DictReader(io.StringIO(text)))
    assert [row["text"] for row in rows] == [SCRIPT, f"'{FORMULA}"]
    assert "<script>" in pdf_text(body)
    assert b"/JavaScript" not in body
    assert b"/URI" not in body


def test_the_document_has_title_pages_and_the_hash_and_says_that_it_is_a_drill(desk):
    with acting(CRISIS):
        for number in range(60):
            desk.room.desk.write(Draft(Kind.OTHER, f"Eintrag {number} mit Ş und ß"))
        live = desk.room.pdf.entries(desk.room.reading.wanted())
        head = desk.room.reading.head()
        desk.clock.began_at = AT
        desk.room.desk.write(Draft(Kind.OTHER, "geübt"))
        drill = desk.room.pdf.entries(desk.room.reading.wanted())
    text = pdf_text(live)
    assert head in text
    assert "Seite 2 von" in text
    assert "ÜBUNG" not in text
    assert "mit S und ß" in text
    assert "ohne Akzent" in text
    assert "ÜBUNG" in pdf_text(drill)
    assert b"de-DE" in live


def test_files_with_a_state_of_knowledge_have_what_was_known_then(desk):
    desk.cycles().run()
    with acting(CRISIS):
        desk.room.desk.write(Draft(Kind.DECISION, "Vorwarnung an die Bauhöfe"))
    desk.after(60)
    store(desk, AT - 2 * MINUTE, 0.5, AT + 40 * MINUTE)
    with acting(CRISIS):
        desk.room.desk.write(Draft(Kind.DECISION, "spaeter entschieden"))
        body = desk.room.pdf.entries(desk.room.reading.wanted(), AT + MINUTE)
        table = desk.room.csv.known(AT + MINUTE)
    text = pdf_text(body)
    assert "Vorwarnung an die Bauhöfe" in text
    assert "spaeter" not in text
    assert "1,90 m" in text
    assert "0,50 m" in text
    [row] = [row for row in csv.DictReader(io.StringIO(table)) if row["wert"] == "1.9"]
    assert (row["heute_gespeichert"], row["alter_min"]) == ("0.5", "3")
    assert row["wissensstand"] == "14.07.2026 20:46 MESZ"
