"""Named events through the whole chain: uplinks, spool, store, cycle, stored run (no screens)."""

import pytest

from verbs.replay import play_headless

WARNED = {"voralarm", "warnung", "alarm"}
SILENT_FOR_45_MIN = "2021-07-14T17:50:00+02:00"
"""All gauges fall silent at 17:00; the cycle after 45 minutes may be five minutes late."""

pytestmark = pytest.mark.timeout(600)
"""A whole event through the chain takes a minute on two free cores."""


@pytest.fixture(scope="module")
def settings(chain_settings):
    return chain_settings


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
    assert report["highest"]["mayen@nette"] != "alarm"
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


def test_isenburg_is_never_called_safe_without_saying_that_side_brooks_are_unseen(settings):
    report = play_headless(settings, "isenburg-ommelsbach", 15)
    assert report["final"]["isenburg@saynbach"] == "unbekannt"
    said = [c["reason"] for c in report["changes"] if c["place_id"] == "isenburg"]
    assert said
    assert all("keine Aussage zu Seitenbächen" in sentence for sentence in said)
    assert not any(c["to"] == "ok" for c in report["changes"] if c["place_id"] == "isenburg")


def test_when_all_gauges_fell_silent_every_calm_place_is_unknown_within_45_minutes(settings):
    report = play_headless(settings, "alles-still", 15)
    late = [c for c in report["changes"] if c["to"] == "unbekannt" and c["at"] > SILENT_FOR_45_MIN]
    assert set(report["final"].values()) <= WARNED | {"unbekannt"}
    assert late == []
