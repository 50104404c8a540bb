"""What the worker does after a cycle: looks at the newest run, and waits for a replay to fill."""

from datetime import timedelta

import pytest

from data import operation, replays, runs
from data.engine import writing
from services.alarms.after_cycle import FILLING, LOOKED, CycleAlarms
from services.alarms.from_cycle import Names
from services.alarms.keeper import AlarmKeeper
from services.alarms.policy import make_policy
from services.clock import ReplayClock, SystemClock, wall_now
from tests.support.sample_runs import run_row


@pytest.fixture
def look(sqlite_sessions, region):
    def make(clock, wall=wall_now):
        keeper = AlarmKeeper(sqlite_sessions, region, clock, make_policy())
        return CycleAlarms(keeper, Names.of(region), wall=wall)

    return make


def store(sessions, region):
    row = run_row("run-1", wall_now(), region_id=region.region_id)
    with sessions.begin() as session:
        runs.add(writing(session), row)


def looked(sessions):
    with sessions() as session:
        return operation.last_success(session, LOOKED)


def test_without_a_run_nothing_is_decided(sqlite_sessions, look):
    look(SystemClock())()
    assert looked(sqlite_sessions) is None


def test_of_the_newest_run_it_is_noted_that_its_alarms_were_decided(sqlite_sessions, region, look):
    store(sqlite_sessions, region)
    look(SystemClock())()
    assert looked(sqlite_sessions) is not None


def test_a_replay_that_has_just_begun_raises_nothing_until_its_past_is_stored(
    sqlite_sessions, region, look
):
    now = wall_now()
    with sqlite_sessions.begin() as session:
        writing(session)
        replays.start(session, "2021-07", (now, now + timedelta(days=1)), now, 20.0)
    store(sqlite_sessions, region)
    clock = ReplayClock(sqlite_sessions, {})
    look(clock)()
    assert looked(sqlite_sessions) is None
    look(clock, lambda: now + FILLING)()
    assert looked(sqlite_sessions) is not None
