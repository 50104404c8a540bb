"""The verb `learn`: searches, lists, and keeps a person's decision."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner

from cli import main
from config import Settings
from data import observations, things
from data.observations import ObservationRow
from tests.unit.services.flood.learning_waves import wave
from wiring import wire

PACK = Path(__file__).resolve().parents[2] / "validation_region"
FAULT, USAGE = 1, 2


@pytest.fixture
def run(tmp_path, monkeypatch):
    monkeypatch.setenv("COCKPIT_STATE_DIR", str(tmp_path / "state"))
    monkeypatch.setenv("COCKPIT_REGION_DIR", str(PACK))
    monkeypatch.setenv("COCKPIT_WEBHOOK_TOKEN", "token")
    monkeypatch.delenv("COCKPIT_DATABASE_URL", raising=False)
    return lambda *arguments: CliRunner().invoke(main, ["learn", *arguments])


@pytest.fixture
def store(run):
    """One wave of the last two days at two gauges of the pack, three hours apart."""
    wired = wire(Settings())
    now = datetime.now(UTC)
    with wired.sessions.begin() as session:
        ids = things.ids(session)
        for gauge_id, peak_h in (("100000", 20.0), ("200000", 22.0)):
            series = wave(peak_h, height=60.0, base=30.0)
            first = now - timedelta(hours=48)
            rows = [
                ObservationRow(ids[f"{gauge_id}/discharge"], at, at, value, value, 1, "", "live")
                for at, value in zip(
                    (first + timedelta(minutes=15 * n) for n in range(series.values.size)),
                    series.values.tolist(),
                    strict=True,
                )
            ]
            observations.upsert(session, rows)
    wired.engine.dispose()


def test_proposals_are_listed_as_json_with_a_version(run, store):
    answer = run("--json")
    report = json.loads(answer.output)

    assert report["new"] == len(report["proposals"]) > 0
    assert {item["from"] for item in report["proposals"]} == {"S1"}
    assert report["version"]
    assert json.loads(run("--json").output)["new"] == 0


def test_an_accepted_travel_time_is_no_longer_open_and_changes_the_version(run, store):
    before = json.loads(run("--json").output)
    chosen = before["proposals"][0]["id"]
    after = json.loads(run("--json", "--accept", chosen, "--by", "A. Muster").output)

    assert after["version"] != before["version"]
    assert chosen not in {item["id"] for item in after["proposals"]}


def test_a_refused_decision_is_one_sentence(run, store):
    chosen = json.loads(run("--json").output)["proposals"][0]["id"]
    nameless = run("--accept", chosen)

    assert nameless.exit_code == FAULT
    assert "mit --by den Namen" in nameless.output
    assert run("--accept", "a", "--reject", "b", "--by", "A").exit_code == USAGE
    assert "gibt es nicht" in run("--reject", "gibtsnicht", "--by", "A").output


def test_an_empty_store_says_that_nothing_is_open(run):
    assert "0 neue Laufzeiten, 0 offen" in run().output
