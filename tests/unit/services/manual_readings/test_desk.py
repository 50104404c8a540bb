"""Readings by hand: stored as observations, marked, withdrawable, never overwritten by a device."""

from dataclasses import replace
from datetime import timedelta

import pytest

from data import as_of, audit, journal, manual_readings, observations, operation, quality, things
from data.observation_rows import ObservationRow
from data.things import StreamRow, ThingRow
from services.flood.model import Flag
from services.manual_readings.errors import ReadingRefusedError
from services.people.errors import NotAllowedError
from services.people.identity import acting
from services.people.model import Role
from services.quality.reprocess import Job, Reprocessor
from services.quality.rules import make_rules
from tests.support.sample_alarms import NOW, StandingClock
from tests.support.sample_night import GAUGE, HOUR, MINUTE, desks, draft
from tests.support.sample_people import identity_of

CRISIS = identity_of(Role.CRISIS)


@pytest.fixture
def stream(sessions, region):
    with sessions.begin() as session:
        thing = ThingRow(GAUGE, "Nitz", "gauge", None, None)
        things.ensure(session, region.region_id, [StreamRow(thing, "stage", "m")])
        return things.ids(session)[f"{GAUGE}/stage"]


@pytest.fixture
def readings(sessions, region, stream):
    return desks(sessions, region)[0]


def enter(readings, **changes):
    with acting(CRISIS):
        return readings.enter(draft(**changes))


def stored(readings, stream, at):
    with readings.sessions() as session:
        [row] = quality.rows(session, stream, at, at)
    return row


def from_device(sessions, stream, at, value, received=None):
    row = ObservationRow(stream, at, received or at, value, value, Flag.GOOD, "", "live")
    with sessions.begin() as session:
        observations.upsert(session, [row])


def test_a_reading_is_an_observation_of_the_gauge_with_its_own_origin_and_reason(readings, stream):
    enter(readings, read_at="12:40", way="gemeldet")
    row = stored(readings, stream, NOW - 20 * MINUTE)
    assert (row.value, row.origin, row.flag) == (1.85, "manual", Flag.NOT_EVALUATED)
    assert row.flag_reason == "Ablesung: telefonisch gemeldet von Feuerwehr"
    assert row.result_time == NOW


def test_it_is_told_to_journal_and_audit_and_starts_a_cycle(readings, stream):
    enter(readings)
    with readings.sessions() as session:
        assert operation.last_success(session, operation.INGEST) == NOW
        assert audit.newest(session, 1)[0].action == "manual-reading"
        wanted = journal.Search(readings.region.region_id, "live")
        [entry] = journal.search(session, wanted, 10)
    assert "1,85 m" in entry.text
    assert GAUGE in entry.subjects


def test_without_a_name_it_is_that_of_who_enters(readings):
    enter(readings, read_by=" ")
    with acting(CRISIS):
        assert readings.recent()[0].read_by == CRISIS.actor


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"gauge_id": "gibt-es-nicht"}, "Pegel wählen"),
        ({"value": "99"}, "kann dieser Pegel nicht zeigen"),
        ({"way": "geraten"}, "woher"),
    ],
)
def test_what_does_not_fit_is_refused_and_nothing_is_stored(readings, changes, words):
    with pytest.raises(ReadingRefusedError, match=words):
        enter(readings, **changes)
    with acting(CRISIS):
        assert readings.recent() == ()


def test_planners_may_not_enter(readings):
    with acting(identity_of(Role.PLANNER)), pytest.raises(NotAllowedError):
        readings.enter(draft())


def test_a_device_that_speaks_of_the_same_instant_later_replaces_nothing(
    readings, stream, sessions
):
    enter(readings)
    from_device(sessions, stream, NOW, 0.4, received=NOW + MINUTE)
    row = stored(readings, stream, NOW)
    assert (row.value, row.origin) == (1.85, "manual")


def test_a_value_of_the_device_is_not_written_over(readings, stream, sessions):
    from_device(sessions, stream, NOW, 1.1)
    with pytest.raises(ReadingRefusedError, match="ein Wert des Geräts"):
        enter(readings)


def test_two_readings_of_one_minute_are_refused_until_one_is_withdrawn(readings):
    enter(readings)
    with pytest.raises(ReadingRefusedError, match="zuerst zurückziehen"):
        enter(readings, value="1,90")
    with acting(CRISIS):
        readings.withdraw(readings.recent()[0].reading_id, "Zahlendreher")
    enter(readings, value="1,90")


def test_a_withdrawn_reading_counts_no_more_and_says_why(readings, stream):
    enter(readings)
    with acting(CRISIS):
        number = readings.recent()[0].reading_id
        with pytest.raises(ReadingRefusedError, match="warum"):
            readings.withdraw(number, " ")
        readings.withdraw(number, "Zahlendreher")
        with pytest.raises(ReadingRefusedError, match="schon"):
            readings.withdraw(number, "noch einmal")
        [view] = readings.recent()
    assert (view.withdrawn_by, view.withdrawn_reason) == (CRISIS.actor, "Zahlendreher")
    row = stored(readings, stream, NOW)
    assert (row.value, row.flag) == (1.85, Flag.MISSING)
    assert row.flag_reason == "Ablesung: zurückgezogen: Zahlendreher"


def test_after_a_withdrawal_the_device_may_speak_of_that_instant(readings, stream, sessions):
    enter(readings)
    with acting(CRISIS):
        readings.withdraw(readings.recent()[0].reading_id, "Zahlendreher")
    from_device(sessions, stream, NOW, 0.4, received=NOW + MINUTE)
    assert stored(readings, stream, NOW).origin == "live"


def test_what_was_known_then_keeps_the_reading(readings, stream, sessions):
    enter(readings)
    from_device(sessions, stream, NOW, 0.4, received=NOW + MINUTE)
    with sessions() as session:
        [(_, value, _, origin)] = as_of.known_with_origin(
            session, stream, NOW, NOW, NOW + timedelta(hours=1)
        )
    assert (value, origin) == (1.85, "manual")


def test_judging_again_takes_the_mark_of_a_reading_not_away(readings, stream, sessions):
    for minutes in (60, 45, 30, 15):
        from_device(sessions, stream, NOW - minutes * MINUTE, 1.84)
    enter(readings)
    rules = make_rules(readings.region.pack.gauges, readings.region.quality)
    job = Job(stream, f"{GAUGE}/stage", NOW - HOUR, NOW + HOUR, NOW + HOUR)
    Reprocessor(sessions, rules).run(job)
    row = stored(readings, stream, NOW)
    assert (row.flag, row.flag_reason) == (
        Flag.NOT_EVALUATED,
        "Ablesung: abgelesen von Feuerwehr",
    )


def test_a_drill_has_readings_of_its_own(readings, sessions, region):
    enter(readings)
    drill, _ = desks(sessions, region, StandingClock(began_at=NOW - HOUR))
    with acting(CRISIS):
        assert drill.recent() == ()
        with pytest.raises(ReadingRefusedError, match="gibt es nicht"):
            drill.withdraw(readings.recent()[0].reading_id, "fremd")


def test_rows_of_the_store_are_read_back_as_written(readings, sessions, region):
    enter(readings)
    with sessions() as session:
        [row] = manual_readings.since(session, region.region_id, "live", NOW - HOUR, 10)
    assert replace(row, reading_id=0).read_at == NOW
