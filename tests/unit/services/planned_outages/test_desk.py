"""Planned outages: silence is no alarm while they hold, and one again from their end on."""

from datetime import timedelta

import pytest

from services.alarms.model import Rule
from services.local_time import UnclearTimeError, stamp
from services.people.errors import NotAllowedError
from services.people.identity import acting
from services.people.model import Role
from services.planned_outages.errors import OutageRefusedError
from services.planned_outages.model import Kind
from services.planned_outages.standing import standing
from tests.support.sample_alarms import NOW, Room, StandingClock, condition
from tests.support.sample_night import GAUGE, HOUR, MINUTE, desks
from tests.support.sample_people import identity_of

CRISIS = identity_of(Role.CRISIS)


@pytest.fixture
def outages(sessions, region):
    return desks(sessions, region)[1]


def plan(outages, kind="gauge", subject=GAUGE, hours=6, reason="Wartung"):
    until = stamp(outages.clock.now() + hours * HOUR, outages.region.timezone)
    with acting(CRISIS):
        return outages.plan(kind, subject, until, reason)


def held(outages):
    with outages.sessions() as session:
        return standing(session, outages.region, outages.clock, outages.clock.now())


def test_it_holds_from_now_until_its_end_and_ends_by_itself(outages):
    made = plan(outages)
    assert held(outages).gauges[GAUGE].reason == "Wartung"
    outages.clock.instant = made.until_at - MINUTE
    assert GAUGE in held(outages).gauges
    outages.clock.instant = made.until_at
    assert held(outages).gauges == {}


@pytest.mark.parametrize(
    ("until", "end"), [("18:10", "10.03.2026 18:10 MEZ"), ("06:00", "11.03.2026 06:00 MEZ")]
)
def test_an_hour_alone_is_when_it_comes_next(outages, until, end):
    with acting(CRISIS):
        made = outages.plan("gauge", GAUGE, until, "Wartung")
    assert stamp(made.until_at, outages.region.timezone) == end


def test_with_a_gauge_its_devices_are_out_of_service(outages):
    plan(outages)
    own = {row.dev_eui for row in outages.region.sensors if row.gauge_id == GAUGE}
    assert own
    assert set(held(outages).devices) == own


def test_it_says_since_when_until_when_why_and_by_whom(outages):
    words = plan(outages).words(outages.region.timezone)
    assert words.startswith("Planmäßig außer Betrieb seit 10.03.2026 13:00 MEZ, bis")
    assert words.endswith(f"Wartung ({CRISIS.actor})")


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        (("gauge", "gibt-es-nicht", "11.03.2026 12:00", "Wartung"), "wählen"),
        (("gauge", GAUGE, "11.03.2026 12:00", " "), "Grund"),
        (("gauge", GAUGE, "10.03.2026 12:00", "Wartung"), "schon vorbei"),
        (("gauge", GAUGE, "10.03.2027 12:00", "Wartung"), "Höchstens 90 Tage"),
    ],
)
def test_what_does_not_fit_is_refused(outages, asked, words):
    with acting(CRISIS), pytest.raises(OutageRefusedError, match=words):
        outages.plan(*asked)
    assert held(outages).gauges == {}


def test_an_end_in_the_hour_that_comes_twice_must_be_named(sessions, region):
    clock = StandingClock(NOW.replace(month=10, day=24))
    outages = desks(sessions, region, clock)[1]
    with acting(CRISIS), pytest.raises(UnclearTimeError, match="zweimal"):
        outages.plan("gauge", GAUGE, "25.10.2026 02:30", "Wartung")
    with acting(CRISIS):
        made = outages.plan("gauge", GAUGE, "25.10.2026 02:30 MEZ", "Wartung")
    assert made.until_at - clock.now() == timedelta(hours=13, minutes=30)


def test_twice_is_refused_and_after_putting_back_it_may_be_planned_again(outages):
    made = plan(outages)
    with pytest.raises(OutageRefusedError, match="schon"):
        plan(outages)
    with acting(CRISIS):
        outages.put_back(made.outage_id)
        with pytest.raises(OutageRefusedError, match="schon beendet"):
            outages.put_back(made.outage_id)
    assert held(outages).gauges == {}
    outages.clock.instant += MINUTE
    plan(outages)


def test_planners_may_not(outages):
    with acting(identity_of(Role.PLANNER)), pytest.raises(NotAllowedError):
        outages.plan("gauge", GAUGE, "11.03.2026 12:00", "Wartung")


def test_open_alarms_of_its_silence_end_with_the_reason_and_others_stay(sessions, region):
    room = Room(sessions, region)
    room.after(0, condition(rule=Rule.SILENT, subject=GAUGE), condition())
    outages = desks(sessions, region, room.clock)[1]
    plan(outages, reason="Brückenbau")
    with acting(CRISIS):
        silent, level = sorted(room.service.board().alarms, key=lambda row: row.rule != Rule.SILENT)
        assert silent.ended_at == room.clock.now()
        assert level.ended_at is None
        [entry] = [item for item in room.service.log(silent.alarm_id) if item.kind == "ended"]
    assert "Brückenbau" in entry.text


def test_a_single_device_can_be_out_of_service(outages):
    eui = next(row.dev_eui for row in outages.region.sensors)
    plan(outages, Kind.DEVICE, eui)
    assert set(held(outages).devices) == {eui}
    assert held(outages).gauges == {}
