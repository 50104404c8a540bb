"""The verbs of the database: what they say, and that nothing is replaced unasked."""

import socket
import subprocess
import sys
import time

import pytest
from click.testing import CliRunner
from sqlalchemy import text

from cli import main
from config import ROOT
from data import audit, schema
from data.engine import make_engine, make_sessions, writing
from services.clock import wall_now
from services.in_use import LOCK, running
from services.presence import touch

FAULT = 1


@pytest.fixture
def state(tmp_path, monkeypatch):
    for name in ("COCKPIT_MQTT_URL", "COCKPIT_WEBHOOK_TOKEN"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("COCKPIT_STATE_DIR", str(tmp_path / "state"))
    monkeypatch.setenv("COCKPIT_DATABASE_URL", f"sqlite:///{tmp_path / 'store.sqlite'}")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        monkeypatch.setenv("COCKPIT_PORT", str(free.getsockname()[1]))
    return tmp_path


def run(*arguments):
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def notes(path):
    engine = make_engine(f"sqlite:///{path}")
    with engine.connect() as connection:
        found = connection.scalar(text("select count(*) from audit"))
    engine.dispose()
    return found


def fill(path):
    engine = make_engine(f"sqlite:///{path}")
    schema.upgrade(engine)
    with make_sessions(engine).begin() as session:
        audit.note(writing(session), wall_now(), "test", "made", "all")
    engine.dispose()


def test_a_backup_is_restored_only_over_an_empty_store_or_by_force(state):
    fill(state / "store.sqlite")
    made = run("db", "backup", state / "b.zip")
    assert made.exit_code == 0
    assert made.output.startswith("1 Zeilen und 0 Dateien")
    fill(state / "store.sqlite")
    refused = run("db", "restore", state / "b.zip")
    assert refused.exit_code == FAULT
    assert "nicht leer" in refused.output
    assert notes(state / "store.sqlite") == 2
    assert run("db", "restore", state / "b.zip", "--force").exit_code == 0
    assert notes(state / "store.sqlite") == 1


def test_a_move_copies_and_never_onto_itself(state):
    fill(state / "store.sqlite")
    moved = run("db", "move", "--to", f"sqlite:///{state / 'other.sqlite'}")
    assert moved.exit_code == 0
    assert notes(state / "other.sqlite") == notes(state / "store.sqlite") == 1
    onto = run("db", "move", "--to", f"sqlite:///{state / 'store.sqlite'}", "--force")
    assert onto.exit_code == FAULT
    assert notes(state / "store.sqlite") == 1


def test_nothing_is_restored_under_a_running_cockpit(state, monkeypatch):
    fill(state / "store.sqlite")
    run("db", "backup", state / "b.zip")
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        monkeypatch.setenv("COCKPIT_PORT", str(taken.getsockname()[1]))
        for verb in (
            ("restore", state / "b.zip", "--force"),
            ("move", "--to", f"sqlite:///{state / 'other.sqlite'}"),
        ):
            refused = run("db", *verb)
            assert refused.exit_code == FAULT
            assert "läuft noch ein Cockpit" in refused.output


@pytest.mark.parametrize("verb", ["restore", "move"])
def test_nothing_is_taken_away_from_a_worker_or_ingest_without_a_web_process(state, verb):
    fill(state / "store.sqlite")
    run("db", "backup", state / "b.zip")
    arguments = {
        "restore": (state / "b.zip", "--force"),
        "move": ("--to", f"sqlite:///{state / 'other.sqlite'}", "--force"),
    }[verb]
    ingest = subprocess.Popen(
        [sys.executable, "cli.py", "ingest"], cwd=ROOT, stderr=subprocess.DEVNULL
    )
    try:
        until = time.monotonic() + 60.0
        while not (state / "state" / LOCK).exists() or not running(state / "state"):
            assert time.monotonic() < until
            time.sleep(0.05)
        refused = run("db", verb, *arguments)
        assert refused.exit_code == FAULT
        assert f"ingest, Prozess {ingest.pid}" in refused.output
    finally:
        ingest.terminate()
        ingest.wait(60)
    assert run("db", verb, *arguments).exit_code == 0


@pytest.mark.postgres
def test_a_database_that_another_host_uses_is_not_taken_away(state, postgres_engine):
    fill(state / "store.sqlite")
    sessions = make_sessions(postgres_engine)
    url = postgres_engine.url.render_as_string(hide_password=False)
    touch(sessions, "worker", "anderer-rechner:1:x")
    refused = run("db", "move", "--to", url, "--force")
    assert refused.exit_code == FAULT
    assert "worker auf anderer-rechner" in refused.output
    assert run("db", "move", "--to", url, "--force", "--ignore-other-hosts").exit_code == 0


def test_generated_series_are_never_mixed_with_others(state):
    url = f"sqlite:///{state / 'series.sqlite'}"
    assert run("generate", "series", "--rows", 10_000, "--database", url).exit_code == 0
    again = run("generate", "series", "--rows", 10_000, "--database", url)
    assert again.exit_code == FAULT
    assert "leere" in again.output


def test_before_the_first_start_there_is_nothing_to_back_up(state):
    answer = run("db", "backup", state / "backup.zip")
    assert answer.exit_code == FAULT
    assert "noch nichts zu sichern" in answer.stderr
    assert not (state / "backup.zip").exists()
