"""Named events through the whole chain: uplinks, spool, store, cycle, stored run (no screens)."""

import os

import pytest

from config import Settings
from verbs.replay import play_headless

WARNED = {"voralarm", "warnung", "alarm"}


@pytest.fixture(scope="module")
def settings(tmp_path_factory, monkeypatch_module):
    return Settings(state_dir=tmp_path_factory.mktemp("state"), flood_members=400)


@pytest.fixture(scope="module")
def monkeypatch_module():
    patch = pytest.MonkeyPatch()
    for name in list(os.environ):
        if name.startswith("COCKPIT_") and name != "COCKPIT_REQUIRE_SERVICES":
            patch.delenv(name)
    yield patch
    patch.undo()


def test_july_2021_alarms_mayen_hours_before_miesenheim_floods(settings):
    report = play_headless(settings, "2021-07", 15)
    first = {}
    for change in report["changes"]:
        if change["to"] == "alarm":
            first.setdefault((change["place_id"], change["river_id"]), change)
    assert first["mayen", "nette"]["at"] < "2021-07-14T19:30:00+02:00"
    miesenheim = first["miesenheim", "nette"]
    assert miesenheim["at"] < "2021-07-14T21:00:00+02:00"
    assert miesenheim["usable_p10_min"] > 120
    assert "Miesenheim" in miesenheim["reason"]


def test_may_2024_never_alarms_mayen(settings):
    report = play_headless(settings, "2024-05", 15)
    assert report["highest"]["mayen@nette"] in {"voralarm", "warnung"}
    assert report["highest"]["virneburg@nitzbach"] in WARNED


def test_a_calm_day_warns_nobody(settings):
    report = play_headless(settings, "normal", 30)
    assert set(report["highest"].values()) == {"ok"}


def test_without_hammesmuehle_mayen_is_computed_from_upstream_and_stays_warned(settings):
    report = play_headless(settings, "hammesmuehle-ausfall", 15)
    assert report["highest"]["mayen@nette"] == "alarm"
    said = [c["reason"] for c in report["changes"] if c["place_id"] == "mayen"]
    assert any("Hammesmühle" in sentence and "meldet" in sentence for sentence in said)
    assert not any(c["to"] == "unbekannt" for c in report["changes"] if c["place_id"] == "mayen")


def test_when_all_gauges_are_silent_no_place_is_safe(settings):
    report = play_headless(settings, "alles-still", 15)
    assert "ok" not in report["final"].values()
    assert report["final"]["mayen@nette"] in WARNED
    held = [c for c in report["changes"] if c["from"] in WARNED and c["to"] in {"ok", "unbekannt"}]
    assert held == []
