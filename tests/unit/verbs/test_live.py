"""Going live: what was simulated is gone for good, and nothing simulated comes back."""

import socket
from datetime import UTC, datetime

import pytest
from sqlalchemy import text

from config import LIVE_MARKER, Settings
from data import audit, operation, schema
from data.engine import make_engine, make_sessions
from data.operation import BoundaryRow
from services.in_use import StillRunningError
from verbs.live import go_live
from verbs.replay import NotInDemoError, begin


@pytest.fixture
def settings(tmp_path, monkeypatch):
    for name in ("COCKPIT_MQTT_URL", "COCKPIT_WEBHOOK_TOKEN", "COCKPIT_DATABASE_URL"):
        monkeypatch.delenv(name, raising=False)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    return Settings(state_dir=tmp_path / "state", port=port)


def test_going_live_purges_the_simulation_and_keeps_what_is_real(settings):
    begin(settings, "normal", 60.0)
    state = settings.state_dir
    (state / "spool-simulation" / "new" / "1.jsonl").write_text("{}")
    engine = make_engine(settings.real_url)
    schema.upgrade(engine)
    with make_sessions(engine).begin() as session:
        audit.note(session, datetime.now(UTC), "test", "real", "row")
    (state / "spool").mkdir()
    assert settings.is_demo
    assert "simulierten Werte sind gelöscht" in go_live(settings)
    assert not list(state.glob("simulation.sqlite*"))
    assert not (state / "spool-simulation").exists()
    with make_sessions(engine)() as session:
        assert session.scalar(text("select count(*) from audit")) == 1
    engine.dispose()
    assert (state / "spool").is_dir()


def test_official_boundaries_survive_going_live(settings):
    begin(settings, "normal", 60.0)
    row = BoundaryRow("07137001", "Acht", {"type": "Polygon"}, "BKG", datetime.now(UTC))
    old = make_engine(settings.simulation_url)
    with make_sessions(old).begin() as session:
        operation.replace_boundaries(session, [row])
    old.dispose()
    go_live(settings)
    new = make_engine(settings.real_url)
    with make_sessions(new)() as session:
        assert operation.boundaries(session) == [row]
    new.dispose()


def test_after_going_live_nothing_is_simulated_any_more(settings):
    go_live(settings)
    assert (settings.state_dir / LIVE_MARKER).exists()
    assert not settings.is_demo
    assert settings.origin == "live"
    assert settings.store_url.endswith("cockpit.sqlite")
    assert settings.spool_dir.name == "spool"
    with pytest.raises(NotInDemoError, match="echten Messwerten"):
        begin(settings, "normal", 60.0)


def test_going_live_twice_says_that_there_was_nothing(settings):
    go_live(settings)
    assert go_live(settings).startswith("Es gab keine simulierten Werte.")


def test_a_running_product_keeps_its_store(settings):
    begin(settings, "normal", 60.0)
    with socket.socket() as server:
        server.bind((settings.host, settings.port))
        server.listen()
        with pytest.raises(StillRunningError, match="zuerst mit Strg-C beenden"):
            go_live(settings)
    assert (settings.state_dir / "simulation.sqlite").exists()
    assert settings.is_demo


@pytest.mark.parametrize("source", ["mqtt_url", "webhook_token"])
def test_a_configured_source_ends_the_simulation_without_the_verb(tmp_path, source):
    settings = Settings(state_dir=tmp_path, **{source: "mqtt://127.0.0.1"})
    assert not settings.is_demo
    with pytest.raises(NotInDemoError):
        begin(settings, "normal", 60.0)
