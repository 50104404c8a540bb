"""Steering a drill on both databases: who may, what holds, what is refused."""

from datetime import UTC, datetime, timedelta

import pytest

from data import audit, drills, replays
from services.alarms import scope
from services.clock import ReplayClock
from services.drills.desk import SETTLE, DrillDesk
from services.drills.errors import DrillRefusedError, NotInDrillError
from services.drills.injecting import Injector
from services.people.errors import NotSignedInError
from services.people.identity import acting
from services.people.model import Role
from services.simulation.player import messages_of
from services.simulation.replay import begin_replay
from tests.support.sample_people import identity_of

WALL = datetime(2026, 11, 28, 20, 0, tzinfo=UTC)


class Hand:
    """A wall clock that a test moves."""

    def __init__(self):
        self.at = WALL

    def __call__(self):
        return self.at

    def go(self, seconds):
        self.at += timedelta(seconds=seconds)


@pytest.fixture
def hand():
    return Hand()


@pytest.fixture
def desk(sessions, region, hand):
    begin_replay(sessions, region.scenarios["2021-07"], 20.0, wall=hand)
    clock = ReplayClock(sessions, {}, hand)
    return DrillDesk(sessions, region, clock, is_drill=True, wall=hand)


@pytest.fixture
def crisis():
    with acting(identity_of(Role.CRISIS)) as who:
        yield who


def settled(hand):
    hand.go(SETTLE.total_seconds())


def test_a_pause_stops_the_clock_of_every_process_and_going_on_keeps_the_pace(desk, hand, crisis):
    other = ReplayClock(desk.sessions, {}, hand)
    hand.go(60)
    desk.pause()
    settled(hand)
    stood_at = desk.view().now
    hand.go(600)
    assert desk.view().is_paused
    assert (other.now(), other.view().speed) == (stood_at, 0.0)
    desk.resume()
    settled(hand)
    hand.go(3)
    assert (desk.view().now - stood_at, desk.view().speed) == (timedelta(minutes=1), 20.0)


def test_a_jump_forward_keeps_the_alarms_and_one_back_begins_anew(desk, hand, crisis):
    clock = desk.clock
    start = desk.view().now
    before = scope.of(clock)
    assert desk.jump(start + timedelta(hours=3)) is False
    settled(hand)
    assert desk.view().now == start + timedelta(hours=3)
    assert clock.jumped_at() == hand.at
    assert scope.of(clock) == before
    assert desk.jump(start + timedelta(hours=1)) is True
    hand.go(1)
    assert scope.of(clock) != before
    assert desk.view().now == start + timedelta(hours=1, seconds=20)


@pytest.mark.parametrize("speed", [0.5, 601])
def test_a_pace_beyond_its_bounds_is_refused_with_them(desk, crisis, speed):
    with pytest.raises(DrillRefusedError, match="1 bis 600"):
        desk.set_speed(speed)


def test_nobody_jumps_out_of_the_event(desk, crisis):
    with pytest.raises(DrillRefusedError, match="So weit"):
        desk.jump(desk.view().end + timedelta(minutes=1))


def test_steering_needs_the_right_and_is_in_the_audit_log(desk):
    with pytest.raises(NotSignedInError):
        desk.pause()
    with acting(identity_of(Role.CRISIS)):
        desk.pause()
    with desk.sessions() as session:
        assert audit.newest(session, 1)[0].action == "drill-pause"


def test_in_real_operation_there_is_nothing_to_steer(desk, crisis):
    real = DrillDesk(desk.sessions, desk.region, desk.clock, is_drill=False)
    for act in (real.pause, real.resume, real.view, lambda: real.remark("x")):
        with pytest.raises(NotInDrillError):
            act()


def test_a_silenced_gauge_sends_nothing_and_a_false_reading_comes_once(desk, region, hand, crisis):
    gauge_id = sorted(region.connected)[0]
    desk.silence(gauge_id, is_silent=True)
    desk.report_falsely(gauge_id, 3.2)
    with desk.sessions() as session:
        replay = replays.current(session)
    messages = messages_of(region, region.scenarios["2021-07"])
    eye = next(row.dev_eui for row in region.sensors if row.gauge_id == gauge_id).lower()
    of_gauge = [item for item in messages if eye in item.topic.lower()]
    injector = Injector(desk.sessions, region)
    sent = injector(replay, messages)
    assert of_gauge
    assert len(sent) == len(messages) - len(of_gauge) + 1
    assert eye in sent[-1].topic.lower()
    assert list(injector(replay, [])) == []
    desk.silence(gauge_id, is_silent=False)
    assert len(injector(replay, messages)) == len(messages)


def test_the_newest_remark_stands_for_all(desk, crisis):
    desk.remark(" Anruf aus Mayen ")
    desk.remark("Strom fällt aus")
    assert desk.view().remark == "Strom fällt aus"
    with desk.sessions() as session:
        assert len(drills.injections(session, replays.current(session).replay_id)) == 2
