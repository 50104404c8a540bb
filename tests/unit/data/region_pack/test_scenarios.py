from datetime import timedelta

import pytest

from data.region_pack.faults import RegionPackError
from data.region_pack.scenarios import load_scenarios


def test_the_named_events_are_there(region_dir):
    wanted = {"2021-07", "2024-05", "normal", "hammesmuehle-ausfall", "alles-still"}
    assert wanted <= set(load_scenarios(region_dir))


def test_a_shifted_event_keeps_its_course(region_dir):
    event = load_scenarios(region_dir)["hammesmuehle-ausfall"]
    moved = event.shifted(event.play_from + timedelta(days=30))
    assert moved.rain[0].start - moved.play_from == event.rain[0].start - event.play_from
    assert moved.faults[0].end - moved.play_from == event.faults[0].end - event.play_from


def test_a_region_without_events_has_none(tmp_path):
    assert load_scenarios(tmp_path) == {}


@pytest.mark.parametrize("text", ["[[scenario]]\nid = 1", "not toml at all ="])
def test_a_broken_file_is_named(tmp_path, text):
    (tmp_path / "scenarios.toml").write_text(text, encoding="utf-8")
    with pytest.raises(RegionPackError, match=r"scenarios\.toml"):
        load_scenarios(tmp_path)
