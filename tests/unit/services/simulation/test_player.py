"""The player hands over uplinks when their time has come, and none of an event that has ended."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import text

from data.engine import writing
from services.clock import ReplayClock
from services.ingestion.spool import Spool
from services.ingestion.spooled import SpooledMessage
from services.simulation.player import Player
from services.simulation.replay import begin_replay

WALL = datetime(2026, 11, 1, 12, tzinfo=UTC)


class Wall:
    def __init__(self):
        self.at = WALL

    def __call__(self):
        return self.at


@pytest.fixture
def wall():
    return Wall()


@pytest.fixture
def player(region, sqlite_sessions, tmp_path, wall):
    clock = ReplayClock(sqlite_sessions, {}, wall)
    return Player(region, Spool(tmp_path / "spool", 50_000_000), clock)


def start(player, name, wall):
    scenario = player.region.scenarios[name]
    begin_replay(player.clock.sessions, scenario, 60.0, None, wall)
    return scenario


def waiting(spool):
    return [message for batch in spool.batches() for message in batch.messages]


def test_uplinks_are_handed_over_when_they_are_due_and_only_once(player, wall):
    scenario = start(player, "normal", wall)
    first = player.step()
    assert first > 0
    assert all(m.received_at <= scenario.play_from for m in waiting(player.spool))
    assert player.step() == 0
    wall.at += timedelta(minutes=1)
    assert player.step() > 0
    assert max(m.received_at for m in waiting(player.spool)) > scenario.play_from


def test_before_any_replay_nothing_is_handed_over(player):
    assert player.step() == 0


def test_another_event_leaves_nothing_of_the_one_before(player, wall):
    start(player, "normal", wall)
    player.step()
    wall.at += timedelta(seconds=5)
    scenario = start(player, "2021-07", wall)
    late = SpooledMessage("chirpstack", "x", datetime(2026, 3, 10, tzinfo=UTC), b"{}", "simulated")
    player.spool.put([late])
    with player.clock.sessions() as session, session.begin():
        writing(session).execute(
            text("insert into source_states (source, message) values ('worker', 'kept')")
        )
    player.step()
    assert {m.received_at.year for m in waiting(player.spool)} == {scenario.end.year}
    with player.clock.sessions() as session:
        assert session.scalar(text("select count(*) from observations")) == 0
        assert session.scalar(text("select message from source_states")) == "kept"


def test_the_first_event_of_a_process_keeps_what_is_stored_already(player, wall, region, tmp_path):
    start(player, "normal", wall)
    player.step()
    sessions = player.clock.sessions
    again = Player(region, player.spool, ReplayClock(sessions, {}, wall))
    before = len(waiting(player.spool))
    again.step()
    assert len(waiting(player.spool)) == 2 * before
