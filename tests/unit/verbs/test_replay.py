"""Which event the demonstration begins with, and how far into it."""

import shutil
from datetime import timedelta

import pytest

from config import Settings
from data import replays
from data.engine import make_engine, make_sessions
from data.region_pack.scenarios import load_scenarios
from services.ingestion.spool import Spool
from services.ingestion.spooled import SpooledMessage
from services.simulation.replay import UnknownScenarioError
from verbs.replay import begin, begin_demo


@pytest.fixture
def settings(tmp_path, region_dir):
    return Settings(state_dir=tmp_path / "state", region_dir=region_dir)


def current(settings):
    engine = make_engine(settings.simulation_url)
    with make_sessions(engine)() as session:
        row = replays.current(session)
    engine.dispose()
    return row


def test_the_demonstration_begins_inside_the_usual_event(settings, region_dir):
    begin_demo(settings)
    row = current(settings)
    event = load_scenarios(region_dir)["2021-07"]
    skipped = timedelta(minutes=settings.scenario_skip_min)
    assert row.scenario == "2021-07"
    assert row.event_start == event.play_from + skipped
    assert row.speed == settings.scenario_speed


def test_a_region_without_the_usual_event_begins_with_its_first(settings, tmp_path, region_dir):
    other = tmp_path / "pack"
    shutil.copytree(region_dir, other)
    path = other / "scenarios.toml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace('id = "2021-07"', 'id = "hochwasser"'), encoding="utf-8")
    begin_demo(settings.model_copy(update={"region_dir": other}))
    assert current(settings).scenario == "hochwasser"


def test_an_event_that_was_asked_for_and_does_not_exist_is_refused(tmp_path):
    settings = Settings(state_dir=tmp_path, scenario="sintflut")
    with pytest.raises(UnknownScenarioError) as caught:
        begin_demo(settings)
    assert "„sintflut“" in caught.value.user_message
    assert "2021-07" in caught.value.user_message


def test_a_region_without_events_starts_without_one(tmp_path):
    pack = tmp_path / "pack"
    shutil.copytree(Settings().region_path, pack)
    (pack / "scenarios.toml").unlink()
    begin_demo(Settings(state_dir=tmp_path / "state", region_dir=pack))
    assert not (tmp_path / "state" / "simulation.sqlite").exists()


def test_skipping_more_than_the_event_lasts_begins_at_its_end(settings, region_dir):
    begin(settings, "2024-05", 60.0, timedelta(days=9))
    assert current(settings).event_start == load_scenarios(region_dir)["2024-05"].end


def test_beginning_a_replay_forgets_messages_that_still_wait(settings, region_dir):
    begin(settings, "normal", 60.0)
    spool = Spool(settings.spool_dir, 1_000_000)
    at = load_scenarios(region_dir)["normal"].play_from
    spool.put([SpooledMessage("chirpstack", "x", at, b"{}", "simulated")])
    begin(settings, "2021-07", 60.0)
    assert spool.waiting() == 0
