"""Settings: what decides between demonstration, recording and real operation."""

from pathlib import Path

import pytest

from config import LIVE_MARKER, ROOT, Settings


@pytest.fixture(autouse=True)
def bare(monkeypatch):
    for name in Settings.model_fields:
        monkeypatch.delenv(f"COCKPIT_{name.upper()}", raising=False)


def test_without_any_source_values_are_simulated_and_kept_apart(tmp_path):
    settings = Settings(state_dir=tmp_path, database_url="postgresql+psycopg://h/real")
    assert settings.is_demo
    assert settings.origin == "simulated"
    assert settings.store_url == f"sqlite:///{tmp_path}/simulation.sqlite"
    assert settings.spool_dir == tmp_path / "spool-simulation"


@pytest.mark.parametrize("source", ["mqtt_url", "webhook_token"])
def test_a_source_makes_it_real(tmp_path, source):
    settings = Settings(
        state_dir=tmp_path, database_url="postgresql+psycopg://h/real", **{source: "mqtt://h"}
    )
    assert not settings.is_demo
    assert settings.origin == "live"
    assert settings.store_url == "postgresql+psycopg://h/real"
    assert settings.spool_dir == tmp_path / "spool"


def test_a_shared_archive_is_for_real_operation_only(tmp_path):
    shared = Settings(state_dir=tmp_path, archive_dir="/shared", mqtt_url="mqtt://h")
    assert shared.archive_path == Path("/shared")
    assert Settings(state_dir=tmp_path, archive_dir="", mqtt_url="mqtt://h").archive_path == (
        tmp_path / "archive"
    )
    simulated = Settings(state_dir=tmp_path, archive_dir="/shared")
    assert simulated.archive_path == tmp_path / "archive-simulation"
    assert simulated.folders(simulated=False)["archive"] == Path("/shared")
    assert shared.private(tmp_path / "own").archive_dir is None


def test_a_replay_clock_marks_what_comes_in_as_imported(tmp_path):
    settings = Settings(
        state_dir=tmp_path, mqtt_url="mqtt://h", replay_from="2014-01-10T00:00:00+01:00"
    )
    assert settings.origin == "imported"


def test_the_marker_of_live_ends_the_simulation_without_a_source(tmp_path):
    (tmp_path / LIVE_MARKER).touch()
    settings = Settings(state_dir=tmp_path)
    assert not settings.is_demo
    assert settings.store_url == f"sqlite:///{tmp_path}/cockpit.sqlite"


def test_a_region_elsewhere_wins_over_a_shipped_one():
    assert Settings().region_path == ROOT / "data" / "regions" / "myk"
    assert Settings(region="kus").region_path == ROOT / "data" / "regions" / "kus"
    assert Settings(region="kus", region_dir="/packs/x").region_path == Path("/packs/x")


def test_secrets_do_not_show_in_text():
    secret = "geheim"  # noqa: S105
    settings = Settings(
        mqtt_url=f"mqtts://u:{secret}@h",
        webhook_token=secret,
        secret_key=secret,
        database_url=f"postgresql+psycopg://u:{secret}@h/d",
    )
    assert secret not in repr(settings)
    assert secret not in str(settings)


def test_levels_of_the_log_may_be_written_small(monkeypatch):
    monkeypatch.setenv("COCKPIT_LOG_LEVEL", "debug")
    assert Settings().log_level == "DEBUG"
