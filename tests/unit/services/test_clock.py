from datetime import UTC, datetime, timedelta

import pytest

from data import replays
from services.clock import ReplayClock, SystemClock, event_time
from services.simulation.replay import begin_replay

WALL = datetime(2026, 11, 1, 12, 0, tzinfo=UTC)


@pytest.fixture
def replay(sessions, region):
    begin_replay(sessions, region.scenarios["2021-07"], 20.0, wall=lambda: WALL)
    with sessions() as session:
        return replays.current(session)


def test_event_time_runs_with_the_speed_and_stops_at_the_end(replay):
    assert event_time(replay, WALL + timedelta(minutes=3)) == replay.event_start + timedelta(
        hours=1
    )
    assert event_time(replay, WALL + timedelta(days=9)) == replay.event_end


def test_a_replay_clock_shows_both_times_and_its_event(sessions, replay):
    clock = ReplayClock(sessions, {"2021-07": "Juli 2021"}, wall=lambda: WALL)
    view = clock.view()
    assert (view.now, view.wall_now) == (replay.event_start, WALL)
    assert (view.scenario_title, view.speed, view.is_simulated) == ("Juli 2021", 20.0, True)
    assert clock.epoch() == WALL


def test_a_new_replay_forgets_what_the_last_one_wrote(sessions, region, replay):
    begin_replay(sessions, region.scenarios["normal"], 1.0)
    with sessions() as session:
        assert replays.current(session).scenario == "normal"


def test_real_operation_has_no_scenario():
    view = SystemClock(lambda: WALL).view()
    assert (view.now, view.is_simulated, SystemClock().epoch()) == (WALL, False, None)
